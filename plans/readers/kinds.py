"""Which format a file has, and the refusals that need only its name, size and first bytes (형식 판별)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from plans.errors import PlanError

MB: Final = 1024 * 1024
LONGEST_KIND: Final = 12  # letters of an extension that are repeated in an answer
LARGEST_FILE: Final = 50 * MB
LARGEST_MEMBER: Final = 100 * MB
LARGEST_ARCHIVE: Final = 200 * MB
LARGEST_RATIO: Final = 300  # a member that packs better than this is a bomb, once it is over RATIO_FROM
RATIO_FROM: Final = 5 * MB
MOST_MEMBERS: Final = 10_000

TEXT_KINDS: Final = (".txt", ".md", ".csv")
ZIP_KINDS: Final = (".xlsx", ".docx", ".hwpx")
OTHER_KINDS: Final = (".pdf", ".hwp")
KINDS: Final = (*TEXT_KINDS, *ZIP_KINDS, *OTHER_KINDS)
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)


def kind_named(name: str) -> str:
    """The format that the name says. Raises: PlanError for one that nobody reads here."""
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        shown = kind if kind.isprintable() and 0 < len(kind) <= LONGEST_KIND else None
        raise PlanError("unknown-kind", kind=shown, kinds=list(KINDS))
    return kind


def kind_of(path: Path) -> str:
    """The format by name, after the refusals that need no look into the file. Raises: PlanError."""
    if path.is_dir():
        raise PlanError("folder", path=str(path))
    kind = kind_named(path.name)
    if not path.is_file():
        raise PlanError("no-file", path=str(path))
    size = path.stat().st_size
    if size == 0:
        raise PlanError("empty")
    if size > LARGEST_FILE:
        raise PlanError("too-big", size=size // MB, most=LARGEST_FILE // MB)
    return kind


def check_content(path: Path, kind: str) -> None:
    """Whether the first bytes fit the extension. Raises: PlanError."""
    with path.open("rb") as file:
        head = file.read(8)
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    wanted = {"zip": ZIP_KINDS, "ole": (".hwp",), "pdf": (".pdf",)}
    if found is None and kind not in TEXT_KINDS:
        raise PlanError("damaged" if head.strip(b"\0") else "empty")
    if found == "ole" and kind in (".xlsx", ".docx"):
        raise PlanError("password")
    if found is not None and kind not in wanted.get(found, ()):
        raise PlanError("other-content", kind=kind, found=found)
    if found == "zip":
        check_archive(path, kind)


_INSIDE: Final = {".xlsx": "xl/workbook", ".docx": "word/document", ".hwpx": "Contents/"}


def check_archive(path: Path, kind: str) -> None:
    """Refuses bombs by the sizes in the directory, before anything is unpacked, and archives of another kind."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise PlanError("damaged") from problem
    total = sum(member.file_size for member in members)
    if total > LARGEST_ARCHIVE or len(members) > MOST_MEMBERS or any(_is_bomb(member) for member in members):
        raise PlanError("bomb")
    if any(member.flag_bits & 1 for member in members):
        raise PlanError("password")
    if not any(member.filename.startswith(_INSIDE[kind]) for member in members):
        raise PlanError("not-inside", kind=kind)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > LARGEST_MEMBER or (member.file_size > RATIO_FROM and ratio > LARGEST_RATIO)
