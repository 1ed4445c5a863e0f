"""Meetings in the daily message: what is held soon, the material that is still wanted of the reader, what was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Keyboard, button
from bot.meetings import shown
from bot.texts.render import label, say
from jobs.owed import open_meetings
from jobs.rules.policy import Rules
from store import meetings, officers
from store.deliveries import Html
from store.models import MeetingPart, MeetingTime
from store.states import RoleName

SHOWN = 3  # of a message; the rest is one count


def _mine(
    session: Session, officer_id: int, numbers: Sequence[int], today: date
) -> list[tuple[MeetingTime, list[MeetingPart]]]:
    """Those that are still to come or were to come, with the parts of the reader."""
    known = meetings.by_numbers(session, set(numbers))
    found = sorted((one for one in known.values() if one.held_on >= today), key=lambda one: one.held_on)
    told = open_meetings.people(session, found, today)
    return [(one, told[one.id][officer_id]) for one in found if officer_id in told[one.id]]


def lines(session: Session, officer_id: int, numbers: Sequence[int], today: date, rules: Rules) -> list[Html]:
    """At most three, and of the others how many."""
    found = _mine(session, officer_id, numbers, today)
    is_office = officer_id in officers.holder_ids(session, RoleName.PLANNER, today)
    told = [
        shown.line(
            one,
            today,
            rules,
            parts,
            is_office=is_office,
            citizens=shown.seated(session, one, today) if is_office else None,
        )
        for one, parts in found[:SHOWN]
    ]
    more = len(found) - SHOWN
    return [*told, say("digest.meetings-more", count=more)] if more > 0 else told


def rows(session: Session, officer_id: int, numbers: Sequence[int], today: date) -> Keyboard:
    """[보기] of each that takes place."""
    found = [one for one, _ in _mine(session, officer_id, numbers, today) if one.cancelled_at is None]
    opened = [
        button(label("meetings.button.meeting", number=one.id), shown.VIEW, one.id) for one in found[:SHOWN]
    ]
    return [opened] if opened else []
