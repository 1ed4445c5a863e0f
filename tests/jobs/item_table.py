"""An office to which things are raised, played without chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from jobs.authority.permissions import Deed
from jobs.items import steps
from jobs.items.steps import Entry
from reports import items as listing
from store import items, officers
from store.audit import Who
from store.db.engine import Store
from store.models import AuditEntry, Department, Item, Officer
from store.states import ItemKind, RoleName
from tests import builders
from tests.builders import RULES, SEOUL, kst

NOW = kst(2030, 7, 1, 10)
PLACES = ("교통과", "공원과", "도로과")


class ItemTable:
    """Every call is a transaction of its own. `people`: numbers by name."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        with store.write() as session:
            self.places = {one: officers.ensure_department(session, one).id for one in PLACES}
            self.people = {"김교통": builders.officer(session, "김교통", "교통과").id}
            contact = builders.officer(session, "이공원", "공원과")
            builders.role(session, contact, RoleName.CONTACT, department_id=self.places["공원과"])
            self.people |= {
                "이공원": contact.id,
                "최기획": builders.officer(session, "최기획", "기획예산실").id,
            }

    def deed(self, session: Any, name: str = "최기획") -> Deed:
        return Deed(session, Who(self.people[name], name, "test", f"test:{name}"), self.now, RULES)

    def enter(
        self,
        title: str = "버스 정류장 그늘막",
        place: str = "교통과",
        others: Sequence[str] = (),
        **more: Any,
    ) -> int:
        with self.store.write() as session:
            given: dict[str, Any] = {
                "kind": ItemKind.SUGGESTION,
                "title": title,
                "source_on": self.now.astimezone(SEOUL).date(),
                "department": session.get_one(Department, self.places[place]),
                "cooperating": [session.get_one(Department, self.places[one]) for one in others],
            } | more
            return steps.enter(self.deed(session), Entry(**given)).id

    def reply(
        self, number: int, text: str = "설치하겠습니다.", place: str = "교통과", by: str = "김교통"
    ) -> None:
        with self.store.write() as session:
            steps.reply(self.deed(session, by), number, self.places[place], text)

    def do(self, step: Any, number: int, *given: Any, by: str = "최기획") -> None:
        with self.store.write() as session:
            step(self.deed(session, by), number, *given)

    def assign(self, number: int, name: str) -> None:
        with self.store.write() as session:
            steps.assign(self.deed(session), number, session.get_one(Officer, self.people[name]))

    def rows(self) -> list[listing.ItemRow]:
        with self.store.read() as session:
            return listing.rows(session, items.listed(session), SEOUL, self.now)

    def row(self, number: int) -> listing.ItemRow:
        with self.store.read() as session:
            [found] = listing.rows(session, [session.get_one(Item, number)], SEOUL, self.now)
            return found

    def earlier(self, number: int, place: str = "교통과") -> tuple[int, str] | None:
        """Number and words of what was said to the same requester before."""
        with self.store.read() as session:
            found = items.earlier(session, session.get_one(Item, number), self.places[place])
            return (found[0].id, found[1].text) if found is not None else None

    def log(self) -> list[tuple[str, str | None]]:
        with self.store.read() as session:
            found = session.query(AuditEntry).order_by(AuditEntry.id)
            return [(one.action, one.reason) for one in found if one.subject.startswith("item:")]


DAY = date(2030, 7, 1)
