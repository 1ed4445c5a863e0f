"""Every date of a document is registered, asked, or set aside with a reason; what was not read is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import plan_words
from plans.draft import Account, Finding, PlanDraft
from plans.errors import PlanError
from plans.extract import read_draft
from plans.read import plan_of
from plans.time.scan import find_dates

HEAD = "2027년도 주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n"


def drafted(body: str) -> PlanDraft:
    return read_draft(HEAD + body, None)


def account_of(body: str) -> Account:
    account = drafted(body).account
    assert account is not None
    return account


def findings(body: str, code: str) -> list[Finding]:
    return [one for one in drafted(body).findings if one.kind == code]


@pytest.mark.open_door("kind D")
def test_registered_asked_and_set_aside_make_up_all_dates() -> None:
    account = account_of(
        "□ 사업개요\n ○ 사업기간 : 2027. 1. ~ 2028. 12.\n"
        "□ 추진계획\n ○ 2027. 3. 2. : 착수\n ○ 2027. 2. 30. : 보고회\n  ※ 2027. 1. 공모 선정\n"
    )
    assert (account.total, account.registered, account.asked) == (6, 2, 1)
    assert account.aside == {"outside": 1, "period": 2}
    assert plan_words.account(account).startswith("날짜 6개: 등록 2, 확인 1, ")


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize(
    "line",
    [
        "민원실 조성 ’27. 3.",
        "’27.下 조례 정비 및 민원실 조성",
        "착공 : 당초 9월에서 내년 3월로 조정",
    ],
)
def test_a_line_that_looks_like_an_entry_and_became_nothing_is_told_with_its_number(line: str) -> None:
    [found] = findings(f"□ 사업개요\n ○ 규모 : 3동\n{line}\n□ 추진계획\n ○ 3월 : 착수\n", "unread")
    assert found.line == 9
    assert "1줄" in plan_words.finding(found)


@pytest.mark.parametrize(
    "line",
    [
        " ○ 2027. 1. 1. 기준 이용자 1,200명",
        " ○ 이용자 1,200명(2027. 1. 기준)",
        " ○ 사업기간 : 2027. 1. ~ 12.",
        " ○ 2026. 3. 조례 제정",
        " ○ 2027년은 시정의 전환점이 되는 해",
    ],
)
def test_periods_statistics_history_and_prose_are_not_called_unread(line: str) -> None:
    assert not findings(f"□ 현황\n{line}\n□ 추진계획\n ○ 3월 : 착수\n", "unread")


def test_a_time_alone_below_a_sections_title_is_no_entry() -> None:
    draft = drafted("□ 추진계획\n ○ 3월 : 착수\n\n ○ 추진 실적\n\n1분기\n\n2분기\n\n ○ 지난 계획\n\n3분기\n")
    assert [one.title for one in draft.tasks[0].milestones] == ["착수"]


@pytest.mark.parametrize(
    "table",
    [
        "□ 연도별 추진계획\n\n구분\t2026년\t2027년\t2028년\n나무 심기\t9개소<br>(3억원)\t12곳\t3개 과정\n",
        "□ 추진일정\n\n과정명\t기간\n6개 과정\t2027. 4. 2. ~ 4. 4.\n5개 과정\t2027. 5. 2. ~ 5. 4.\n",
    ],
    ids=["years", "rows"],
)
def test_a_count_beside_a_time_is_no_action(table: str) -> None:
    draft = drafted(f"□ 추진계획\n ○ 3월 : 착수\n{table}")
    assert [one.title for one in draft.tasks[0].milestones] == ["착수"]
    assert not findings(table, "unread")


def test_above_a_third_the_rest_is_not_to_be_registered_unseen() -> None:
    lines = "".join(f" ○ 당초 ’27. {number + 3}. 민원실 조성을 조정함\n" for number in range(2))
    assert account_of(f"□ 사업개요\n{lines}□ 추진계획\n ○ 3월 : 착수\n").is_mostly_unread
    more = "".join(f" ○ {month}월 : 점검 {month}\n" for month in range(1, 8))
    assert not account_of(f"□ 사업개요\n{lines}□ 추진계획\n{more}").is_mostly_unread


def test_lines_outside_all_tasks_are_told_and_not_called_unread() -> None:
    text = "□ 추진계획\n ○ 3월 : 착수\n\n붙임 1  행사 목록\n\n행사\t일자\n꽃 잔치\t4. 2.\n빛 잔치\t9. 3.\n"
    assert not findings(text, "unread")
    [found] = findings(text, "outside-tasks")
    assert "2건" in plan_words.finding(found)
    assert account_of(text).unread_share == 0


@pytest.mark.open_door("kind D")
def test_a_document_without_tasks_lists_its_dated_lines() -> None:
    with pytest.raises(PlanError) as caught:
        plan_of("한별 구정 소식\n구민회관은 2019년 3월에 문을 열었다.\n07월에는 장마가 길었다.\n")
    first, *listed = plan_words.refusal(caught.value).split("\n")
    assert first.endswith("날짜가 적힌 줄이 2줄 있습니다.")
    assert listed == ["2행 구민회관은 2019년 3월에 문을 열었다.", "3행 07월에는 장마가 길었다."]


LINES = [
    *(" ○ 3월 : 착수", " ○ 2027. 2. 30. : 보고", "※ 2029. 1. 협의", "시기\t내용\n4월\t점검\n5월\t정산"),
    *("□ 2026년 추진실적", "’27.下 본공사", " ○ 사업기간 : ’26. 3. ~ ’28. 2.", "1분기\t2분기\t3분기"),
    *("2. 별빛길 정비", " ○ 1단계(’26~’27) → 2단계(’28~)", "시설\t1월\t2월\t3월\n점검\t●\t\t●"),
]


@pytest.mark.open_door("kind D")
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_the_sum_holds_whatever_stands_in_a_document(lines: list[str]) -> None:
    account = account_of("□ 추진계획\n" + "\n".join(lines) + "\n")
    assert account.holds
    assert account.total >= account.registered + account.asked


def test_a_time_that_counts_from_a_condition_is_asked() -> None:
    [found] = findings("□ 추진계획\n ○ 계약 후 30일 이내 착수 보고\n ○ 3월 : 착수\n", "after-condition")
    assert (found.line, "착수 보고" in plan_words.finding(found)) == (8, True)


def test_a_total_above_what_was_found_is_told() -> None:
    text = (
        "2027년도 주요업무계획\n\n한별시\n\n총 10개 과제\n\n1. 하늘마당 조성\n\n□ 추진계획\n ○ 3월 : 착수\n"
    )
    [found] = [one for one in read_draft(text, None).findings if one.kind == "tasks-missing"]
    assert (found.line, "10개" in plan_words.finding(found)) == (5, True)


def test_a_row_with_nothing_but_an_action_may_be_a_title_and_is_told_instead_of_registered() -> None:
    table = "□ 추진일정\n\n추진사항\t추진일자\n기공식\t3. 4.\n마무리 단계\t\n준공식\t9. 5.\n"
    [found] = findings(table, "time-missing")
    assert "'마무리 단계'" in plan_words.finding(found)
    assert found.severity == "note"


def test_a_span_of_months_behind_a_short_year_looks_like_a_date_and_a_span_of_figures_does_not() -> None:
    assert [one.text for one in find_dates("배움터 21.5~12, 체험 21.4 ~ 6")] == ["21.5", "21.4"]
    assert find_dates("기온 21.5~30도, 비율 15.2~8.5%") == []
