"""Indicators beside something else: the section on a task's card, and that of /status with its counts and those behind."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from bot.chat.turn import Turn
from bot.indicators import shown
from bot.texts.render import say
from jobs.indicators import standings
from jobs.indicators.pace import State
from reports.scope import Scope, ScopeKind
from store import plans
from store.deliveries import Html
from store.models import Department, Indicator, Plan, Task

ON_CARD, BEHIND_SHOWN = 5, 3
_WITH_OWN = {
    ScopeKind.CITY,
    ScopeKind.BUREAU,
    ScopeKind.DEPARTMENT,
}  # also what a department has without a task


class Section(NamedTuple):
    """Of /status: the counts, the slowest of those behind, and how many more there are."""

    counts: Html
    behind: list[Html]
    more: int


def of_task(turn: Turn, task: Task) -> list[Html]:
    """Its indicators, those behind first, and how many were left out."""
    bound = turn.office.rules.indicators.bound
    found = standings.laggards_first(
        standings.placed(turn.session, turn.today, bound, Indicator.task_id == task.id)
    )
    if not found:
        return []
    more = len(found) - ON_CARD
    left = [say("indicators.card-more", count=more)] if more > 0 else []
    return [say("indicators.card"), *shown.lines(turn, found[:ON_CARD]), *left]


def of_scope(turn: Turn, scope: Scope, inside: ColumnElement[bool]) -> Section | None:
    """What stands of those in the scope that the reader has to do with; None where there is none."""
    found = shown.standing(turn, _within(scope, inside))
    if not found:
        return None
    behind = standings.laggards_first(one for one in found if one.of.state is State.BEHIND)
    lines = shown.lines(turn, behind[:BEHIND_SHOWN])
    return Section(shown.hint(standings.counts(found)), lines, max(0, len(behind) - BEHIND_SHOWN))


def _within(scope: Scope, inside: ColumnElement[bool]) -> ColumnElement[bool]:
    of_tasks = Indicator.task_id.in_(select(Task.id).join(Plan).where(plans.is_in_use(), inside))
    if scope.kind not in _WITH_OWN:
        return of_tasks
    places = select(Department.id)
    if scope.kind is ScopeKind.BUREAU:
        places = places.where(Department.bureau == scope.name)
    elif scope.kind is ScopeKind.DEPARTMENT:
        places = places.where(Department.id == scope.id)
    return or_(of_tasks, Indicator.department_id.in_(places))
