"""Who has a task in charge, in the forms in which plans say it: rows, columns, lines, brackets."""

from __future__ import annotations

import pytest

from plans.extract import read_draft
from plans.fields.charge import charge_of, closing_charge, read_lead
from plans.fields.people import department_in, read_people
from plans.structure.cover import read_cover
from plans.text.lines import split_lines

FORMS = {
    "담당\t공원과장 가나다(4101)\t숲길팀장 라마바(4102)\t담당자 사아자(4103)": (
        "공원과",
        ["사아자", "라마바", "가나다"],
        ["4103", "4102", "4101"],
    ),
    "담당\t과장 가나다(4101)\t숲길 팀장 라마바 (4102)\t사아자(4103)<br>담당자 차카타(4104)": (
        None,
        ["사아자", "차카타", "라마바", "가나다"],
        ["4103", "4104", "4102", "4101"],
    ),
    "담당부서\t부서장\t팀장\t담당자\n총무과\t가나다\t라마바\t사아자": (
        "총무과",
        ["사아자", "라마바", "가나다"],
        [],
    ),
    "담당부서\t총무과\t팀장\t라마바\t담당자\t사아자\t연락처\t041-000-1234": (
        "총무과",
        ["사아자", "라마바"],
        ["041-000-1234"],
    ),
    "총괄부서 안전과장 : 가나다 ☎ 2000-8010 안전팀장 : 라마바 ☎ 8034 담당 : 사아자 ☎ 8035": (
        "안전과",
        ["사아자", "라마바", "가나다"],
        ["2000-8035", "2000-8034", "2000-8010"],
    ),
    "○ 담당자: 주무관 가나다(☎ 041-000-1234)": (None, ["가나다"], ["041-000-1234"]),
    "○ 주관: 총무과(협조: 세무과, 도로과)": ("총무과", [], []),
    "○ 총괄부서 : 법무지원팀": ("법무지원팀", [], []),
    " - 도서관 다섯 곳 (총무과, 가나다 ☏1234)": ("총무과", ["가나다"], ["1234"]),
}


@pytest.mark.parametrize("text", list(FORMS))
def test_office_people_and_numbers_are_read_from_every_usual_form(text: str) -> None:
    found = charge_of(split_lines(text))
    names = [one.name for one in found.officers]
    assert (found.department, names, found.phones) == FORMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "담당부서\t부서장\t팀장\t담당자",
        "담당 업무를 나누어 맡음",
        "○ 주관 방송사와 협의",
        "총괄 계획 수립(2031. 3.)",
        " - 둘레길 조성 (1구간, 2031년)",
        "※ 담당자: 주무관 가나다(☎ 041-000-1234)",
    ],
)
def test_words_that_only_sound_like_charge_name_nobody(text: str) -> None:
    found = charge_of(split_lines(text))
    assert (found.department, found.officers, found.phones) == (None, [], [])


def test_partners_in_a_bracket_are_no_part_of_the_lead() -> None:
    assert read_lead("총무과(협조: 세무과, 도로과)") == ("총무과", ["세무과", "도로과"])


def test_a_bracket_behind_a_title_is_taken_from_it_where_it_names_office_and_number() -> None:
    title, charge = closing_charge("도서관 세우기 (총무과, 가나다 ☏1234)")
    assert (title, charge.department) == ("도서관 세우기", "총무과")
    assert closing_charge("도서관 세우기 (1단계)")[0] == "도서관 세우기 (1단계)"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("공원과장 가나다", "공원과"),
        ("푸른도시국장 가나다, 공원과장 라마바", "공원과"),
        ("숲길팀장 가나다", "숲길팀"),
        ("기획실 가나다", "기획실"),
        ("재난안전본부 가나다", "재난안전본부"),
        ("가병국 주무관", None),
    ],
)
def test_an_office_is_named_by_itself_or_by_its_head(text: str, office: str | None) -> None:
    assert department_in(text) == office


def test_a_vacant_seat_is_nobody() -> None:
    assert read_people("미정") == []
    assert [one.name for one in read_people("담당자 공석, 팀장 가나다")] == ["가나다"]


