"""A quarter of what a made-up city is asked, through real processes: three collections, a council request, twenty items.

The self-check of 49 works of the same quarter is played in test_quarter.py. `COUNT` departments, each with a contact on the
phone; what went to whom on which day is read from the bot's own ledger, what came of it from `gihan ask` and `gihan item`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bot.chat import invites
from bot.chat.operator import operator
from jobs.settings import LinkSettings
from store.db.engine import Store
from store.detours import ASK_HOUR
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, RoleName
from tests import template
from tests.bot.chat import SEOUL
from tests.smoke.harness import Office, Person, Telegram
from tests.smoke.test_quarter import Phones

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(900)]
COUNT = int(os.environ.get("GIHAN_DEPARTMENTS", "12"))  # 64 plays the whole city
PLANNER = "최기획"
PLACES = tuple(f"부서{number:02}" for number in range(1, COUNT + 1))
STAFF = [
    (PLANNER, RoleName.PLANNER, "기획예산실"),
    *((f"서무{one}", RoleName.CONTACT, one) for one in PLACES),
]
EVE = datetime(2030, 6, 28, 17, 0, tzinfo=SEOUL)
LATE, ITEMS = PLACES[3:8], 20
BUSY_MOST = 30
HEAD = ("순번", "부서", "발굴 사업(안)", "소요액(백만원)", "비고")


class City(Phones):
    """Everybody linked; days are played one after another."""

    def link_everybody(self) -> None:
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

    def morning(self, day: date, hour: int = 9, minute: int = 10) -> None:
        self.move_to(datetime.combine(day, time(hour, minute), tzinfo=SEOUL))

    def play(self, first: date, last: date) -> None:
        """Every working day's morning."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day.weekday() < 5:
                self.morning(day)


@pytest.fixture
def office(telegram: Telegram, tmp_path: Path) -> Iterator[Office]:
    template.copy_to(tmp_path / "gihan.db")
    found = Office(telegram, tmp_path)
    found.start()
    yield found
    assert found.stop() == 0


@pytest.fixture
def city(office: Office) -> Iterator[City]:
    made = City(office)
    made.link_everybody()
    yield made
    made.store.close()


def shell(office: Office, *arguments: str) -> str:
    """A command beside the running bot; while the bot holds the store it is typed again, as exit code 75 asks for."""
    for _ in range(BUSY_MOST):
        try:
            return office.gihan(*arguments)
        except AssertionError as error:
            if "SQLITE_BUSY" not in str(error):
                raise
    raise AssertionError(f"the store stayed busy for {arguments}")


