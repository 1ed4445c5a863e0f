"""A plan file -> PlanDraft: the one door of this room (계획서 읽기)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from plans.draft import Finding, PlanDraft, finding
from plans.english.dates import find_english_dates
from plans.english.language import is_english
from plans.entries.remarks import LONGEST_TITLE
from plans.errors import PlanError
from plans.extract import read_draft
from plans.facts import Fact
from plans.readers.document import Progress, ask
from plans.readers.form import Notice
from plans.sheet.form import is_sheet, read_sheet
from plans.sheet.grid import Grid
from plans.sheet.handover import HandoverList
from plans.sheet.register import RegisterSheet
from plans.sheet.roster import Roster
from plans.tables.entries import NO_ANSWERS
from plans.text.spelling import COVERED, one_line, plain
from plans.time.scan import find_dates

MOST_SHOWN: Final = 20  # dated lines of a document without tasks
LONGEST_SHOWN: Final = 70
MOST_TASKS: Final = 2_000
MOST_ENTRIES: Final = 20_000
YEARS: Final = range(1900, 2200)


def read_plan(
    path: Path,
    year: int | None = None,
    progress: Progress | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
) -> PlanDraft:
    """The draft of the plan in `path`; `year` is used where the document does not say its own.

    `progress` gets how many pages or lines are done, and how many there are; `answers` (Asked.form -> one of its columns)
    say which column of a table is the time where nobody could know. Raises: PlanError.
    """
    plan = ask("plan", path, year, progress, answers).plan
    assert plan is not None
    return plan


Found = PlanDraft | HandoverList | Roster | RegisterSheet | Grid


def read_any(path: Path, answers: Mapping[str, str] = NO_ANSWERS) -> Found:
    """The cells of a list of items, a hand-over list, a roster or a register where the file is one, else the draft of its
    plan. Raises: PlanError."""
    found = ask("any", path, answers=answers)
    kinds = found.cells, found.handovers, found.roster, found.filled, found.plan
    read = next(one for one in kinds if one is not None)
    assert isinstance(read, Found)
    return read


def plan_of(
    text: str,
    year: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    notices: Sequence[Notice] = (),
    answers: Mapping[str, str] = NO_ANSWERS,
) -> PlanDraft:
    """The same of a text that a reader has given already, and of what the file has besides. Raises: PlanError."""
    bare = text.replace(COVERED, "")
    draft = read_sheet(bare, year) if is_sheet(bare) else read_draft(text, year, progress, notices, answers)
    if not draft.tasks:
        raise _without_tasks(text)
    _check_size(draft)
    _bring_to_earth(draft)
    return draft


def _without_tasks(text: str) -> PlanError:
    """With the dated lines of the document that gave nothing, so that nobody takes it for empty."""
    find = find_english_dates if is_english(text) else find_dates
    dated = [(no, line) for no, line in enumerate(text.split("\n"), 1) if find(line)]
    shown: list[dict[str, str | int]] = [
        {"line": no, "text": one_line(plain(line))[:LONGEST_SHOWN]} for no, line in dated[:MOST_SHOWN]
    ]
    return PlanError("no-tasks", dated=len(dated), shown=shown, more=max(0, len(dated) - MOST_SHOWN))


def _check_size(draft: PlanDraft) -> None:
    """Raises: PlanError for more than is registered at once."""
    entries = sum(len(task.milestones) for task in draft.tasks)
    if len(draft.tasks) > MOST_TASKS or entries > MOST_ENTRIES:
        raise PlanError(
            "too-many",
            tasks=len(draft.tasks),
            entries=entries,
            most_tasks=MOST_TASKS,
            most_entries=MOST_ENTRIES,
        )


def _bring_to_earth(draft: PlanDraft) -> None:
    """Years in which nobody lives are told of and left out: no calendar reaches there."""
    if draft.plan_year is not None and draft.plan_year not in YEARS:
        draft.findings.append(_odd(None, "year.plan", year=draft.plan_year))
        draft.plan_year = None
    for task in draft.tasks:
        if task.period is not None and not _is_on_earth(task.period.start, task.period.end):
            task.period = None
        for entry in task.milestones:
            kept = [one for one in entry.windows if _is_on_earth(one.start, one.due)]
            if len(kept) < len(entry.windows):
                draft.findings.append(_odd(entry.line, "year.entry", title=entry.title[:LONGEST_TITLE]))
                entry.windows = kept
        task.milestones = [one for one in task.milestones if one.windows or one.kind not in {"dated", "open"}]


def _is_on_earth(*days: date | None) -> bool:
    return all(day is None or day.year in YEARS for day in days)


def _odd(line: int | None, code: str, **about: Fact) -> Finding:
    return finding(line, code, first=YEARS.start, last=YEARS.stop - 1, **about)
