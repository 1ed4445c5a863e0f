"""연간 일정표: months, spans, marks, what comes round again; every count its rows."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.year import Mark, YearTable, YearTask, year_table
from reports.year_sheet import FIRST_MONTH, words, xlsx
from store.db.engine import Store
from store.states import MilestoneState, PlanState, Precision
from tests import builders
from tests.builders import SEOUL, kst

NOW = kst(2026, 7, 1).astimezone(SEOUL)


def table(store: Store, year: int = 2026) -> YearTable:
    with store.read() as session:
        return year_table(session, year, "한별시", NOW, "Asia/Seoul")


def one_task(found: YearTable) -> YearTask:
    [task] = [one for one in found.tasks() if one.entries or one.rest]
    return task


def month(task: YearTask, number: int) -> list[str]:
    return [words(one) for one in task.of_month(number)]


@pytest.fixture
def city(store: Store) -> Store:
    """A task with something late, done, over months, on hold, and next year; another department's with nothing."""
    with store.write() as session:
        road = builders.task(
            session, builders.officer(session, "김하늘"), title="보행로 정비", department="도로과"
        )
        road.no = "1-1"
        builders.milestone(session, road, date(2026, 6, 20), title="설계 용역")
        builders.milestone(session, road, date(2026, 3, 5), title="주민 설명회", state=MilestoneState.DONE)
        begins = date(2026, 8, 1)
        builders.milestone(
            session, road, date(2026, 10, 31), title="공사", start=begins, precision=Precision.MONTH
        )
        builders.milestone(session, road, date(2026, 11, 10), title="준공", state=MilestoneState.ON_HOLD)
        builders.milestone(session, road, date(2027, 1, 15), title="정산")
        builders.task(session, title="가로수 심기", department="공원과")
    return store


def test_each_entry_stands_in_its_month_with_how_it_stands(city: Store) -> None:
    task = one_task(table(city))
    assert month(task, 6) == ["20. 설계 용역 [경과]"]
    assert month(task, 3) == ["5. 주민 설명회 [완료]"]
    assert month(task, 10) == ["공사"]
    assert month(task, 11) == ["10. 준공 [보류]"]
    assert (task.no, task.officers) == ("1-1", ("김하늘",))


def test_a_span_runs_through_its_months(city: Store) -> None:
    task = one_task(table(city))
    assert [at for at in range(7, 13) if task.runs_in(at)] == [8, 9, 10, 11]


def test_another_year_has_its_own(city: Store) -> None:
    task = one_task(table(city, 2027))
    assert month(task, 1) == ["15. 정산"]
    assert not list(table(city, 2025).tasks())


def test_what_only_has_a_start_stands_at_it(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        builders.milestone(session, task, None, start=date(2026, 9, 14), title="유지 관리")
    assert month(one_task(table(store)), 9) == ["14.~ 유지 관리"]


def test_a_span_from_last_year_begins_in_january(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        begins = date(2025, 11, 3)
        builders.milestone(
            session, task, date(2026, 2, 10), title="공사", start=begins, precision=Precision.RANGE
        )
    task_row = one_task(table(store))
    assert [at for at in range(1, 13) if task_row.runs_in(at)] == [1, 2]
    assert month(task_row, 2) == ["11.3.~2.10. 공사 [경과]"]


def test_what_comes_round_again_is_named_beside_the_months(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY;BYMONTHDAY=5")
        said = f"{series.title} ({series.expr})"
    assert one_task(table(store)).rest == (said,)


@pytest.mark.parametrize(("state", "is_shown"), [(PlanState.DRAFT, False), (PlanState.CLOSED, True)])
def test_a_plan_that_is_over_is_shown_and_a_draft_is_not(
    store: Store, state: PlanState, is_shown: bool
) -> None:
    with store.write() as session:
        task = builders.task(session)
        builders.milestone(session, task, date(2026, 5, 1))
        task.plan.state = state
    assert bool(list(table(store).tasks())) is is_shown


def sheet_of(found: YearTable, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(found)))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_sheet_has_a_row_a_task_and_counts_that_are_its_rows(city: Store) -> None:
    found = table(city)
    rows = [row for row in sheet_of(found, "연간 일정표").iter_rows(values_only=True) if row[0]]
    assert rows[-2][:3] == ("도로과", "1-1", "보행로 정비")
    assert rows[-2][FIRST_MONTH - 1 + 5] == "20. 설계 용역 [경과]"
    assert rows[-1][FIRST_MONTH - 1 + 2] == "1/1" and rows[-1][-2] == "1/4"
    data = list(sheet_of(found, "자료").iter_rows(min_row=2, values_only=True))
    assert len(data) == 4
    assert [row[6] for row in data] == ["완료", "경과", "예정", "보류"]


def test_every_task_of_the_years_plans_has_its_row_with_its_period_where_it_has_nothing_else(
    city: Store,
) -> None:
    with city.write() as session:
        card = builders.task(session, title="우편 배달", department="민원과")
        card.start_on, card.end_on = date(2026, 1, 1), date(2026, 12, 31)
    rows = {one.title: one.rest for one in table(city).tasks()}
    assert list(rows) == ["가로수 심기", "보행로 정비", "우편 배달"]
    assert rows["우편 배달"] == ("사업기간 2026. 1. 1. ~ 2026. 12. 31.",) and rows["가로수 심기"] == ()
    assert [one.title for one in table(city, 2027).tasks()] == ["보행로 정비"]


def test_a_title_never_becomes_a_formula(store: Store) -> None:
    with store.write() as session:
        builders.milestone(session, builders.task(session, title="=1+1"), date(2026, 5, 1), title="=2+2")
    cells = [
        one
        for name in ("연간 일정표", "자료")
        for row in sheet_of(table(store), name).iter_rows()
        for one in row
        if "=1+1" in str(one.value) or "=2+2" in str(one.value)
    ]
    assert [one.data_type for one in cells] == ["s"] * 4


def test_an_empty_year_is_a_table_too(store: Store) -> None:
    assert sheet_of(table(store), "자료").max_row == 1
    assert not any(one.mark is Mark.LATE for task in table(store).tasks() for one in task.entries)
