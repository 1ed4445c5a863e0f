"""What a file is by its bytes and its name, also where nobody reads it here (내용 판별).

A refusal names what a file is and how to save it anew; "damaged" or "password" of a file that is neither sends people
the wrong way. Source: [MS-CFB] for the compound files of old offices; 한글 문서 파일 형식 3.0 and 5.0.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Final

HEAD: Final = 4096  # bytes that tell what most files are
OLE: Final = b"\xd0\xcf\x11\xe0"

NAMED: Final[dict[str, str]] = {
    **dict.fromkeys((".xls", ".xlt"), "old-sheet"),
    **dict.fromkeys((".doc", ".dot"), "old-word"),
    **dict.fromkeys((".ppt", ".pptx", ".ppsx", ".show"), "slides"),
    **dict.fromkeys((".odt", ".ods", ".odp"), "open-document"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".alz", ".egg", ".tar", ".gz", ".tgz"), "archive"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"), "picture"),
    **dict.fromkeys((".htm", ".html", ".mht", ".mhtml"), "web-page"),
    ".hml": "hwpml",
    ".rtf": "rich-text",
    ".cell": "hancom-sheet",
}
"""Extension -> what such a file is, of those that are not read."""

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", ".pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"HWP Document File V", "old-hangul"),
    (b"{\\rtf", "rich-text"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"ALZ\x01", "archive"),
    (b"EGGA", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
_STREAMS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("EncryptedPackage",), "locked"),
    (("FileHeader", "BodyText"), ".hwp"),
    (("FileHeader", "ViewText"), ".hwp"),
    (("WordDocument",), "old-word"),
    (("PowerPoint Document",), "slides"),
    (("Workbook",), "old-sheet"),
    (("Book",), "old-sheet"),
)
"""Streams of a compound file -> what it is, the first that fits."""

_PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("xl/workbook", ".xlsx"),
    ("word/document", ".docx"),
    ("ppt/presentation", "slides"),
    ("Contents/", ".hwpx"),
)
READ: Final = frozenset((".pdf", ".hwp", ".hwpx", ".xlsx", ".docx"))
UNREAD: Final = (
    frozenset((*NAMED.values(), *(kind for _, kind in (*_MAGIC, *_STREAMS, *_PARTS)))) - READ - {"locked"}
)
"""What may be found in a file that nobody reads; each has a name and a way to save it anew."""

_MARKUP: Final = re.compile(rb"<(HWPML|html|!doctype html)[\s>]", re.IGNORECASE)


def content_of(path: Path) -> str | None:
    """The extension or the name of what the bytes are; None where they show nothing. A broken container is "zip" or
    "ole". Raises: OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(OLE):
            return _compound(head + file.read())
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path)
    named = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    return named or _markup(head)


def _compound(data: bytes) -> str:
    """By the names of the streams in its directory, each padded with zeros to 64 bytes."""
    for names, kind in _STREAMS:
        if all(name.encode("utf-16-le") + b"\0\0" in data for name in names):
            return kind
    return "ole"


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                return "locked"
            names: Collection[str] = archive.namelist()
            told = archive.open("mimetype").read(HEAD) if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        return "zip"
    if b"opendocument" in told:
        return "open-document"
    found = next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), None)
    return found or "archive"


def _markup(head: bytes) -> str | None:
    """한글's own markup and web pages, in any usual encoding."""
    found = _MARKUP.search(head.replace(b"\0", b""))
    if found is None or not head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
        return None
    return "hwpml" if found[1].upper() == b"HWPML" else "web-page"
