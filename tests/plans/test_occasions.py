"""When something is held, as it is typed (plans/time/occasions.py)."""

from datetime import date

import pytest

from plans.time.occasions import Occasion, read_occasion

JULY = date(2026, 7, 20)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("7. 20. 14:00", Occasion((JULY,), None, 840)),
        ("2026. 7. 20.(월) 9:30", Occasion((JULY,), None, 570)),
        ("7. 20.", Occasion((JULY,), None, None)),
        ("20 July 14:00", Occasion((JULY,), None, 840)),
        ("매월 마지막 주 화요일 13:30 ~ 17:00", Occasion((), "FREQ=MONTHLY;BYDAY=-1TU", 810)),
        ("매월 첫째·둘째·셋째 주 화요일", Occasion((), "FREQ=MONTHLY;BYDAY=1TU,2TU,3TU", None)),
        ("FREQ=WEEKLY;BYDAY=MO 09:00", Occasion((), "FREQ=WEEKLY;BYDAY=MO", 540)),
    ],
)
def test_days_rules_and_hours_are_read(said: str, found: Occasion) -> None:
    assert read_occasion(said, 2026) == found


@pytest.mark.parametrize(
    "said", ["시민접견실", "7월 중", "분기별", "연 2회(2월/7월)", "14:00", "", "7. 20. 대회의실"]
)
def test_what_names_no_day_is_none(said: str) -> None:
    assert read_occasion(said, 2026) is None


@pytest.mark.parametrize(
    ("said", "rule", "minute"),
    [
        ("매월 5번째 근무일 10:00", "FREQ=MONTHLY;BYWORKDAY=5", 600),
        ("매월 마지막 근무일", "FREQ=MONTHLY;BYWORKDAY=-1", None),
        ("매분기 첫 근무일 14:00 ~ 16:00", "FREQ=MONTHLY;INTERVAL=3;BYWORKDAY=1", 840),
        ("every month on the last working day", "FREQ=MONTHLY;BYWORKDAY=-1", None),
    ],
)
def test_a_working_day_of_the_month_is_a_rule(said: str, rule: str, minute: int | None) -> None:
    assert read_occasion(said, 2026) == Occasion((), rule, minute)
