"""A settled quarter changes by /correct alone, whatever else is put right of what it was settled about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.documents.upload import Attachment
from plans.read import read_plan
from plans.sheet.register import RegisterSheet, Row
from store.models import SnapshotCorrection, SnapshotRow, Task
from store.states import RoleName
from tests.bot.chat import Chat

SAMPLE = Path(__file__).parents[2] / "samples" / "quarter.txt"
ROAD, SIGNS = "그늘 보행로 조성", "골목 안내판 새로 달기"
Way = Callable[[Chat], str]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """The second quarter of 2030 is settled; 그늘 보행로 조성 has two entries."""
    made = Chat(tmp_path)
    made.put(read_plan(SAMPLE))
    made.join("최기획", RoleName.PLANNER)
    made.say("최기획", f"/add {number(made, ROAD)} 2030. 9. 20. 준공식")
    made.say("최기획", f"/add {number(made, ROAD)} 2030. 9. 20. 준공 행사")
    yield made
    made.store.close()


def number(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


def settled(chat: Chat) -> list[dict[str, Any]]:
    """Every column of every row of the settled quarter, and every correction of it."""
    with chat.store.read() as session:
        return [
            {column.key: getattr(one, column.key) for column in kind.__table__.columns}
            for kind in (SnapshotRow, SnapshotCorrection)
            for one in session.scalars(select(kind).order_by(kind.id))
        ]


def says(text: str) -> Way:
    """A message of the planning office; {road}, {signs} and {first}, {second} are numbers."""

    def way(chat: Chat) -> str:
        facts = {"road": number(chat, ROAD), "signs": number(chat, SIGNS)}
        entries = {"first": chat.number("준공식"), "second": chat.number("준공 행사")}
        return chat.say("최기획", text.format(**facts, **entries))[0]

    return way


def sends_the_sheet(chat: Chat) -> str:
    cells = {"task": "그늘길 조성", "department": "시설과", "area": "녹색 도시", "no": "9-9"}
    found = RegisterSheet([Row(5, chat.number("준공식"), cells)])
    chat.send_document("최기획", Attachment("등록부.xlsx", register=found))
    return chat.tap("최기획", "반영")[0]


def imports_again(chat: Chat) -> str:
    """The same quarter's document with another status, title and department; all that is asked is taken over."""
    draft = read_plan(SAMPLE)
    for one in draft.tasks:
        one.department = "녹지과" if one.department == "도로과" else one.department
        one.title = one.title.replace("새로 달기", "다시 달기")
        one.status = "일부추진" if one.status == "정상추진" else one.status
    chat.put(draft)
    for _ in range(2):
        chat.say("최기획", "/review")
        said = chat.tap("최기획", "1.")[0]
    return said


def reopens(chat: Chat) -> str:
    entry = chat.number("준공식")
    chat.say("최기획", f"/done {entry} 6.29")
    chat.clock.forward(days=2)
    return chat.say("최기획", f"/reopen {entry} 준공 검사가 남음")[0]


WAYS: dict[str, tuple[Way, str]] = {
    "edit the title": (says("/edit {road} 제목 그늘길 조성"), "<b>그늘길 조성</b>"),
    "edit the department": (says("/edit {road} 주관부서 시설과"), "<b>시설과</b>"),
    "edit the area": (says("/edit {road} 분야 녹색 도시"), "<b>녹색 도시</b>"),
    "edit the number": (says("/edit {road} 번호 9-9"), "<b>9-9</b>"),
    "rename a department": (says("/rename 도로과 → 시설과"), "시설과"),
    "merge two departments": (says("/rename 도로과 → 도시계획과"), "도시계획과"),
    "rename an area": (says("/rename 분야 걷고 싶은 도시 → 녹색 도시"), "녹색 도시"),
    "drop the task": (says("/drop {road} 중복 등록"), "취소"),
    "merge two tasks": (says("/merge {signs} {road}"), "합"),
    "merge two entries": (says("/merge {first} {second}"), "합"),
    "assign the task elsewhere": (says("/assign {road} 도시계획과 박마루"), "박마루"),
    "the sheet": (sends_the_sheet, "4곳을 반영"),
    "import again": (imports_again, "하였습니다"),
    "reopen": (reopens, "다시"),
}


@pytest.mark.parametrize("name", WAYS)
def test_no_other_way_changes_a_settled_quarter(city: Chat, name: str) -> None:
    before, report = settled(city), city.say("최기획", "/report 2030Q2")[0]
    way, said = WAYS[name]
    assert said in way(city)
    assert settled(city) == before
    assert city.say("최기획", "/report 2030Q2")[0] == report


def test_a_correction_is_kept_beside_what_was_settled(city: Chat) -> None:
    before = settled(city)
    city.say("최기획", "/correct 2030Q2 1-1-2 추진상황 정상추진 / 준공 증빙 재확인")
    assert settled(city)[: len(before)] == before and len(settled(city)) == len(before) + 1
    assert "정정 1건이 반영되었습니다" in city.say("최기획", "/report 2030Q2")[0]
