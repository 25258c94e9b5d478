"""Builders of papers, honest and hostile, for the tests of what may become part of a dossier."""

import io
import struct
import zipfile
import zlib

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
OOXML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*objects: bytes, catalog: bytes = CATALOG, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; viewers mend its missing table of places."""
    out = (
        b"%PDF-1.7\n1 0 obj\n"
        + catalog
        + b"\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    )
    for n, body in enumerate(objects, 3):
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    return out + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\n%%EOF\n"


def stream(about: bytes, body: bytes) -> bytes:
    """A stream object's text."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (about, len(body), body)


def png(width: int = 8, height: int = 8) -> bytes:
    """A picture as its header says; hardly any pixels in it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8, comment: bytes = b"") -> bytes:
    """The same as JPEG."""
    said = b"\xff\xfe" + struct.pack("!H", len(comment) + 2) + comment if comment else b""
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack("!HH", height, width) + b"\x01\x01\x11\0"
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
        + said
        + frame
        + b"\xff\xda\0\x08\1\1\0\0\x3f\0"
        + b"\0" * 9
        + b"\xff\xd9"
    )


def webp(width: int = 8, height: int = 8) -> bytes:
    """The same as WebP, extended header."""
    body = (
        b"WEBPVP8X\x0a\0\0\0\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def packed(*entries: tuple[str, bytes]) -> bytes:
    """An archive of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return out.getvalue()


def docx(*more: tuple[str, bytes], types: bytes = b"") -> bytes:
    """A document with these parts beside its own."""
    return packed(
        ("[Content_Types].xml", b"<Types>" + types + b"</Types>"),
        ("word/document.xml", "<w:document>Kính gửi</w:document>".encode()),
        *more,
    )


def odt(*more: tuple[str, bytes]) -> bytes:
    """The same of the other family."""
    return packed(
        ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<office/>"), *more
    )


def relation(kind: str, target: str) -> bytes:
    """A relation to something outside the document."""
    return f'<Relationships><Relationship Id="r1" Type="{OOXML}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()


def overlapping(copies: int = 50, size: int = 1_000_000) -> bytes:
    """Many names for the same packed bytes (David Fifield's way, without quoting)."""
    whole = packed(("a", b"\0" * size))
    at = whole.index(b"PK\x01\x02")
    entry, tail = whole[at : whole.index(b"PK\x05\x06")], whole[whole.index(b"PK\x05\x06") :]
    listed = b"".join(entry[:-1] + bytes([33 + n]) for n in range(copies))
    end = tail[:8] + struct.pack("<HHII", copies, copies, len(listed), at) + tail[20:]
    return whole[:at] + listed + end
