"""Whose department's part of a meeting it is, and who plans meetings."""

from __future__ import annotations

from bot.chat.turn import Turn, UsageError
from bot.texts.render import say
from jobs.authority.permissions import TABLE, Action, Scope, has
from store import meetings
from store.models import Department, MeetingPart, MeetingTime


def is_planner(turn: Turn) -> bool:
    return has(turn.actor, Action.MEETINGS)


def meeting_of(turn: Turn, number: int) -> MeetingTime:
    """Raises UsageError for a number that is none's."""
    found = meetings.get(turn.session, number)
    if found is None:
        raise UsageError(say("meetings.refusal.no-meeting", number=number))
    return found


def own(turn: Turn, of: MeetingTime) -> list[MeetingPart]:
    """The parts of departments for which the person speaks by a role of the department; not as the planning office."""
    held = turn.actor.roles_for(Action.MATERIAL)
    mine = {one.department_id for one in held if TABLE[Action.MATERIAL][one.role] is Scope.DEPARTMENT}
    return [one for one in of.parts if one.department_id in mine]


def part_for(turn: Turn, of: MeetingTime, named: Department | None) -> MeetingPart:
    """The part that is meant: of the department that is named, by the planning office; else the first own one without material.
    Raises UsageError."""
    mine = own(turn, of)
    if named is not None and (is_planner(turn) or named.id in {one.department_id for one in mine}):
        found = meetings.part_of(of, named.id)
    else:
        found = next((one for one in mine if not one.version), next(iter(mine), None))
    if found is None:
        raise UsageError(say("meetings.refusal.not-of-department", number=of.id))
    return found
