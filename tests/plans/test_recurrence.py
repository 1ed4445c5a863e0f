"""Rules of what comes again: what is read, what is refused, and on which days it falls."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import plan_words
from plans.sheet.form import read_sheet
from plans.time.recurrence import read_rule

HEAD = (
    "기한 계획표\t1\n계획 제목\t실행계획\n계획 연도\t2026\n\n"
    "과제번호\t과제명\t주관부서\t담당자\t협업기관\t연락처\t소요예산(원)\t사업기간 시작\t사업기간 끝\t끝 미정\t추진상황\n"
    "1\t보행로 정비\t도로과\t{person}\t\t\t\t\t\t\t\n\n"
    "과제번호\t과제명\t순번\t일정\t시기\t시작\t기한\t정밀도\t반복규칙\t종류\t완료\t항목\n"
    "1\t보행로 정비\t1\t점검\t매월\t\t\t\t{rule}\t{kind}\t\t\n"
)


def sheet(rule: str = "", person: str = "김하늘 주무관", kind: str = "반복") -> str:
    return HEAD.format(rule=rule, person=person, kind=kind)


NO_RULES = [
    "FREQ=DAILY;INTERVAL=0;BYDAY=MO",
    "FREQ=SECONDLY;BYDAY=MO",
    "FREQ=HOURLY",
    "FREQ=MONTHLY;INTERVAL=13",
    "FREQ=MONTHLY;INTERVAL=-1",
    "FREQ=MONTHLY;INTERVAL=²",
    "FREQ=MONTHLY;BYDAY=XX",
    "FREQ=MONTHLY;BYDAY=9MO",
    "FREQ=WEEKLY;BYDAY=2MO",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=MONTHLY;COUNT=3",
    "FREQ=MONTHLY;UNTIL=20991231",
    "FREQ=MONTHLY;FREQ=DAILY",
    "INTERVAL=2",
    "매월",
    "FREQ=MONTHLY;" * 100,
    "FREQ=MONTHLY;BYMONTHDAY=" + "1," * 5000 + "1",
]


@pytest.mark.open_door("B3")
@pytest.mark.parametrize("rule", NO_RULES)
def test_what_is_no_rule_is_told_at_its_row_and_read_by_its_words(rule: str) -> None:
    assert read_rule(rule) is None
    draft = read_sheet(sheet(rule, kind=""))
    assert [plan_words.finding(one)[:3] for one in draft.findings] == ["9행의"]
    assert draft.tasks[0].milestones[0].rrule == "FREQ=MONTHLY"


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=MO,FR", "freq=monthly; bymonthday=15"])
def test_a_rule_as_the_program_writes_it_is_taken(rule: str) -> None:
    draft = read_sheet(sheet(rule))
    assert draft.findings == []
    assert draft.tasks[0].milestones[0].rrule == rule.upper().replace(" ", "")


@given(
    rule=st.sampled_from(
        [
            "FREQ=MONTHLY;BYDAY=-1TU",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,3WE",
            "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
            "FREQ=MONTHLY;BYMONTHDAY=-2",
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU",
            "FREQ=DAILY;INTERVAL=5;BYDAY=MO",
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,4;BYDAY=1MO",
        ]
    ),
    first=st.dates(date(2020, 1, 1), date(2029, 1, 1)),
)
def test_a_rule_falls_on_the_days_of_the_standard(rule: str, first: date) -> None:
    """As the library reads it, which is right for what it can end."""
    start, last = datetime.combine(first, time()), first + timedelta(days=900)
    expected = rrulestr(rule, dtstart=start).between(start, datetime.combine(last, time()), inc=True)
    found = read_rule(rule)
    assert found is not None
    days = (first + timedelta(days=number) for number in range(901))
    assert [day for day in days if found.falls_on(day, first)] == [one.date() for one in expected]


@pytest.mark.open_door("kind L")
@pytest.mark.parametrize(("day", "februaries"), [(29, 28), (30, 28), (31, 28), (28, 28)])
def test_the_last_days_of_a_month_are_the_last_day_of_a_shorter_one(day: int, februaries: int) -> None:
    rule, first = read_rule(f"FREQ=MONTHLY;BYMONTHDAY={day}"), date(2026, 1, 1)
    assert rule is not None
    turns = [one for number in range(365) if rule.falls_on(one := first + timedelta(days=number), first)]
    assert [one.month for one in turns] == list(range(1, 13))
    assert turns[1] == date(2026, 2, februaries)


def test_the_29th_of_february_is_every_year() -> None:
    rule, first = read_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), date(2026, 1, 1)
    assert rule is not None
    days = (first + timedelta(days=number) for number in range(3 * 366))
    turns = [one for one in days if rule.falls_on(one, first)]
    assert turns == [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.open_door("kind N")
@pytest.mark.parametrize(
    ("written", "name", "rank"),
    [
        ("남궁 민수", "남궁 민수", None),
        ("Anna Maria Kim", "Anna Maria Kim", None),
        ("남궁 민수 주무관", "남궁 민수", "주무관"),
        ("홍길동 기획팀장", "홍길동", "기획팀장"),
        ("홍길동", "홍길동", None),
    ],
)
def test_a_name_of_several_words_stays_whole(written: str, name: str, rank: str | None) -> None:
    [officer] = read_sheet(sheet(person=written)).tasks[0].officers
    assert (officer.name, officer.rank) == (name, rank)
