"""Two quarters of 49 projects through real processes: by chat from the opening to the notice, then `gihan report`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.chat import invites
from bot.chat.operator import operator
from bot.cli import bureaus as lists
from jobs.authority.permissions import Deed
from jobs.plans.register import Registrar
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import CalendarSettings, LinkSettings, ReminderSettings
from reports.period import Period
from store.audit import Who
from store.db.engine import Store
from tests import template
from tests.bot.chat import SEOUL
from tests.bot.quarter_city import (
    AREAS,
    BUREAUS,
    COUNT,
    DEPARTMENTS,
    OPENING,
    Q2,
    Q3,
    STAFF,
    City,
    number,
    open_third_quarter,
    plan,
    play_second_quarter,
    play_third_quarter,
    settle_second_quarter,
    status_at,
)
from tests.builders import RULES
from tests.smoke.harness import Office, Person, Telegram, buttons

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(300)]  # two quarters on a machine that others load
EVE = OPENING[Q2] - timedelta(minutes=30)
Q1 = Q2.previous


class Phones:
    """Everybody of the city with a phone; what is done side by side is waited for together."""

    def __init__(self, office: Office) -> None:
        self.telegram = office.telegram
        self.store = Store(office.environment["GIHAN_STORE__URL"])
        self.people: dict[str, Person] = {}
        self._seen: dict[str, int] = {}  # who has last done something, and the newest message they had
        self._new: dict[str, list[dict[str, Any]]] = {}

    def link_everybody(self) -> None:
        """Invited as the operator does, then each presses the link."""
        said = []
        with self.store.write() as session:
            for name, role, where in STAFF:
                wish = invites.Wish(name, where, role, everybody=False)
                found = invites.chosen(session, wish, EVE, EVE.date())
                [row] = invites.invite(session, found, role, EVE, LinkSettings(), None, operator(EVE, "test"))
                said.append((name, f"/start {row.code}"))
        for name, _, where in STAFF:
            person = self.telegram.post("persons", name=name, department=where)
            self.people[name] = Person(self.telegram, person["id"])
        assert sum("등록되었습니다" in text for text in self.say(*said)) == len(STAFF)

    def say(self, *said: tuple[str, str]) -> list[str]:
        self._look(name for name, _ in said)
        for name, text in said:
            self.people[name].write(text)
        return self._answers()

    def tap(self, *pressed: tuple[str, str]) -> list[str]:
        found = [(name, self._offering(name, label), label) for name, label in pressed]
        self._look(name for name, _ in pressed)
        for name, message, label in found:
            assert message is not None, f"{name} is not offered {label}"
            self.people[name].press(message, label)
        return self._answers()

    def offered(self, name: str, label: str) -> bool:
        return self._offering(name, label) is not None

    def received(self, name: str) -> list[str]:
        return [str(one["text"]) for one in self._messages()[name] if one["from"]["is_bot"]]

    def move_to(self, at: datetime) -> None:
        self.telegram.move_to(at.isoformat())

    def _messages(self) -> dict[str, list[dict[str, Any]]]:
        chats = {chat["id"]: chat["messages"] for chat in self.telegram.get("state")["chats"]}
        return {name: chats.get(person.id, []) for name, person in self.people.items()}

    def _look(self, names: Iterable[str]) -> None:
        """What these people's chats hold by now is no answer to what they do next."""
        there = self._messages()
        self._seen = {name: max((one["message_id"] for one in there[name]), default=0) for name in names}

    def _answers(self) -> list[str]:
        """What has come for it, once the bot says that nothing is left to do."""
        self.telegram.post("clock", hours=0)
        self._new = {
            name: [one for one in messages if one["from"]["is_bot"] and one["message_id"] > self._seen[name]]
            for name, messages in self._messages().items()
            if name in self._seen
        }
        return [str(one["text"]) for messages in self._new.values() for one in messages]

    def _offering(self, name: str, label: str) -> dict[str, Any] | None:
        """The newest answer with such a button."""
        found = reversed(self._new.get(name, []))
        return next((one for one in found if any(label in each["text"] for each in buttons(one))), None)


