"""Meetings that come, and material that a department still owes to one: when the daily message says it to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy.orm import Session

from jobs.asks.owners import owners
from jobs.meetings.rules import closes_on, told_days
from jobs.owed.waiting_decisions import Waiting
from jobs.rules.policy import Rules
from store import chat_links, matters, meetings, officers
from store.meetings import Ahead
from store.models import MeetingPart, MeetingTime
from store.states import MeetingKind, RoleName

OFF = "meeting-off"  # it was cancelled
MEETING = "meeting"  # it comes, or its material is wanted; the number is that of its time


def material_on(of: MeetingTime, rules: Rules) -> date:
    """Until when its material comes."""
    return closes_on(of.held_on, of.meeting.material_days, rules.calendar)


def people(
    session: Session, found: Collection[MeetingTime], today: date
) -> dict[int, dict[int, list[MeetingPart]]]:
    """Who is told of each, with the parts for which that one answers; of departments in which nobody can be written to, the
    planning office, which is told of every meeting anyway."""
    places = {part.department_id for one in found for part in one.parts}
    contacts = owners(session, places, today) if places else {}
    linked = (
        chat_links.chats(session, {one for some in contacts.values() for one in some}) if contacts else {}
    )
    planners = officers.holder_ids(session, RoleName.PLANNER, today) if found else []
    told: dict[int, dict[int, list[MeetingPart]]] = {}
    for of in found:
        who: dict[int, list[MeetingPart]] = defaultdict(list, {one: [] for one in planners})
        for part in of.parts:
            reached = [one for one in contacts[part.department_id] if one in linked]
            for officer_id in reached or planners:
                who[officer_id].append(part)
        told[of.id] = dict(who)
    return told


def _lines(
    session: Session, found: Collection[MeetingTime], today: date, rules: Rules
) -> Iterator[tuple[int, MeetingTime, list[date]]]:
    """Whom each of them is told, and on which days: a department of its own material, the planning office of all."""
    told = people(session, found, today)
    planners = set(officers.holder_ids(session, RoleName.PLANNER, today)) if found else set[int]()
    for of in found:
        due = material_on(of, rules)
        for officer_id, parts in told[of.id].items():
            is_wanted = any(meetings.is_missing(of, one) for one in parts)
            is_missing = is_wanted or (officer_id in planners and bool(meetings.missing(of)))
            days = told_days(
                of.held_on,
                due,
                rules.calendar,
                is_wanted=is_wanted,
                is_missing=is_missing,
                is_prepared=officer_id in planners and of.meeting.kind is MeetingKind.PANEL,
            )
            yield officer_id, of, days


def _may_be_told(one: Ahead, rules: Rules) -> list[date]:
    """The days on which anybody may be told of it."""
    due = closes_on(one.held_on, one.material_days, rules.calendar)
    return told_days(
        one.held_on,
        due,
        rules.calendar,
        is_wanted=True,
        is_missing=True,
        is_prepared=one.is_of_citizens,
    )


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Whose daily message has to name a meeting by today and has not; of each the newest day only."""
    near = [one.number for one in meetings.ahead(session, today) if _may_be_told(one, rules)[0] <= today]
    found = meetings.by_numbers(session, near).values() if near else []
    lines = [
        Waiting(officer_id, MEETING, of.id, max(come))
        for officer_id, of, days in _lines(session, list(found), today, rules)
        if (come := [day for day in days if day <= today])
    ]
    lines += [
        Waiting(officer_id, OFF, of.id, rules.calendar.local_date(of.cancelled_at))
        for of in meetings.cancelled(session, today)
        for officer_id in people(session, [of], today)[of.id]
        if of.cancelled_at is not None
    ]
    told = matters.lines_told(session, {one.subject for one in lines}) if lines else set()
    return [one for one in lines if (one.officer_id, one.subject, one.day) not in told]


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody may be told of one, today's not yet told included; None for nobody."""
    if waiting(session, today, rules):
        return today
    found = meetings.ahead(session, today)
    return min((day for one in found for day in _may_be_told(one, rules) if day > today), default=None)
