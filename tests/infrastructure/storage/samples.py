"""Small files of every type, made here so that each byte has a reason."""

import io
import struct
import zipfile
import zlib


def pdf(*, extra: bytes = b"", stream: bytes = b"") -> bytes:
    """Make a PDF with one page; `extra` goes into the catalogue, `stream` beside it."""
    body = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + stream
    )
    return body + b"trailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def pdf_stream(data: bytes, *, kind: bytes = b"", packed: bool = True) -> bytes:
    """Make an object with a stream."""
    data = zlib.compress(data) if packed else data
    head = b"3 0 obj\n<< %s /Length %d >>\nstream\n" % (kind, len(data))
    return head + data + b"\nendstream\nendobj\n"


def png(*, width: int = 1, height: int = 1) -> bytes:
    """Make a PNG of one black row, whatever size it says."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(*, width: int = 1, height: int = 1) -> bytes:
    """Make the skeleton of a JPEG: start, size, scan, end."""
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + size + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\0" + b"\xff\xd9"


def docx(extra: dict[str, bytes] | None = None) -> bytes:
    """Make a Word document with the given further parts."""
    file = io.BytesIO()
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | (extra or {})).items():
            archive.writestr(name, content)
    return file.getvalue()
