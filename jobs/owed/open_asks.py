"""Requests that wait for a department's reply, or for a lead to confirm one, and when the daily message names them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.asks.owners import owners
from jobs.authority.superiors import Above
from jobs.owed import due_hours
from jobs.owed.due_hours import Call
from jobs.owed.recipients import Directory
from jobs.owed.waiting_decisions import Waiting, asked_again
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store import asks, matters
from store.asks import Lies, Seat
from store.officers import Place
from store.states import RoleName

ASK = "ask"  # a reply that is wanted; the number is the request's
CONFIRMING = "ask-check"  # replies that wait for a lead; the number is the request's
LEVELS = {asks.CONFIRM: RoleName.LEAD, asks.SIGN: RoleName.HEAD}
SOON, EVE = 3, 1  # days before it is due


def days(seat: Seat | Lies, calendar: WorkCalendar) -> list[date]:
    """On which it comes up, oldest first: the opening day, half-way, three days before it is due, and that day; where an
    hour was told, the day before, too. What falls on a day off comes on the working day before."""
    opens_on, due_on = seat.opens_on, seat.due_on
    named = [opens_on + (due_on - opens_on) // 2, due_on - timedelta(days=SOON), due_on]
    named += [due_on - timedelta(days=EVE)] if seat.due_minute is not None else []
    moved = (calendar.previous_or_same(one) for one in named)
    return sorted({opens_on, *(one for one in moved if one >= opens_on)})


def wanted(session: Session, seats: Iterable[Seat], today: date) -> dict[int, list[Seat]]:
    """Whose reply is wanted now, by person: those who are asked in each department, the soonest due first; and those to
    whom rows of one were handed and who have not filled them in."""
    outstanding = [one for one in seats if one.state in asks.OUTSTANDING]
    people = owners(session, {one.department_id for one in outstanding}, today)
    found: dict[int, list[Seat]] = defaultdict(list)
    for one in outstanding:
        for officer_id in people[one.department_id]:
            found[officer_id].append(one)
    by_number = {one.answer_id: one for one in outstanding}
    for answer, officer_id in asks.parts_wanted(session, by_number) if by_number else ():
        if by_number[answer] not in found[officer_id]:
            found[officer_id].append(by_number[answer])
    return found


def to_confirm(seats: Iterable[Seat], above: Above) -> dict[int, list[Seat]]:
    """Which replies each lead has to confirm and each head to sign (where nobody can be written to, the next above); never
    the own."""
    found: dict[int, list[Seat]] = defaultdict(list)
    asked: dict[tuple[int, int | None, str], Collection[int]] = {}
    for one in seats:
        if one.step in asks.ABOVE:
            whose = one.department_id, one.answered_by_id, one.step
            if whose not in asked:
                own = [one.answered_by_id] if one.answered_by_id is not None else []
                asked[whose] = above.first(LEVELS[one.step], Place(one.department_id), own)
            for officer_id in asked[whose]:
                found[officer_id].append(one)
    return found


def waiting(session: Session, today: date, rules: Rules, directory: Directory | None = None) -> list[Waiting]:
    """Whose daily message has to name a request by today and has not; of each the newest day only. Requests of which
    everybody has been entered for today are not looked through again (store.ask_looks)."""
    seats = asks.seats(session, today, is_unsettled=True)
    if not seats:
        return []
    above = directory.above if directory else Above(session, today)
    newest: dict[tuple[date, date, int | None], date] = {}
    lines: dict[tuple[int, int], tuple[str, date]] = {}
    for officer, some in wanted(session, seats, today).items():
        for one in some:
            lies = one.opens_on, one.due_on, one.due_minute
            if lies not in newest:
                newest[lies] = _newest(one, today, rules.calendar)
            lines[officer, one.ask_id] = ASK, newest[lies]
    for officer, some in to_confirm(seats, above).items():
        for one in some:
            assert one.answered_at is not None
            if (day := asked_again(one.answered_at, today, rules)) is not None:
                lines[officer, -one.ask_id] = CONFIRMING, day
    told = matters.lines_told(session, {f"{rule}:{abs(key[1])}" for key, (rule, _) in lines.items()})
    return [
        Waiting(officer, rule, abs(number), day)
        for (officer, number), (rule, day) in lines.items()
        if (officer, f"{rule}:{abs(number)}", day) not in told
    ]


def _newest(seat: Seat, today: date, calendar: WorkCalendar) -> date:
    """The last of its days up to today; an open request has its opening day behind it."""
    return max(one for one in days(seat, calendar) if one <= today)


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody is reminded of a request, today's not yet told included; None for nobody."""
    if waiting(session, today, rules):
        return today
    wanted_by, is_checked = asks.due_days(session)
    ahead = [day for one in wanted_by for day in days(one, rules.calendar)]
    if is_checked:
        ahead += [today + timedelta(days=step) for step in range(1, rules.approval.remind_days + 1)]
    return min((one for one in ahead if one > today), default=None)


def calls(session: Session, today: date, rules: Rules) -> list[Call[Seat]]:
    """Of requests that are due at an hour."""
    return due_hours.calls(asks.seats(session, today, states=asks.OUTSTANDING, is_timed=True), today, rules)


def called(session: Session, now: datetime, rules: Rules) -> dict[int, list[Call[Seat]]]:
    """Who is to be told now that the hour comes, by person."""
    today = rules.calendar.local_date(now)
    come = due_hours.come(calls(session, today, rules), now)
    found: dict[int, list[Call[Seat]]] = defaultdict(list)
    people = owners(session, {one.seat.department_id for one in come}, today) if come else {}
    for one in come:
        for officer_id in people[one.seat.department_id]:
            found[officer_id].append(one)
    return found


def next_call(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """The next instant at which an hour that comes is said; None for none."""
    return due_hours.next_at(calls(session, rules.calendar.local_date(now), rules), now)
