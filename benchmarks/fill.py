"""A store as large as wanted: plans, officers with a few tasks each, milestones over a year, their ledger.

The same day, the same officers in the message and the same number of owed milestones whatever the size, so
that two sizes differ in what exists and in nothing that is owed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, insert

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules, fingerprint
from jobs.rules.reminder_days import Reminder, Timeline, owed_until
from jobs.settings import CalendarSettings, ReminderSettings
from store.db import schema
from store.db.base import Base
from store.db.engine import Store
from store.db.meta import POLICY_FINGERPRINT
from store.states import (
    AssignmentKind,
    DeliveryKind,
    DeliveryState,
    ItemState,
    LinkState,
    MilestoneKind,
    MilestoneState,
    PlanState,
    Precision,
    RoleName,
)
from store.tables.plans import FIRST_NUMBER

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 6, 30, 9, 10, tzinfo=SEOUL)  # a Tuesday, when the daily messages go out
TODAY = NOW.date()
BEGAN = datetime(2026, 1, 2, 9, 0, tzinfo=SEOUL)  # when plans came in and chats were linked
BOT_ID = 42
PER_TASK, PER_OFFICER = 5, 15  # milestones
PLANS = 20
DEPUTY_EVERY = 3  # each third task has a deputy besides its lead
OWED_DAYS = (0, 1, 7, -1, -3, -7)  # how far from today what is owed today is due
YEAR_DAYS = 360
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Size:
    """How many milestones exist, and how many of them are owed today."""

    milestones: int
    owed: int = 500

    @property
    def officers(self) -> int:
        return max(1, self.milestones // PER_OFFICER)

    @property
    def tasks(self) -> int:
        return self.milestones // PER_TASK


def rules() -> Rules:
    return Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL))


def fill(path: Path, size: Size) -> Store:
    """The store in a new file. Its policy is the one it was filled by, so that a start has nothing to redo."""
    store = Store(f"sqlite:///{path}")
    schema.upgrade(store)
    filling = _Filling(size)
    pragma(store, "synchronous=OFF")
    for name, rows in filling.tables():
        with store.writer.begin() as connection:
            _load(connection, Base.metadata.tables[name], rows)
    store.writer.dispose()  # the next connection is as durable as in service
    pragma(store, "wal_checkpoint(TRUNCATE)")
    return store


def pragma(store: Store, words: str) -> Any:
    """Say it on the writing connection, outside any transaction; gives the first value of the answer."""
    raw = store.writer.raw_connection()
    try:
        assert raw.driver_connection is not None
        found = raw.driver_connection.execute(f"PRAGMA {words}").fetchone()
        return found[0] if found else None
    finally:
        raw.close()


def _load(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        connection.execute(insert(table), some)


class _Filling:
    """The rows of each table, made as they are written."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.rules = rules()
        self.owed = self._owed()

    def _owed(self) -> dict[int, int]:
        """The numbers of what is owed today, with the days to its due day: two of every officer chosen."""
        officers = self.size.owed // 2
        stride = max(1, self.size.officers // max(1, officers))
        chosen = {}
        for one in range(self.size.owed):
            task = (one // 2) * stride * (PER_OFFICER // PER_TASK) + one % 2
            chosen[self._number(task) + 1 + one % PER_TASK] = OWED_DAYS[one % len(OWED_DAYS)]
        return chosen

    def _number(self, task: int) -> int:
        return FIRST_NUMBER + task * (PER_TASK + 1)

    def tables(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Table by table, in the order of their foreign keys."""
        yield "meta", iter([_fact(POLICY_FINGERPRINT, fingerprint(self.rules.settings, self.rules.calendar))])
        yield "department", ({"id": one + 1, "name": f"부서{one + 1}"} for one in range(self._departments))
        yield "officer", map(self._officer, range(self.size.officers))
        yield "chat_link", map(self._link, range(self.size.officers))
        yield "plan", map(self._plan, range(PLANS))
        yield "number", self._numbers()
        yield "task", map(self._task, range(self.size.tasks))
        yield "assignment", self._assignments()
        yield "milestone", self._milestones()
        yield "delivery", map(self._digest, range(self.size.officers))
        yield "delivery_item", self._items()

    @property
    def _departments(self) -> int:
        return max(1, self.size.officers // 50)

    def _officer(self, one: int) -> dict[str, Any]:
        return {"id": one + 1, "name": f"직원{one + 1}", "department_id": one % self._departments + 1}

    def _link(self, one: int) -> dict[str, Any]:
        chat = chat_of(one + 1)
        began = {"linked_at": BEGAN, "active_from": BEGAN, "state": LinkState.ACTIVE}
        whose = {"officer_id": one + 1, "bot_id": BOT_ID, "chat_id": chat, "user_id": chat}
        return whose | began | {"menu_roles": RoleName.OFFICER.value}  # long since set, like everything else

    def _plan(self, one: int) -> dict[str, Any]:
        facts = {
            "year": TODAY.year,
            "state": PlanState.ACTIVE,
            "source_name": "plan.txt",
            "imported_at": BEGAN,
        }
        return {"id": one + 1, "title": f"실행계획 {one + 1}"} | facts

    def _numbers(self) -> Iterator[dict[str, Any]]:
        for task in range(self.size.tasks):
            number = self._number(task)
            yield {"id": number, "kind": "task"}
            yield from ({"id": number + 1 + one, "kind": "milestone"} for one in range(PER_TASK))

    def _task(self, one: int) -> dict[str, Any]:
        officer = self._lead(one)
        return {
            "id": self._number(one),
            "plan_id": one % PLANS + 1,
            "position": one // PLANS,
            "title": f"과제 {one}",
            "department_id": (officer - 1) % self._departments + 1,
            "is_open_ended": False,
            "related": [],
            "budgets": [],
            "held_from_on": BEGAN.date(),  # its lead's first day, as store/tenures.py keeps it
        }

    def _lead(self, task: int) -> int:
        return min(self.size.officers, task * PER_TASK // PER_OFFICER + 1)

    def _assignments(self) -> Iterator[dict[str, Any]]:
        for task in range(self.size.tasks):
            lead, since = self._lead(task), {"task_id": self._number(task), "from_on": BEGAN.date()}
            yield {"officer_id": lead, "kind": AssignmentKind.LEAD} | since
            if task % DEPUTY_EVERY == 0:
                deputy = lead % self.size.officers + 1
                yield {"officer_id": deputy, "kind": AssignmentKind.DEPUTY} | since

    def _milestones(self) -> Iterator[dict[str, Any]]:
        for task in range(self.size.tasks):
            for one in range(PER_TASK):
                yield self._milestone(task, self._number(task) + 1 + one)

    def _milestone(self, task: int, number: int) -> dict[str, Any]:
        due = self._due(number)
        is_done = number not in self.owed and due <= TODAY
        return {
            "id": number,
            "task_id": self._number(task),
            "identity": f"{number}",
            "window_no": 1,
            "title": f"추진일정 {number}",
            "expr": f"{due.year}. {due.month}. {due.day}.",
            "kind": MilestoneKind.DATED,
            "precision": Precision.DAY,
            "original_due_on": due,
            "due_on": due,
            "state": MilestoneState.DONE if is_done else MilestoneState.PLANNED,
            "done_on": due if is_done else None,
            "remind_from": BEGAN,
            "next_remind_on": TODAY if number in self.owed else (None if is_done else self._look(due)[1]),
            "revision": 1,
        }

    def _due(self, number: int) -> date:
        """Spread over the year; a day on which something else would be owed today gives way to the next."""
        if number in self.owed:
            return TODAY + timedelta(days=self.owed[number])
        due = TODAY + timedelta(days=number * 7 % YEAR_DAYS - YEAR_DAYS // 2)
        while due > TODAY and any(one.on == TODAY for one in self._look(due)[0]):
            due += timedelta(days=1)
        return due

    @lru_cache(maxsize=1000)  # noqa: B019 lives as long as the filling
    def _look(self, due: date) -> tuple[list[Reminder], date | None]:
        timeline = Timeline(MilestoneKind.DATED, Precision.DAY, None, due)
        return owed_until(timeline, TODAY, self.rules.settings, self.rules.calendar)

    def _digest(self, one: int) -> dict[str, Any]:
        """One daily message that went out long ago, in which everything of the officer's ledger stands."""
        yesterday = {"created_at": BEGAN, "sent_at": BEGAN, "day": BEGAN.date(), "state": DeliveryState.SENT}
        facts = {"kind": DeliveryKind.DIGEST, "event": "digest", "priority": 3, "message_id": one + 1}
        zero = {"attempts": 1, "uncertain_sends": 0, "part": 1, "page": 1, "payload": {}}
        return {"id": one + 1, "officer_id": one + 1, "chat_id": chat_of(one + 1)} | yesterday | facts | zero

    def _items(self) -> Iterator[dict[str, Any]]:
        """Every reminder that lay before today, told to the lead, and to the deputy where there is one."""
        for task in range(self.size.tasks):
            lead = self._lead(task)
            people = [lead] + ([lead % self.size.officers + 1] if task % DEPUTY_EVERY == 0 else [])
            for number in range(self._number(task) + 1, self._number(task) + 1 + PER_TASK):
                for officer in people:
                    yield from self._told(number, officer)

    def _told(self, number: int, officer: int) -> Iterator[dict[str, Any]]:
        due = self._due(number)
        is_done = number not in self.owed and due <= TODAY
        for one in self._look(due)[0]:
            if one.on < (due if is_done else TODAY) and one.on >= BEGAN.date():
                yield {
                    "delivery_id": officer,
                    "officer_id": officer,
                    "subject": f"milestone:{number}",
                    "milestone_id": number,
                    "rule": one.rule,
                    "due_on": due,
                    "state": ItemState.INCLUDED,
                }


def chat_of(officer: int) -> int:
    return 1_000_000 + officer


def _fact(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": value}
