"""Hand-over (인사이동): assignments change hands on a day; the old chat ends, the successor gets a pack."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from jobs.authority.access import Deed
from jobs.singly import singly
from store import audit, handovers, links, milestones, officers
from store.audit import Who
from store.db.engine import when_committed
from store.models import Assignment, Handover, Milestone, Officer, Task
from store.states import AssignmentKind, HandoverState, LinkState, MilestoneState, RoleName

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


def confirm(deed: Deed, handover: Handover, moved: Sequence[Assignment]) -> None:
    """[인계 확정]: the assignments end and begin around the day. Where the person leaves, that is on record."""
    for one in moved:
        one.until_on = handover.from_on - timedelta(days=1)
        if handover.to_officer_id is not None:
            _begin(deed.session, one.task_id, handover.to_officer_id, one.kind, handover.from_on)
    handover.state = HandoverState.SCHEDULED
    _record(deed, handover, "handed-over", [one.task_id for one in moved])
    if handover.leaves:
        after = {"from_on": handover.from_on}
        deed.record("leaving", f"officer:{handover.from_officer_id}", after=after)


def ended_by(session: Session, handover: Handover) -> dict[int, Assignment]:
    """What a confirmed hand-over ends on its eve, by task."""
    if handover.state is not HandoverState.SCHEDULED:
        return {}
    eve = handover.from_on - timedelta(days=1)
    ended = select(Assignment).where(
        Assignment.officer_id == handover.from_officer_id, Assignment.until_on == eve
    )
    found = {one.task_id: one for one in session.scalars(ended)}
    return {key: one for key, one in found.items() if handover.task_id in {None, key}}


def cancel(deed: Deed, handover: Handover) -> None:
    """Before its day a confirmed hand-over can be taken back: everything is as it was."""
    if handover.state is HandoverState.SCHEDULED:
        eve = handover.from_on - timedelta(days=1)
        begun = select(Assignment).where(
            Assignment.officer_id == handover.to_officer_id, Assignment.from_on == handover.from_on
        )
        restored = ended_by(deed.session, handover)
        for one in deed.session.scalars(begun):
            if one.task_id in restored:
                one.until_on = eve
        for one in restored.values():
            one.until_on = None
        _record(deed, handover, "hand-over-cancelled", sorted(restored))
    handover.state = HandoverState.CANCELLED


def take_effect(session: Session, now: datetime, today: date) -> list[Handover]:
    """What the day brings: chats and roles of those who have left end. Gives those that came into effect."""
    done: list[Handover] = []

    def hand_over(some: Sequence[Handover]) -> int:
        for one in some:
            one.state = HandoverState.EFFECTIVE
            if one.leaves:
                _leave(session, one, now)
        session.flush()
        done.extend(some)
        return len(some)

    def broken(one: Handover) -> None:
        log.exception("action=hand-over-failed handover=%d", one.id)

    singly(session, handovers.due(session, today), hand_over, broken)
    for one in done:
        when_committed(session, log.info, "action=handed-over handover=%d", one.id)
    return done


def _leave(session: Session, handover: Handover, now: datetime) -> None:
    """The person has left the desk: the chat is ended for good, the roles end the day before. Who confirmed it
    answers for it in the log. The last of the planning office stays: nobody could let anybody in any more."""
    officer_id, day = handover.from_officer_id, handover.from_on
    assert officer_id is not None
    held = officers.roles(session, officer_id, day)
    stays = is_last_planner(session, officer_id, day)
    by = session.get(Officer, handover.proposed_by_id) if handover.proposed_by_id is not None else None
    act = f"handover:{handover.id}"
    who = Who(by.id, by.name, act, act) if by is not None else Who(None, "운영자", act, act)
    before = {"roles": ", ".join(one.role.value for one in held)}
    audit.Act(session, who, now).record("stays" if stays else "left", f"officer:{officer_id}", before=before)
    if stays:
        return
    link = links.of_officer(session, officer_id)
    if link is not None:
        link.state, link.ended_at = LinkState.ENDED, now
    for role in held:
        role.until_on = day - timedelta(days=1)


def is_last_planner(session: Session, officer_id: int, day: date) -> bool:
    """Nobody but the officer is the planning office on that day."""
    return officers.holder_ids(session, RoleName.PLANNER, day) == [officer_id]


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


def _record(deed: Deed, handover: Handover, action: str, task_ids: list[int]) -> None:
    giver, successor = handover.giver, handover.successor
    for task_id in task_ids:
        deed.record(
            action,
            f"task:{task_id}",
            before={"officers": giver.name if giver else ""},
            after={"officers": successor.name if successor else "", "from_on": handover.from_on},
        )
