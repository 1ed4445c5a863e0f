"""Tables of stages with what is done in them, and English lists below years that stand alone."""

from __future__ import annotations

import pytest

from plans.read import plan_of


def told(text: str) -> list[tuple[str, str, str]]:
    """Action, first and last day."""
    return [
        (entry.title, str(window.start or ""), str(window.due or ""))
        for task in plan_of(text).tasks
        for entry in task.milestones
        for window in entry.windows
    ]


@pytest.mark.parametrize("columns", [("단계", "내용", "일정"), ("단계", "일정", "내용")])
def test_a_stage_is_told_with_what_is_done_in_it(columns: tuple[str, ...]) -> None:
    rows = [
        ("사업공고", "사업공고 및 신청서 접수", "’27. 8. 20. ~ 9. 6."),
        ("선정평가<br>(서면평가)", "선정평가위원회 개최", "’27. 9."),
        ("협약", "", "’27. 10."),
    ]
    places = [columns.index(one) for one in sorted(columns, key=lambda one: _PLACES[one])]
    lines = ["\t".join(columns)]
    for row in rows:
        cells = ["", "", ""]
        for at, text in zip(places, row, strict=True):
            cells[at] = text
        lines.append("\t".join(cells))
    text = "2027년 햇살 인증 지원 공고\n\n□ 추진일정\n" + "\n".join(lines) + "\n"
    assert told(text) == [
        ("사업공고 및 신청서 접수", "2027-08-20", "2027-09-06"),
        ("선정평가 (서면평가) 선정평가위원회 개최", "2027-09-01", "2027-09-30"),
        ("협약", "2027-10-01", "2027-10-31"),
    ]


_PLACES = {"단계": 0, "내용": 1, "일정": 2}

SCHEDULE = (
    "Project Schedule\n2026\nSeptember 14 – Neighborhood Meeting 1\n-\n- Review existing conditions and what people say\n"
    "October 5 – City Council Meeting\n-\n- Present the report and call for the hearing\n2027\n"
    "January 18 – City Council Meeting\n-\n- Approve final plans\nFebruary 8 – Open Bids\nMay to October – Construction\n-\n"
    "- Work could possibly start in April if the frost is out\n- Cleanup may go into November and Spring of 2028\n"
)


def test_a_year_alone_on_a_line_is_that_of_what_stands_below_it() -> None:
    assert told(SCHEDULE) == [
        ("Neighborhood Meeting 1", "2026-09-14", "2026-09-14"),
        ("City Council Meeting", "2026-10-05", "2026-10-05"),
        ("City Council Meeting", "2027-01-18", "2027-01-18"),
        ("Open Bids", "2027-02-08", "2027-02-08"),
        ("Construction", "2027-05-01", "2027-10-31"),
    ]


def test_what_people_may_do_until_a_day_is_an_entry() -> None:
    text = SCHEDULE + "- Residents may comment on the plans until 5 May 2027\n"
    assert ("Residents may comment on the plans", "", "2027-05-05") in told(text)
