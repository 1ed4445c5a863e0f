"""/kpi: an officer enters a month by one number or one tap; a manager reads laggards first (성과지표)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.indicators import picture
from bot.indicators.picture import PICTURE
from jobs.authority.permissions import Deed
from jobs.indicators import standings, steps
from jobs.indicators.figures import ends_of
from jobs.indicators.listing import kpi_rows
from jobs.indicators.steps import Amount, Entry
from jobs.owed import open_values
from reports.indicators import KpiRow
from store import indicators, officers
from store.audit import Who
from store.models import Adjustment, Indicator, Task
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
    assert "지표 2개 · 계획과 견준 2개 중 계획대로 1개, 부진 1개 · 실적을 묻는 2개 중 미입력 2개" in said
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


@pytest.mark.parametrize(
    ("said", "end", "number"),
    [
        ("1,250 Jun", JUNE, "1250"),
        ("June 1250", JUNE, "1250"),
        ("6월 1,250명", JUNE, "1250"),
        ("Jun 12 명", JUNE, "12"),
        ("3만명", JUNE, "30000"),
        ("5월: 7", date(2026, 5, 31), "7"),
        ("Jun 30 9", JUNE, "9"),
    ],
)
def test_periods_and_numbers_are_typed_in_both_languages(
    july: Chat, said: str, end: date, number: str
) -> None:
    of = add(july, unit="명")
    july.say("이팀장", f"/kpi {of} {said}")
    assert {one.ends_on: one.number for one in row(july, of).values}[end] == number


@pytest.mark.parametrize("said", ["3/8", "3 of 8", "8건 중 3건", "Jun 3 of 8", "3 of 8 June"])
def test_both_counts_of_a_ratio_are_typed_as_people_say_them(july: Chat, said: str) -> None:
    of = add(july, kind=IndicatorKind.RATIO, unit="%")
    july.say("이팀장", f"/kpi {of} {said}")
    newest = row(july, of).values[-1]
    assert (newest.ends_on, newest.number, newest.of) == (JUNE, "3", "8")


@pytest.mark.parametrize("said", ["5천만원", "1.250.000", "Dec 40", "12월 40", "-5", "많이"])
def test_what_is_no_number_or_no_period_that_has_begun_enters_nothing(july: Chat, said: str) -> None:
    of = add(july)
    july.say("이팀장", f"/kpi {of} {said}")
    assert len(row(july, of).values) == 5


def test_in_january_october_is_that_of_the_year_before(july: Chat) -> None:
    of = add(july)
    july.clock.current = kst(2027, 1, 8, 10)
    [said] = july.say("이팀장", f"/kpi {of} October 12")
    assert "2026. 10. 31.(토)까지의 실적을 적었습니다" in said


def test_an_indicator_is_found_by_its_name_and_its_picture_is_one_tap(july: Chat) -> None:
    one, _ = add(july, "방문 상담"), add(july, "전화 상담")
    [said] = july.say("이팀장", "/kpi 상담")
    assert "방문 상담" in said and "전화 상담" in said
    [said] = july.say("이팀장", "/kpi 방문상담")
    assert f"[지표 {one}]" in said
    july.tap("이팀장", "월별 그림")
    wanted = july.owed(july.people["이팀장"])[-1].payload[PICTURE]
    with july.store.read() as session:
        name, content = picture.file_of(session, wanted, july.office, july.clock.now()) or ("", b"")
    assert (name, content[:4]) == (f"지표{one}.png", b"\x89PNG")
    with july.store.write() as session:
        session.get_one(Indicator, one).department_id = officers.ensure_department(session, "먼과").id
    with july.store.read() as session:
        assert picture.file_of(session, wanted, july.office, july.clock.now()) is None


def test_of_several_departments_the_planning_office_sees_the_one_with_most_behind_first(july: Chat) -> None:
    here, there = add(july, "느린 것"), add(july, "다른 과의 것")
    with july.store.write() as session:
        other = officers.ensure_department(session, "먼과")
        session.get_one(Indicator, there).department_id = other.id
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 6, 3, 9), RULES)
        for month in range(1, 6):
            end = ends_of(session.get_one(Indicator, there), 2026)[month - 1]
            steps.enter_value(deed, there, end, Amount("120"))
    [said] = july.say("최기획", "/kpi")
    assert said.index("도로과: 지표 1개 · 계획대로 0/1 · 부진 1개 · 미입력 1개") < said.index(
        "먼과: 지표 1개"
    )
    assert "계획과 견준 2개 중 계획대로 1개, 부진 1개 · 실적을 묻는 2개 중 미입력 2개" in said
    july.tap("최기획", "도로과")
    edited = july.owed(july.people["최기획"])[-1].payload["text"]
    assert "느린 것" in edited and "다른 과의 것" not in edited
    assert here


def test_where_nothing_is_planned_the_counts_say_that(july: Chat) -> None:
    with july.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 1, 5, 9), RULES)
        place = officers.department(session, "도로과")
        steps.add(deed, Entry(name="상담", kind=IndicatorKind.COUNT, department=place))
    [said] = july.say("최기획", "/kpi")
    assert "지표 1개 · 계획과 견줄 지표가 아직 없음" in said
    assert "0개" not in said


def test_the_card_of_a_task_and_the_status_have_its_indicators_with_counts_and_day(july: Chat) -> None:
    with july.store.read() as session:
        task = session.query(Task).first()
        assert task is not None
    add(july, task=task)
    [card] = july.say("최기획", f"/task {task.id}")
    assert "■ 성과지표" in card
    assert "200건 / 계획 500건 (40.0%, 2026. 5. 31. 기준) · 부진" in card
    [status] = july.say("최기획", "/status")
    assert "지표 1개 · 계획과 견준 1개 중 계획대로 0개, 부진 1개 · 실적을 묻는 1개 중 미입력 1개" in status
    assert "200건 / 계획 500건 (40.0%, 2026. 5. 31. 기준)" in status
    with july.store.write() as session:
        session.get_one(Task, task.id).is_secret = True
    [card] = july.say("최기획", f"/task {task.id}")
    assert "상담" not in card


def test_a_target_is_changed_by_a_proposal_and_its_approval_and_the_first_is_kept(july: Chat) -> None:
    with july.store.read() as session:
        task = session.query(Task).first()
        assert task is not None
    of = add(july, task=task)
    with july.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 1, 6, 9), RULES)
        steps.set_target(deed, of, Amount("1200"), 2026)
    [said] = july.say("이팀장", f"/adjust 지표 {of} 900 국비가 줄었음")
    assert f"지표 {of}번 상담: 2026년 목표 1,200건 → 900건" in said
    with july.store.read() as session:
        [made] = session.query(Adjustment).all()
    assert row(july, of).targets[-1].number == "1200"
    assert row(july, of).proposed[0].number == "900"
    assert "목표 1,200건 → 900건" in july.say("최기획", f"/adjustments {made.id}")[0]
    for step in ("협의", "변경안 900건", "검토", "심의", "확정 승인"):
        july.say("최기획", f"/adjustments {made.id} {step}")
    whole = row(july, of).targets[-1]
    assert whole.first is not None
    assert (whole.number, whole.first.number, whole.adjustment) == ("900", "1200", made.id)
    assert f"목표 1,200건 → 900건 (조정 #{made.id})" in july.say("이팀장", "/kpi")[0]


def test_a_departments_own_target_is_the_planning_offices_to_change(july: Chat) -> None:
    of = add(july)
    [said] = july.say("이팀장", f"/adjust 지표 {of} 10월 40 인력이 줄었음")
    assert "목표는 기획실이 바꿉니다" in said
    [said] = july.say("최기획", f"/adjust 지표 {of} 10월 40 인력이 줄었음")
    assert "목표를 바꾸었습니다" in said and "(당초 100건)" in said


def test_what_is_remembered_of_how_it_stands_follows_an_approved_target(july: Chat) -> None:
    with july.store.read() as session:
        task = session.query(Task).first()
        assert task is not None
    of = add(july, task=task)

    def rate() -> Fraction | None:
        with july.store.read() as session:
            [found] = standings.placed(session, date(2026, 7, 7), RULES.indicators.bound)
            return found.of.rate

    assert rate() == Fraction(200, 500)
    july.say("이팀장", f"/adjust 지표 {of} 5월 1 국비가 줄었음")
    assert rate() == Fraction(200, 500)
    with july.store.read() as session:
        [made] = session.query(Adjustment).all()
    for step in ("협의", "변경안 1건", "검토", "심의", "확정 승인"):
        july.say("최기획", f"/adjustments {made.id} {step}")
    assert rate() == Fraction(200, 401)
