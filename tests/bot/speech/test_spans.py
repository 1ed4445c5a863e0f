"""From when until when."""

from __future__ import annotations

from datetime import date

import pytest

from bot.speech import absences
from bot.speech.absences import Span, find_span, read_span
from bot.speech.dates import Doubt, Found, Leaning, When, read
from tests.bot.speech.tables.rows import CALENDAR

TUESDAY = date(2026, 11, 24)
AHEAD = When(TUESDAY, Leaning.FUTURE, CALENDAR)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12.1-12.3", date(2026, 12, 1), date(2026, 12, 3)),
        ("12월 1일~3일 교육", date(2026, 12, 1), date(2026, 12, 3)),
        ("내일부터 3일간", date(2026, 11, 25), date(2026, 11, 27)),
        ("내일부터 모레까지", date(2026, 11, 25), date(2026, 11, 26)),
        ("다음 주 월요일부터 수요일까지", date(2026, 11, 30), date(2026, 12, 2)),
        ("12.28.~1.4.", date(2026, 12, 28), date(2027, 1, 4)),
        ("11.23~11.25", date(2026, 11, 23), date(2026, 11, 25)),
        ("금요일", date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_a_span_is_read_from_today_or_from_its_beginning(text: str, first: date, last: date) -> None:
    found = read_span(text, AHEAD)
    assert isinstance(found, Span)
    assert (found.first, found.last) == (first, last)


def test_a_beginning_without_an_end_is_a_doubt() -> None:
    found = find_span("저는 12월 7일부터 휴가입니다", AHEAD)
    assert isinstance(found, Doubt)
    assert found.choices == (date(2026, 12, 7),)


def test_words_without_a_date_are_no_span() -> None:
    assert find_span("휴가입니다", AHEAD) is None


def test_a_long_text_of_separators_is_read_about_as_often_as_it_has_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def counted(text: str, when: When) -> Found | None:
        asked.append(text)
        return read(text, when)

    monkeypatch.setattr(absences, "read", counted)
    counts = []
    for times in (20, 40):
        asked.clear()
        assert find_span("|-|-  사유: 사유: 사유: 26.  :  : " * times, AHEAD) is None
        counts.append(len(asked))
    assert counts[1] <= 2.2 * counts[0]  # with every separator behind every word it was 3.9 times
