"""Look into a PDF for what could act on the reader's computer.

No parser of ours decides where objects begin, for two parsers never agree and the difference is
where attacks live. Instead every byte is looked at, and so is everything that inflates: a name
such as ``/JavaScript`` counts wherever it stands.
"""

import re
import zlib

UNPACKED_BYTES = 256_000_000
"""The most that all streams of one file may inflate to."""
_TAIL_BYTES = 2048
_CHUNK_BYTES = 4096
_ZLIB_HEADER_BYTES = 2
_LAYERS = 3
"""How often one stream may be packed within itself."""

_DANGERS = {
    "Encrypt": "文件已加密，无法核验",
    "JavaScript": "含有脚本(JavaScript)",
    "Launch": "会启动其他程序",
    "RichMedia": "含有可执行的媒体内容",
    "SubmitForm": "会把内容发送到别处",
    "ImportData": "会读取其他文件",
    "XFA": "含有动态表单(XFA)",
}
_NAME = re.compile(rb"/((?:[^\x00\t\n\f\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2}){2,60})")
_HEXADECIMAL = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_OBJECT_NUMBERS = re.compile(rb"\s*\d+\s+\d+")


class BombError(ValueError):
    """The streams inflate beyond what any honest file needs."""


def damage_of(content: bytes) -> str:
    """Return what breaks the format, in Chinese, or nothing."""
    if not content.startswith(b"%PDF-"):
        return "开头不是 PDF 格式"
    if b"startxref" not in content[-_TAIL_BYTES:] or b"%%EOF" not in content[-_TAIL_BYTES:]:
        return "文件不完整，缺少结尾"
    return ""


def danger_of(content: bytes) -> str:
    """Return what makes the file dangerous, in Chinese, or nothing."""
    try:
        streams = _unpack_streams(content)
    except BombError:
        return "解压后过大"
    names = _names_in(content).union(*(_names_in(each) for each in streams.values()))
    for name, words in _DANGERS.items():
        if name in names:
            return words
    return "" if _shows_objects(content, streams) else "内部结构无法解开，不能核验"


def _names_in(content: bytes) -> set[str]:
    return {_decoded(each) for each in set(_NAME.findall(content))}


def _decoded(name: bytes) -> str:
    """Return a name with its ``#4A`` written out: ``/J#61vaScript`` is a script too."""
    plain = _HEXADECIMAL.sub(lambda each: bytes([int(each[1], 16)]), name)
    return plain.decode("latin-1")


def _shows_objects(content: bytes, streams: dict[int, bytes]) -> bool:
    """Say whether every object stream could be looked into: it begins with object numbers."""
    for match in _NAME.finditer(content):
        if _decoded(match[1]) != "ObjStm":
            continue
        data = _STREAM.search(content, match.end())
        if data is None:
            return False
        shown = streams[data.end()] or content[data.end() : data.end() + _CHUNK_BYTES]
        if not _OBJECT_NUMBERS.match(shown):
            return False
    return True


def _unpack_streams(content: bytes) -> dict[int, bytes]:
    """Return what each stream inflates to, by where it begins; nothing for one that does not."""
    unpacked: dict[int, bytes] = {}
    left = UNPACKED_BYTES
    for match in _STREAM.finditer(content):
        layer = unpacked[match.end()] = _inflate(content, match.end(), left)
        left -= len(layer)
        for _ in range(_LAYERS):
            layer = _inflate(layer, 0, left)
            unpacked[match.end()] = layer or unpacked[match.end()]
            left -= len(layer)
    return unpacked


def _inflate(packed: bytes, start: int, left: int) -> bytes:
    """Inflate as far as it goes; a wrong checksum is no hiding place, so none is looked at.

    Raises:
        BombError: more than `left` bytes come out.
    """
    machine = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    parts: list[bytes] = []
    start += _ZLIB_HEADER_BYTES
    try:
        while start < len(packed) and not machine.eof:
            parts.append(machine.decompress(packed[start : start + _CHUNK_BYTES], left + 1))
            left -= len(parts[-1])
            if left < 0:
                raise BombError
            start += _CHUNK_BYTES
    except zlib.error:
        pass
    return b"".join(parts)
