"""One small document a contradiction, and its twin that agrees and says nothing."""

from __future__ import annotations

from bot.texts import plan_words
from plans.checks.names import is_misspelt
from plans.draft import Finding
from plans.extract import read_draft
from plans.facts import figure
from reports.texts import korean

CARD = """2031년 가온군 혁신 실행계획

1-1-① 하늘길 걷기 사업

주관부서	건강증진과	관련 협업기관	-
담당자	가나다 주무관	연락처	000-000-0001
소요예산	('31년) 30백만원

"""


def findings(text: str, code: str) -> list[Finding]:
    return [finding for finding in read_draft(text).findings if finding.kind == code]


def test_sources_that_do_not_add_up_are_found_with_both_values() -> None:
    [found] = findings(CARD + "□ 사업개요\n- 사업비 : 30백만원(도비 10, 군비 19)\n", "sum-mismatch")
    assert found.line == 10
    assert "29백만원" in plan_words.finding(found)
    assert "30백만원" in plan_words.finding(found)


def test_sources_that_add_up_in_other_units_say_nothing() -> None:
    assert not findings(CARD + "□ 사업개요\n- 사업비 : 0.3억원(도비 10백만, 군비 20백만)\n", "sum-mismatch")


def test_a_column_total_that_differs_is_found() -> None:
    table = "구분\t사업비\t개소\n계\t300\t5\n가\t100\t2\n나\t150\t3\n"
    [found] = findings(CARD + "□ 사업개요\n\n" + table, "sum-mismatch")
    assert found.line == 12
    assert "300" in plan_words.finding(found)
    assert "250" in plan_words.finding(found)


def test_a_row_total_that_differs_is_found() -> None:
    table = "구분(백만원)\t계\t2031년\t2032년\n군비\t90\t40\t40\n"
    [found] = findings(CARD + "□ 투자계획\n\n" + table, "sum-mismatch")
    assert "90" in plan_words.finding(found)
    assert "80" in plan_words.finding(found)


def test_a_budget_in_the_text_that_differs_from_the_card_is_found() -> None:
    [found] = findings(CARD + "□ 사업개요\n- 사업비 : 33백만원\n", "budget-differs")
    assert "30백만원" in plan_words.finding(found)
    assert "33백만원" in plan_words.finding(found)


TWO_YEARS = CARD.replace("('31년) 30백만원", "('31년) 30백만, ('32년) 20백만")


def test_a_budget_of_two_years_is_compared_with_the_year_that_the_text_means() -> None:
    [found] = findings(TWO_YEARS + "□ 사업개요\n- 사업비 : 29백만원\n", "budget-differs")
    assert "2031년 소요예산은 30백만원인데 본문의 사업비는 29백만원" in plan_words.finding(found)
    [found] = findings(TWO_YEARS + "□ 사업개요\n- 사업비 : '32년 29백만원\n", "budget-differs")
    assert "2032년 소요예산은 20백만원인데" in plan_words.finding(found)
    assert not findings(TWO_YEARS + "□ 사업개요\n- 사업비 : 50백만원\n", "budget-differs")  # both together
    [found] = findings(TWO_YEARS + "□ 사업개요\n- 총사업비 : 49백만원\n", "budget-differs")
    assert "소요예산은 30백만원 + 20백만원(합 50백만원)인데" in plan_words.finding(found)
    subs = "□ 세부 추진사항\n○ 숲길 정비\n- 사업비 : 20백만원\n○ 길잡이 양성\n- 사업비 : 15백만원\n"
    [found] = findings(TWO_YEARS + subs, "budget-differs")
    assert "2031년 소요예산은 30백만원인데 세부사업 사업비의 합은 35백만원" in plan_words.finding(found)


def test_a_card_that_names_one_source_of_the_money_is_no_contradiction() -> None:
    text = "□ 사업개요\n- 사업비 : 60백만원(군비 {}, 자부담 {})\n"
    assert not findings(CARD + text.format(30, 30), "budget-differs")
    assert findings(CARD + text.format(25, 35), "budget-differs")


