"""Who follows which item (따라 보기), and how it stood when they were told last."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import milestones
from store.models import ChatLink, Follow, Milestone
from store.states import LinkState, MilestoneState

ENDED = {MilestoneState.DONE: "done", MilestoneState.CANCELLED: "dropped"}


def standing(milestone: Milestone, today: date) -> str:
    """How it stands as far as its followers are told: a word and the day it is due."""
    return f"{word(milestone, today)}:{milestone.due_on or ''}"


def word(milestone: Milestone, today: date) -> str:
    """done, dropped, held, waiting, late or planned."""
    if milestone.state in ENDED:
        return ENDED[milestone.state]
    if milestone.state is MilestoneState.ON_HOLD:
        return "held"
    if milestone.gate is not None:
        return "waiting"
    return "late" if milestones.is_overdue(milestone, today) else "planned"


def of_officer(session: Session, officer_id: int) -> list[Milestone]:
    """What the person follows, by number."""
    query = select(Milestone).join(Follow, Follow.milestone_id == Milestone.id)
    query = query.where(Follow.officer_id == officer_id).order_by(Milestone.id)
    return list(session.scalars(milestones.full(query)).unique())


def get(session: Session, officer_id: int, milestone_id: int) -> Follow | None:
    return session.get(Follow, (officer_id, milestone_id))


def changed(session: Session, today: date) -> list[tuple[Follow, Milestone]]:
    """Where it stands otherwise than whoever follows it was told, of people who can be written to."""
    query = select(Follow).join(ChatLink, ChatLink.officer_id == Follow.officer_id)
    query = query.where(ChatLink.state == LinkState.ACTIVE).order_by(Follow.officer_id, Follow.milestone_id)
    rows: Sequence[Follow] = session.scalars(query).all()
    found = {one.id: one for one in milestones.by_ids(session, {one.milestone_id for one in rows})}
    pairs = [(one, found[one.milestone_id]) for one in rows]
    return [(one, milestone) for one, milestone in pairs if standing(milestone, today) != one.told]


def next_late_on(session: Session) -> date | None:
    """The last day before one that is followed and planned becomes late."""
    query = select(Milestone.due_on).join(Follow, Follow.milestone_id == Milestone.id)
    open_ones = query.where(Milestone.state == MilestoneState.PLANNED, Follow.told.startswith("planned:"))
    return session.scalar(open_ones.where(Milestone.due_on.is_not(None)).order_by(Milestone.due_on).limit(1))
