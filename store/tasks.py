"""Tasks (과제) by what people call them: their number, that of anything that belongs to them, or the document's own."""

import re
import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.models import Assignment, Milestone, Plan, Series, Task
from store.states import PlanState

_DASHES: Final = re.compile(r"[‐-―−－~]")
_LAST: Final = re.compile(r"[0-9]{1,2}$")
CIRCLED: Final = {str(number): chr(ord("①") + number - 1) for number in range(1, 21)}


_LIVE: Final = Plan.state == PlanState.ACTIVE, Task.withdrawn_on.is_(None)


def holding(session: Session, number: int) -> Task | None:
    """The task of that number, or the one whose milestone or series has it; None for a number of anything else."""
    task = session.get(Task, number)
    if task is not None:
        return task
    owner = session.get(Milestone, number) or session.get(Series, number)
    return owner.task if owner is not None else None


def spellings(printed: str) -> set[str]:
    """How a document may print what was typed: 4-1-2 is 4-1-②, whatever its dashes and spaces."""
    closed = "".join(_DASHES.sub("-", printed).split())
    flat = unicodedata.normalize("NFKC", closed)
    last = _LAST.search(flat)
    circled = flat[: last.start()] + CIRCLED.get(last[0], last[0]) if last else flat
    return {closed, flat, circled}


def printed(session: Session, no: str, *conditions: ColumnElement[bool]) -> list[Task]:
    """The tasks of active plans that a document numbers so, under the conditions, as it was typed before all."""
    bare = func.replace(Task.no, " ", "")
    query = select(Task).join(Plan).where(*_LIVE, *conditions)
    found = list(session.scalars(query.where(bare.in_(spellings(no))).order_by(Task.id)))
    exact = [one for one in found if "".join((one.no or "").split()) == "".join(no.split())]
    return exact or found


def search(session: Session, *conditions: ColumnElement[bool]) -> list[Task]:
    """Tasks of active plans under the conditions, in the plans' own order."""
    query = select(Task).join(Plan).where(*_LIVE, *conditions)
    people = selectinload(Task.assignments).joinedload(Assignment.officer)
    query = query.options(people, joinedload(Task.department)).order_by(Task.plan_id, Task.position)
    return list(session.scalars(query).unique())
