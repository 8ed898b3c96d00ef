"""Walk through the parts of a picture: whole, and of a size that can be shown."""

import zlib
from collections.abc import Iterator

PIXELS = 200_000_000
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER_BYTES = 13
_CHUNK_OVERHEAD_BYTES = 12
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_JPEG_SCAN = 0xDA
_JPEG_END = b"\xff\xd9"
_JPEG_SIZE_BYTES = 6


def damage_of_png(content: bytes) -> str:
    """Return what breaks the format (ISO/IEC 15948), in Chinese, or nothing."""
    try:
        chunks = list(_png_chunks(content))
    except ValueError as fault:
        return str(fault)
    names = [name for name, _ in chunks]
    header = chunks[0][1] if chunks else b""
    if names[:1] != [b"IHDR"] or len(header) != _PNG_HEADER_BYTES or b"IDAT" not in names:
        return "缺少图像数据"
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    return _size_fault(width, height)


def damage_of_jpeg(content: bytes) -> str:
    """Return what breaks the format (ISO/IEC 10918), in Chinese, or nothing."""
    size = None
    for marker, body in _jpeg_segments(content):
        if marker in _JPEG_SIZES and len(body) >= _JPEG_SIZE_BYTES:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        if marker == _JPEG_SCAN and size is not None:
            return _size_fault(*size) if _JPEG_END in content else "文件不完整，缺少结尾"
    return "缺少图像数据"


def _size_fault(width: int, height: int) -> str:
    if width == 0 or height == 0:
        return "图像没有大小"
    return f"图像过大({width}×{height} 像素)" if width * height > PIXELS else ""


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG_SIGNATURE)
    name = b""
    while name != b"IEND":
        length = int.from_bytes(content[place : place + 4], "big")
        end = place + length + _CHUNK_OVERHEAD_BYTES
        if end > len(content):
            raise ValueError("文件不完整，缺少结尾")
        name, body = content[place + 4 : place + 8], content[place + 8 : end - 4]
        if zlib.crc32(name + body) != int.from_bytes(content[end - 4 : end], "big"):
            raise ValueError("校验和不符")
        yield name, body
        place = end
    if place != len(content):
        raise ValueError("结尾之后还有其他内容")


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the segments up to the first scan; stop where the format is broken."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004  marker byte
        marker = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        yield marker, content[place + 4 : place + 2 + length]
        place += 2 + length
