"""Goals beside the dates of a plan: rows before and after, goal lines, yearly goals, tables of indicators."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plans.indicators.drafts import IndicatorDraft
from plans.indicators.rows import read_row
from plans.indicators.values import said_in
from plans.read import plan_of

CARD = """2031년 가온군 혁신 실행계획

1-1 마을 쉼터 가꾸기

주관부서	마을과	관련 협업기관	-
담당자	김하늘 주무관	연락처	061-000-1000
소요예산	('31년) 30백만원

"""
TIMES = "\n□ 추진일정\n\n- 쉼터 준공 : 2031. 9.\n"


def goals(text: str) -> tuple[list[IndicatorDraft], list[tuple[int | None, str]], list[int | None]]:
    draft = plan_of(CARD + text + TIMES)
    assert "쉼터 준공" in {one.title for one in draft.tasks[0].milestones}
    task = draft.tasks[0]
    doubts = [one.line for one in draft.findings if one.code == "goal-number"]
    return task.indicators, [(one.year, one.text) for one in task.targets], doubts


def said(one: IndicatorDraft, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def test_two_sides_that_count_the_same_thing_are_one_indicator() -> None:
    table = "□ 성과목표\n\n시행 전\t시행 후\n○ 쉼터 이용 주민 : 1,800명\t○ 쉼터 이용 주민 : 2,400명 이상\n"
    [one], _, doubts = goals(table)
    assert said(one, "name", "unit", "before", "target", "year", "kind", "bound", "line") == {
        "name": "쉼터 이용 주민", "unit": "명", "before": "1800", "target": "2400", "year": 2031, "kind": "count",
        "bound": "least", "line": 12,
    }  # fmt: skip
    assert not doubts


def test_a_stock_and_an_addition_are_two() -> None:
    found, is_doubted = read_row("○ 2030년 쉼터 : 25개소", "○ 쉼터 신규 지정 : 6개소 확충", 1, 2031)
    assert [said(one, "name", "before", "before_year", "target", "year") for one in found] == [
        {"name": "쉼터", "before": "25", "before_year": 2030, "target": None, "year": None},
        {"name": "쉼터 신규 지정", "before": None, "before_year": None, "target": "6", "year": 2031},
    ]
    assert not is_doubted


def test_a_row_of_words_is_one_goal_however_many_bullets_it_has() -> None:
    row = "<ul>○ 차로만 간다</ul>\t<ul>○ 걸어서 간다 ○ 이웃이 만난다</ul>"
    found, _, doubts = goals(f"□ 기대효과\n\n시행 전\t시행 후\n{row}\n-\t○ 조용하다\n○ 시끄럽다\t-\n")
    assert [(one.kind, one.text, one.before, one.target) for one in found] == [
        ("text", "걸어서 간다 ○ 이웃이 만난다", "차로만 간다", None),
        ("text", "조용하다", None, None),
    ]
    assert not doubts


@pytest.mark.parametrize(
    "cell",
    [
        "중위소득 120% 이하 가구부터 지원",
        "20대 청년이 머무는 마을",
        "이용료 50% 감면",
        "전년 대비 사고 5% 감소",
        "연 2회 이웃 만남의 날",
        "쉼터 사업비 300만원",
        "「100인 쉼터」 열기",
        "1인당 3개 나눔",
        "3개 분야 12개 사업으로 이웃을 잇는다",
        "코로나19 이후 돌봄",
        "제2차 쉼터 계획",
    ],
)
def test_conditions_names_ages_and_changes_are_no_values(cell: str) -> None:
    [one], _ = read_row("", cell, 1, 2031)
    assert said(one, "kind", "target", "text") == {"kind": "text", "target": None, "text": cell.strip()}


def test_a_number_that_may_be_a_goal_is_asked() -> None:
    found, _, doubts = goals("□ 성과목표\n\n- 쉼터 12개소와 나무 300그루를 둔 마을\n- 이웃이 만난다\n")
    assert [one.kind for one in found] == ["text", "text"]
    assert doubts == [11]


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        ("이웃 만족도 85% 달성, 걷는 마을", ("이웃 만족도", "%", 85, None, None, None)),
        ("이웃 의견을 들음 (의견 반영률 50% 이상)", ("의견 반영률", "%", 50, "least", None, None)),
        ("홀로 사는 이웃(6,100명)의 약 30% 수혜", ("홀로 사는 이웃 수혜", "%", 30, "about", 6100, None)),
        ("'31년도 기준 12만 명 이상 방문객 유치", ("방문객 유치", "명", 120_000, "least", None, 2031)),
        ("2031년 청렴도 평가 2등급", ("청렴도 평가", "등급", 2, None, None, 2031)),
        ("관내 7개교, 나무 그늘 만들기", ("관내 나무 그늘 만들기", "개교", 7, None, None, None)),
        ("쉼터 : 9개소 (기존 4개소)", ("쉼터", "개소", 9, None, None, None)),
    ],
)
def test_values_with_their_names_bounds_wholes_and_years(cell: str, right: tuple[Any, ...]) -> None:
    [one] = said_in(cell).values
    assert (one.name, one.unit, one.number, one.bound, one.of, one.year) == right


def test_bullets_below_a_title_of_goals_are_goals_and_others_are_none() -> None:
    text = "□ 추진배경\n\n- 쉼터 이용률 20%\n\n□ 성과목표(또는 기대효과)\n\n- 쉼터 이용률 40% 달성\n- 이웃이\n만난다\n* 참고\n"
    found, _, _ = goals(text)
    assert [(one.line, one.target, one.text) for one in found] == [
        (15, "40", "쉼터 이용률 40% 달성"),
        (16, None, "이웃이 만난다"),
    ]


def test_yearly_goals_and_the_final_one() -> None:
    table = "○ 연차별 추진계획\n\n최종목표\t연차별 달성 목표\t\n모든 마을에 쉼터\t2031년\t네 곳\n\t2032년\t여덟 곳\n"
    _, yearly, _ = goals(table)
    assert yearly == [(None, "모든 마을에 쉼터"), (2031, "네 곳"), (2032, "여덟 곳")]


def test_a_table_of_indicators_gives_goals_and_results_by_year() -> None:
    table = (
        "성과지표\n\n주요지표\t구 분\t2030년\t2031년\t2032년\n쉼터 수(개소)\t목 표\t4\t8\t12\n\t실 적\t5\t\t\n"
        "쉼터 지킴이\t목 표\t모집\t활동\t\n\t실 적\t20명 모집\t\t\n"
    )
    found, _, _ = goals(table)
    assert [(one.name, one.unit, one.year, one.target, one.result) for one in found] == [
        ("쉼터 수", "개소", 2030, "4", "5"),
        ("쉼터 수", "개소", 2031, "8", None),
        ("쉼터 수", "개소", 2032, "12", None),
        ("쉼터 지킴이", None, 2030, None, "20명 모집"),
        ("쉼터 지킴이", None, 2031, None, None),
    ]
    assert [one.text for one in found if one.kind == "text"] == ["모집", "활동"]


def test_a_table_with_unit_formula_and_one_goal() -> None:
    table = "성과지표\n\n지표명\t단위\t산출식\t현재('30)\t목표('31)\n쉼터 만족도\t%\t만족 응답/전체 응답\t70\t80\n"
    [one], _, _ = goals(table)
    assert said(one, "name", "unit", "before", "before_year", "target", "year", "formula", "kind") == {
        "name": "쉼터 만족도", "unit": "%", "before": "70", "before_year": 2030, "target": "80", "year": 2031,
        "formula": "만족 응답/전체 응답", "kind": "ratio",
    }  # fmt: skip


def test_the_keys_of_the_interface_are_printed() -> None:
    table = "□ 성과목표\n\n시행 전\t시행 후\n○ 쉼터 이용 주민 180명\t○ 쉼터 이용 주민 240명\n"
    task = json.loads(plan_of(CARD + table + TIMES).as_json(lambda one: one.code))["tasks"][0]
    [one] = task["indicators"]
    assert {"name", "unit", "before", "target", "year", "text", "line"} <= one.keys()
    assert task["targets"] == []
