"""A plan file -> PlanDraft: the one door of this room (계획서 읽기)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.extract import read_draft
from plans.readers.document import read_text
from plans.sheet import is_sheet, read_sheet


def read_plan(
    path: Path, year: int | None = None, progress: Callable[[int, int], None] | None = None
) -> PlanDraft:
    """The draft of the plan in `path`; `year` is used where the document does not say its own.

    `progress` gets lines done and lines in all. Raises: PlanError with one Korean sentence that says what to do.
    """
    return plan_of(read_text(path), year, progress)


def plan_of(
    text: str, year: int | None = None, progress: Callable[[int, int], None] | None = None
) -> PlanDraft:
    """The same of a text that a reader has given already. Raises: PlanError."""
    draft = read_sheet(text, year) if is_sheet(text) else read_draft(text, year, progress)
    if not draft.tasks:
        raise PlanError(
            "계획서에서 과제를 찾지 못했습니다. 과제 카드나 과제 목록이 있는 문서인지 확인하여 주십시오."
        )
    return draft
