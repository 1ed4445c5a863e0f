"""Whose indicator it is: which ones a person sees, and whose value a person may enter."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from bot.chat.turn import Turn, UsageError
from bot.texts.render import say
from jobs.authority.permissions import TABLE, Action, Scope, Standing, has, may_department, may_task, reach
from reports.texts.hidden_titles import shown_title
from store import indicators
from store.models import Indicator, Task


class Reader(NamedTuple):
    """Whoever reads it outside a turn: of a file that is made when it is sent."""

    session: Session
    actor: Standing
    today: date


def is_planner(turn: Turn | Reader) -> bool:
    return has(turn.actor, Action.KPI)


def indicator_of(turn: Turn, number: int) -> Indicator:
    """The indicator, if the person has to do with it. An unknown one and others' read the same."""
    found = indicators.get(turn.session, number)
    if found is None or found.dropped_on is not None or not (may_enter(turn, found) or sees(turn, found)):
        raise UsageError(say("indicators.unseen", number=number))
    return found


def may_enter(turn: Turn | Reader, one: Indicator) -> bool:
    """Whether the person may enter its value."""
    if one.task_id is not None:
        return may_task(turn.session, turn.actor, Action.KPI_VALUE, one.task_id, turn.today)
    return one.department_id is not None and may_department(turn.actor, Action.KPI_VALUE, one.department_id)


def sees(turn: Turn | Reader, one: Indicator) -> bool:
    if one.task_id is not None:
        return may_task(turn.session, turn.actor, Action.VIEW, one.task_id, turn.today)
    return one.department_id is not None and may_department(turn.actor, Action.VIEW, one.department_id)


def mine(turn: Turn | Reader) -> list[ColumnElement[bool]]:
    """Conditions: what the person sees in a list. The planning office all, others those of their tasks and departments."""
    if is_planner(turn):
        return []
    tasks = select(Task.id).where(reach(turn.session, turn.actor, Action.VIEW, turn.today))
    places = [
        one.department_id
        for one in turn.actor.roles
        if TABLE[Action.VIEW][one.role] is Scope.DEPARTMENT and one.department_id is not None
    ]
    return [or_(Indicator.task_id.in_(tasks), Indicator.department_id.in_(places))]


def owner_title(one: Indicator) -> str | None:
    """The task by its title as a message may have it, else the department."""
    if one.task is not None:
        return shown_title(one.task)
    return one.department.name if one.department is not None else None
