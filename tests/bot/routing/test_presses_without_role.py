"""Every button asks for today's rights: pressed after the role has ended, none of them changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from telegram import Update

from bot.documents.upload import Attachment
from bot.routing.registry import PRESSES
from jobs.authority.permissions import TABLE, Scope
from jobs.clock import real_now
from jobs.settings import ApprovalSettings
from plans.sheet.handover import read_list
from store import inbox
from store.models import (
    Absence,
    Adjustment,
    AuditEntry,
    DelayRequest,
    Difference,
    Handover,
    Officer,
    PlanUpload,
    Role,
    RoundEntry,
)
from store.states import RoleName
from tests.bot.chat import BOT_ID, Chat, entry, task

# What an answer writes: messages, and what the bot remembers of a conversation.
WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")
TALK = {"delivery", "delivery_item", "inbox", "dialogue", "meta"}
FEW = 5  # rows of a table that are tried
OWN = {"lang", "help", "ownlang"}  # of the own chat, for everybody
CONFIRMED = ApprovalSettings(auto_days=0, lead_days=30, confirm_done=True)


class Desk(Chat):
    """아무개 has the role, everything that it deals with waits, and then the role ends. What is pressed is taken back."""

    def __init__(self, folder: Path, role: RoleName) -> None:
        day = date(2026, 7, 10)
        super().__init__(
            folder,
            task(
                "사업",
                "도로과",
                ["김하늘"],
                entry("설계", day),
                entry("착공", day),
                entry("지난 일", date(2026, 6, 1)),
            ),
            task("남의 사업", "도로과", ["이구름"], entry("점검", day)),
            approval=CONFIRMED,
        )
        for name in ("김하늘", "최기획"):
            self.join(name, RoleName.PLANNER if name == "최기획" else RoleName.OFFICER)
        self.join("아무개", role, "도로과")
        self._fill()
        with self.store.write() as session:
            for one in session.scalars(select(Role).where(Role.officer_id == self.officer("아무개").id)):
                one.until_on = one.from_on - timedelta(days=1)
            [row] = inbox.receive(session, BOT_ID, [(1, 1, "{}")], real_now())
            self.inbox_id = row.id
        self.say("아무개", "/my")  # the menu of the new roles
        self.numbers = self._numbers()
        self.changed: list[str] = []
        event.listen(self.store.writer, "before_cursor_execute", self._note)
        self.store.write = self._taken_back  # type: ignore[method-assign]

    def _fill(self) -> None:
        design, start = self.number("설계"), self.number("착공")
        for who, words in (
            ("김하늘", f"/delay {design} 7.24 의회 일정"),
            ("김하늘", f"/done {start}"),
            ("아무개", "/handover 김하늘 이구름 7.6"),
            ("아무개", f"/assign {self.number('점검')} 김하늘 부담당"),
            ("아무개", "/away 이구름 7.1-7.9"),
            ("아무개", f"/note {design} 메모"),
            ("아무개", f"/nudge {design}"),
            ("아무개", f"/watch {design} 사유"),
            ("아무개", f"/share {design} 전부서 내용"),
            ("최기획", f"/share {design} 전부서 내용"),
            ("아무개", f"/adjust {design} 사업비 국비 축소"),
        ):
            self.say(who, words)
        listed = "전임자\t전임 부서\t후임자\t후임 부서\t기준일\n김하늘\t\t이구름\t\t2026. 7. 6."
        self.send_document("아무개", Attachment("명단.xlsx", handovers=read_list(listed)))
        again = self.draft(task("사업", "도로과", ["정새로"], entry("설계", date(2026, 8, 1))))
        self.send_document("아무개", Attachment("계획.xlsx", draft=again))

    def _numbers(self) -> list[int]:
        """What a button may name: every row of what waits, the numbers of tasks and milestones among them."""
        tables = (Absence, Adjustment, DelayRequest, Difference, Handover, Officer, PlanUpload, RoundEntry)
        with self.store.read() as session:
            found = {one for table in tables for one in session.scalars(select(table.id))}
            mine = select(AuditEntry.id).where(AuditEntry.actor_id == self.officer("아무개").id)
            found |= set(session.scalars(mine))
        return sorted(
            {one for one in found if one <= FEW}
            | {self.number(one) for one in ("설계", "착공", "지난 일", "점검")}
        )

    @contextmanager
    def _taken_back(self) -> Iterator[Session]:
        with Session(self.store.writer, expire_on_commit=False) as session:
            session.begin()
            yield session
            session.flush()
            session.rollback()

    def _note(self, _conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        found = WRITES.match(statement)
        if found is not None and found[1] not in TALK:
            self.changed.append(found[1])

    def push(self, data: str, name: str = "아무개") -> list[str]:
        """The tables that the press changes."""
        user = self.people[name]
        sender = {"id": user, "is_bot": False, "first_name": name}
        message = {"message_id": 1, "date": 1, "chat": {"id": user, "type": "private"}}
        query = {"id": "1", "chat_instance": "1", "data": data, "from": sender, "message": message}
        self.changed = []
        self.dispatcher.handle(self.inbox_id, Update.de_json({"update_id": 1, "callback_query": query}, None))
        return self.changed


def _walk(numbers: list[int]) -> Iterator[tuple[str, int]]:
    """Every verb: of what the table lets an officer do each effect with every number, of all others one number."""
    effects = set()
    for verb, (command, effect) in PRESSES.items():
        is_open = command.action is None or TABLE[command.action][RoleName.OFFICER] is not Scope.NONE
        is_new = effect not in effects
        effects.add(effect)
        if verb not in OWN:
            yield from ((verb, number) for number in (numbers if is_open and is_new else numbers[-1:]))


@pytest.mark.open_door("A3")
@pytest.mark.parametrize("role", [RoleName.LEAD, pytest.param(RoleName.PLANNER, marks=pytest.mark.long)])
def test_no_button_does_anything_once_the_role_has_ended(tmp_path: Path, role: RoleName) -> None:
    desk = Desk(tmp_path, role)
    done = {}
    for verb, number in _walk(desk.numbers):
        for revision in {1, min(number, FEW)}:
            if changed := desk.push(f"v1|{verb}|{number}|{revision}"):
                done[verb, number, revision] = changed
    assert done == {}
    who_may = desk.push(f"v1|approve|{desk.number('설계')}|1", "최기획")
    assert "delay_request" in who_may  # the walk would have seen it
    desk.store.close()
