"""Plans by years: columns headed by years, an act in each cell (연차별 추진계획)."""

from __future__ import annotations

import pytest

from plans.draft import MilestoneDraft, PlanDraft
from plans.extract import read_draft
from plans.readers import md


def of_page(*rows: str, title: str = "연차별 추진계획") -> PlanDraft:
    """The draft of a page with one table."""
    text = f"# 한별시 공약\n\n{title}\n\n" + "\n".join(rows) + "\n"
    return read_draft(md.read(text.encode()).text, 2031)


def told(draft: PlanDraft) -> list[str]:
    """Task, act and years of every entry."""
    return [
        f"{task.title} | {entry.title} | {_years(entry)}" for task in draft.tasks for entry in task.milestones
    ]


def _years(entry: MilestoneDraft) -> str:
    window = entry.windows[0]
    return f"{window.start:%Y%m}-{window.due:%Y%m}" if window.start and window.due else "?"


HEAD = "| 공 약 명 | 2031 | 2032 | 2033 | 담당 부서 |\n|---|---|---|---|---|"


def test_years_without_a_word_head_the_acts_of_each_pledge() -> None:
    draft = of_page(
        HEAD,
        "| 1. 별빛 도서관 짓기 | 부지 매입 | 설계 | 착공 | 문화 관광과 |",
        title="공약 실천계획 및 로드맵",
    )
    assert told(draft) == [
        "1. 별빛 도서관 짓기 | 부지 매입 | 203101-203112",
        "1. 별빛 도서관 짓기 | 설계 | 203201-203212",
        "1. 별빛 도서관 짓기 | 착공 | 203301-203312",
    ]
    assert draft.tasks[0].department == "문화 관광과"


def test_titles_of_groups_between_numbered_pledges_part_no_table() -> None:
    """A cell over all columns is one cell without others in a sheet."""
    text = (
        "공약 실천계획 및 로드맵\n공약명\t2031\t2032\t2033\t담당부서\n머무는 도시 (2건)\n"
        "1. 별빛 도서관\t부지 매입\t설계\t착공\t문화과\n2. 숲길\t설계\t착공\t준공\t녹지과\n"
        "걷는 도시 (1건)\n3. 다리\t타당성 용역\t\t\t도로과\n"
    )
    assert told(read_draft(text, None)) == [
        "1. 별빛 도서관 | 부지 매입 | 203101-203112",
        "1. 별빛 도서관 | 설계 | 203201-203212",
        "1. 별빛 도서관 | 착공 | 203301-203312",
        "2. 숲길 | 설계 | 203101-203112",
        "2. 숲길 | 착공 | 203201-203212",
        "2. 숲길 | 준공 | 203301-203312",
        "3. 다리 | 타당성 용역 | 203101-203112",
    ]


CARDS = """2031년 공약사항 실천계획

푸른 숲길 만들기
추진부서 : 녹지과 숲길팀(☎6017)
협조기관(부서) : 도로과
Ⅰ. 사업목표
○ 마을을 잇는 숲길
Ⅴ. 추진계획

2031년\t- 기본 계획 수립
2032년\t- 1구간 착공

강변 도서관 짓기
추진부서 : 문화과 도서관팀(☎7472)
Ⅴ. 추진계획

2031년\t- 설계 공모
2033년\t- 준공
"""


def test_a_title_above_its_department_heads_a_task_and_rows_of_years_hold_its_acts() -> None:
    draft = read_draft(CARDS.replace("2033", "2032"), None)
    assert told(draft) == [
        "푸른 숲길 만들기 | 기본 계획 수립 | 203101-203112",
        "푸른 숲길 만들기 | 1구간 착공 | 203201-203212",
        "강변 도서관 짓기 | 설계 공모 | 203101-203112",
        "강변 도서관 짓기 | 준공 | 203201-203212",
    ]
    assert [task.department for task in draft.tasks] == ["녹지과 숲길팀", "문화과 도서관팀"]


def test_years_that_miss_one_are_a_list_all_the_same() -> None:
    assert told(read_draft(CARDS, None))[-1] == "강변 도서관 짓기 | 준공 | 203301-203312"


