"""What a person looks at before a draft is registered: milestones by year, what is asked, and settling it (등록 전 확인)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from plans.draft import Asked, MilestoneDraft, PlanDraft, TaskDraft, finding
from plans.entries.phrase import Unreadable
from plans.entries.remarks import shown_expr, unreadable
from plans.tables.column_roles import EMPTY
from plans.tables.forms import LETTERS
from plans.tables.whens import key
from plans.text.spelling import squeeze
from plans.time.timeline import Context, Reading, read_time

_NUMBERS: Final = re.compile(r"\d+")
FEW: Final = 2  # entries of a year that has no neighbour: perhaps a year that was misread


def by_year(draft: PlanDraft) -> dict[int, int]:
    """Year -> how many dated entries are due in it."""
    counted: Counter[int] = Counter()
    for task in draft.tasks:
        for entry in task.milestones:
            days = [day for window in entry.windows if (day := window.due or window.start) is not None]
            counted.update(day.year for day in days)
    return dict(sorted(counted.items()))


def proposed_year(draft: PlanDraft) -> int | None:
    """The year that a plan without one is most likely of: the last in which something is dated more exactly than by the
    year; None where nothing is."""
    return year_of_dates(draft.tasks)


def year_of_dates(tasks: Iterable[TaskDraft]) -> int | None:
    """The last year in which something of the tasks is dated more exactly than by the year."""
    windows = [window for task in tasks for one in task.milestones for window in one.windows]
    days = [window.start or window.due for window in windows if window.precision != "year"]
    return max((day.year for day in days if day is not None), default=None)


def with_proposed_year(draft: PlanDraft) -> PlanDraft:
    """The same draft; where its document names no year, with the proposed one and a word that it is to be confirmed."""
    year = proposed_year(draft) if draft.plan_year is None else None
    if year is None:
        return draft
    said = finding(None, "year-proposed", year=year)
    return draft.model_copy(update={"plan_year": year, "findings": [said, *draft.findings]})


def lone_years(draft: PlanDraft) -> list[int]:
    """Years with hardly an entry that stand apart from all others and are not the plan's."""
    counted = by_year(draft)
    return [
        year
        for year, count in counted.items()
        if count <= FEW and year != draft.plan_year and not {year - 1, year + 1} & counted.keys()
    ]


def waiting(draft: PlanDraft) -> list[tuple[TaskDraft, Asked]]:
    """The entries of which a person has to say the year."""
    return [(task, one) for task in draft.tasks for one in task.asked if not one.columns]


@dataclass(frozen=True)
class Form:
    """Tables of which a person has to say which column is the time: the entries that wait for it."""

    name: str
    columns: list[str]
    entries: list[Asked]


def asked_forms(draft: PlanDraft) -> list[Form]:
    """The forms of which nobody has said it, in the order of the document."""
    found: dict[str, Form] = {}
    for one in (one for task in draft.tasks for one in task.asked if one.form is not None):
        form = found.setdefault(str(one.form), Form(str(one.form), one.columns, []))
        form.entries.append(one)
    return list(found.values())


def form_of(draft: PlanDraft) -> str:
    """The form of a document that stands as one task: its title and the headings of its entries, whatever the numbers."""
    headings = dict.fromkeys(entry.section or "" for task in draft.tasks for entry in task.milestones)
    words = [_NUMBERS.sub("", squeeze(one)) for one in (draft.title, *headings)]
    return sha256("|".join(words).encode()).hexdigest()[:LETTERS]


def choose(draft: PlanDraft, form: Form, column: str | None) -> None:
    """The time of every entry of the form stands in that column; None: none of them is registered.

    What has no year there is asked again, alone: nobody guesses it.
    """
    draft.findings = [
        one
        for one in draft.findings
        if one.kind != "time-column" or not _are_of(one.facts["columns"], form.columns)
    ]
    for task in draft.tasks:
        of_form = [one for one in task.asked if one.form == form.name]
        task.asked = [one for one in task.asked if one.form != form.name]
        for one in of_form if column is not None else ():
            _take_from(draft, task, one, one.choices[form.columns.index(str(column))])


def _are_of(named: object, columns: Sequence[str]) -> bool:
    return isinstance(named, list) and [key(str(name)) for name in named] == [key(name) for name in columns]


def _take_from(draft: PlanDraft, task: TaskDraft, one: Asked, expr: str) -> None:
    found = read_time(expr, Context(None))
    plain = Asked(title=one.title, expr=expr, line=one.line, section=one.section, done=one.done)
    if isinstance(found, Reading):
        task.milestones.append(_dated(plain, found))
    elif squeeze(expr) not in EMPTY:
        draft.findings.append(unreadable(Unreadable(one.title, expr, found.reason, found.code), one.line))
        if found.code == "year-unknown":
            task.asked.append(plain)


def decide(draft: PlanDraft, task: TaskDraft, asked: Asked, year: int | None) -> MilestoneDraft | None:
    """Takes an asked entry out of the waiting ones: a milestone in that year, or nothing where `year` is None.

    The finding about it goes with it. Gives the milestone, None also where the words give none in that year.
    """
    task.asked.remove(asked)
    expr = shown_expr(asked.expr)
    draft.findings = [
        one
        for one in draft.findings
        if not (one.kind == "year-unknown" and one.line == asked.line and one.facts.get("expr") == expr)
    ]
    found = read_time(asked.expr, Context(year)) if year is not None else None
    if not isinstance(found, Reading):
        return None
    entry = _dated(asked, found)
    task.milestones.append(entry)
    return entry


def _dated(asked: Asked, found: Reading) -> MilestoneDraft:
    return MilestoneDraft(
        title=asked.title,
        expr=asked.expr,
        line=asked.line,
        section=asked.section,
        kind=found.kind,
        windows=list(found.windows),
        rrule=found.rrule,
        done=asked.done,
    )