@pytest.fixture
def office(telegram: Telegram, tmp_path: Path) -> Iterator[Office]:
    """A running bot; the plan, the bureaus and the quarter before are in its store."""
    fill(template.copy_to(tmp_path / "gihan.db"), tmp_path)
    found = Office(telegram, tmp_path)
    found.start()
    yield found
    assert found.stop() == 0


@pytest.fixture
def city(office: Office) -> Iterator[City]:
    phones = Phones(office)
    phones.link_everybody()
    yield City(phones)
    phones.store.close()


def fill(url: str, folder: Path) -> None:
    """What the operator registers with `gihan import`, `gihan bureaus` and `gihan round import`."""
    before = [(number(at), f"공약 사업 {at + 1}", status_at(None, at)) for at in range(COUNT)]
    write_csv(folder / "bureaus.csv", ("부서", "국"), zip(DEPARTMENTS, BUREAUS, strict=True))
    write_csv(folder / "before.csv", ("관리번호", "공약명", "추진상황"), before)
    store = Store(url)
    rules = Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL))
    with store.write() as session:
        who = Who(None, "운영자", "cli", "import:test")
        Registrar(Deed(session, who, EVE, rules), plan(), "plan.xlsx").run()
    lists.import_bureaus(store, folder / "bureaus.csv", EVE, takes_rest=False)
    lists.import_quarter(store, Q1, folder / "before.csv", None, EVE, RULES, takes_rest=False)
    store.close()


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    """The rows with what they hold, cells without anything left out."""
    found = ([cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True))
    return [row for row in found if row]


def reports(office: Office, *periods: Period) -> list[list[list[Any]]]:
    """What `gihan report` writes of each."""
    for one in periods:
        office.gihan("report", str(one), "-o", f"{one}.xlsx")
    books = [openpyxl.load_workbook(office.folder / f"{one}.xlsx") for one in periods]
    return [rows_of(book["점검결과"]) for book in books]


def matrix() -> list[list[Any]]:
    """Area × bureau as the city is made."""
    bureaus = list(dict.fromkeys(BUREAUS))
    count = Counter((AREAS[at // 10], BUREAUS[at % len(DEPARTMENTS)]) for at in range(COUNT))
    inner = [[count[area, one] for one in bureaus] for area in AREAS]
    return [
        ["구분", "총계", *bureaus],
        ["계", COUNT, *(sum(column) for column in zip(*inner, strict=True))],
        *([area, sum(row), *row] for area, row in zip(AREAS, inner, strict=True)),
    ]


def moves(period: Period, before: Period | None) -> list[list[str]]:
    """Number, name, from, to of every project whose status differs."""
    return [
        [number(at), f"공약 사업 {at + 1}", status_at(before, at), status_at(period, at)]
        for at in range(COUNT)
        if status_at(before, at) != status_at(period, at)
    ]


def stands_in(wanted: list[list[Any]], found: list[list[Any]]) -> bool:
    """These rows follow one another there."""
    return any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


@pytest.mark.parametrize("telegram", [EVE.isoformat()], indirect=True)
def test_two_quarters_are_played_and_both_results_are_right(office: Office, city: City) -> None:
    play_second_quarter(city)
    settle_second_quarter(city)
    open_third_quarter(city)
    play_third_quarter(city)
    second, third = reports(office, Q2, Q3)
    changes = (
        ["관리번호", "공약명", "직전", "이번"],
        ["증감 확인", "직전 건수", "들어옴", "나감", "이번 건수"],
    )
    for found, period, before in ((second, Q2, None), (third, Q3, Q2)):
        assert stands_in(matrix(), found)
        assert stands_in([changes[0], *moves(period, before), changes[1]], found)
    assert [len(moves(Q2, None)), len(moves(Q3, Q2))] == [2, 2]
    assert ["건수", COUNT, 34, 15, 0] in second and ["건수", COUNT, 34, 14, 1] in third
    assert any("69.4%(34/49) ※ 2030.1분기 65.3%(32/49) 대비 4.1%p↑" in str(row[0]) for row in second)
    assert any("69.4%(34/49) ※ 2030.2분기 69.4%(34/49) 대비 변동 없음" in str(row[0]) for row in third)
