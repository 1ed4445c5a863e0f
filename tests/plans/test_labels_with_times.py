"""Labels with a time (일시, 제출일시, 기간) whose action stands in a heading, in the list beside them or in the label; and
sections whose titles speak of background."""

from __future__ import annotations

import pytest

from plans.extract import read_draft

NOTICE = """2031년 한별시 책잔치 대행 제안요청서

Ⅰ. 과업안내
 1. 행사개요
   가. 행 사 명: 제3회 한별 책잔치
   나. 행사일시: 2031. 10. 18.(토) 10:00 ~ 17:00
   다. 행사장소: 한별공원
 2. 책 나눔 마당 운영
   가. 일    시: 2031. 10. 18.(토) 13:00 ~ 15:00
   나. 장    소: 공원 마당
 3. 제안서 받기
   가. 질의기간: 2031. 7. 14. ~ 7. 18. 18:00까지
   나. 세부 절차
    1) 제안서 제출
       가) 일    시: 2031. 7. 25.(금) 9:00 ~ 17:00
       나) 장    소: 문화과
    2) 평가위원회 개최
       가) 일    시: 2031. 8. 1.(금) 10:00
"""


def told(text: str) -> list[tuple[str, str, str]]:
    """Action, first and last day of all entries."""
    entries = [entry for task in read_draft(text).tasks for entry in task.milestones]
    return [
        (one.title, str(window.start or ""), str(window.due or ""))
        for one in entries
        for window in one.windows
    ]


@pytest.mark.parametrize(
    ("action", "first", "last"),
    [
        ("제3회 한별 책잔치", "2031-10-18", "2031-10-18"),  # named by the line beside it
        ("책 나눔 마당 운영", "2031-10-18", "2031-10-18"),  # by the heading above
        ("질의", "2031-07-14", "2031-07-18"),  # by its own label
        ("제안서 제출", "2031-07-25", "2031-07-25"),  # by the numbered line above
        ("평가위원회 개최", "2031-08-01", "2031-08-01"),
    ],
)
def test_a_label_with_a_time_is_of_what_stands_above_or_beside_it(action: str, first: str, last: str) -> None:
    assert (action, first, last) in told(NOTICE)


HEAD = "2031년 한별시 물길 계획\n\n"


def test_the_time_of_a_thing_and_the_day_of_a_document_are_no_events() -> None:
    text = "1. 물길 용역\n □ 과업\n  ○ 용역기간 : 2031. 3. 2. ~ 3. 20.\n  ○ 기준일자 : 2031. 3. 2.\n  ○ 착수 : 2031. 4월\n"
    assert [one[0] for one in told(HEAD + text)] == ["착수"]


def test_a_short_period_is_the_event_where_nothing_else_has_a_time() -> None:
    text = "1. 물길 걷기 대회\n □ 개요\n  ○ 기간 : 2031. 5. 3. ~ 5. 4.\n  ○ 장소 : 물길\n\n"
    text += "2. 물길 청소\n □ 계획\n  ○ 청소 : 6월\n"
    assert told(HEAD + text)[0] == ("물길 걷기 대회", "2031-05-03", "2031-05-04")


def test_a_period_stays_one_beside_entries_and_where_it_is_long() -> None:
    text = "1. 물길 걷기 대회\n □ 개요\n  ○ 기간 : 2031. 5. 3. ~ 5. 4.\n □ 계획\n  ○ 접수 : 4월\n\n"
    text += "2. 물길 청소\n □ 개요\n  ○ 기간 : 2031. 3. 1. ~ 11. 30.\n  ○ 인원 : 3명\n"
    assert [one[0] for one in told(HEAD + text)] == ["접수"]


def test_a_time_with_a_start_that_no_calendar_has_keeps_its_end() -> None:
    assert told(HEAD + "1. 물길 학교\n □ 계획\n  ○ 학교 운영 : 교부일 ~ 11월 말\n  ○ 정산 : 12월\n")[0] == (
        "학교 운영",
        "",
        "2031-11-30",
    )


def test_a_title_about_the_background_hides_nothing_that_lies_ahead() -> None:
    text = "1. 물길 넓히기\n □ 추진근거\n  ○ 물길 조례 제정 : 2028. 3. 2.\n"
    text += "  ○ 물길 조례 개정 : 2031. 9. 1.\n □ 계획\n  ○ 착공 : 10월\n"
    assert [one[0] for one in told(HEAD + text)] == ["물길 조례 개정", "착공"]


def test_steps_below_a_title_about_procedure_are_read_each_with_the_time_below_it() -> None:
    text = "사업안내\n추진절차\n-\n신청 접수\n3월 중\n-\n지원 학교 선정\n4월 중\n"
    assert told(HEAD + text) == [
        ("신청 접수", "2031-03-01", "2031-03-31"),
        ("지원 학교 선정", "2031-04-01", "2031-04-30"),
    ]


def test_an_arrow_in_angle_brackets_parts_no_steps() -> None:
    text = "1. 결산\n □ 계획\n  ○ 이사회 의결 및 보고 <공단 → 구>: 2031. 3. 26.\n  ○ 공시 : 4월\n"
    assert told(HEAD + text)[0][0] == "이사회 의결 및 보고 <공단 → 구>"


def test_the_day_of_a_form_to_be_filled_in_is_no_entry() -> None:
    text = "1. 물길 청소\n □ 계획\n  ○ 청소 : 6월\n\n2031. 7.    일\n"
    assert [one[0] for one in told(HEAD + text)] == ["청소"]


@pytest.mark.parametrize(
    "title",
    [
        "추진내용",
        "사업개요",
        "운영방법",
        "추진방향",
        "기대효과",
        "추진체계",
        "성과지표",
        "협조사항",
        "물길 넓히기",
    ],
)
@pytest.mark.parametrize(
    "line", ["개장식 : 4. 5.", "4. 5.(토) 개장식 개최", "2031. 4. 5. : 개장식", "개장식 개최(4. 5.)"]
)
def test_no_title_of_a_section_decides_whether_what_is_to_come_is_read(title: str, line: str) -> None:
    text = f"1. 물길 사업\n □ 일정\n  ○ 준비 : 2월\n □ {title}\n  ○ {line}\n\n2. 숲 사업\n □ 일정\n  ○ 준비 : 2월\n"
    assert [one[2] for one in told(HEAD + text) if one[0].startswith("개장식")] == ["2031-04-05"]


def test_a_table_below_such_a_title_gives_what_is_exact_and_to_come() -> None:
    rows = "구분\t시기\n물길 조사\t2029. 3. 2.\n물길 공청회\t2031. 5. 6.\n"
    text = f"1. 물길 사업\n □ 추진절차\n\n{rows}\n □ 일정\n  ○ 준비 : 2월\n\n2. 숲 사업\n □ 일정\n  ○ 준비 : 2월\n"
    assert [one[0] for one in told(HEAD + text)][:2] == ["물길 공청회", "준비"]


STEPS = """약속 계획 세우기

  • 계획 수립

    기획과

    (2031. 7. 14.)

  • 약속 계획
    깊이 살피기

    한별위원회

    (2031. 8. 6)
"""


def test_a_time_in_brackets_below_a_bullet_is_the_bullet_s_whoever_stands_between() -> None:
    assert told(HEAD + STEPS) == [
        ("계획 수립", "2031-07-14", "2031-07-14"),
        ("약속 계획 깊이 살피기", "2031-08-06", "2031-08-06"),
    ]
