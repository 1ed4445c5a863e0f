"""How people write a quarter."""

import pytest

from reports.period import Period, read_period, year_first


@pytest.mark.parametrize(
    "text", ["2024Q1", "2024-Q1", "Q1 2024", "q1 2024", "2024-1분기", "2024년 1분기", "2024. 1/4분기"]
)
def test_a_quarter_is_read_as_both_languages_write_it(text: str) -> None:
    assert read_period(text) == Period(2024, 1)


@pytest.mark.parametrize("text", ["Q5 2024", "2024", "Q1 20240", "1 2024"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert read_period(text) is None


def test_only_a_quarter_at_the_front_is_turned() -> None:
    assert year_first("Q1 2024 9 April") == "2024Q1 9 April"
    assert year_first("Q1 2024.4.9") == "Q1 2024.4.9"
    assert year_first("/ Q1 2024") == "/ Q1 2024"