def outsiders_sheet(path: Path) -> str:
    """As another office made it: a merged title above a header of its own."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["2031년도 신규사업 발굴 제출 양식"])
    page.merge_cells("A1:E1")
    page.append([])
    page.append(list(HEAD))
    book.save(path)
    return path.name


def opened(office: Office, city: City) -> None:
    """Requests 1 to 3, to every department."""
    city.morning(date(2030, 7, 1))
    sheet, to = outsiders_sheet(office.folder / "양식.xlsx"), ("--to", ",".join(PLACES), "--yes")
    for title, due, kind in (
        ("신규사업", "2030-07-12", "ideas"),
        ("수요조사", "2030-07-19", "collection"),
        ("현황", "2030-08-02", "collection"),
    ):
        shell(
            office,
            *("ask", "open", sheet, "--title", title, "--due", due, "--kind", kind, "--steps", "answer", *to),
        )


def filled_sheet(office: Office, place: str) -> None:
    """The form that went out comes back filled in, by the planning office."""
    shell(office, "ask", "form", "1", "-o", "회신.xlsx", "--department", place)
    book = load_workbook(office.folder / "회신.xlsx")
    book.worksheets[0].append([1, place, "작은 도서관", 40, None])
    book.save(office.folder / "회신.xlsx")
    shell(office, "ask", "take", "1", place, "회신.xlsx")


def replies(office: Office, city: City) -> None:
    """The first collection: by chat, by a sheet, by the planning office; 0건, late ones, one with a later day."""
    rest = [one for one in PLACES[8:] if one != PLACES[-1]]
    city.play(date(2030, 7, 2), date(2030, 7, 10))
    city.say(*((f"서무{one}", "/ask 1 그늘 쉼터 / 30; 골목 조명 / 12") for one in rest))
    city.say((f"서무{PLACES[0]}", "요청 1 없음"))
    filled_sheet(office, PLACES[1])
    city.say((PLANNER, f"/ask 1 {PLACES[2]} 빗물 마당 / 25"))
    city.say((PLANNER, f"/ask 1 연장 {PLACES[-1]} 7.26 현장 조사"))
    city.play(date(2030, 7, 11), date(2030, 7, 15))
    city.say(*((f"서무{one}", "/ask 1 청년 골목 / 18") for one in LATE))
    city.say(*((f"서무{one}", "/ask 2 안전 교육 / 3") for one in PLACES))
    city.play(date(2030, 7, 16), date(2030, 7, 24))
    city.say((f"서무{PLACES[-1]}", "/ask 1 마을 의사 / 22"))
    city.say((f"서무{PLACES[0]}", "/ask 3 현황 / 1"))
    told = city.say((PLANNER, "/ask 3 거둠 조사 계획이 바뀌었습니다"), (f"서무{PLACES[0]}", "/my"))
    assert any("거두었습니다" in text for text in told)
    for number in ("1", "2"):
        shell(office, "ask", "freeze", number, "--yes")


def council(office: Office, city: City) -> None:
    """Asked for by 14:00 of the next day: on the day before, and two hours before to who has not replied."""
    city.play(date(2030, 7, 25), date(2030, 8, 5))
    to = ("--to", ",".join(PLACES[:2]), "--yes")
    shell(
        office,
        *("ask", "open", "양식.xlsx", "--title", "의회 요구", "--kind", "council"),
        *("--steps", "answer", "--due", "2030-08-06", "--time", "14:00", *to),
    )
    city.morning(date(2030, 8, 5), 9, 20)
    city.say((f"서무{PLACES[0]}", "/ask 4 집행 내역 / 120"))
    city.morning(date(2030, 8, 6))
    city.morning(date(2030, 8, 6), 12, 5)
    city.say((f"서무{PLACES[1]}", "요청 4 없음"))


def items(office: Office, city: City) -> None:
    """Twenty things that were raised, each answered by its department and closed by the planning office."""
    city.morning(date(2030, 8, 7))
    for at in range(ITEMS):
        shell(
            office,
            "item",
            "add",
            f"정류장 {at + 1} 그늘막",
            "--department",
            PLACES[at % COUNT],
            "--kind",
            "건의",
        )
    city.play(date(2030, 8, 8), date(2030, 8, 13))
    words = ("반영", "미반영", "장기검토")
    for first in range(0, ITEMS, COUNT):
        city.say(
            *(
                (f"서무{PLACES[at % COUNT]}", f"/item {at + 1} {words[at % 3]} 확인하여 처리하겠습니다")
                for at in range(first, min(first + COUNT, ITEMS))
            )
        )
    for at in range(ITEMS):
        shell(office, "item", "close", str(at + 1))
    city.play(date(2030, 8, 14), date(2030, 8, 20))


def scheduled(store: Store) -> tuple[Counter[tuple[int, date]], list[Delivery]]:
    """How many daily messages were made for each chat on each day, and the hours that were said. The clock jumps: what was
    made on one day may still be on its way when the next one begins."""
    with store.read() as session:
        sent = session.scalars(select(Delivery).where(Delivery.state == DeliveryState.SENT)).all()
    days = Counter(
        (one.chat_id, one.created_at.astimezone(SEOUL).date())
        for one in sent
        if one.kind is DeliveryKind.DIGEST
    )
    return days, [one for one in sent if one.event == ASK_HOUR]


def counts_equal_rows(office: Office, number: int, respondents: int) -> dict[str, Any]:
    """What the list says is what the rows say, and the workbook."""
    shown = office.json("ask", "show", str(number))
    [listed] = [one for one in office.json("ask", "list") if one["no"] == number]
    states = {row["respondent"]: row["state"] for row in shown["rows"]}
    given = [row for row in shown["rows"] if row["values"] and row["state"] == "answered"]
    assert listed["respondents"] == len(states) == respondents
    assert listed["answered"] == sum(one == "answered" for one in states.values())
    shell(office, "ask", "book", str(number), "-o", f"취합{number}.xlsx")
    book = load_workbook(office.folder / f"취합{number}.xlsx")
    assert len(list(book["취합"].iter_rows(min_row=3))) == len(given)
    found: dict[str, Any] = listed | {"rows": len(given), "late": _late(book)}
    return found


def _late(book: Any) -> int:
    """Departments whose reply is marked as late, in the sheet of replies."""
    return sum("지연" in row for row in book["제출 현황"].iter_rows(min_row=4, values_only=True))


@pytest.mark.parametrize("telegram", [EVE.isoformat()], indirect=True)
def test_a_quarter_of_requests_and_items_is_played_and_every_count_is_its_rows(
    office: Office, city: City
) -> None:
    opened(office, city)
    replies(office, city)
    council(office, city)
    items(office, city)
    first = counts_equal_rows(office, 1, COUNT)
    assert (first["state"], first["answered"], first["late"]) == ("frozen", COUNT, len(LATE))
    assert (
        first["rows"] == 2 * (COUNT - 9) + len(LATE) + 3
    )  # chat, late ones, sheet, planner, the extended one
    assert counts_equal_rows(office, 2, COUNT)["answered"] == COUNT
    third = counts_equal_rows(office, 3, COUNT)
    assert (third["state"], third["answered"], third["overdue"]) == ("cancelled", 1, 0)
    assert counts_equal_rows(office, 4, 2)["answered"] == 2
    every = office.json("item", "list")
    assert Counter(one["state"] for one in every) == {"closed": ITEMS}
    assert Counter(one["outcome"] for one in every).most_common(1)[0][1] == 7
    days, hours = scheduled(city.store)
    assert days and max(days.values()) == 1
    assert [one.chat_id for one in hours] == [city.people[f"서무{PLACES[1]}"].id]
