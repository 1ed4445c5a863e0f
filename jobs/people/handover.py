"""Hand-over (인사이동): assignments change hands on a day; the old chat ends, the successor gets a pack."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.people import handover_steps
from jobs.people.handover_steps import TakenBack
from jobs.singly import singly
from jobs.texts import kept
from store import audit, chat_links, handovers, milestones, officers
from store.audit import Who
from store.db.engine import when_committed
from store.models import Assignment, Handover, Milestone, Officer, Task
from store.states import HandoverState, LinkState, MilestoneState, RoleName

log = logging.getLogger(__name__)


def tasks_of(session: Session, handover: Handover) -> list[Assignment]:
    """The assignments that change hands: the person's that last into the day, of the one task where one is named.

    What the person takes over on that day or later, by another hand-over, is of the new desk and not his to give."""
    assert handover.from_officer_id is not None
    query = select(Assignment).where(
        Assignment.officer_id == handover.from_officer_id, milestones.lasts_into(handover.from_on)
    )
    if handover.task_id is not None:
        query = query.where(Assignment.task_id == handover.task_id)
        return list(session.scalars(query.order_by(Assignment.id)))
    taken = handover_steps.taken_by(session, handover.from_officer_id, handover.from_on)
    new = {one.id for one in taken if one.from_on >= handover.from_on}
    return [one for one in session.scalars(query.order_by(Assignment.id)) if one.id not in new]


def taken_over(session: Session, handover: Handover) -> list[Milestone]:
    """What the successor has from it, soonest first, whatever its state."""
    return milestones.search(session, Milestone.task_id.in_(handover_steps.task_ids(session, handover)))


def moves(session: Session, handover: Handover, giving: Sequence[Assignment] = ()) -> bool:
    """Whose desk it is has another one from the day on, which is not given with it: the chat goes on, the roles of the
    old desk do not."""
    assert handover.from_officer_id is not None
    taken = handover_steps.taken_by(session, handover.from_officer_id, handover.from_on)
    return any(one not in giving for one in taken)


def count_open(session: Session, handover: Handover) -> int:
    found = taken_over(session, handover)
    return sum(one.state is MilestoneState.PLANNED for one in found)


def count_open_of(tasks: list[Task]) -> int:
    """How many milestones of the tasks are still to be done."""
    return sum(one.state is MilestoneState.PLANNED for task in tasks for one in task.milestones)


def confirm_all(deed: Deed, sets: Sequence[tuple[Handover, Sequence[Assignment]]]) -> None:
    """[인계 확정] of one or several, each with what was found to change hands before the first began: the assignments end
    and begin around the day. Where the person leaves, that is on record."""
    handover_steps.carry_out(deed, sets)
    for handover, _moved in sets:
        handover.state = HandoverState.SCHEDULED
        if handover.leaves:
            after = {"from_on": handover.from_on}
            deed.record("leaving", f"officer:{handover.from_officer_id}", after=after)


def cancel(deed: Deed, handover: Handover) -> TakenBack:
    """Before its day a confirmed hand-over can be taken back: what it ended and began is as it was."""
    done = TakenBack([], [])
    if handover.state is HandoverState.SCHEDULED:
        done = handover_steps.take_back(deed, handover)
        for task_id in done.restored:
            _record_cancelled(deed, handover, task_id)
    handover.state = HandoverState.CANCELLED
    return done


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
    answers for it in the log. The last of the planning office stays: nobody could let anybody in any more. Who goes
    on to a desk that he takes over keeps the chat."""
    officer_id, day = handover.from_officer_id, handover.from_on
    assert officer_id is not None
    held = officers.roles(session, officer_id, day)
    stays = is_last_planner(session, officer_id, day)
    by = session.get(Officer, handover.proposed_by_id) if handover.proposed_by_id is not None else None
    act = f"handover:{handover.id}"
    who = (
        Who(by.id, by.name, act, act)
        if by is not None
        else Who(None, kept("running.actor.operator"), act, act)
    )
    before = {"roles": ", ".join(one.role.value for one in held)}
    goes_on = moves(session, handover)
    action = "stays" if stays else "moved" if goes_on else "left"
    audit.Act(session, who, now).record(action, f"officer:{officer_id}", before=before)
    if stays:
        return
    link = chat_links.of_officer(session, officer_id)
    if link is not None and not goes_on:
        link.state, link.ended_at = LinkState.ENDED, now
    for role in held:
        role.until_on = day - timedelta(days=1)
    if (officer := session.get(Officer, officer_id)) is not None:
        officer.membership = None  # the new desk's team is for the list of people to say


def is_last_planner(session: Session, officer_id: int, day: date) -> bool:
    """Nobody but the officer is the planning office on that day."""
    return officers.holder_ids(session, RoleName.PLANNER, day) == [officer_id]


def _record_cancelled(deed: Deed, handover: Handover, task_id: int) -> None:
    giver, successor = handover.giver, handover.successor
    deed.record(
        "hand-over-cancelled",
        f"task:{task_id}",
        before={"officers": giver.name if giver else ""},
        after={"officers": successor.name if successor else "", "from_on": handover.from_on},
    )
