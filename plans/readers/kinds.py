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
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"\x89PNG", "그림"),
    (b"\xff\xd8\xff", "그림"),
    (b"GIF8", "그림"),
    (b"\x7fELF", "실행 파일"),
    (b"MZ\x90", "실행 파일"),
)

PASSWORD: Final = "암호가 걸린 문서입니다. 암호를 풀어 다시 저장한 뒤 보내 주십시오."  # noqa: S105 - a message
DAMAGED: Final = "파일이 손상되었거나 중간에 끊겼습니다. 원본을 열어 다시 저장한 뒤 보내 주십시오."
LARGE: Final = "문서가 너무 커서 읽지 못했습니다. 그림을 빼거나 나누어 다시 보내 주십시오."
LONG: Final = "문서가 너무 깁니다. 계획서 부분만 나누어 다시 보내 주십시오."
EMPTY: Final = "내용이 없는 파일입니다. 계획서 내용이 들어 있는 파일을 보내 주십시오."
BOMB: Final = (
    "압축을 풀면 지나치게 커지는 파일입니다. 원본 프로그램에서 다시 저장하거나 나누어 보내 주십시오."
)


def kind_named(name: str) -> str:
    """The format that the name says. Raises: PlanError for one that nobody reads here."""
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        shown = f"'{kind}' 형식은" if kind.isprintable() and 0 < len(kind) <= LONGEST_KIND else "이 형식은"
        raise PlanError(f"{shown} 읽을 수 없습니다. {', '.join(KINDS)} 가운데 하나로 저장하여 보내 주십시오.")
    return kind


def kind_of(path: Path) -> str:
    """The format by name, after the refusals that need no look into the file. Raises: PlanError."""
    if path.is_dir():
        raise PlanError(f"'{path}'은(는) 폴더입니다. 계획 문서 파일을 지정하여 주십시오.")
    kind = kind_named(path.name)
    if not path.is_file():
        raise PlanError(f"'{path}' 파일이 없습니다. 파일 이름과 위치를 확인하여 주십시오.")
    size = path.stat().st_size
    if size == 0:
        raise PlanError(EMPTY)
    if size > LARGEST_FILE:
        raise PlanError(
            f"파일이 {size // MB}MB로 너무 큽니다. 그림을 빼거나 나누어 {LARGEST_FILE // MB}MB 이하로 보내 주십시오."
        )
    return kind


def check_content(path: Path, kind: str) -> None:
    """Whether the first bytes fit the extension. Raises: PlanError."""
    with path.open("rb") as file:
        head = file.read(8)
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    wanted = {"ZIP": ZIP_KINDS, "OLE": (".hwp",), "PDF": (".pdf",)}
    if found is None and kind not in TEXT_KINDS:
        raise PlanError(DAMAGED if head.strip(b"\0") else EMPTY)
    if found == "OLE" and kind in (".xlsx", ".docx"):
        raise PlanError(PASSWORD)
    if found is not None and kind not in wanted.get(found, ()):
        shown = _content_name(path, found)
        raise PlanError(
            f"확장자는 {kind}인데 내용은 {shown}입니다. 확장자를 바로잡거나 원래 형식으로 다시 저장하여 주십시오."
        )
    if found == "ZIP":
        check_archive(path, kind)


def _content_name(path: Path, found: str) -> str:
    return {"ZIP": "압축(ZIP) 묶음", "OLE": "한글(HWP)·옛 오피스 문서"}.get(found, found)


_INSIDE: Final = {".xlsx": "xl/workbook", ".docx": "word/document", ".hwpx": "Contents/"}


def check_archive(path: Path, kind: str) -> None:
    """Refuses bombs by the sizes in the directory, before anything is unpacked, and archives of another kind."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise PlanError(DAMAGED) from problem
    total = sum(member.file_size for member in members)
    if total > LARGEST_ARCHIVE or len(members) > MOST_MEMBERS or any(_is_bomb(member) for member in members):
        raise PlanError(BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise PlanError(PASSWORD)
    if not any(member.filename.startswith(_INSIDE[kind]) for member in members):
        raise PlanError(
            f"내용이 {kind} 문서가 아닙니다. 원래 프로그램에서 {kind} 형식으로 다시 저장하여 주십시오."
        )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > LARGEST_MEMBER or (member.file_size > RATIO_FROM and ratio > LARGEST_RATIO)
