"""Goals of a plan in its spreadsheet form (목표 시트): the rows that are written, and reading them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from plans.draft import TaskDraft
from plans.indicators.drafts import Bound, IndicatorDraft, Kind, YearlyDraft
from plans.indicators.values import bare_number
from plans.sheet.columns import BOUNDS, DOWNWARD, GOAL_KINDS, YEARLY_GOAL
from plans.text.characters import number_of

YEAR_DIGITS: Final = 4
Row = Mapping[str, str]
Wrong = Literal["words", "number"]
"""A goal without name or wording, and one whose number is none."""


def goal_rows(task: TaskDraft) -> Iterator[list[str | int | None]]:
    """What the sheet says of the task's goals, by the columns of GOAL_COLUMNS."""
    kinds = {kind: word for word, kind in GOAL_KINDS.items()}
    bounds = {bound: word for word, bound in BOUNDS.items()}
    for one in task.indicators:
        bound = bounds[one.bound] if one.bound else None
        direction = DOWNWARD if one.direction == "down" else None
        yield [
            task.no, task.title, one.name, kinds[one.kind], one.unit, one.before, one.before_year, one.target, one.year,
            bound, one.of, one.result, one.formula, direction, one.text,
        ]  # fmt: skip
    for goal in task.targets:
        yield [task.no, task.title, None, YEARLY_GOAL, *[None] * 4, goal.year, *[None] * 5, goal.text]


def read_goal(row: Row, line: int, task: TaskDraft) -> Wrong | None:
    """Gives the task the goal of a row; what is wrong with the row, else None."""
    if not row.get("text") and not row.get("target"):
        return "words"
    if row.get("kind") == YEARLY_GOAL:
        task.targets.append(YearlyDraft(year=_year(row, "year"), text=row["text"]))
        return None
    kind = GOAL_KINDS.get(row.get("kind", ""), "text")
    if not row.get("name"):
        return "words"
    if kind != "text" and any(
        row.get(name) and bare_number(row[name]) is None for name in ("before", "target")
    ):
        return "number"
    task.indicators.append(_goal(row, line, kind))
    return None


def _goal(row: Row, line: int, kind: Kind) -> IndicatorDraft:
    return IndicatorDraft(
        name=row["name"],
        unit=_said(row, "unit"),
        before=_said(row, "before"),
        before_year=_year(row, "before_year"),
        target=_said(row, "target"),
        year=_year(row, "year"),
        text=row.get("text", ""),
        line=line,
        kind=kind,
        of=_said(row, "of"),
        bound=_bound(row),
        result=_said(row, "result"),
        formula=_said(row, "formula"),
        direction="down" if row.get("direction") == DOWNWARD else "up",
    )


def _said(row: Row, name: str) -> str | None:
    return row.get(name) or None


def _year(row: Row, name: str) -> int | None:
    return number_of(row.get(name, ""), YEAR_DIGITS)


def _bound(row: Row) -> Bound | None:
    return BOUNDS.get(row.get("bound", ""))