def test_rows_of_years_that_hold_amounts_are_no_acts() -> None:
    assert told(read_draft(CARDS.replace("- 1구간 착공", "60%"), None))[:1] != [
        "푸른 숲길 만들기 | 기본 계획 수립 | 203101-203112"
    ]


def test_the_same_words_in_two_years_are_due_in_each() -> None:
    draft = of_page(HEAD, "| 1. 마을 목공소 넓히기 | 장비 지원 | 장비 지원 | - | 일자리과 |")
    assert told(draft) == [
        "1. 마을 목공소 넓히기 | 장비 지원 | 203101-203112",
        "1. 마을 목공소 넓히기 | 장비 지원 | 203201-203212",
    ]


def test_a_row_whose_cells_slid_is_told_and_not_registered() -> None:
    draft = of_page(
        HEAD,
        "| 1. 별빛 도서관 짓기 | 부지 매입 | 설계 | 착공 | 문화과 |",
        "| 2. 강변 쉼터 만들기 | 설계 | 조성 | 공원과 ||",
    )
    assert [task.title for task in draft.tasks] == ["1. 별빛 도서관 짓기", "2. 강변 쉼터 만들기"]
    assert draft.tasks[1].milestones == []
    assert [one.code for one in draft.findings].count("cells-differ") == 1


SLID = (
    "| 연번 | 공약명 | 추진목표(지표) | 연차별 추진계획 |||",
    "|---|---|---|---|---|---|",
    "| 2031년 | 2032년 | 2033년 ||||",
    "| 1 | 달빛 골목 정비 | 골목 지도 만들기 | 조사 용역 | 지도 완성 | - |",
    "| 가로등 바꾸기 | - | 설계 | 설치 |||",
)


def test_rows_below_a_merged_pledge_stand_below_their_years_again() -> None:
    assert told(of_page(*SLID)) == [
        "달빛 골목 정비 | 골목 지도 만들기 조사 용역 | 203101-203112",
        "달빛 골목 정비 | 골목 지도 만들기 지도 완성 | 203201-203212",
        "달빛 골목 정비 | 가로등 바꾸기 설계 | 203201-203212",
        "달빛 골목 정비 | 가로등 바꾸기 설치 | 203301-203312",
    ]


def test_where_a_numbered_row_is_too_short_no_row_is_moved() -> None:
    rows = (*SLID, "| 2 | 물길 열기 | 하천 정비 | 설계 | 착공 |")
    draft = of_page(*rows)
    assert not [line for line in told(draft) if "가로등" in line or "하천" in line]
    assert [one.code for one in draft.findings].count("cells-differ") == 2


@pytest.mark.parametrize("cell", ["20%", "4", "초·중 40팀", "1,200백만원", "-", "3개소(누적)"])
def test_what_is_to_be_reached_is_no_act(cell: str) -> None:
    draft = of_page(HEAD, f"| 1. 별빛 도서관 짓기 | {cell} | 설계 | 착공 | 문화과 |")
    assert len(told(draft)) == 2


@pytest.mark.parametrize("label", ["연도별 목표", "총사업비", "이용자 수(명)", "시비"])
def test_rows_of_goals_and_money_give_nothing(label: str) -> None:
    draft = of_page(
        "| 구분 | 2031년 | 2032년 |\n|---|---|---|",
        "| 설계 | 현상 공모 | 실시설계 |",
        f"| {label} | 시범 운영 | 확대 |",
    )
    assert [line.split(" | ")[1] for line in told(draft)] == ["설계 현상 공모", "실시설계"]


def test_months_within_a_years_cell_are_more_exact() -> None:
    draft = of_page(HEAD, "| 1. 별빛 도서관 짓기 | 3월 공모, 9월 선정 | 착공(5월) | 준공 | 문화과 |")
    assert [line.split(" | ", 1)[1] for line in told(draft)] == [
        "공모 | 203103-203103",
        "선정 | 203109-203109",
        "착공 | 203205-203205",
        "준공 | 203301-203312",
    ]


def test_a_term_begins_and_ends_with_half_a_year() -> None:
    draft = of_page(
        "| 연번 | 공약명 | 2030년(하) | 2031년 | 2032년 상반기 |\n|---|---|---|---|---|",
        "| 1 | 달빛 골목 정비 | 조사 | 설계 | 준공 |",
    )
    assert [line.split(" | ", 1)[1] for line in told(draft)] == [
        "조사 | 203007-203012",
        "설계 | 203101-203112",
        "준공 | 203201-203206",
    ]


