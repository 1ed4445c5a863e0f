"""Every command and button × every role × every place, from the one table in jobs.authority.permissions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from telegram import Update

from bot.chat.command import Command
from bot.cli import permissions
from bot.delays import request
from bot.routing.registry import COMMANDS, PRESSES
from bot.texts import render
from jobs.authority.permissions import NOT_OF_OWN, TABLE, Action, Scope
from jobs.clock import real_now
from store import inbox
from store.models import AuditEntry, DelayRequest, Delivery, Department, Milestone
from store.states import DelayState, DeliveryKind, RoleName
from tests.bot.chat import BOT_ID, TUESDAY, Chat, entry, task

ROOT = Path(__file__).parents[3]
GROUP, STRANGER = -4000, 77
OF_A_REQUEST = {*request.BUTTONS, "approve", "reject", "talk"}


class Place(StrEnum):
    """Whose milestone it is, seen from the person; the value is its title."""

    OWN = "내 일정"
    DEPARTMENT = "우리 과 일정"
    BUREAU = "우리 국 일정"
    OTHER = "다른 국 일정"


COVERS = {
    Scope.NONE: set[Place](),
    Scope.OWN: {Place.OWN},
    Scope.DEPARTMENT: {Place.OWN, Place.DEPARTMENT},
    Scope.BUREAU: {Place.OWN, Place.DEPARTMENT, Place.BUREAU},
    Scope.ALL: set(Place),
}


def is_allowed(action: Action | None, role: RoleName, place: Place | None) -> bool:
    """What the table says; `place` None: what is not about one milestone."""
    if action is None:
        return True
    scopes = {TABLE[action][role], TABLE[action][RoleName.OFFICER]}
    if place is None:
        return scopes != {Scope.NONE}
    if place is Place.OWN and action in NOT_OF_OWN:
        return False
    return any(place in COVERS[one] for one in scopes)


class Trial(Chat):
    """A chat in which every update is handled and then taken back, so that each case meets the same office."""

    def __init__(self, folder: Path, role: RoleName) -> None:
        day = date(2026, 7, 10)
        super().__init__(
            folder,
            task("내 사업", "도로과", ["아무개"], entry(Place.OWN, day)),
            task("과 사업", "도로과", ["김하늘"], entry(Place.DEPARTMENT, day)),
            task("국 사업", "하천과", ["이강물"], entry(Place.BUREAU, day)),
            task("남의 사업", "환경과", ["박바다"], entry(Place.OTHER, day)),
        )
        self.join("아무개", role, "도로과")
        self.requests = {}
        with self.store.write() as session:
            for department in session.scalars(select(Department)):
                department.bureau = "녹지국" if department.name == "환경과" else "안전도시국"
            for place in Place:
                self.requests[place] = self._ask(session, place)
            [row] = inbox.receive(session, BOT_ID, [(1, 1, "{}")], real_now())
            self.inbox_id = row.id
            self.audited = session.scalar(select(func.count(AuditEntry.id)))
        self.seen: list[Delivery] = []
        self.changes = 0
        self.numbers = {place: self.number(place) for place in Place}
        self.store.write = self._taken_back  # type: ignore[method-assign]

    def _ask(self, session: Session, place: Place) -> int:
        milestone = session.scalars(select(Milestone).where(Milestone.title == place)).one()
        request = DelayRequest(
            milestone_id=milestone.id,
            requested_by_id=self.officer("이강물").id,
            old_due_on=milestone.due_on,
            new_due_on=date(2026, 7, 30),
            reason="의회 일정",
            state=DelayState.PENDING,
            level=RoleName.LEAD,
            requested_at=TUESDAY,
        )
        session.add(request)
        session.flush()
        return request.id

    @contextmanager
    def _taken_back(self) -> Iterator[Session]:
        with Session(self.store.writer, expire_on_commit=False) as session:
            session.begin()
            yield session
            session.flush()
            cause = f"inbox:{self.inbox_id}"
            self.seen = list(session.scalars(select(Delivery).where(Delivery.cause == cause)))
            session.expunge_all()
            self.changes = (session.scalar(select(func.count(AuditEntry.id))) or 0) - (self.audited or 0)
            session.rollback()

    def tried(self, content: dict[str, Any]) -> None:
        self.seen = []
        self.dispatcher.handle(self.inbox_id, Update.de_json({"update_id": 1} | content, None))

    def write(self, text: str, user: int, chat: int) -> None:
        where = {"id": chat, "type": "private" if chat > 0 else "group", "title": "단체방"}
        sender = {"id": user, "is_bot": False, "first_name": "아무개"}
        self.tried({"message": {"message_id": 1, "date": 1, "chat": where, "from": sender, "text": text}})

    def push(self, data: str, user: int, chat: int) -> None:
        where = {"id": chat, "type": "private" if chat > 0 else "group", "title": "단체방"}
        sender = {"id": user, "is_bot": False, "first_name": "아무개"}
        message = {"message_id": 1, "date": 1, "chat": where}
        query = {"id": "1", "chat_instance": "1", "data": data, "from": sender, "message": message}
        self.tried({"callback_query": query})

    @property
    def was_refused(self) -> bool:
        return any(one.event == "refused" for one in self.seen)

    @property
    def replies(self) -> list[str]:
        return [one.payload["text"] for one in self.seen if one.kind is DeliveryKind.REPLY]


@pytest.fixture(params=RoleName)
def trial(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Trial, RoleName]]:
    office = Trial(tmp_path, request.param)
    yield office, request.param
    office.store.close()


def command_text(one: Command, number: int, other: int = 0) -> str:
    """The command as its help shows it, about the milestone, and another one where it names two."""
    return (one.example or f"/{one.name}").replace("112", str(number)).replace("113", str(other))


def press_data(verb: str, number: int, request_id: int) -> str:
    return f"v1|{verb}|{number}|{request_id if verb in OF_A_REQUEST else 1}"


def test_every_command_and_button_does_what_the_table_says(trial: tuple[Trial, RoleName]) -> None:
    office, role = trial
    user, wrong, tried = office.people["아무개"], [], 0

    def check(name: str, command: Command, place: Place) -> None:
        is_about_one = name in command.on_milestone
        expected = is_allowed(command.action, role, place if is_about_one else None)
        if office.was_refused is expected or (office.was_refused and office.changes):
            wrong.append((name, role.value, place.name, expected, office.replies))

    for place in Place:
        number, request_id = office.numbers[place], office.requests[place]
        for command in COMMANDS:
            if place is Place.OWN or command.name in command.on_milestone:
                other = next(one for one in office.numbers.values() if one != number)
                office.write(command_text(command, number, other), user, user)
                check(command.name, command, place)
                tried += 1
        for verb, (command, _) in PRESSES.items():
            if place is Place.OWN or verb in command.on_milestone:
                office.push(press_data(verb, number, request_id), user, user)
                check(verb, command, place)
                tried += 1
    assert wrong == []
    assert tried > len(COMMANDS) + len(PRESSES)


def test_a_stranger_is_told_how_to_be_linked_and_nothing_else(tmp_path: Path) -> None:
    office = Trial(tmp_path, RoleName.PLANNER)
    number, request_id = office.numbers[Place.OWN], office.requests[Place.OWN]
    said = []
    for command in COMMANDS:
        office.write(command_text(command, number), STRANGER, STRANGER)
        said.append((office.replies, office.changes))
    for verb in PRESSES:
        office.push(press_data(verb, number, request_id), STRANGER, STRANGER)
        said.append((office.replies, office.changes))
    assert [one for one in said if one != ([render.text("stranger", hears_alarms=False)], 0)] == []
    office.store.close()


def test_in_a_group_nothing_is_done_but_binding_it_by_the_planning_office(
    trial: tuple[Trial, RoleName],
) -> None:
    office, role = trial
    user, number = office.people["아무개"], office.numbers[Place.OWN]
    private = render.text("group", is_anonymous=False, code_voided=False)
    wrong = []
    for command in COMMANDS:
        office.write(command_text(command, number), user, GROUP)
        is_binding = command.name in {"bind", "unbind"}
        may_bind = is_allowed(Action.GROUPS, role, None)
        expected = not may_bind if is_binding else False
        is_right = office.was_refused is expected and (is_binding or office.replies == [private])
        if not is_right or office.changes:
            wrong.append((command.name, office.replies))
    for verb in PRESSES:
        office.push(press_data(verb, number, office.requests[Place.OWN]), user, GROUP)
        if office.seen or office.changes:
            wrong.append((verb, office.replies))
    assert wrong == []


def test_the_matrix_would_see_a_command_that_asks_nobody(tmp_path: Path) -> None:
    """The planning office's list, were it open to everybody, is found by the same look."""
    office = Trial(tmp_path, RoleName.OFFICER)
    office.write("/past", office.people["아무개"], office.people["아무개"])
    assert office.was_refused
    assert not is_allowed(Action.SETTLE_PAST, RoleName.OFFICER, None)
    office.store.close()


def test_what_is_about_a_milestone_names_a_command_or_a_verb_of_its_own() -> None:
    for command in (*(one for one, _ in PRESSES.values()), *COMMANDS):
        assert command.on_milestone <= {command.name, *command.buttons}


def test_the_docs_print_the_table() -> None:
    assert (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8") == permissions.markdown()
