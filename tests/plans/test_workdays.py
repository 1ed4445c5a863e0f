"""What comes again on a working day of the month, or on days of the calendar, and when next."""

from __future__ import annotations

from datetime import date

import pytest

from plans.time.workdays import next_turn, read_every

OFF = {date(2026, 7, 17), date(2026, 8, 17), date(2026, 9, 24), date(2026, 9, 25)}


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in OFF


@pytest.mark.parametrize(
    ("said", "rule", "turns"),
    [
        ("매월 5번째 근무일", "FREQ=MONTHLY;BYWORKDAY=5", [(7, 7), (8, 7)]),
        ("매월 마지막 근무일", "FREQ=MONTHLY;BYWORKDAY=-1", [(7, 31), (8, 31)]),
        ("매 분기 첫 근무일", "FREQ=MONTHLY;INTERVAL=3;BYWORKDAY=1", [(7, 1), (10, 1)]),
        ("매월 15일", "FREQ=MONTHLY;BYMONTHDAY=15", [(7, 15), (8, 14)]),  # 15 August is a Saturday
        ("매월 17일", "FREQ=MONTHLY;BYMONTHDAY=17", [(7, 16), (8, 14)]),  # both are off
        ("매주 금요일", "FREQ=WEEKLY;BYDAY=FR", [(7, 3), (7, 10)]),
        ("매분기", "FREQ=MONTHLY;INTERVAL=3", [(9, 30), (12, 31)]),
        ("every month on the 5th working day", "FREQ=MONTHLY;BYWORKDAY=5", [(7, 7), (8, 7)]),
        (
            "every quarter on the last business day",
            "FREQ=MONTHLY;INTERVAL=3;BYWORKDAY=-1",
            [(9, 30), (12, 31)],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31", [(7, 31), (8, 31)]),
    ],
)
def test_the_rule_and_its_next_two_turns(said: str, rule: str, turns: list[tuple[int, int]]) -> None:
    assert read_every(said, 2026) == rule
    day, found = date(2026, 6, 30), []
    for _ in turns:
        after = next_turn(rule, day, is_working)
        assert after is not None and after > day
        found.append((after.month, after.day))
        day = after
    assert found == turns


@pytest.mark.parametrize("said", ["연중", "매월 25번째 근무일", "아무 말", "", "매월 5번째 근무일마다 회의"])
def test_what_says_no_rule_is_none(said: str) -> None:
    assert read_every(said, 2026) is None


def test_a_day_that_is_met_earlier_does_not_come_twice() -> None:
    """The 25th of September is off, so that its turn was the 23rd; the next one is in October."""
    rule = "FREQ=MONTHLY;BYMONTHDAY=25"
    assert next_turn(rule, date(2026, 9, 1), is_working) == date(2026, 9, 23)
    assert next_turn(rule, date(2026, 9, 23), is_working) == date(2026, 10, 23)
