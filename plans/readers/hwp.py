""".hwp and .hwpx through dochan, which never raises: what went wrong stands in `errors` (한글 문서)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from dochan import Dochan

from plans.errors import PlanError
from plans.readers.form import same_width, table_lines
from plans.readers.kinds import DAMAGED, EMPTY, PASSWORD

DISTRIBUTED: Final = (
    "배포용(편집 제한) 문서라 본문을 읽을 수 없습니다. 배포용으로 바꾸기 전의 원본을 보내 주십시오."
)
_PLACEHOLDER: Final = "상위 버전의 배포용 문서"


def read(path: Path) -> str:
    """The text in the common form. Raises: PlanError."""
    document = Dochan(str(path))
    refuse(document.errors)
    lines = [
        line for section in document.doc.sections for block in section.elements for line in _block(block)
    ]
    text = "\n".join(same_width(lines))
    if _PLACEHOLDER in text:
        raise PlanError(DISTRIBUTED)
    if not text.strip():
        raise PlanError(EMPTY)
    return text


def refuse(errors: list[str]) -> None:
    """Raises: PlanError for the errors that leave no trustworthy text."""
    fatal = [error for error in errors if error.startswith("ERR")]
    if any("암호" in error for error in fatal):
        raise PlanError(PASSWORD)
    if any("배포" in error for error in fatal):
        raise PlanError(DISTRIBUTED)
    if fatal or any("손상" in error or "truncated" in error for error in errors):
        raise PlanError(DAMAGED)


def _block(block: Any) -> list[str]:
    """The lines of a paragraph or table; pictures, headers and notes are no plan text."""
    if hasattr(block, "rows"):
        return ["", *table_lines(_rows(block)), ""]
    if hasattr(block, "runs"):
        return [line.replace("\t", " ") for line in str(block.text).split("\n")]
    return []


def _rows(table: Any) -> list[list[str]]:
    """Rows of texts; a cell that a merge covers is empty."""
    return [["" if cell.is_merged_away else str(cell.text) for cell in row] for row in table.rows]
