""".hwp and .hwpx through dochan, which never raises: what went wrong stands in `errors` (한글 문서)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from dochan import Dochan

from plans.errors import PlanError
from plans.readers.form import CHANGES, TEXT, Notice, Source, lost, same_width, spread, table_lines
from plans.readers.plain_hwp import plain_text

HARMLESS: Final = "invalid table span value"
"""A cell that says it reaches over no row or column (a form made by a program): its words are read all the same."""
_PLACEHOLDER: Final = "상위 버전의 배포용 문서"


def read(path: Path) -> Source:
    """The text in the common form, as it stands once tracked changes are accepted. Raises: PlanError."""
    source = _accepted(path)
    said = "\n".join([source.text, *(notice.text for notice in source.notices)])
    source.notices += lost(TEXT, plain_text(path), said)
    return source


def _accepted(path: Path) -> Source:
    as_kept = _read(path, "preserve")
    try:
        accepted = _read(path, "final")
    except (ValueError, PlanError):  # an older form, which tracks no changes
        return as_kept
    gone = lost(CHANGES, as_kept.text, accepted.text)
    accepted.notices += [Notice("revised", one.spot, one.text) for one in gone]
    return accepted


def _read(path: Path, mode: str) -> Source:
    document = Dochan(str(path), revision_mode=mode)
    refuse(document.errors)
    lines: list[str] = []
    notices: list[Notice] = []
    for section in document.doc.sections:
        for block in section.elements:
            notices += [Notice("struck", TEXT, text, len(lines) + 1) for text in _take_struck(block)]
            lines += _block(block)
    text = "\n".join(same_width(lines))
    if _PLACEHOLDER in text:
        raise PlanError("distributed")
    if not text.strip() and not notices:
        raise PlanError("empty")
    return Source(text, notices)


def _take_struck(block: Any) -> list[str]:
    """Takes the runs that are crossed out from a paragraph, a table or a note; gives their texts."""
    struck: list[str] = []
    for run in getattr(block, "runs", ()):
        if getattr(run, "strikeout", False) and str(run.text).strip():
            struck.append(str(run.text).strip())
            run.text = ""
    inner = [cell for row in getattr(block, "rows", ()) for cell in row]
    for part in (*inner, *getattr(block, "paragraphs", ())):
        struck += _take_struck(part)
    return struck


def refuse(errors: list[str]) -> None:
    """Raises: PlanError for the errors that leave no trustworthy text."""
    fatal = [error for error in errors if error.startswith("ERR") and HARMLESS not in error]
    if any("암호" in error for error in fatal):
        raise PlanError("password")
    if any("배포" in error for error in fatal):
        raise PlanError("distributed")
    if fatal or any("손상" in error or "truncated" in error for error in errors):
        raise PlanError("damaged")


def _block(block: Any) -> list[str]:
    """The lines of a paragraph, a table, a caption or a foot note; pictures and page headers are no plan text."""
    if hasattr(block, "caption_text"):
        caption = [line.replace("\t", " ") for line in str(block.caption_text).split("\n") if line.strip()]
        rows = ["", *table_lines(_rows(block)), ""] if hasattr(block, "rows") else []
        return [*caption, *rows] if block.caption_side == "TOP" else [*rows, *caption]
    if hasattr(block, "runs"):
        return [line.replace("\t", " ") for line in str(block.text).split("\n")]
    if getattr(block, "type", None) in ("footnote", "endnote"):
        return [f"※ {line}" for line in str(block.text).replace("\t", " ").split("\n") if line.strip()]
    return []


def _rows(table: Any) -> list[list[str]]:
    """Rows of texts; a cell that a merge covers is empty, or says that one to its left reaches over it."""
    return [
        spread(
            ["" if cell.is_merged_away else str(cell.text) for cell in row],
            {column: cell.col_span for column, cell in enumerate(row) if cell.col_span > 1},
        )
        for row in table.rows
    ]
