"""An office that asks four departments for something, played without chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from jobs.asks import opening, replies, window
from jobs.asks.opening import Opening
from jobs.asks.replies import Reply
from jobs.authority.permissions import Deed
from plans.sheet.grid import Grid
from plans.sheet.question import Form, read_form
from reports import asks as listing
from reports.ask_files import Reply as Part
from reports.ask_files import replies_of
from store import asks, officers
from store.audit import Who
from store.db.engine import Store
from store.models import Ask, AuditEntry
from store.states import AnswerKind, RoleName
from tests import builders
from tests.builders import RULES, SEOUL, kst

NOW = kst(2030, 7, 1)
DUE = date(2030, 7, 12)
PLACES = ("감사실", "공원과", "도로과", "복지과")
FORM = read_form(Grid(name="조사", rows=[["수요조사"], ["연번", "부서명", "사업명", "금액(백만원)"]]))
NOTHING = Reply(AnswerKind.NONE)


def cells(*amounts: int) -> list[dict[str, Any]]:
    return [{"c3": f"사업 {at}", "c4": amount} for at, amount in enumerate(amounts, 1)]


class AskTable:
    """Every call is a transaction of its own. `people`: numbers by name."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        with store.write() as session:
            self.places = {one: officers.ensure_department(session, one).id for one in PLACES}
            for one in PLACES[:3]:
                officers.department(session, one).bureau = "안전국"  # type: ignore[union-attr]
            held = {"서무": RoleName.CONTACT, "팀장": RoleName.LEAD, "과장": RoleName.HEAD}
            self.people = {}
            for name, role in held.items():
                person = builders.officer(session, f"도로{name}", "도로과")
                builders.role(session, person, role, department_id=self.places["도로과"])
                self.people[name] = person.id
            self.people["총괄"] = builders.officer(session, "최기획", "기획예산실").id

    def deed(self, session: Any, name: str = "총괄") -> Deed:
        return Deed(session, Who(self.people[name], name, "test", f"test:{name}"), self.now, RULES)

    def open(self, form: Form = FORM, **more: Any) -> int:
        given: dict[str, Any] = {
            "title": "수요조사",
            "form": form,
            "due_on": DUE,
            "departments": PLACES,
        } | more
        with self.store.write() as session:
            return opening.open_(self.deed(session), Opening(**given)).id

    def hand_in(self, number: int, place: str, *amounts: int, by: str = "서무") -> None:
        self.reply(number, place, Reply(rows=cells(*amounts)), by)

    def reply(self, number: int, place: str, reply: Reply, by: str = "서무") -> None:
        with self.store.write() as session:
            replies.hand_in(self.deed(session, by), number, self.places[place], reply)

    def do(self, step: Any, number: int, *given: Any, by: str = "총괄") -> None:
        """A step of the window, or of a department's reply."""
        with self.store.write() as session:
            step(self.deed(session, by), number, *given)

    def extend(self, number: int, day: date, place: str | None = None) -> None:
        with self.store.write() as session:
            window.extend(self.deed(session), number, day, "의회 일정", self.places[place] if place else None)

    def whole(self, number: int, now: datetime | None = None) -> listing.Whole:
        with self.store.read() as session:
            return listing.whole(session, session.get_one(Ask, number), {}, now or self.now, SEOUL)

    def parts(self, number: int) -> list[Part]:
        with self.store.read() as session:
            of = session.get_one(Ask, number)
            given, rows = asks.answers(session, number), asks.rows_of(session, number)
            return replies_of(of, given, rows, {}, SEOUL, self.now, asks.verdicts_of(session, number))

    def workbook(self, number: int, make: Any) -> bytes:
        with self.store.read() as session:
            made: bytes = make(session.get_one(Ask, number), self.parts(number), SEOUL, self.now)
            return made

    def log(self) -> Sequence[AuditEntry]:
        with self.store.read() as session:
            return session.query(AuditEntry).order_by(AuditEntry.id).all()
