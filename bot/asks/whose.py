"""Whose reply it is: of the departments that a person answers or confirms for, and what of it is to be done now."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from bot.chat.turn import MOST_NUMBER, Turn, UsageError
from bot.texts.render import say
from jobs.asks.owners import owners
from jobs.authority.permissions import TABLE, Action, Scope, has, may_department
from jobs.authority.superiors import Above
from jobs.owed.open_asks import to_confirm
from store import asks
from store.asks import Seat
from store.models import Ask, AskAnswer


def departments(turn: Turn, action: Action) -> set[int]:
    """The departments for which the person does it by a role of the department; whoever does it for all has none."""
    return {
        one.department_id
        for one in turn.actor.roles_for(action)
        if TABLE[action][one.role] is Scope.DEPARTMENT and one.department_id is not None
    }


def is_planner(turn: Turn) -> bool:
    return has(turn.actor, Action.ASKS)


def wanted(turn: Turn) -> list[Seat]:
    """Replies of the person's departments that are wanted now, the soonest due first."""
    own = departments(turn, Action.REPLY)
    return asks.seats(turn.session, turn.today, departments=own, states=asks.OUTSTANDING) if own else []


def asked(turn: Turn) -> list[Seat]:
    """Of these the ones that the person is asked for: as contact of the department, or in that one's place."""
    found = wanted(turn)
    people = owners(turn.session, {one.department_id for one in found}, turn.today) if found else {}
    return [one for one in found if turn.actor.officer.id in people[one.department_id]]


def sign_of(waiting: Sequence[Seat]) -> int:
    """A number that is another one as soon as other replies wait, or another version of one: a button that confirms all
    of them confirms those that its reader was told of."""
    told = ",".join(f"{one.answer_id}.{one.revision}" for one in sorted(waiting))
    return crc32(told.encode()) & MOST_NUMBER


def confirmable(turn: Turn) -> list[Seat]:
    """Replies that wait for the person to confirm or sign them."""
    if not departments(turn, Action.CONFIRM_REPLY) | departments(turn, Action.SIGN_REPLY):
        return []
    seats = asks.seats(turn.session, turn.today, states=asks.WAITING)
    found = to_confirm(seats, Above(turn.session, turn.today)) if seats else {}
    return found.get(turn.actor.officer.id, [])


def may_confirm(turn: Turn, own: AskAnswer) -> bool:
    """Take its next step, or send it back: by a role of the department or of all of them, and not what the person handed in."""
    step = asks.next_step(own.ask.steps, own.state)
    action = Action.SIGN_REPLY if step == asks.SIGN else Action.CONFIRM_REPLY
    is_theirs = may_department(turn.actor, action, own.department_id)
    return is_theirs and own.answered_by_id != turn.actor.officer.id


def ask_of(turn: Turn, number: int) -> Ask:
    """The request, if the person has to do with it. An unknown one and others' read the same."""
    found = asks.get(turn.session, number)
    if found is None or not (is_planner(turn) or _own(turn, number)):
        raise UsageError(say("asks.unseen", number=number))
    return found


def own_of(turn: Turn, number: int) -> AskAnswer:
    """The reply of the person's department to it. Raises UsageError where it has none."""
    found = _own(turn, number)
    if not found:
        raise UsageError(say("asks.not-own", number=number))
    return found[0]


def own_or_none(turn: Turn, number: int) -> AskAnswer | None:
    found = _own(turn, number)
    return found[0] if found else None


def _own(turn: Turn, number: int) -> list[AskAnswer]:
    """Of several departments first those from which it is wanted."""
    places = departments(turn, Action.REPLY) | departments(turn, Action.CONFIRM_REPLY)
    found = (asks.answer_of(turn.session, number, one) for one in sorted(places))
    there = [one for one in found if one is not None]
    return sorted(there, key=lambda one: one.state not in asks.OUTSTANDING)


def reply(turn: Turn, answer_id: int) -> AskAnswer:
    """The reply behind a button, if the person has to do with it."""
    found = asks.answer(turn.session, answer_id)
    places = departments(turn, Action.REPLY) | departments(turn, Action.CONFIRM_REPLY)
    is_theirs = found is not None and (
        found.department_id in places
        or asks.part_of(turn.session, found.id, turn.actor.officer.id) is not None
    )
    if found is None or not (is_planner(turn) or is_theirs):
        raise UsageError(say("asks.unseen", number=found.ask_id if found is not None else 0))
    return found