def test_sub_projects_are_added_up_before_they_are_compared() -> None:
    subs = "□ 세부 추진사항\n○ 숲길 정비\n- 사업비 : 20백만원\n○ 길잡이 양성\n- 사업비 : {}백만원\n"
    assert not findings(CARD + subs.format(10), "budget-differs")
    assert findings(CARD + subs.format(15), "budget-differs")


def test_a_rule_stated_in_two_ways_is_found() -> None:
    text = "□ 추진일정\n- 걷기 모임 : 매월 첫째 주 토요일\n□ 홍보계획\n- 걷기 모임 : 매월 둘째 주 토요일\n"
    [found] = findings(CARD + text, "rule-differs")
    assert "첫째" in plan_words.finding(found)
    assert "둘째" in plan_words.finding(found)


def test_an_action_after_the_projects_end_is_found_but_not_its_settlement() -> None:
    text = "□ 사업개요\n- 사업기간 : 2031. 3. ~ 10.\n□ 추진일정\n- 걷기대회 개최 : 2031. 11.\n- 보조금 정산 : 2032. 1.\n"
    [found] = findings(CARD + text, "outside-period")
    assert "걷기대회" in plan_words.finding(found)


def test_a_grant_months_after_the_projects_start_is_found() -> None:
    text = "□ 사업개요\n- 사업기간 : 2031. 3. ~ 10.\n□ 추진일정\n- 보조금 교부 : 2031. 7.\n"
    assert findings(CARD + text, "period-differs")
    budget = text.replace("- 보조금", "- 추경예산 편성 : 2031. 6.\n- 보조금")
    assert findings(CARD + budget, "period-differs")


def test_a_grant_is_in_order_where_the_project_began_with_a_call_for_participants() -> None:
    text = "□ 사업개요\n- 사업기간 : 2031. 3. ~ 10.\n□ 추진일정\n- 참여자 모집 : 2031. 4.\n- 보조금 교부 : 2031. 7.\n"
    assert not findings(CARD + text, "period-differs")


def test_a_completed_task_with_plans_left_is_found() -> None:
    card = CARD.replace("연락처\t000-000-0001", "추진상황\t완료")
    text = "□ 향후 추진계획\n- 걷기길 연장 : 2031. 9. ~\n"
    assert findings(card + text, "status-differs")
    assert not findings(card, "status-differs")


def test_a_list_that_skips_a_number_is_found() -> None:
    assert findings(CARD + "□ 내용\n- ① 하나\n- ② 둘\n- ④ 넷\n", "number-skips")
    assert not findings(CARD + "□ 내용\n- ① 하나\n- ② 둘\n□ 방법\n- ① 하나\n", "number-skips")


def test_one_officer_with_two_numbers_is_found_without_repeating_them() -> None:
    second = (
        CARD.replace("2031년 가온군 혁신 실행계획\n", "")
        .replace("1-1-①", "1-1-②")
        .replace("하늘길", "바닷길")
    )
    [found] = findings(CARD + second.replace("0001", "0002"), "phone-differs")
    assert "가나다" in plan_words.finding(found)
    assert "000-000" not in plan_words.finding(found)
    assert not findings(CARD + second, "phone-differs")


def test_a_count_close_to_the_tables_total_but_not_equal_is_found() -> None:
    text = "□ 현황\n- 현재 참여자 수 : 412명\n\n구분\t소계\t2030\t2031\n계(명)\t420\t200\t220\n"
    [found] = findings(CARD + text, "count-differs")
    assert "412명" in plan_words.finding(found)
    assert "420명" in plan_words.finding(found)


def test_a_weekday_that_does_not_fit_is_found() -> None:
    [found] = findings(CARD + "□ 추진일정\n- 걷기대회 개최 : 2031. 5. 3.(금)\n", "weekday-differs")
    assert "토요일" in plan_words.finding(found)


def test_a_time_that_cannot_be_read_is_a_finding_and_no_milestone() -> None:
    draft = read_draft(CARD + "□ 추진일정\n- 걷기대회 개최 : 2031. 13. 1.\n")
    assert [finding.code for finding in draft.findings] == ["unreadable-time"]
    assert draft.tasks[0].milestones == []


def test_a_twin_row_in_a_table_of_names_is_found() -> None:
    table = "매체\t구독자\n블로그\t10\n영상\t20\n사진\t30\n블로그\t40\n"
    assert findings(CARD + "□ 현황\n\n" + table, "row-twice")


