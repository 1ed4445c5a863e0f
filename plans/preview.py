"""What a person looks at before a draft is registered: milestones by year, what is asked, and settling it (등록 전 확인)."""

from __future__ import annotations

from collections import Counter
from typing import Final

from plans.draft import Asked, MilestoneDraft, PlanDraft, TaskDraft
from plans.entries.remarks import shown_expr
from plans.time.timeline import Context, Reading, read_time

FEW: Final = 2  # entries of a year that has no neighbour: perhaps a year that was misread


def by_year(draft: PlanDraft) -> dict[int, int]:
    """Year -> how many dated entries are due in it."""
    counted: Counter[int] = Counter()
    for task in draft.tasks:
        for entry in task.milestones:
            days = [day for window in entry.windows if (day := window.due or window.start) is not None]
            counted.update(day.year for day in days)
    return dict(sorted(counted.items()))


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
    return [(task, one) for task in draft.tasks for one in task.asked]


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
    entry = MilestoneDraft(
        title=asked.title,
        expr=asked.expr,
        line=asked.line,
        section=asked.section,
        kind=found.kind,
        windows=list(found.windows),
        rrule=found.rrule,
        done=asked.done,
    )
    task.milestones.append(entry)
    return entry
