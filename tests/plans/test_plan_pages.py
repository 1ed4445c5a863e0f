"""Whole pages of plans in shapes of their own: boxes between lists, fields beside each other, a cover's own day."""

from __future__ import annotations

from plans.draft import PlanDraft
from plans.read import plan_of
from plans.readers import txt
from plans.time.scan import find_dates


def entries(draft: PlanDraft) -> list[tuple[str, str]]:
    """Action and time of every entry, in order."""
    return [(one.title, one.expr) for task in draft.tasks for one in task.milestones]


def test_the_only_day_of_a_cover_is_no_entry() -> None:
    text = "온누리 정보 추진계획\n2031. 10. 29.\n관계부서 합동\n\n○ 안내문 제작(’31. 11.)\n○ 안내문 배포(’31. 12.)\n"
    assert entries(plan_of(text)) == [("안내문 제작", "’31. 11."), ("안내문 배포", "’31. 12.")]


def test_a_box_between_two_lists_ends_neither() -> None:
    text = (
        "2031년 정보 추진계획\n○ 길찾기 안내 구축(31.上)\n<이웃 도시의 길찾기 안내 운영 성과>\n이웃 도시는 널리 쓰고 있음\n"
        "○ 길찾기 안내 점검(31.下)\n"
    )
    draft = plan_of(text)
    assert [(one.title, one.done) for one in draft.tasks[0].milestones] == [
        ("길찾기 안내 구축", False),
        ("길찾기 안내 점검", False),
    ]


def test_fields_beside_each_other_are_fields() -> None:
    text = (
        "2031년 안전계획\n\n1. 카메라 설치\n ▸(사업량) 45대 / (기간) 31. 2월 ~ 31. 10월\n ▸(추진) 설계 2월, 준공 10월\n"
        "\n2. 보험\n ▸ 계약 갱신(’31. 2. 1.)\n"
    )
    first = plan_of(text).tasks[0]
    assert first.period is not None and str(first.period.end) == "2031-10-31"
    assert [(one.title, one.expr) for one in first.milestones] == [("설계", "2월"), ("준공", "10월")]


def test_a_line_far_shorter_than_others_was_not_broken_by_the_page() -> None:
    long = "가" * 150
    text = f"2031년 계획\n○ {long}\n○ 표준 마련 및 배포를 위한 협의체를 둔다는 방안\n이동 신분증 도입(’31. 5.)\n○ 점검(’31. 6.)\n"
    assert entries(plan_of(text))[0] == ("이동 신분증 도입", "’31. 5.")


def test_a_month_behind_a_year_needs_no_closing_dot_to_be_counted() -> None:
    assert [(one.year, one.month) for one in find_dates("2031.12 준공, ’31.04 개관, 31.上 설계")] == [
        (2031, 12),
        (2031, 4),
        (2031, 1),
    ]


def test_two_digits_of_the_last_century_are_of_it() -> None:
    assert [one.year for one in find_dates("’87. 6. 매립장 설치")] == [1987]


GRID = (
    "2031년 업무계획\n과제\t1/4분기\t2/4분기\n"
    "말글 자료\tㅇ말글 모음<br>기본 계획 보고(1월)<br>ㅇ협의회(2월)<br>ㅇ말글 상담(연중)\t"
    "ㅇ제1차(4월), 제2차<br>(6월) 심의회 개최<br>ㅇ말글 상담(연중)\n"
)


def test_each_item_of_a_quarter_has_its_own_month() -> None:
    found = plan_of(GRID).tasks[0].milestones
    assert [(one.title.removeprefix("말글 자료 "), one.expr) for one in found] == [
        ("말글 모음 기본 계획 보고", "1월"),
        ("협의회", "2월"),
        ("말글 상담", "연중"),
        ("제1차 심의회 개최", "4월"),
        ("제2차 심의회 개최", "6월"),
    ]


def test_how_often_and_how_long_are_no_times_beside_when() -> None:
    text = (
        "2031년 공시 계획\n1. 공시\n□ 추진계획\n"
        "공시 내용\t공시횟수\t공시시기\n학생 현황\t연1회\t5월\n급식 현황\t연2회\t4월, 9월\n"
        "\n2. 보관\n□ 추진계획\n문서\t보유기간\n민원 장부\t10년\n명부\t2년\n○ 점검 : 7월\n"
    )
    assert entries(plan_of(text)) == [("학생 현황", "5월"), ("급식 현황", "4월, 9월"), ("점검", "7월")]


def test_a_column_of_decimals_is_no_time() -> None:
    text = "2031년 계획\n1. 점검\n□ 추진계획\n사업\t이행률\n길 정비\t25.2\n숲 가꾸기\t30.1\n○ 점검 : 7월\n"
    assert entries(plan_of(text)) == [("점검", "7월")]


CARD = (
    "공약 실천카드\n공약번호\t3-2\t공약명\t어린이 책방 짓기\n주관부서\t책방과\t총사업비\t12,500백만원\n"
    "사업기간\t2031. 1. ~ 2033. 12.\n"
    "연도별 추진계획\t'31년: 조사 / '32년: 공모(3월), 설계(8월) / '33년: 착공(3월)\n"
    "추진실적\t'31.05 조사 완료\n향후계획\t'33.11 준공\n"
)


def test_the_plan_of_a_card_stands_in_its_fields() -> None:
    task = plan_of(CARD).tasks[0]
    assert [(one.title, str(one.windows[0].due), one.done) for one in task.milestones] == [
        ("조사", "2031-12-31", False),
        ("공모", "2032-03-31", False),
        ("설계", "2032-08-31", False),
        ("착공", "2033-03-31", False),
        ("조사 완료", "2031-05-31", True),
        ("준공", "2033-11-30", False),
    ]


