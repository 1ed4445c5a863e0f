"""The year that an entry does not write: where it comes from, and where it never does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import plan_words
from plans.draft import PlanDraft
from plans.extract import read_draft
from plans.preview import proposed_year, with_proposed_year
from plans.text.characters import APOSTROPHES

HEAD = "2027년도 주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n"
NEXT = "2. 별빛길 정비\n\n□ 추진계획\n ○ 9월 : 설명회 개최\n"


def drafted(body: str, year: int | None = None, head: str = HEAD, tail: str = NEXT) -> PlanDraft:
    return read_draft(head + body + "\n" + tail, year)


def starts(draft: PlanDraft) -> dict[str, str]:
    """Action -> first day of its first window."""
    entries = [one for task in draft.tasks for one in task.milestones if one.windows]
    return {one.title: str(one.windows[0].start or one.windows[0].due)[:7] for one in entries}


def asked(draft: PlanDraft) -> list[str]:
    return [plan_words.finding(one) for one in draft.findings if one.kind == "year-unknown"]


WRITTEN = [
    ("a heading line", "□ 추진계획\n ○ 2029년 추진계획\n  - 3월 : 기공식\n", "2029-03"),
    ("a short year in a heading line", "□ 추진계획\n ○ ’29년\n  - 3월 : 기공식\n", "2029-03"),
    ("a section's title", "□ 2029년 추진계획\n ○ 3월 : 기공식\n", "2029-03"),
    ("a section's title in brackets", "□ 추진계획(2029년)\n ○ 3월 : 기공식\n", "2029-03"),
    ("the other name of a stage", "□ 추진계획\n ○ 2차년도(2029년)\n  - 3월 : 기공식\n", "2029-03"),
    (
        "a year over quarters",
        "□ 추진일정\n\n구분\t2028년\t\t2029년\t\n\t1분기\t2분기\t1분기\t2분기\n기공식\t\t\t●\t\n",
        "2029-01",
    ),
    ("a year over months in cells", "□ 추진일정\n\n구분\t2028년\t2029년\n기공식\t\t3월\n", "2029-03"),
    ("a plain title", "□ 추진계획\n2029년\n ○ 3월 : 기공식\n", "2029-03"),
    ("a title in brackets", "□ 추진계획\n<2029년 추진계획>\n ○ 3월 : 기공식\n", "2029-03"),
    ("the entry it stands under", "□ 추진계획\n ○ 2029. 2. : 착수\n  - 3월 : 기공식\n", "2029-03"),
    ("the entry before it", "□ 추진계획\n ○ 2029. 2. : 착수\n ○ 3월 : 기공식\n", "2029-03"),
    (
        "the end of the entry before it",
        "□ 추진계획\n ○ 2028. 12. ~ 2029. 2. : 착수\n ○ 3월 : 기공식\n",
        "2029-03",
    ),
    ("its own line", "□ 2028년 추진계획\n ○ 2029. 1. ~ 6. 조사(2월) 및 기공식(3월)\n", "2029-03"),
    ("a row above in its table", "□ 추진일정\n\n시기\t추진내용\n2029. 2.\t착수\n3월\t기공식\n", "2029-03"),
    ("a row across its table", "□ 추진일정\n\n시기\t추진내용\n2029년\t\n2월\t착수\n3월\t기공식\n", "2029-03"),
    (
        "a merged cell of its row",
        "□ 추진일정\n\n연도\t시기\t추진내용\n2029년\t2월\t착수\n\t3월\t기공식\n",
        "2029-03",
    ),
    ("nothing but the plan", "□ 추진계획\n ○ 3월 : 기공식\n", "2027-03"),
]


@pytest.mark.parametrize(("what", "body", "expected"), WRITTEN, ids=[one[0] for one in WRITTEN])
def test_a_missing_year_comes_from(what: str, body: str, expected: str) -> None:
    found = starts(drafted(body))
    assert found["기공식"] == expected
    assert found["설명회 개최"] == "2027-09"


NEVER = [
    ("a note", "□ 추진계획\n ○ 2월 : 착수\n  ※ 2029. 1. 공모 선정\n ○ 3월 : 기공식\n"),
    ("a star note", "□ 추진계획\n ○ 2월 : 착수\n  * 2029. 1. : 공모 선정\n ○ 3월 : 기공식\n"),
    ("a bracket", "□ 추진계획\n ○ 공모 접수(2029. 1.)\n ○ 3월 : 기공식\n"),
    ("another section", "□ 2029년 사업계획\n ○ 1월 : 착수\n□ 추진계획\n ○ 3월 : 기공식\n"),
    ("a deeper list", "□ 추진계획\n ○ 착수\n  - 2029. 1. : 계약\n ○ 3월 : 기공식\n"),
    ("a table", "□ 추진계획\n\n시기\t추진내용\n2029. 1.\t계약\n2029. 2.\t착수\n\n ○ 3월 : 기공식\n"),
    ("a result", "□ 추진실적\n ○ 2025. 1. : 계약\n□ 추진계획\n ○ 3월 : 기공식\n"),
    ("a name", "□ 추진계획\n ○ 2029년도 본예산 확보 : 2월\n ○ 3월 : 기공식\n"),
    ("the name of a budget", "□ 2029년도 추경 추진계획\n ○ 3월 : 기공식\n"),
    ("the task before", "□ 추진계획\n ○ 3월 : 기공식\n ○ 2029. 1. ~ 2030. 12. : 본공사\n"),
]


@pytest.mark.parametrize(("what", "body"), NEVER, ids=[one[0] for one in NEVER])
def test_a_year_is_never_taken_from(what: str, body: str) -> None:
    found = starts(drafted(body))
    assert (found["기공식"], found["설명회 개최"]) == ("2027-03", "2027-09")


def test_a_chapter_names_the_year_of_everything_below_it() -> None:
    chapter = (
        "Ⅱ. 2026년 추진성과\n\n1. 하늘마당 조성\n\n□ 추진상황\n ○ 3월 : 기공식\n\nⅢ. 2027년 추진계획\n\n"
    )
    draft = read_draft("2027년도 주요업무계획\n\n한별시\n\n" + chapter + NEXT, None)
    assert starts(draft) == {"기공식": "2026-03", "설명회 개최": "2027-09"}


def test_a_month_that_falls_back_in_a_list_in_order_is_the_next_year_and_said() -> None:
    draft = drafted("□ 추진계획\n ○ 2028. 9. : 설계\n ○ 12월 : 착공\n ○ 3월 : 준공\n")
    assert starts(draft)["준공"] == "2029-03"
    assert [one.line for one in draft.findings if one.code == "year-carried"] == [10]


def test_a_month_that_falls_back_in_a_list_without_order_is_asked() -> None:
    draft = drafted("□ 추진계획\n ○ 2028. 9. : 설계\n ○ 3월 : 준공\n ○ 11월 : 착공\n ○ 2월 : 점검\n")
    assert [one.split("'")[1] for one in asked(draft)] == ["준공", "착공", "점검"]
    assert "준공" not in starts(draft)


def test_a_month_before_an_earlier_year_in_its_list_is_asked() -> None:
    draft = drafted("□ 추진실적\n ○ 2월 : 부지 선정\n ○ 2026. 6. : 설문\n ○ 10월 : 조사\n")
    assert [one.split("'")[1] for one in asked(draft)] == ["부지 선정"]
    assert starts(draft)["조사"] == "2026-10"


def test_a_month_between_the_ends_of_a_span_over_new_year_is_asked() -> None:
    draft = drafted("□ 추진계획\n ○ 동절기 대책 : 11월 ~ 다음해 3월\n ○ 장비 점검 : 10월\n")
    assert [one.split("'")[1] for one in asked(draft)] == ["장비 점검"]


@pytest.mark.parametrize("written", [*(f"{sign}31년도" for sign in APOSTROPHES), "31년도", "’31년", "2031년"])
def test_the_year_of_the_title_is_the_plans_whatever_its_apostrophe_and_the_day_below_it(
    written: str,
) -> None:
    found = read_draft(
        f"{written} 한별시 걷기길 사업 시행지침\n2030. 12.\n\n1. 길 넓히기\n- 착공(3월)\n2. 안내판\n- 설치(4월)\n"
    )
    assert found.plan_year == 2031


def test_a_title_that_names_a_span_of_years_gives_none() -> None:
    draft = drafted(
        "□ 추진계획\n ○ 3월 : 기공식\n", head="2027~2028년 실행계획\n\n한별시\n\n1. 하늘마당 조성\n\n"
    )
    assert (draft.plan_year, starts(draft)) == (None, {})


@pytest.mark.parametrize("title", ["□ 2028년 이후", "□ 2028년부터", "□ ’28. ~", "마. 2028년 이후"])
def test_under_years_without_an_end_every_month_is_asked(title: str) -> None:
    draft = drafted(f"□ 2027년 추진계획\n - 3월 : 착공\n{title}\n - 상반기 : 나무 심기\n - 10월 : 준공\n")
    assert [name for name in starts(draft) if name in {"나무 심기", "준공"}] == []
    assert len(asked(draft)) == 2


def test_a_row_of_a_grid_that_designs_is_no_sum() -> None:
    grid = "□ 추진일정\n\n구분\t1월\t2월\t3월\n실시설계\t●\t\t\n소계\t1\t\t\n"
    assert starts(drafted(grid))["실시설계"] == "2027-01"


def test_an_unordered_list_that_writes_no_year_is_of_the_plan() -> None:
    found = starts(drafted("□ 추진계획\n ○ 9월 : 설계\n ○ 3월 : 준공\n ○ 11월 : 착공\n"))
    assert found == {"설계": "2027-09", "준공": "2027-03", "착공": "2027-11", "설명회 개최": "2027-09"}


def test_without_any_year_every_entry_is_asked_and_none_registered() -> None:
    draft = drafted("□ 추진계획\n ○ 3월 : 기공식\n", head="주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n")
    assert starts(draft) == {}
    assert len(asked(draft)) == 2


def test_the_year_of_a_wish_stands_in_for_a_document_without_one() -> None:
    head = "주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n"
    assert starts(drafted("□ 추진계획\n ○ 3월 : 기공식\n", 2028, head))["기공식"] == "2028-03"


@dataclass(frozen=True)
class Addition:
    """Lines that must not change the year of anything else, and before which entry they go."""

    text: str
    at: int


ENTRIES = [
    "○ 2월 : 설계 착수",
    "○ 5월 : 주민 설명회",
    "○ 2028. 3. : 기공식",
    "○ 10월 : 준공",
    "○ 개관 : 12월",
]
WANTED = {
    "설계 착수": "2027-02",
    "주민 설명회": "2027-05",
    "기공식": "2028-03",
    "준공": "2028-10",
    "개관": "2028-12",
}
years = st.integers(2019, 2035)
notes = st.builds(
    lambda mark, year, month: f"   {mark} {year}. {month}. 관계기관 협의",
    st.sampled_from("※*"),
    years,
    st.integers(1, 12),
)
remarks = st.builds(lambda year: f"   ※ ’{year % 100}. ~ 국비 확보 협의 중", years)
additions = st.builds(Addition, st.one_of(notes, remarks), st.integers(0, len(ENTRIES) - 1))


@given(st.lists(additions, max_size=5))
def test_notes_wherever_they_stand_change_no_other_year(added: list[Addition]) -> None:
    lines: list[str] = []
    for at, entry in enumerate(ENTRIES):
        lines.append(" " + entry)
        lines += [one.text for one in added if one.at == at]
    found = starts(drafted("□ 추진계획\n" + "\n".join(lines) + "\n"))
    assert {title: found.get(title) for title in WANTED} == WANTED


results = st.builds(
    lambda year, month, kind: {
        "section": f"□ {year}년 추진실적\n ○ {month}월 : 지난 행사 개최\n ○ {month}. 15. : 지난 행사 정산\n",
        "table": f"□ {year}년 실적\n\n시기\t추진내용\n{year}. {month}.\t지난 공사\n{month}월\t지난 점검\n\n",
        "loose": f"□ 현황\n ○ {year}. {month}. 기준 이용자 1,200명\n  - {year}년 {month}월 개장\n",
    }[kind],
    years,
    st.integers(1, 12),
    st.sampled_from(["section", "table", "loose"]),
)


@given(st.lists(results, max_size=3), st.lists(results, max_size=3))
def test_other_sections_and_tables_change_no_other_year(before: list[str], behind: list[str]) -> None:
    own = "□ 추진계획\n" + "\n".join(" " + one for one in ENTRIES) + "\n"
    found = starts(drafted("".join(before) + own + "".join(behind)))
    assert {title: found.get(title) for title in WANTED} == WANTED
    assert found["설명회 개최"] == "2027-09"


def test_months_in_brackets_behind_the_actions_of_a_year_are_of_that_year_and_it_goes_on() -> None:
    body = "□ 추진계획\n ○ 2029년 : 준공(6월), 개장식(7월), 백서 발간\n ○ 9월 : 평가\n"
    found = starts(drafted(body))
    assert (found["준공"], found["개장식"], found["백서 발간"], found["평가"]) == (
        "2029-06",
        "2029-07",
        "2029-01",
        "2029-09",
    )


def test_what_ended_before_the_plans_year_in_a_history_that_goes_on_is_done() -> None:
    text = (
        "2031년 한별시 강변 개발\n\n추진현황 및 계획\n○ 2028. 5. : 구역 지정\n○ 2030. 12. : 보상(예정)\n"
        "○ 2031. 2. : 설계\n○ 2032. 6. : 착공\n\n추진일정\n○ 2030. 11. : 주민 설명회\n"
    )
    entries = read_draft(text, 2031).tasks[0].milestones
    assert [(one.title, one.done) for one in entries] == [
        ("구역 지정", True),
        ("보상(예정)", False),
        ("설계", False),
        ("착공", False),
        ("주민 설명회", False),
    ]


NO_YEAR = """한별시 시민참여단 운영

담당부서\t시민과

□ 추진일정
 - 발족 : '30. 4. 24.
 - 공모전 : '31. 3. ~ 5.
 - 성과 목표 : 2034년
"""


def test_a_plan_without_a_year_is_proposed_as_of_the_last_exact_date() -> None:
    draft = read_draft(NO_YEAR)
    assert (draft.plan_year, proposed_year(draft)) == (None, 2031)
    taken = with_proposed_year(draft)
    assert (taken.plan_year, draft.plan_year, taken.findings[0].kind) == (2031, None, "year-proposed")
    assert with_proposed_year(taken) is taken
