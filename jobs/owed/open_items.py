"""Items that wait for a department, or for the planning office to close one, and when the daily message names them; and the
hour that comes at which one is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.items.owners import owners
from jobs.items.rules import next_told_day, told_days
from jobs.owed import due_hours
from jobs.owed.due_hours import Call
from jobs.owed.waiting_decisions import Waiting, asked_again
from jobs.rules.policy import Rules
from store import chat_links, items, matters, officers
from store.items import Seat
from store.models import Item
from store.states import ItemStage, RoleName

ITEM = "raised"  # a reply is wanted, or that closing is asked for; the number is the item's
CLOSING = "raised-close"  # closing is asked for: the planning office decides; the number is the item's


def wanted(session: Session, seats: Iterable[Seat], today: date) -> dict[int, list[Seat]]:
    """What is wanted of whom, the soonest due first; where nobody of a department can be written to, of the planning
    office."""
    open_ = [one for one in seats if one.is_wanted]
    people = owners(session, open_, today)
    linked = chat_links.chats(session, {one for some in people.values() for one in some}) if people else {}
    reached = {part: [one for one in some if one in linked] for part, some in people.items()}
    planners = officers.holder_ids(session, RoleName.PLANNER, today) if not all(reached.values()) else []
    found: dict[int, list[Seat]] = defaultdict(list)
    for one in open_:
        for officer_id in reached[one.part_id] or planners:
            found[officer_id].append(one)
    return found


def to_close(seats: Iterable[Seat]) -> list[Seat]:
    """Items whose closing is asked for, each once."""
    return [one for one in seats if one.state is ItemStage.CLOSING and one.position == 0]


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Whose daily message has to name an item by today and has not; of each the newest day only."""
    seats = items.seats(session)
    lines = {
        (officer, one.item_id): Waiting(officer, ITEM, one.item_id, day)
        for officer, some in wanted(session, seats, today).items()
        for one in some
        if (day := _newest(one, today, rules)) is not None
    }
    asked = [
        (one, day)
        for one in to_close(seats)
        if one.asked_at is not None and (day := asked_again(one.asked_at, today, rules)) is not None
    ]
    for officer in officers.holder_ids(session, RoleName.PLANNER, today) if asked else ():
        for one, day in asked:
            lines[officer, -one.item_id] = Waiting(officer, CLOSING, one.item_id, day)
    told = matters.lines_told(session, {one.subject for one in lines.values()})
    return [one for one in lines.values() if (one.officer_id, one.subject, one.day) not in told]


def _entered_on(seat: Seat, rules: Rules) -> date:
    return rules.calendar.local_date(seat.entered_at)


def _newest(seat: Seat, today: date, rules: Rules) -> date | None:
    """The last of its days up to today; None before the first."""
    days = told_days(
        _entered_on(seat, rules), seat.due_on, today, rules.calendar, has_hour=seat.due_minute is not None
    )
    return days[-1] if days else None


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody is told of an item, today's not yet told included; None for nobody."""
    seats = items.seats(session)
    if not seats:
        return None
    if waiting(session, today, rules):
        return today
    ahead = [
        next_told_day(
            _entered_on(one, rules), one.due_on, today, rules.calendar, has_hour=one.due_minute is not None
        )
        for one in seats
        if one.is_wanted
    ]
    if to_close(seats):
        ahead.append(today + timedelta(days=1))
    return min(ahead, default=None)


def calls(session: Session, today: date, rules: Rules) -> list[Call[Seat]]:
    """Of items that are due at an hour."""
    timed = items.seats(session, Item.due_minute.is_not(None), Item.due_on >= today)
    return due_hours.calls((one for one in timed if one.is_wanted), today, rules)


def called(session: Session, now: datetime, rules: Rules) -> dict[int, list[Call[Seat]]]:
    """Who is to be told now that the hour comes, by person."""
    today = rules.calendar.local_date(now)
    come = {one.seat.part_id: one for one in due_hours.come(calls(session, today, rules), now)}
    whose = wanted(session, [one.seat for one in come.values()], today)
    return {officer: [come[one.part_id] for one in some] for officer, some in whose.items()}


def next_call(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """The next instant at which an hour that comes is said; None for none."""
    return due_hours.next_at(calls(session, rules.calendar.local_date(now), rules), now)
