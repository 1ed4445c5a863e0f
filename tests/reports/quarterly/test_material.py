"""보고회 자료: what each department has written, who has not handed in."""

from __future__ import annotations

import io
from functools import partial

import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy import select

from jobs.rounds import entries
from jobs.rounds.checks import entry_doubts
from jobs.rounds.entries import Answer
from reports.quarterly.material import Material, material_of
from reports.quarterly.material_sheet import xlsx
from store import officers
from store.db.engine import Store
from store.models import Officer, Task
from store.states import PledgeStatus
from tests import builders
from tests.builders import SEOUL, kst
from tests.jobs.round_table import Q2, Q3, RoundTable

AT = kst(2030, 7, 5).astimezone(SEOUL)


@pytest.fixture
def table(store: Store) -> RoundTable:
    """Four projects: three of 도로과, one of [환경/과]; the first is answered, the second sent back."""
    made = RoundTable(store, 4)
    with store.write() as session:
        last = session.scalars(select(Task).where(Task.no == "1-4")).one()
        last.department = officers.ensure_department(session, "[환경/과]")
        builders.assign(session, last, session.get_one(Officer, made.people["담당"]))
    first, second, *_ = made.ids(made.open())
    with store.write() as session:
        given = Answer(PledgeStatus.PARTIAL, "공정률 40%", "=보상 지연", "10월 착공")
        entries.answer(made.deed(session, "담당"), first, given)
    made.answer(second)
    made.send_back(second)
    return made


def found(table: RoundTable) -> Material:
    with table.store.read() as session:
        made = material_of(session, Q2, "한별시", AT, "Asia/Seoul")
    assert made is not None
    return made


def book(table: RoundTable) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx(found(table))))


def test_who_has_not_handed_in_is_listed_and_counts_are_the_rows(table: RoundTable) -> None:
    rows = list(book(table)["제출현황"].iter_rows(min_row=5, values_only=True))
    assert rows == [
        ("도로과", 3, 1, 2, "1-2, 1-3"),
        ("[환경/과]", 1, 0, 1, "1-4"),
        ("계", 4, 1, 3, None),
    ]


def test_a_department_has_a_sheet_of_its_own(table: RoundTable) -> None:
    sheets = book(table)
    assert sheets.sheetnames == ["제출현황", "·환경·과·", "도로과"]
    rows = list(sheets["도로과"].iter_rows(min_row=5, values_only=True))
    assert rows[0][:7] == (
        "1-1",
        "공약 사업 1",
        "정상추진",
        "일부추진",
        "공정률 40%",
        "=보상 지연",
        "10월 착공",
    )
    assert rows[1][3] == rows[2][3] == "미제출"
    assert sheets["·환경·과·"]["H5"].value == "담당이"


def test_a_text_is_never_a_formula(table: RoundTable) -> None:
    assert book(table)["도로과"]["F5"].data_type == "s"


def test_what_was_evaluated_stands_as_it_was_judged(table: RoundTable) -> None:
    [first, *_] = table.ids(1)
    table.confirm(first)
    table.sign(first)
    table.evaluate(first, PledgeStatus.ON_TRACK)
    assert found(table).departments[1].projects[0].status is PledgeStatus.ON_TRACK


def test_what_does_not_fit_is_listed_until_it_is_judged(table: RoundTable) -> None:
    [first, *_] = table.ids(1)
    with table.store.write() as session:
        task = session.scalars(select(Task).where(Task.no == "1-1")).one()
        task.budgets = [{"year": 2031, "krw": 1_000}]
        entries.answer(table.deed(session, "담당"), first, Answer(PledgeStatus.COMPLETED))
    with table.store.read() as session:
        made = material_of(
            session, Q2, "한별시", AT, "Asia/Seoul", doubts=partial(entry_doubts, term_ends_on=None)
        )
    assert made is not None
    assert [(of.name, one.no) for of, one, _ in made.doubts] == [("도로과", "1-1")]
    [(_, _, text)] = made.doubts
    assert "2031년까지 예산" in text
    listed = [
        row for row in openpyxl.load_workbook(io.BytesIO(xlsx(made)))["확인할 점"].values if text in row
    ]
    assert listed == [("도로과", "1-1", "공약 사업 1", "완료", text)]
    table.confirm(first)
    table.sign(first)
    table.evaluate(first, PledgeStatus.COMPLETED)
    with table.store.read() as session:
        judged = material_of(
            session, Q2, "한별시", AT, "Asia/Seoul", doubts=partial(entry_doubts, term_ends_on=None)
        )
    assert judged is not None and judged.doubts == []


def test_a_quarter_without_a_round_has_none(table: RoundTable) -> None:
    with table.store.read() as session:
        assert material_of(session, Q3, "한별시", AT, "Asia/Seoul") is None


def test_sheets_of_one_name_are_told_apart(table: RoundTable) -> None:
    with table.store.write() as session:
        tasks = session.scalars(select(Task).where(Task.no.in_(["1-2", "1-3"])).order_by(Task.no))
        for task, name in zip(tasks, ("가" * 40, "가" * 41), strict=True):
            task.department = officers.ensure_department(session, name)
    names = book(table).sheetnames
    assert len(set(names)) == 5 and all(len(one) <= 31 for one in names)