PLAN = "2031년도 주요업무계획\n\n한별시\n\n1. 숲길 잇기\n\n□ 추진계획\n ○ ’31. 3. : 설계 착수\n"


def test_the_row_below_a_project_gives_its_office_and_people() -> None:
    [task] = read_draft(f"{PLAN}담당\t공원과장 가나다(4101)\t담당자 사아자(4103)\n").tasks
    assert (task.department, [one.name for one in task.officers]) == ("공원과", ["사아자", "가나다"])


def test_the_projects_own_office_wins_over_that_of_the_cover() -> None:
    plan = PLAN.replace("한별시", "푸른숲본부")
    assert read_draft(plan).tasks[0].department == "푸른숲본부"
    assert read_draft(f"{plan} ○ 총괄부서 : 공원과\n").tasks[0].department == "공원과"


@pytest.mark.parametrize(
    "line",
    [
        "신공항추진본부",
        "보건환경연구원",
        "도 시 재 생 센 터",
        "푸른숲가꾸기사업소",
        "시립미술관",
        "상수도사업본부",
    ],
)
def test_offices_of_every_kind_stand_on_covers(line: str) -> None:
    cover = read_cover(split_lines(f"2031년도 주요업무계획\n{line}\n\n□ 개요"))
    assert cover.department == line.replace(" ", "")


def test_a_committee_that_a_plan_is_shown_to_is_neither_its_title_nor_its_office() -> None:
    cover = read_cover(
        split_lines("2031. 2. 13.(목).10:00\n안 전 위 원 회\n2031년도 주요업무계획\n교통국\n\n□ 개요")
    )
    assert (cover.title, cover.department) == ("2031년도 주요업무계획", "교통국")


@pytest.mark.parametrize(
    "word", ["차년도", "완료도", "종합계획도", "푸른도시", "실시", "동시", "정책연구", "필요시"]
)
def test_words_that_merely_end_as_places_do_are_none(word: str) -> None:
    assert read_cover(split_lines(f"2031년 {word} 추진계획\n{word}\n\n□ 개요")).organisation is None


@pytest.mark.parametrize("place", ["한별시", "가온군", "새봄구", "중구", "경기도", "한별특별자치도"])
def test_a_place_alone_on_a_line_is_the_organisation(place: str) -> None:
    assert read_cover(split_lines(f"2031년 주요업무계획\n{place}\n\n□ 개요")).organisation == place


def test_a_bracket_behind_a_projects_title_is_who_has_it_in_charge_and_no_part_of_the_title() -> None:
    plan = PLAN.replace("숲길 잇기", "숲길 잇기 (공원과, 가나다 ☏1234)")
    [task] = read_draft(plan).tasks
    assert (task.title, task.department, task.phones) == ("숲길 잇기", "공원과", ["1234"])
    assert [one.name for one in task.officers] == ["가나다"]


def test_a_card_with_fields_for_its_heads_has_them_behind_who_does_the_work() -> None:
    card = "1-1-① 숲길 잇기\n\n담당부서\t공원과\t팀장\t라마바\n담당자\t가나다\t연락처\t041-000-1234\n\n"
    card += "□ 추진계획\n ○ ’31. 3. : 설계\n"
    [task] = read_draft(f"2031년 계획\n\n{card}").tasks
    assert [(one.name, one.rank) for one in task.officers] == [("가나다", None), ("라마바", "팀장")]


def test_the_office_of_a_register_without_its_column_stands_before_the_name() -> None:
    rows = "연번\t과제명\t담당자\t추진상황\n"
    rows += "1\t숲길 잇기\t공원과 가나다(4101)\t정상추진\n"
    rows += "2\t꽃길 잇기\t총무과 라마바(4102)\t완료\n"
    tasks = read_draft(f"2031년 공약 현황\n\n{rows}").tasks
    assert [(one.department, [it.name for it in one.officers], one.phones) for one in tasks] == [
        ("공원과", ["가나다"], ["4101"]),
        ("총무과", ["라마바"], ["4102"]),
    ]
