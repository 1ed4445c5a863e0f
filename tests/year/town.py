"""A town hall with phones for a year: a plan is registered, everybody is invited, some seats are empty."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from store.db.engine import Store
from store.models import Assignment, Department, Officer, Task
from tests.smoke.harness import Office, Person, Telegram, buttons

LEADS = ("윤가람", "한바다", "서미르", "남도담", "문아라", "구슬기", "하늬솔", "노을빛", "도래샘", "마루한")
PLANNER = "허준"


@dataclass
class Citizen:
    """Somebody at a desk, with what was read of the chat so far."""

    name: str
    department: str
    person: Person
    role: str
    read_to: int = 0
    taps: dict[int, list[str]] = field(default_factory=dict)  # message -> buttons that were pressed under it

    def standing(self, message: dict[str, Any]) -> dict[str, Any]:
        """The message as it stands now."""
        return next(one for one in self.person.messages() if one["message_id"] == message["message_id"])

    def tap(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Press and wait for the answer."""
        before = len(self.person.received())
        self.press(message, label)
        return self.person.wait_for(before + 1)

    def press(self, message: dict[str, Any], label: str) -> None:
        """Also where the message has lost the button since it was looked at, as happens on a phone."""
        found = next(one for one in buttons(message) if label in one["text"])
        self.taps.setdefault(message["message_id"], []).append(found["text"])
        self.person.press_data(message, found["callback_data"])

    def news(self, chats: dict[int, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """What the bot has written since the last look, oldest first."""
        found = [
            one
            for one in chats.get(self.person.id, [])
            if one["message_id"] > self.read_to and one["from"]["is_bot"]
        ]
        self.read_to = max((one["message_id"] for one in chats.get(self.person.id, [])), default=0)
        return found


@dataclass
class Town:
    """The office and its people. `empty`: the department whose tasks nobody holds until somebody is named."""

    office: Office
    telegram: Telegram
    store: Store
    chance: random.Random
    people: dict[str, Citizen] = field(default_factory=dict)
    empty: str = ""

    def chats(self) -> dict[int, list[dict[str, Any]]]:
        return {chat["id"]: chat["messages"] for chat in self.telegram.get("state")["chats"]}

    def settle(self) -> None:
        """Wait until the bot has nothing left to do at this instant."""
        self.telegram.post("clock", hours=0)

    def join(self, name: str, department: str, role: str = "officer") -> Citizen:
        """Invited by the operator, and linked by pressing the link."""
        arguments = ["invite", name, "--department", department]
        [row] = self.office.json(*arguments, *(["--role", role] if role != "officer" else []))
        made = self.telegram.post("persons", name=name, department=department)
        citizen = Citizen(name, department, Person(self.telegram, made["id"]), role)
        citizen.person.ask(f"/start {row['code']}")
        self.people[name] = citizen
        return citizen


def empty_a_department(store: Store) -> str:
    """The department with the fewest tasks loses its officers, as after a transfer without a successor."""
    with store.write() as session:
        tasks = session.scalars(select(Task).options(joinedload(Task.department))).all()
        by_department: dict[str, list[Task]] = {}
        for one in tasks:
            if one.department is not None:
                by_department.setdefault(one.department.name, []).append(one)
        name = min(by_department, key=lambda one: (len(by_department[one]), one))
        for task in by_department[name]:
            for each in list(task.assignments):
                task.assignments.remove(each)
                session.delete(each)
        return name


def leading_officers(store: Store) -> list[tuple[str, str]]:
    """(name, department) of everybody who answers for some task, by number."""
    query = (
        select(Officer.name, Department.name)
        .join(Assignment, Assignment.officer_id == Officer.id)
        .join(Department, Officer.department_id == Department.id)
        .order_by(Officer.id)
    )
    with store.read() as session:
        return list(dict.fromkeys((row[0], row[1]) for row in session.execute(query)))


def departments(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(set(session.scalars(select(Department.name).join(Task))))


def build(telegram: Telegram, folder: Path, plan: Path, seed: int) -> Town:
    """The plan is registered, a department is emptied, and everybody else is linked. The bot runs."""
    office = Office(telegram, folder)
    office.gihan("import", str(plan), "--yes", "--activate")
    store = Store(office.environment["GIHAN_STORE__URL"])
    town = Town(office, telegram, store, random.Random(seed))
    town.empty = empty_a_department(store)
    office.start()
    for name, department in leading_officers(store):
        town.join(name, department)
    for name, department in zip(_names(), departments(store), strict=False):
        town.join(f"{name}", department, "lead")
    town.join(PLANNER, departments(store)[0], "planner")
    return town


def _names() -> Iterator[str]:
    """Leads' names, as many as are wanted."""
    yield from LEADS
    for family in "김이박최정강조":
        yield from (f"{family}{one[1:]}" for one in LEADS)
