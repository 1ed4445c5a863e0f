"""A year of a town hall: every working morning the messages are read and answered, each by its own habit."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select

from jobs.rules.calendar import WorkCalendar
from store.models import Milestone
from tests.builders import SEOUL
from tests.smoke.harness import buttons
from tests.year.town import Citizen, Town

MORNING = time(9, 10)
DIGEST = "소관 일정 안내"
DATA = re.compile(r"v1\|(?P<verb>\w+)\|(?P<id>\d+)\|\d+")
CATCH_UP = "만회대책"
REFUSED = "행사 일정과 겹칩니다. 당초 기한을 지켜 주시기 바랍니다"


class Habit(StrEnum):
    """How somebody deals with an item."""

    ON_TIME = "on-time"
    SEEN = "seen"  # 확인함 first, then on time
    DELAYS = "delays"  # asks for two more weeks, which the lead decides
    LATE = "late"  # ten days too late
    SILENT = "silent"  # five weeks without a word


HABITS = (Habit.ON_TIME, Habit.ON_TIME, Habit.SEEN, Habit.DELAYS, Habit.DELAYS, Habit.LATE, Habit.SILENT)
LATENESS = {Habit.LATE: 10, Habit.SILENT: 35}


@dataclass
class Plans:
    """What happens besides: somebody goes on leave, somebody is followed by a newcomer."""

    on_leave: Citizen
    substitute: Citizen
    leaves: Citizen
    successor: str = "새별이"


@dataclass
class Course:
    """`play` goes from the day after `first` to `last`; the clock of the sandbox is moved from morning to morning."""

    town: Town
    first: date
    last: date
    calendar: WorkCalendar
    seed: int
    asked_for: set[int] = field(default_factory=set)  # items a delay was asked for
    approved: int = 0
    refused: int = 0
    days: list[date] = field(default_factory=list)

    def play(self) -> None:
        plans = self._plans()
        for day in self._working_days():
            self.town.telegram.move_to(datetime.combine(day, MORNING, SEOUL).isoformat())
            self.days.append(day)
            self._happens(day, plans)
            self._answer_everything(day)

    def _working_days(self) -> Iterator[date]:
        day = self.first + timedelta(days=1)
        while day <= self.last:
            if self.calendar.is_working(day):
                yield day
            day += timedelta(days=1)

    def _plans(self) -> Plans:
        officers = [one for one in self.town.people.values() if one.role == "officer"]
        by_items = sorted(officers, key=lambda one: (one.department == self.town.empty, one.name))
        on_leave, leaves = by_items[0], by_items[1]
        beside = [one for one in officers if one is not on_leave and one is not leaves]
        return Plans(on_leave, beside[0], leaves)

    def _happens(self, day: date, plans: Plans) -> None:
        if day == self.calendar.next_or_same(date(day.year, 8, 3)):
            until = self.calendar.previous_or_same(day + timedelta(days=4))
            span = f"{day.month}.{day.day}-{until.month}.{until.day}"
            plans.on_leave.person.ask(f"/away {span} @{plans.substitute.name}")
        if day == self.calendar.previous_or_same(date(day.year, 6, 25)):
            self._announce(plans, day)
        if day == self.calendar.next_or_same(date(day.year, 7, 1)):
            self.town.join(plans.successor, plans.leaves.department)

    def _announce(self, plans: Plans, day: date) -> None:
        """인사이동: the operator registers the list of the personnel office."""
        row = f"{plans.leaves.name},{plans.leaves.department},{plans.successor},{plans.leaves.department},{day.year}. 7. 1."
        listed = Path(self.town.office.folder) / "moves.csv"
        listed.write_text(f"전임자,전임 부서,후임자,후임 부서,기준일\n{row}\n", encoding="utf-8")
        self.town.office.gihan("handover", str(listed), "--yes")

    def _answer_everything(self, day: date) -> None:
        """Until nobody has anything new: a delay is asked for, decided, and its outcome read on one morning."""
        for _ in range(6):
            chats = self.town.chats()
            dues = self._dues()
            is_anything = False
            for one in list(self.town.people.values()):
                for message in one.news(chats):
                    is_anything = self._answer(one, message, day, dues) or is_anything
            self.town.settle()
            if not is_anything:
                return

    def _dues(self) -> dict[int, tuple[date | None, int]]:
        with self.town.store.read() as session:
            query = select(Milestone.id, Milestone.due_on, Milestone.seen_times)
            return {row[0]: (row[1], row[2]) for row in session.execute(query)}

    def _answer(
        self, one: Citizen, message: dict[str, Any], day: date, dues: dict[int, tuple[date | None, int]]
    ) -> bool:
        """True where something was pressed or written."""
        if CATCH_UP in message["text"] and "한 줄" in message["text"]:
            one.person.write("매주 점검하여 만회하겠습니다")
            return True
        has_acted = False
        for button in buttons(message):
            found = DATA.fullmatch(button["callback_data"])
            if found is not None:
                number = int(found["id"])
                has_acted = self._press(one, message, found["verb"], number, day, dues) or has_acted
        return has_acted

    def _press(
        self,
        one: Citizen,
        message: dict[str, Any],
        verb: str,
        number: int,
        day: date,
        dues: dict[int, tuple[date | None, int]],
    ) -> bool:
        standing = one.standing(message)
        if not any(f"v1|{verb}|{number}|" in each["callback_data"] for each in buttons(standing)):
            return False  # somebody else has dealt with it on this very morning
        message = standing
        if verb == "goingok":
            one.press(message, f"#{number} 변동 없음")
            return True
        if verb == "approve":
            return self._decide(one, message, number)
        if verb != "done" or DIGEST not in message["text"]:
            return False
        return self._deal(one, message, number, day, *dues.get(number, (None, 0)))

    def _decide(self, lead: Citizen, message: dict[str, Any], number: int) -> bool:
        if number % 3:
            lead.tap(message, f"#{number} 승인")
            self.approved += 1
        else:
            lead.tap(message, f"#{number} 반려")
            lead.person.ask(REFUSED)
            self.refused += 1
        return True

    def _deal(
        self, one: Citizen, message: dict[str, Any], number: int, day: date, due: date | None, seen: int
    ) -> bool:
        """What the officer does about an item of the daily message."""
        habit = random.Random(f"{self.seed}:{number}").choice(HABITS)
        if due is None:
            return self._done(one, message, number)
        left = (due - day).days
        if (
            habit is Habit.SEEN
            and left >= 7
            and not seen
            and (label := self._offered(message, "seen", number))
        ):
            one.taps.setdefault(message["message_id"], []).append(label)
            one.person.press_data(message, self._data(message, "seen", number))
            return True
        if habit is Habit.DELAYS and 0 <= left <= 7 and number not in self.asked_for:
            self.asked_for.add(number)
            one.person.ask(f"/delay {number} 2주 의회 일정 조정")
            return True
        return left <= -LATENESS.get(habit, 0) and self._done(one, message, number)

    def _done(self, one: Citizen, message: dict[str, Any], number: int) -> bool:
        one.tap(message, f"#{number} 완료")
        return True

    def _offered(self, message: dict[str, Any], verb: str, number: int) -> str:
        """What that button says; empty where there is none."""
        wanted = f"v1|{verb}|{number}|"
        return next((str(one["text"]) for one in buttons(message) if wanted in one["callback_data"]), "")

    def _data(self, message: dict[str, Any], verb: str, number: int) -> str:
        return next(
            str(one["callback_data"])
            for one in buttons(message)
            if f"v1|{verb}|{number}|" in one["callback_data"]
        )
