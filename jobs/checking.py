"""Who has to take the next step of the quarterly self-check, and when the daily message reminds them of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from jobs.approval import LINE, holders_in, rank
from jobs.asked import ABOVE
from jobs.policy import Rules
from jobs.waiting import Waiting
from store import absences, links, matters, milestones, officers, rounds
from store.models import Department, ReviewEntry, ReviewRound
from store.states import EntryState, RoleName

CHECK = "check"  # what the person has to do in a round; the number is the round's


class Part(StrEnum):
    """What is to be done with an entry next."""

    ANSWER = "입력"  # 담당자
    CONFIRM = "확인"  # 팀장
    SIGN = "확정"  # 부서장
    EVALUATE = "평가"  # 총괄


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

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.away = absences.current(session, today)
        self.above = officers.above(session, ABOVE, today)
        self._higher: dict[tuple[RoleName, int], list[int]] = {}
        self._linked: dict[int, bool] = {}

    def people(self, entry: ReviewEntry) -> list[int]:
        """Whose turn it is; [] where the entry is evaluated, or where there is nobody."""
        part = PART_OF.get(entry.state)
        if part is None:
            return []
        if part is Part.ANSWER:
            return self._answerers(entry)
        if part is Part.EVALUATE:
            return self._over(RoleName.PLANNER, None)
        own = {*self._officers(entry), *([entry.answered_by_id] if entry.answered_by_id else [])}
        return self._first_over(LEVELS[part], entry.task.department, own)

    def _officers(self, entry: ReviewEntry) -> list[int]:
        return [one.officer_id for one in milestones.of_task(entry.task, self.today)]

    def _answerers(self, entry: ReviewEntry) -> list[int]:
        """Who answers for the task and who stands in for them; where nobody does, who is above."""
        own = self._officers(entry)
        if not own:
            return self._first_over(RoleName.LEAD, entry.task.department, ())
        stand_ins = (self.away[one].substitute_id for one in own if one in self.away)
        return list(dict.fromkeys([*own, *(one for one in stand_ins if one is not None)]))

    def _first_over(self, level: RoleName, department: Department | None, own: Collection[int]) -> list[int]:
        """The first of the line from `level` on who can be written to and whose own matter it is not."""
        for role in LINE[rank(level) :]:
            found = [one for one in self._over(role, department) if one not in own and self._is_linked(one)]
            if found:
                return found
        return []

    def _over(self, role: RoleName, department: Department | None) -> list[int]:
        if role in ABOVE:
            return self.above.get((role, department.id if department else 0), [])
        key = role, department.id if department and role is not RoleName.PLANNER else 0
        if key not in self._higher:
            found = holders_in(self.session, role, department, self.today)
            self._higher[key] = [one.id for one in found]
        return self._higher[key]

    def _is_linked(self, officer_id: int) -> bool:
        if officer_id not in self._linked:
            self._linked[officer_id] = links.active(self.session, officer_id) is not None
        return self._linked[officer_id]


def turns(session: Session, round_id: int, today: date) -> dict[int, dict[Part, list[ReviewEntry]]]:
    """Per person what they have to do next, in the order of the register."""
    desk = Desk(session, today)
    found: dict[int, dict[Part, list[ReviewEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in rounds.entries(session, round_id):
        for officer_id in desk.people(entry):
            found[officer_id][PART_OF[entry.state]].append(entry)
    return found


def chase_days(begun_on: date, due_on: date | None, until: date, every: int) -> list[date]:
    """The days up to `until` on which the round comes up, oldest first: when it begins, every so many days, and
    the day before the deadline, its day and the day after."""
    found = {begun_on + timedelta(days=step) for step in range(0, (until - begun_on).days + 1, every)}
    if due_on is not None:
        found |= {due_on + timedelta(days=step) for step in (-1, 0, 1)}
    return sorted(one for one in found if begun_on <= one <= until)


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Whose daily message has to name the round by today and has not; of each person the newest day only."""
    of = rounds.working(session)
    day = _newest_day(session, of, today, rules) if of is not None else None
    if of is None or day is None:
        return []
    told = matters.people_told(session, f"{CHECK}:{of.id}", day)
    return [Waiting(one, CHECK, of.id, day) for one in turns(session, of.id, today) if one not in told]


def _newest_day(session: Session, of: ReviewRound, until: date, rules: Rules) -> date | None:
    begun_at = rounds.begun_at(session, of.id)
    if begun_at is None:
        return None
    begun_on = rules.calendar.local_date(begun_at)
    days = chase_days(begun_on, of.first_due_on, until, rules.approval.remind_days)
    return days[-1] if days else None


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody is reminded of a round, today's not yet told included; None for nobody."""
    of = rounds.working(session)
    if of is None or not turns(session, of.id, today):
        return None
    if waiting(session, today, rules):
        return today
    begun_at = rounds.begun_at(session, of.id)
    assert begun_at is not None
    every = rules.approval.remind_days
    begun_on = rules.calendar.local_date(begun_at)
    days = chase_days(begun_on, of.first_due_on, today + timedelta(days=every), every)
    return next((one for one in days if one > today), None)
