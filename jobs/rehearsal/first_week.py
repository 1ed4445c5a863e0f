"""The first week of a plan played through before anybody hears of it: how many people, how many lines."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.rehearsal.cast import cast
from jobs.rehearsal.rehearsal import rehearse
from jobs.rules.policy import Rules
from store import milestones
from store.models import Plan, Task

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class FirstWeek:
    """`people` get something in the seven days from `first`, `lines` in all, `most` of them one person."""

    first: date
    people: int
    lines: int
    most: int


def first_week(session: Session, plan: Plan, first: date, rules: Rules) -> FirstWeek:
    """What the plan's officers would be sent, if nobody answers; what is due before `first` is of before the start."""
    last = first + WEEK - timedelta(days=1)
    tasks = set(session.scalars(select(Task.id).where(Task.plan_id == plan.id)))
    found = cast(session, last, begins=first)
    found.parts = [
        one
        for one in found.parts
        if one.task_id in tasks and not milestones.lies_before(one.timeline.due, first)
    ]
    found.year_round = [one for one in found.year_round if one.task_id in tasks]
    found.planners = []  # the lists of those above are no officer's lines
    quiet = replace(rules, settings=rules.settings.model_copy(update={"week_ahead": False}))
    load = rehearse(found, quiet, first, last)
    most = max((one.lines for one in load.people), default=0)
    return FirstWeek(first, len(load.people), load.lines, most)
