"""/kpi: an officer enters a month by one number or one tap; a manager reads laggards first (성과지표)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jobs.authority.permissions import Deed
from jobs.indicators import steps
from jobs.indicators.figures import ends_of
from jobs.indicators.listing import kpi_rows
from jobs.indicators.steps import Amount, Entry
from jobs.owed import open_values
from reports.indicators import KpiRow
from store import indicators, officers
from store.audit import Who
from store.models import Indicator, Task
from store.states import Adding, IndicatorKind
from tests.bot.chat import Chat
from tests.builders import RULES, kst

JUNE = date(2026, 6, 30)


def add(chat: Chat, name: str = "상담", **more: Any) -> int:
    """Of the department 도로과, with a plan of 100 a month, its values up to May in; asked."""
    with chat.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 1, 5, 9), RULES)
        owner = {"department": officers.department(session, "도로과")} if "task" not in more else {}
        given: dict[str, Any] = {"name": name, "kind": IndicatorKind.COUNT, "unit": "건"} | owner | more
        number = steps.add(deed, Entry(**given)).id
        of_ratio = given["kind"] is IndicatorKind.RATIO
        for month in range(1, 13):
            steps.set_target(deed, number, Amount("50" if of_ratio else "100"), 2026, month)
    with chat.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 6, 2, 9), RULES)
        for month in range(1, 6):
            end = ends_of(session.get_one(Indicator, number), 2026)[month - 1]
            total = str(40 * month) if given.get("says_total") else "40"
            steps.enter_value(deed, number, end, Amount(total, "80" if of_ratio else None))
        steps.ask_monthly(deed, number, is_on=True)
    return number


def row(chat: Chat, number: int) -> KpiRow:
    with chat.store.read() as session:
        found = indicators.get(session, number)
        assert found is not None
        today = chat.clock.now().date()
        [one] = kpi_rows(session, [found], today, RULES.indicators.bound)
        return one


@pytest.fixture
def july(linked: Chat) -> Chat:
    """The fifth working day after June, on which June is asked."""
    linked.clock.current = kst(2026, 7, 7, 10)
    return linked


def test_a_number_behind_the_indicators_number_is_the_value_of_the_month_that_is_missing(july: Chat) -> None:
    number = add(july)
    [said] = july.say("이팀장", f"/kpi {number} 55")
    assert "실적을 적었습니다" in said
    assert "255건 / 계획 600건 (42.5%)" in said
    assert [(one.ends_on, one.number) for one in row(july, number).values][-1] == (JUNE, "55")
    [said] = july.say("이팀장", f"/kpi {number} 5월 45")
    assert [one.number for one in row(july, number).values][4] == "45"
    [said] = july.say("이팀장", f"/kpi {number} 77")
    assert "비어 있는 지난 기간이 없습니다" in said


def test_as_before_is_one_tap_and_an_old_button_changes_nothing(july: Chat) -> None:
    number = add(july, adding=Adding.STOCK)
    july.say("이팀장", f"/kpi {number}")
    with july.store.read() as session:
        data = f"v1|kpisame|{number}|{session.get_one(Indicator, number).revision}"
    july.press("이팀장", data)
    assert [one.number for one in row(july, number).values] == ["40"] * 6
    july.press("이팀장", data)
    assert len(row(july, number).values) == 6


def test_a_ratio_wants_both_counts(july: Chat) -> None:
    number = add(july, kind=IndicatorKind.RATIO, unit="%")
    [said] = july.say("이팀장", f"/kpi {number} 50%")
    assert "두 수로" in said
    [said] = july.say("이팀장", f"/kpi {number} 3/8")
    assert "203/408 (49.8%)" in said


def test_a_sum_to_date_that_falls_is_asked_back(july: Chat) -> None:
    number = add(july, says_total=True)
    [said] = july.say("이팀장", f"/kpi {number} 190")
    assert "아직 적지 않았습니다" in said
    assert len(row(july, number).values) == 5
    july.say("이팀장", "맞음")
    assert [one.number for one in row(july, number).values][-1] == "-10"


def test_what_is_not_ones_own_is_not_seen(july: Chat) -> None:
    number = add(july)
    with july.store.write() as session:
        other = officers.ensure_department(session, "먼과")
        session.get_one(Indicator, number).department_id = other.id
    [said] = july.say("이팀장", f"/kpi {number} 55")
    assert "맡으신 것이 아닙니다" in said
    assert len(row(july, number).values) == 5


def test_the_planning_office_sees_all_laggards_first(july: Chat) -> None:
    slow, good = add(july, "느린 것"), add(july, "빠른 것")
    with july.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 6, 3, 9), RULES)
        for month in range(1, 6):
            end = ends_of(session.get_one(Indicator, good), 2026)[month - 1]
            steps.enter_value(deed, good, end, Amount("120"))
    [said] = july.say("최기획", "/kpi")
    assert said.index("느린 것") < said.index("빠른 것")
    assert "지표 2개 · 계획이 있는 2개 가운데 계획대로 1개, 부진 1개 · 미입력 2개" in said
    assert "200건 / 계획 500건 (40.0%" in said
    assert slow < good


def test_a_secret_tasks_indicator_says_its_number_alone(july: Chat) -> None:
    with july.store.write() as session:
        task = session.query(Task).first()
        assert task is not None
        task.is_secret = True
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 1, 5, 9), RULES)
        number = steps.add(deed, Entry(name="몰래 하는 상담", kind=IndicatorKind.COUNT, task=task)).id
    for said in (july.say("최기획", "/kpi")[0], july.say("최기획", f"/kpi {number}")[0]):
        assert "비공개 과제의 지표" in said
        assert "몰래 하는 상담" not in said


def test_the_daily_message_asks_on_the_set_working_day_and_once_a_week(july: Chat) -> None:
    number = add(july)
    days = [date(2026, 7, 1), date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 13), date(2026, 7, 14)]
    with july.store.read() as session:
        told = [{one.day for one in open_values.waiting(session, day, RULES)} for day in days]
        assert told == [set(), set(), {date(2026, 7, 7)}, {date(2026, 7, 7)}, {date(2026, 7, 14)}]
        assert open_values.next_day(session, date(2026, 7, 2), RULES) == date(2026, 7, 7)
        [who] = {one.officer_id for one in open_values.waiting(session, date(2026, 7, 7), RULES)}
        [lead] = officers.find(session, "이팀장")
        assert who == lead.id
    july.say("이팀장", f"/kpi {number} 55")
    with july.store.read() as session:
        assert open_values.waiting(session, date(2026, 7, 7), RULES) == []
