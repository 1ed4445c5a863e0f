"""Who has to take the next step of a self-check, and when the daily message reminds them of it."""

from collections import defaultdict
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from jobs.authority.superiors import Above
from jobs.owed.recipients import Directory
from jobs.owed.waiting_decisions import Waiting
from jobs.rules.policy import Rules
from store import absences, matters, rounds
from store.models import Assignment, Round, RoundEntry
from store.rounds import Seat
from store.states import EntryState, RoleName

CHECK = "check"  # what the person has to do in a round; the number is the round's


class Part(StrEnum):
    """What is to be done with an entry next."""

    ANSWER = "answer"  # 담당자
    CONFIRM = "confirm"  # 팀장
    SIGN = "sign"  # 부서장
    EVALUATE = "evaluate"  # 총괄


PART_OF = {
    EntryState.ASKED: Part.ANSWER,
    EntryState.SENT_BACK: Part.ANSWER,
    EntryState.ANSWERED: Part.CONFIRM,
    EntryState.CONFIRMED: Part.SIGN,
    EntryState.SIGNED: Part.EVALUATE,
}
LEVELS = {Part.CONFIRM: RoleName.LEAD, Part.SIGN: RoleName.HEAD}


class Desk:
    """Who does what with the entries of a round today; everybody is looked up once."""

    def __init__(self, session: Session, today: date, directory: Directory | None = None) -> None:
        self.session = session
        self.today = today
        self.away = directory.absences if directory else absences.current(session, today)
        self.above = directory.above if directory else Above(session, today)
        self._people: dict[Seat, list[int]] = {}  # entries that stand alike have the same people

    def people(self, seat: Seat) -> list[int]:
        """Whose turn it is; [] where the entry is evaluated, or where there is nobody."""
        if seat not in self._people:
            self._people[seat] = self._found(seat)
        return self._people[seat]

    def _found(self, seat: Seat) -> list[int]:
        part = PART_OF.get(seat.state)
        if part is None:
            return []
        if part is Part.ANSWER:
            return self._answerers(seat)
        if part is Part.EVALUATE:
            return self.above.over(RoleName.PLANNER, None)
        own = {*seat.officers, *([seat.answered_by_id] if seat.answered_by_id else [])}
        return list(self.above.first(LEVELS[part], seat.place, own))

    def _answerers(self, seat: Seat) -> list[int]:
        """Who answers for the task and who stands in for them; where nobody does, who is above."""
        if not seat.officers:
            return list(self.above.first(RoleName.LEAD, seat.place, ()))
        stand_ins = (self.away[one].substitute_id for one in seat.officers if one in self.away)
        there = (one for one in stand_ins if one is not None and one not in self.away)
        return list(dict.fromkeys([*seat.officers, *there]))


Turns = dict[int, dict[Part, list[int]]]  # per person the numbers of the entries whose next step is theirs


def _by_person(desk: Desk, round_id: int, dealt_with: ColumnElement[bool] | None = None) -> Turns:
    """Everybody's turns, in the order of the register. `dealt_with`: see `store.rounds.seats`."""
    found: Turns = defaultdict(lambda: defaultdict(list))
    for number, seat in rounds.seats(desk.session, round_id, desk.today, dealt_with).items():
        for officer_id in desk.people(seat):
            found[officer_id][PART_OF[seat.state]].append(number)
    return found


def counts(session: Session, round_id: int, officer_id: int, today: date) -> dict[Part, int]:
    """How many steps of each part are the person's to take next."""
    mine = _by_person(Desk(session, today), round_id).get(officer_id, {})
    return {part: len(numbers) for part, numbers in mine.items()}


def turns(session: Session, round_id: int, officer_id: int, today: date) -> dict[Part, list[RoundEntry]]:
    """What the person has to do next, in the order of the register; loads these entries alone."""
    mine = _by_person(Desk(session, today), round_id).get(officer_id, {})
    ids = [number for numbers in mine.values() for number in numbers]
    found = {one.id: one for one in rounds.entries(session, round_id, ids)} if ids else {}
    return {part: [found[number] for number in numbers] for part, numbers in mine.items()}


def chase_days(begun_on: date, due_on: date | None, until: date, every: int) -> list[date]:
    """The days up to `until` on which the round comes up, oldest first: when it begins, every so many days, and
    the day before the deadline, its day and the day after."""
    found = {begun_on + timedelta(days=step) for step in range(0, (until - begun_on).days + 1, every)}
    if due_on is not None:
        found |= {due_on + timedelta(days=step) for step in (-1, 0, 1)}
    return sorted(one for one in found if begun_on <= one <= until)


def waiting(session: Session, today: date, rules: Rules, directory: Directory | None = None) -> list[Waiting]:
    """Whose daily message has to name the round by today and has not; of each person the newest day only.

    The scan asks every second: entries that wait for the answer of somebody who was told are not even read.
    """
    under_way = [(of, _newest_day(session, of, today, rules)) for of in rounds.working(session)]
    days = [(of, day) for of, day in under_way if day is not None]
    desk = Desk(session, today, directory) if days else None
    return [one for of, day in days if desk is not None for one in _waiting(desk, of, day)]


def _waiting(desk: Desk, of: Round, day: date) -> list[Waiting]:
    session, subject = desk.session, f"{CHECK}:{of.id}"
    stood_in_for = [one for one, away in desk.away.items() if away.substitute_id is not None]
    is_told = matters.is_told(Assignment.officer_id, subject, day)
    people = _by_person(desk, of.id, and_(is_told, Assignment.officer_id.not_in(stood_in_for)))
    told = matters.people_told(session, subject, day, people)
    return [Waiting(one, CHECK, of.id, day) for one in people if one not in told]


def _newest_day(session: Session, of: Round, until: date, rules: Rules) -> date | None:
    begun_at = rounds.begun_at(session, of.id)
    if begun_at is None:
        return None
    begun_on = rules.calendar.local_date(begun_at)
    days = chase_days(begun_on, of.first_due_on, until, rules.approval.remind_days)
    return days[-1] if days else None


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody is reminded of a round, today's not yet told included; None for nobody."""
    desk = Desk(session, today)
    open_ones = [of for of in rounds.working(session) if _by_person(desk, of.id)]
    if open_ones and waiting(session, today, rules):
        return today
    days = [day for of in open_ones if (day := _day_after(session, of, today, rules)) is not None]
    return min(days, default=None)


def _day_after(session: Session, of: Round, today: date, rules: Rules) -> date | None:
    """The next day after today on which the round comes up."""
    begun_at = rounds.begun_at(session, of.id)
    assert begun_at is not None
    every = rules.approval.remind_days
    begun_on = rules.calendar.local_date(begun_at)
    days = chase_days(begun_on, of.first_due_on, today + timedelta(days=every), every)
    return next((one for one in days if one > today), None)
