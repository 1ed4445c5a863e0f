from __future__ import annotations

import pytest

from plans.entries.clauses import read_clauses
from plans.entries.phrase import Unreadable
from plans.fields.money import read_budgets
from plans.fields.people import read_department, read_officers, read_offices, read_phones
from plans.time.timeline import Context


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("('31년) 12.3백만", [(2031, 12_300_000)]),
        ("('31년) 77백만, ('32년) 78백만", [(2031, 77_000_000), (2032, 78_000_000)]),
        (
            "총사업비 : 400백만원 (기추진 150백만원, '31년 250백만원)",
            [(None, 400_000_000), (2031, 250_000_000)],
        ),
        ("8.5백만원(구 100)", [(None, 8_500_000)]),
        ("3억 5천만원", [(None, 350_000_000)]),
        ("1,234,000원", [(None, 1_234_000)]),
        ("국비 100백만원, 시비 50백만원", [(None, 150_000_000)]),
        ("비예산", []),
        ("비예산사업", []),
        ("-", []),
    ],
)
def test_a_budget_is_read_in_won_by_year(text: str, expected: list[tuple[int | None, int]]) -> None:
    assert [(budget.year, budget.krw) for budget in read_budgets(text)] == expected


def test_a_unit_in_the_label_serves_a_bare_figure() -> None:
    assert read_budgets("120", "사업비(백만원)")[0].krw == 120_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가나다 주무관", [("가나다", "주무관")]),
        ("가나다, 라마바, 사아자 주무관", [("가나다", "주무관"), ("라마바", "주무관"), ("사아자", "주무관")]),
        ("가나다 팀장 / 라마바 주무관", [("가나다", "팀장"), ("라마바", "주무관")]),
        ("기획팀장 가나다", [("가나다", "기획팀장")]),
        ("가나다(☎ 000-000-0001)", [("가나다", None)]),
        ("가 나 다", [("가나다", None)]),
        ("가나다주무관", [("가나다", "주무관")]),
    ],
)
def test_officers_are_read_with_their_ranks(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(officer.name, officer.rank) for officer in read_officers(text)] == expected


def test_a_lone_extension_is_a_number_of_its_own() -> None:
    assert read_phones("000-000-0880, 0889") == ["000-000-0880", "000-000-0889"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("행정안전부 자치과 가람도 정책관", ["행정안전부 자치과", "가람도 정책관"]),
        ("전산정보과, 16개 동", ["전산정보과", "16개 동"]),
        ("건축과·세무과", ["건축과", "세무과"]),
        ("전 부서", ["전 부서"]),
        ("-", []),
    ],
)
def test_partner_offices_are_told_apart(text: str, expected: list[str]) -> None:
    assert read_offices(text) == expected


def test_a_spaced_department_is_closed_up() -> None:
    assert read_department("감 사 실") == "감사실"
    assert read_department("기획과 예산팀") == "기획과 예산팀"


CONTEXT = Context(2031)


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("설명회 개최 : 2031. 4.", ["설명회 개최"]),
        ("4월 : 설명회 개최", ["설명회 개최"]),
        ("(1분기) 시책 수립", ["시책 수립"]),
        ("(누리집) 2주 1회 소식 제공 / 상담", ["(누리집) 소식 제공 / 상담"]),
        ("수강생 채용 : 2명(2월 ~ 12월)", ["수강생 채용"]),
        ("대책보고회(9월)·최종 보고회(11월)", ["대책보고회", "최종 보고회"]),
        ("접수(1월) → 심사(2월) → 선정(3월)", ["접수", "심사", "선정"]),
        ("1차 : 3월, 2차 : 9월", ["1차", "2차"]),
        ("외국인 1 : 1 맺기 : 2031. 9.", ["외국인 1 : 1 맺기"]),
        ("2031. 3. 5. 위원회 개최", ["위원회 개최"]),
        ("2032년 : 준공(6월), 개장식(7월)", ["준공", "개장식"]),
        ("2032년 : 준공(6월), 백서 발간", ["준공", "백서 발간"]),
        ("7월 : 공사 추진(2032. 3. 완료 예정)", ["공사 추진(2032. 3. 완료 예정)"]),
        ("2032년 : 준공(1동), 개장식(2동)", ["준공(1동), 개장식(2동)"]),
        ("하반기 추경예산 확보(9월 예정)", ["하반기 추경예산 확보"]),
    ],
)
def test_an_entry_says_what_happens_without_its_time(line: str, titles: list[str]) -> None:
    found = read_clauses(line, "schedule", CONTEXT)
    assert not isinstance(found, Unreadable)
    assert [clause.title for clause in found] == titles


@pytest.mark.parametrize(
    "line",
    [
        "회원 수 : 2030년 25,642명 / 2031년 51,923명",
        "2030년 통계에 따르면 방문객이 늘었음",
        "등급 추이 : 2025년(6등급) → 2027년(5등급)",
        "주재 : 시장(1, 7월), 부시장(2~6월, 8~12월)",
        "시설 현황('30. 12. 현재)",
        "공정률 : 45%('31. 6월 말 기준)",
        "점검 : 2회",
        "상담 기간 : 시작일 ~ 6개월",
        "1일 1건 이상 게시",
    ],
)
def test_statistics_and_attributes_are_no_entries(line: str) -> None:
    assert read_clauses(line, "schedule", CONTEXT) == []
