"""Who cannot be reached by Telegram, since when, why, and which open items that concerns."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, joinedload

from store import milestones
from store.models import Assignment, ChatLink, Department, FallbackChannel, Milestone, Officer, Plan, Task
from store.states import LinkState, MilestoneState


class Why(StrEnum):
    """Why nothing can be sent to a person; worked out from the links, never stored."""

    NEVER = "never"  # has never pressed a registration link
    BLOCKED = "blocked"  # has blocked the bot, or has no account any more
    STOPPED = "stopped"  # has sent /stop
    LEFT = "left"  # the last link has ended and none came after it
    OTHER_BOT = "other-bot"  # the bot is another one now, and the person has not sent it /start


PAUSED = {
    LinkState.BLOCKED: Why.BLOCKED,
    LinkState.STOPPED: Why.STOPPED,
    LinkState.OTHER_BOT: Why.OTHER_BOT,
}


@dataclass(frozen=True)
class Unreachable:
    """`since` None: never linked, or not kept. `numbers` are the open milestones, soonest due first."""

    officer: Officer
    why: Why
    since: datetime | None
    numbers: tuple[int, ...]


def unreachable(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[Unreachable]:
    """Who answers today for something open under the conditions and cannot be written to; without conditions
    also whose own link is paused, whether something is open or not. By department, then name."""
    open_numbers = _open_numbers(session, today, *conditions)
    found = (
        reasons(session, open_numbers) if conditions else reasons(session, open_numbers) | _paused(session)
    )
    people = select(Officer).outerjoin(Department).options(joinedload(Officer.department))
    people = people.where(Officer.id.in_(found)).order_by(Department.name, Officer.name, Officer.id)
    return [
        Unreachable(one, *found[one.id], numbers=tuple(open_numbers.get(one.id, ())))
        for one in session.scalars(people)
    ]


def count_unreachable(session: Session, today: date) -> int:
    """How many people the list has."""
    return len(unreachable(session, today))


def _open_numbers(session: Session, today: date, *conditions: ColumnElement[bool]) -> dict[int, list[int]]:
    """Open milestones of everybody who has no link that is active, by officer."""
    active = select(ChatLink.officer_id).where(ChatLink.state == LinkState.ACTIVE)
    query = (
        select(Assignment.officer_id, Milestone.id)
        .join(Task, Assignment.task_id == Task.id)
        .join(Plan)
        .join(Milestone, Milestone.task_id == Task.id)
        .where(
            Assignment.officer_id.not_in(active),
            milestones.is_current(today),
            milestones.is_owed(),
            Milestone.state == MilestoneState.PLANNED,
            *conditions,
        )
        .order_by(Milestone.due_on.is_(None), Milestone.due_on, Milestone.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for officer_id, number in session.execute(query):
        found[officer_id].append(number)
    return found


def _paused(session: Session) -> dict[int, tuple[Why, datetime | None]]:
    paused = session.scalars(select(ChatLink).where(ChatLink.state.in_(PAUSED)))
    return {one.officer_id: (PAUSED[one.state], one.paused_at) for one in paused}


def reasons(session: Session, officer_ids: Collection[int]) -> dict[int, tuple[Why, datetime | None]]:
    """Why and since when each of them cannot be written to; who can be is left out."""
    if not officer_ids:
        return {}
    found: dict[int, tuple[Why, datetime | None]] = dict.fromkeys(officer_ids, (Why.NEVER, None))
    links = select(ChatLink).where(ChatLink.officer_id.in_(officer_ids)).order_by(ChatLink.id)
    live = {}
    for link in session.scalars(links):
        if link.state is LinkState.ENDED:
            found[link.officer_id] = Why.LEFT, link.ended_at
        else:
            live[link.officer_id] = link
    for officer_id, link in live.items():
        found[officer_id] = PAUSED.get(link.state, Why.NEVER), link.paused_at
    return {key: one for key, one in found.items() if key not in live or live[key].state in PAUSED}


def look_again(session: Session, today: date, officer_ids: Collection[int]) -> None:
    """Somebody's messages have nowhere to go from now on: the next scan looks at what these people answer for,
    so that others are told the same day."""
    _look_again(session, today, Milestone.task_id.in_(milestones.tasks_of(officer_ids, today)))


def look_again_at(session: Session, today: date, milestone_ids: Collection[int]) -> None:
    """The same for single milestones: whoever was to be told of them cannot be reached either."""
    _look_again(session, today, Milestone.id.in_(milestone_ids))


def _look_again(session: Session, today: date, which: ColumnElement[bool]) -> None:
    session.flush()
    session.execute(
        update(Milestone)
        .where(which, Milestone.next_remind_on > today, Milestone.state == MilestoneState.PLANNED)
        .values(next_remind_on=today)
        .execution_options(synchronize_session="fetch")
    )


def channel_of(session: Session, officer_id: int) -> FallbackChannel | None:
    """The person's own fallback channel; None where there is none."""
    return session.get(FallbackChannel, officer_id)


def with_channel(session: Session, officer_ids: Collection[int]) -> set[int]:
    """Those of the people who have a fallback channel of their own."""
    query = select(FallbackChannel.officer_id).where(FallbackChannel.officer_id.in_(officer_ids))
    return set(session.scalars(query)) if officer_ids else set()


def set_channel(session: Session, officer_id: int, url: str, now: datetime) -> None:
    """From now on that address of apprise is the person's fallback channel."""
    session.merge(FallbackChannel(officer_id=officer_id, url=url, set_at=now))


def remove_channel(session: Session, officer_id: int) -> bool:
    """False where there was none."""
    found = channel_of(session, officer_id)
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None
