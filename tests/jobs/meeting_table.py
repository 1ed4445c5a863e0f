"""An office that meets, played without chat: the people and departments of tests/jobs/item_table.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from jobs.items.steps import Entry
from jobs.meetings import steps
from jobs.meetings.rules import closing
from jobs.meetings.steps import Plan
from reports.meetings import pack
from reports.meetings.pack import Pack, Table
from reports.meetings.rows import MeetingRow, rows
from store import meetings
from store.db.engine import Store
from store.models import Department
from store.states import ItemKind
from tests.builders import RULES, SEOUL
from tests.jobs.item_table import ItemTable


class MeetingTable:
    """Every call is a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self.items = ItemTable(store)
        self.store = store

    @property
    def today(self) -> date:
        return self.items.now.astimezone(SEOUL).date()

    def until(self, day: date) -> None:
        """The clock stands at ten of that day."""
        self.items.now += timedelta(days=(day - self.today).days)

    def plan(
        self, title: str = "확대간부회의", places: Sequence[str] = ("교통과", "공원과"), **more: Any
    ) -> list[int]:
        with self.store.write() as session:
            given: dict[str, Any] = {
                "rrule": "FREQ=WEEKLY;BYDAY=TU",
                "until": self.today + timedelta(days=27),
            } | more
            where = [session.get_one(Department, self.items.places[one]) for one in places]
            made = steps.plan(self.items.deed(session), Plan(title=title, departments=where, **given))
            return [one.id for one in made]

    def do(self, step: Any, *given: Any, by: str = "최기획", **more: Any) -> Any:
        with self.store.write() as session:
            return step(self.items.deed(session, by), *given, **more)

    def decide(self, number: int, title: str, place: str = "교통과") -> int:
        with self.store.write() as session:
            where = session.get_one(Department, self.items.places[place])
            entry = Entry(ItemKind.DIRECTIVE, title, self.today, where)
            return steps.decide(self.items.deed(session), number, entry).id

    def row(self, number: int) -> MeetingRow:
        with self.store.read() as session:
            found = meetings.by_numbers(session, [number])[number]
            [row] = rows(session, [found], self.today, closing([found], RULES.calendar))
            return row

    def pack(self, number: int, departments: Sequence[str] | None = None) -> Pack:
        with self.store.read() as session:
            of = meetings.by_numbers(session, [number])[number]
            only = [self.items.places[one] for one in departments] if departments is not None else None
            return pack.build(session, of, self.items.now, SEOUL, only)

    def table(self, number: int, title: str, departments: Sequence[str] | None = None) -> Table:
        return next(one for one in self.pack(number, departments).tables if one.title == title)