def test_a_plan_that_agrees_with_itself_has_no_findings() -> None:
    overview = "□ 사업개요\n- 사업기간 : 2031. 3. ~ 10.\n- 사업비 : 30백만원(도비 10, 군비 20)\n"
    assert read_draft(CARD + overview + "□ 추진일정\n- 걷기대회 개최 : 2031. 5.\n").findings == []


def test_particles_follow_the_last_letter() -> None:
    assert korean.quoted("백서", "은/는") == "'백서'는"
    assert korean.quoted("발간(안내)", "으로/로") == "'발간(안내)'으로"
    assert korean.quoted("서울", "으로/로") == "'서울'로"
    assert korean.quoted("2031", "이/가", "(5월)") == "'2031'(5월)이"


def test_amounts_are_shown_as_plans_write_them() -> None:
    assert plan_words.won(12_300_000) == "12.3백만원"
    assert plan_words.won(1_500_000) == "1.5백만원"
    assert plan_words.won(25_001) == "25,001원"
    assert figure(32940) == "32,940"


def test_a_misspelt_department_is_told_from_another_office() -> None:
    assert is_misspelt("일자리청년지원과", "일자리정년지완과")
    assert not is_misspelt("상수도사업소", "하수도사업소")
    assert not is_misspelt("문화예술진흥과", "문화예술관광과")


def listed(*rows: str, department: str = "건강증진과") -> str:
    """A list of tasks above two cards: 하늘길 걷기 사업 (건강증진과) and 꽃길 가꾸기 (공원녹지과)."""
    above = "2031년 가온군 혁신 실행계획\n\n과제 목록\n\n번호\t과제명\t주관부서\n" + "".join(rows) + "\n"
    cards = CARD.partition("\n\n")[2].replace("건강증진과", department)
    other = (
        cards.replace("1-1-①", "1-1-②")
        .replace("하늘길 걷기 사업", "꽃길 가꾸기")
        .replace(department, "공원녹지과")
    )
    return f"{above}{cards}□ 사업개요\n- 추진\n\n{other}□ 사업개요\n- 추진\n"


SKY, FLOWERS = "1-1-①\t하늘길 걷기 사업\t건강증진과\n", "1-1-②\t꽃길 가꾸기\t공원녹지과\n"
POND = "1-1-③\t연못 정비\t공원녹지과\n"


def test_a_list_that_agrees_with_the_cards_says_nothing() -> None:
    codes = {one.code for one in read_draft(listed(SKY, FLOWERS)).findings}
    assert not codes & {
        "list-differs.task",
        "list-differs.department",
        "tasks-missing.listed",
        "name-differs.task",
    }


def test_a_task_of_the_list_without_a_card_is_found_by_its_name() -> None:
    [found] = findings(listed(SKY, FLOWERS, POND), "tasks-missing")
    assert "'연못 정비'" in plan_words.finding(found)


def test_a_card_that_the_list_does_not_have_is_found_by_its_name() -> None:
    path = "1-1-④\t숲길 걷기\t공원녹지과\n"
    extra = CARD.partition("\n\n")[2].replace("1-1-①", "1-1-⑤").replace("하늘길 걷기 사업", "전통시장 활성화")
    [found] = findings(listed(SKY, FLOWERS, path) + extra + "□ 사업개요\n- 추진\n", "list-differs")
    assert found.code == "list-differs.task" and "전통시장 활성화" in plan_words.finding(found)


def test_a_title_that_the_list_writes_otherwise_is_found() -> None:
    [found] = findings(listed(SKY.replace("걷기 사업", "걷기운동 사업"), FLOWERS), "name-differs")
    assert "'하늘길 걷기운동 사업'" in plan_words.finding(found)


def test_a_department_that_the_list_tells_otherwise_is_found() -> None:
    [found] = findings(listed(SKY, FLOWERS, department="체육진흥과"), "list-differs")
    assert "'건강증진과', 카드에는 '체육진흥과'" in plan_words.finding(found)


def test_a_department_written_shorter_in_the_list_is_the_same_one() -> None:
    assert not findings(listed(SKY, FLOWERS, department="보건소건강증진과"), "list-differs")