def test_each_table_of_fields_is_a_task_under_its_title() -> None:
    text = (
        "새내기 가게 키우기\n추진일정\t2031. 5. ~ 11.\n지원대상\t새내기 가게\n마을 배움터 운영\n마을 사람 모두를 위한 배움터\n"
        "신청기간\t2031. 8월중\n교육일정\t첫걸음: 2031. 9. 6. / 깊이: 2031. 9. 7.\n\n"
        "사람 뽑기 지원\n사업기간\t2031. 3. ~ 11.\n규모\t45명\n"
    )
    tasks = plan_of(text, 2031).tasks
    assert [(task.title, [one.title for one in task.milestones]) for task in tasks] == [
        ("새내기 가게 키우기", ["새내기 가게 키우기"]),
        ("마을 배움터 운영", ["신청", "첫걸음", "깊이"]),
        ("사람 뽑기 지원", ["사람 뽑기 지원"]),
    ]
    assert tasks[2].period is not None


def test_steps_bear_their_days_behind_them_whatever_the_title_says() -> None:
    text = (
        "약속 확정 절차\n- 01\n약속 모으기 (’31.6.14 ~ 6.30)\n- 내용확인\n- 02\n"
        "부서 검토 (’31.7.1 ~ 8.21)\n- 03\n약속 공개 (’31.9.28~)\n"
    )
    assert [title for title, _ in entries(plan_of(text, 2031))] == ["약속 모으기", "부서 검토", "약속 공개"]


def test_of_a_change_what_holds_is_read_year_by_year() -> None:
    text = (
        "2031년 약속 변경 현황\n약속사업\t변경 전\t변경 후\n공원 짓기\t[2031년] 보상 [2032년] 공사\t[2031년] 보상 [2033년] 공사\n"
        "운동장 짓기\t’31. 6. 착공 ’32. 12. 준공\t’31. 11. 착공 ’33. 6. 준공\n"
    )
    found = [(one.title, str(one.windows[0].due)) for one in plan_of(text).tasks[0].milestones]
    assert found == [
        ("공원 짓기 보상", "2031-12-31"),
        ("공원 짓기 공사", "2033-12-31"),
        ("운동장 짓기 착공", "2031-11-30"),
        ("운동장 짓기 준공", "2033-06-30"),
    ]


def test_a_field_goes_on_in_rows_without_a_label() -> None:
    text = (
        "공약 이행현황\n공약명\t책방 짓기\n담당부서\t책방과\n총사업비\t85억원\n"
        "추진경과\t2030. 10. 기본계획 수립\n\t2031. 2. 설계 완료\n"
        "향후계획\t2031. 8. 착공\n\t2031. 12. 개관\n"
    )
    found = [(one.title, one.done) for one in plan_of(text, 2031).tasks[0].milestones]
    assert found == [("기본계획 수립", True), ("설계 완료", True), ("착공", False), ("개관", False)]


def test_the_day_of_a_countdown_stands_in_its_bracket() -> None:
    text = "2031년 꽃잔치 계획\n1. 꽃잔치\n□ 추진일정\n- D-60 (2. 9.) : 위원회 개최\n- D-30(3. 11.): 안전계획 심의\n"
    assert entries(plan_of(text)) == [("위원회 개최", "2. 9."), ("안전계획 심의", "3. 11.")]


def test_since_when_a_rule_holds_says_nothing_of_the_year_of_a_list() -> None:
    text = (
        "2031년 청년 계획\n1. 배움\n- 추진일정: 2월 공고, 3월 선정\n- 근거: 청년 조례(제정 2019. 5. 1., 개정 2024. 3. 15.)\n"
        "2. 살림\n- 추진일정: 4월 공고\n"
    )
    found = [(one.title, str(one.windows[0].due)) for one in plan_of(text).tasks[0].milestones]
    assert found == [("공고", "2031-02-28"), ("선정", "2031-03-31")]


def test_acts_beside_rounds_are_read() -> None:
    rows = "구분\t1차\t2차\n신청\t3.2.~3.20.\t9.1.~9.18.\n선정\t4월\t10월\n"
    text = f"2031년 집세 계획\n1. 집세 지원\n{rows}2. 상담\n- 상담 : 5월\n"
    assert [title for title, _ in entries(plan_of(text))] == [
        "신청 1차",
        "선정 1차",
        "신청 2차",
        "선정 2차",
        "상담",
    ]


def test_rows_without_bars_at_their_ends_are_a_table() -> None:
    text = txt.read("가 | 나 | 다\n1 | 2 | 3\n- 라 | 마 | 바\n한 번 | 두 번\n".encode()).text
    assert text == "가\t나\t다\n1\t2\t3\n- 라 | 마 | 바\n한 번 | 두 번\n"


def test_a_rate_beside_the_time_of_an_act_leaves_it_an_entry() -> None:
    text = "2031년 추진상황\n○ 보고일: 2031. 4. 3.\n○ 추진 중인 사업\n - 복지관 늘리기: 공정률 35.2%('31. 9월 준공예정)\n"
    assert [title for title, _ in entries(plan_of(text))] == ["복지관 늘리기 공정률 35.2% 준공"]


def test_rows_of_a_grid_with_acts_of_their_own_are_tasks() -> None:
    more = "책 모으기\tㅇ책 고르기(1월)<br>ㅇ책 사기(3월)\tㅇ책 나누기(5월)\n"
    draft = plan_of(GRID + more)
    assert [(task.title, len(task.milestones)) for task in draft.tasks] == [
        ("말글 자료", 5),
        ("책 모으기", 3),
    ]
    assert not draft.is_offered
