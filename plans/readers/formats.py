"""Which format a file has, and the refusals before it is read (형식 판별)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from plans.errors import PlanError
from plans.readers.sniff import NAMED, content_of

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


def kind_named(name: str) -> str:
    """The format that the name says. Raises: PlanError for one that nobody reads here."""
    kind = Path(name).suffix.lower()
    if kind in NAMED:
        raise PlanError("not-read", what=NAMED[kind], kind=None)
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
    """Whether the content fits the extension. Raises: PlanError that names what it is."""
    found = content_of(path)
    if found is None and kind not in TEXT_KINDS:
        raise PlanError("damaged" if _has_bytes(path) else "empty")
    if found == "locked":
        raise PlanError("password")
    if found in KINDS and found != kind:
        raise PlanError("other-content", kind=kind, found=found)
    if found in ("zip", "ole"):
        raise PlanError("damaged")
    if found is not None and found != kind:
        raise PlanError("not-read", what=found, kind=kind)
    if found in ZIP_KINDS:
        check_archive(path)


def _has_bytes(path: Path) -> bool:
    """Whether anything but zeros stands at its beginning."""
    with path.open("rb") as file:
        return bool(file.read(8).strip(b"\0"))


def check_archive(path: Path) -> None:
    """Refuses bombs by the sizes in the directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise PlanError("damaged") from problem
    total = sum(member.file_size for member in members)
    if total > LARGEST_ARCHIVE or len(members) > MOST_MEMBERS or any(_is_bomb(member) for member in members):
        raise PlanError("bomb")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > LARGEST_MEMBER or (member.file_size > RATIO_FROM and ratio > LARGEST_RATIO)