def test_years_without_an_end_are_asked() -> None:
    draft = of_page(
        "| 연번 | 공약명 | 2031년 | 2032년 | 2033년 이후 |\n|---|---|---|---|---|",
        "| 1 | 달빛 골목 정비 | 조사 | 설계 | 준공 |",
    )
    assert [line.split(" | ")[1] for line in told(draft)] == ["조사", "설계"]
    assert [one.title for one in draft.tasks[0].asked] == ["달빛 골목 정비 준공"]


def test_what_a_plan_by_years_completes_is_still_to_come() -> None:
    draft = of_page(HEAD, "| 1. 별빛 도서관 짓기 | 설계 | 착공 | 사업완료 | 문화과 |")
    assert not any(entry.done for entry in draft.tasks[0].milestones)


@pytest.mark.parametrize("title", ["재정 현황", "연도별 투자계획"])
def test_tables_of_figures_by_years_are_no_plan(title: str) -> None:
    draft = of_page(
        "| 1 | 공약 |\n",
        "| 연번 | 사업명 | 2031년 | 2032년 |\n|---|---|---|---|",
        "| 1 | 별빛 도서관 짓기 | 1,200 | 2,300 |",
        "\n□ 추진계획\n\n ○ 2031. 3. : 착공\n",
        title=title,
    )
    assert [line.split(" | ")[1] for line in told(draft)] == ["착공"]


def test_a_chart_whose_years_are_parted_is_not_read_as_whole_years() -> None:
    draft = of_page(
        "| 단계 | 2031년 | 2032년 | | 2033년 |\n|---|---|---|---|---|",
        "| 준비 | 위원회 구성 | 설계 | 착공 | 준공 |",
        "\n□ 추진계획\n\n ○ 2031. 3. : 착수\n",
    )
    assert [line.split(" | ")[1] for line in told(draft)] == ["착수"]


GOALS = """2031년 공약 실천카드

하늘마당 조성

담당부서\t공원과

○ 연차별 추진계획

최종목표\t연차별 달성 목표\t
하늘마당 열기\t2028년\t기본계획 수립
\t2029년\t부지 매입
\t2030년\t설계 공모
\t2031년\t착공

성과지표

주요지표\t구 분\t2028년\t2029년\t2030년\t2031년
하늘마당\t목 표\t계획\t부지\t설계\t착공
\t실 적\t· 기본계획 수립\t{second}\t{third}\t{fourth}
"""


@pytest.mark.parametrize(
    ("second", "third", "fourth", "done"),
    [
        ("부지 3필지 매입('29.09.)", "설계 공모 추진 중", "", ["기본계획 수립", "부지 매입"]),
        ("-", "설계 공모 미시행", "착공", ["기본계획 수립"]),
        ("40%", "· 설계 공모(3회) · 당선작 선정", "", ["기본계획 수립", "설계 공모"]),
    ],
)
def test_what_past_years_were_to_bring_is_done_where_their_result_is_printed(
    second: str, third: str, fourth: str, done: list[str]
) -> None:
    text = GOALS.format(second=second, third=third, fourth=fourth)
    entries = [one for task in read_draft(text, 2031).tasks for one in task.milestones]
    assert [one.title for one in entries] == ["기본계획 수립", "부지 매입", "설계 공모", "착공"]
    assert [one.title for one in entries if one.done] == done


def test_goals_without_a_row_of_results_stay_as_they_are() -> None:
    rows = GOALS[: GOALS.index("\t실 적")]
    entries = [one for task in read_draft(rows, 2031).tasks for one in task.milestones]
    assert len(entries) == 4 and not any(one.done for one in entries)


def test_where_the_plan_names_no_year_its_dates_tell_which_years_are_past() -> None:
    text = GOALS.format(second="부지 매입", third="설계 공모", fourth="").replace("2031년 공약", "공약")
    draft = read_draft(f"{text}\n○ 추진일정\n\n- 개장식 : '31. 9. 1.\n")
    assert draft.plan_year is None
    entries = [one for task in draft.tasks for one in task.milestones]
    assert [one.title for one in entries if one.done] == ["기본계획 수립", "부지 매입", "설계 공모"]
