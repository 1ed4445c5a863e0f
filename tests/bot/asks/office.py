"""An office that asks three departments for something, in chat: 도로과 with contact, lead and an officer, 공원과 with a contact,
감사실 with nobody."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobs.asks import opening
from jobs.asks.opening import Opening
from jobs.authority.permissions import Deed
from plans.sheet.grid import Grid
from plans.sheet.question import Form, read_form
from store import asks, officers
from store.audit import Who
from store.models import AskAnswer, AuditEntry
from store.states import RoleName
from tests.bot.chat import Chat, Saved, entry, task

CONTACT, LEAD, OFFICER, PLANNER, PARKS = "서무나", "박팀장", "김하늘", "최기획", "공서무"
DUE = date(2026, 7, 10)
FORM = read_form(Grid(name="조사", rows=[["수요조사"], ["연번", "부서명", "사업명", "금액(백만원)", "비고"]]))
CHOICE = read_form(Grid(name="의견", rows=[["의견조회"], ["부서명", "의견(찬성/반대)", "비고"]]))


@cache
def _once() -> Saved:
    with tempfile.TemporaryDirectory() as folder:
        chat = Chat(
            Path(folder),
            task("보행로 정비", "도로과", [OFFICER], entry("공사 착공", date(2026, 9, 30))),
            task("공원 정비", "공원과", ["공담당"], entry("식재", date(2026, 9, 30))),
        )
        with chat.store.write() as session:
            officers.ensure_department(session, "감사실")
        chat.join(OFFICER)
        chat.join(CONTACT, RoleName.CONTACT, "도로과")
        chat.join(LEAD, RoleName.LEAD, "도로과")
        chat.join(PARKS, RoleName.CONTACT, "공원과")
        chat.join(PLANNER, RoleName.PLANNER)
        chat.send_all()
        return chat.saved()


def office(folder: Path) -> Chat:
    return Chat.resumed(folder, _once())


def ask(chat: Chat, form: Form = FORM, **more: Any) -> int:
    """The number of a new request to the three departments."""
    given: dict[str, Any] = {
        "title": form.title,
        "form": form,
        "due_on": DUE,
        "departments": ("감사실", "공원과", "도로과"),
    } | more
    with chat.store.write() as session:
        planner = chat.officer(PLANNER)
        deed = Deed(session, Who(planner.id, PLANNER, "test", "test"), chat.clock.now(), chat.rules)
        return opening.open_(deed, Opening(**given)).id


def reply(chat: Chat, number: int, place: str = "도로과") -> tuple[AskAnswer, list[dict[str, Any]]]:
    """How the department's reply stands, and its rows."""
    with chat.store.read() as session:
        where = officers.department(session, place)
        assert where is not None
        own = asks.answer_of(session, number, where.id)
        assert own is not None
        return own, [one.cells for one in asks.rows(session, own)]


def log(chat: Chat) -> list[str]:
    with chat.store.read() as session:
        return [one.action for one in session.query(AuditEntry).order_by(AuditEntry.id)]
