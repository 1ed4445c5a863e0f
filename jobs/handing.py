"""Hand-over (인사이동): assignments change hands on a day; the old chat ends, the successor gets a pack."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from jobs import changes
from jobs.policy import Rules
from jobs.singly import singly
from store import audit, handovers, links, milestones, officers
from store.audit import Who
from store.engine import when_committed
from store.models import Assignment, Handover, Milestone, Officer, Task
from store.states import AssignmentKind, HandoverState, LinkState, MilestoneState

log = logging.getLogger(__name__)


def tasks_of(session: Session, handover: Handover) -> list[Assignment]:
    """The assignments that change hands: the person's that last into the day, of the one task where one is named."""
    query = select(Assignment).where(
        Assignment.officer_id == handover.from_officer_id,
        Assignment.until_on.is_(None) | (Assignment.until_on >= handover.from_on),
    )
    if handover.task_id is not None:
        query = query.where(Assignment.task_id == handover.task_id)
    return list(session.scalars(query.order_by(Assignment.id)))


def taken_over(session: Session, handover: Handover) -> list[Milestone]:
    """What the successor has from it, soonest first, whatever its state."""
    begun = select(Assignment.task_id).where(
        Assignment.officer_id == handover.to_officer_id, Assignment.from_on == handover.from_on
    )
    condition: ColumnElement[bool] = Milestone.task_id.in_(begun)
    if handover.task_id is not None:
        condition = Milestone.task_id == handover.task_id
    return milestones.search(session, condition)


def count_open(session: Session, handover: Handover) -> int:
    found = taken_over(session, handover)
    return sum(one.state is MilestoneState.PLANNED for one in found)


def count_open_of(tasks: list[Task]) -> int:
    """How many milestones of the tasks are still to be done."""
    return sum(one.state is MilestoneState.PLANNED for task in tasks for one in task.milestones)


def look_again(session: Session, tasks: list[Task], today: date, rules: Rules) -> None:
    """The scan looks at the tasks' milestones anew: somebody else is asked now."""
    for task in tasks:
        for milestone in task.milestones:
            milestone.next_remind_on = changes.next_look(milestone, today, rules)
    session.flush()


def confirm(session: Session, handover: Handover, who: Who, now: datetime) -> int:
    """[인계 확정]: the assignments end and begin around the day; gives how many changed hands."""
    moved = tasks_of(session, handover)
    for one in moved:
        one.until_on = handover.from_on - timedelta(days=1)
        if handover.to_officer_id is not None:
            _begin(session, one.task_id, handover.to_officer_id, one.kind, handover.from_on)
    handover.state = HandoverState.SCHEDULED
    _record(session, handover, who, now, "handed-over", [one.task_id for one in moved])
    return len(moved)


def cancel(session: Session, handover: Handover, who: Who, now: datetime) -> None:
    """Before its day a confirmed hand-over can be taken back: everything is as it was."""
    if handover.state is HandoverState.SCHEDULED:
        eve = handover.from_on - timedelta(days=1)
        ended = select(Assignment).where(
            Assignment.officer_id == handover.from_officer_id, Assignment.until_on == eve
        )
        begun = select(Assignment).where(
            Assignment.officer_id == handover.to_officer_id, Assignment.from_on == handover.from_on
        )
        restored = {one.task_id: one for one in session.scalars(ended)}
        if handover.task_id is not None:
            restored = {key: one for key, one in restored.items() if key == handover.task_id}
        for one in session.scalars(begun):
            if one.task_id in restored:
                one.until_on = eve
        for one in restored.values():
            one.until_on = None
        _record(session, handover, who, now, "hand-over-cancelled", sorted(restored))
    handover.state = HandoverState.CANCELLED


def take_effect(session: Session, now: datetime, today: date) -> list[Handover]:
    """What the day brings: chats and roles of those who have left end. Gives those that came into effect."""
    done: list[Handover] = []

    def hand_over(some: Sequence[Handover]) -> int:
        for one in some:
            one.state = HandoverState.EFFECTIVE
            if one.task_id is None and one.from_officer_id is not None:
                _leave(session, one.from_officer_id, now, one.from_on)
        session.flush()
        done.extend(some)
        return len(some)

    def broken(one: Handover) -> None:
        log.exception("action=hand-over-failed handover=%d", one.id)

    singly(session, handovers.due(session, today), hand_over, broken)
    for one in done:
        when_committed(session, log.info, "action=handed-over handover=%d", one.id)
    return done


def _leave(session: Session, officer_id: int, now: datetime, day: date) -> None:
    """The person has left the desk: the chat is ended for good, the roles end the day before."""
    link = links.of_officer(session, officer_id)
    if link is not None:
        link.state, link.ended_at = LinkState.ENDED, now
    for role in officers.roles(session, officer_id, day):
        role.until_on = day - timedelta(days=1)


def assign(
    session: Session, task: Task, officer: Officer, kind: AssignmentKind, who: Who, now: datetime, today: date
) -> None:
    """담당 지정 from today on. A new accountable officer takes the place of the one before; a deputy is added."""
    before = [one for one in task.assignments if holds(one, today)]
    for one in before:
        if one.officer_id == officer.id or (kind is AssignmentKind.LEAD and one.kind is kind):
            one.until_on = today - timedelta(days=1)
    task.assignments.append(Assignment(task_id=task.id, officer=officer, kind=kind, from_on=today))
    session.flush()
    names = [one.officer.name for one in task.assignments if holds(one, today)]
    audit.record(
        session,
        who,
        now,
        "assigned",
        f"task:{task.id}",
        before={"officers": ", ".join(one.officer.name for one in before)},
        after={"officers": ", ".join(names)},
    )


def holds(one: Assignment, today: date) -> bool:
    return one.from_on <= today and (one.until_on is None or one.until_on >= today)


def _begin(session: Session, task_id: int, officer_id: int, kind: AssignmentKind, day: date) -> None:
    """The successor answers from the day on; somebody who shares the task already becomes the accountable one."""
    query = select(Assignment).where(
        Assignment.task_id == task_id,
        Assignment.officer_id == officer_id,
        Assignment.until_on.is_(None) | (Assignment.until_on >= day),
    )
    for one in session.scalars(query):
        one.until_on = day - timedelta(days=1)
        kind = AssignmentKind.LEAD if AssignmentKind.LEAD in {kind, one.kind} else kind
    session.add(Assignment(task_id=task_id, officer_id=officer_id, kind=kind, from_on=day))
    session.flush()


def _record(
    session: Session, handover: Handover, who: Who, now: datetime, action: str, task_ids: list[int]
) -> None:
    giver, successor = handover.giver, handover.successor
    for task_id in task_ids:
        audit.record(
            session,
            who,
            now,
            action,
            f"task:{task_id}",
            before={"officers": giver.name if giver else ""},
            after={"officers": successor.name if successor else "", "from_on": handover.from_on},
        )
