"""Dates as officers write them: every row of the tables is read, compared and counted."""

from __future__ import annotations

import re

import pytest

from bot.speech.dates import Leaning
from bot.speech.understand import understand
from tests.bot.speech.tables.rows import CALENDAR, DateRow, dates, shifted, verdict

ROWS = dates()
LEAST_RIGHT = 0.97
SHAPES = (
    "121 {} 연기 의회 일정",
    "연기 121 {} 의회 일정",
    "/delay 121 {} 의회 일정",
    "/delay 121 {} council session",
    "121 {} 완료",
    "완료 121 {}",
    "/done 121 {}",
    "/done 121 {} 설치 완료",
)
DAYS_ALONE = re.compile(r"\d+일")


Verdicts = list[tuple[DateRow, str]]


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    """Each row with what became of it: right, asks or wrong."""
    return [(row, verdict(row)) for row in ROWS]


def test_no_date_is_read_as_another(verdicts: Verdicts) -> None:
    assert [(row.text, row.wanted, row.reading()) for row, found in verdicts if found == "wrong"] == []


def test_nearly_every_date_is_read_and_there_are_many(verdicts: Verdicts) -> None:
    assert len(verdicts) >= 120
    assert sum(found == "right" for _, found in verdicts) >= LEAST_RIGHT * len(verdicts)


def misread(row: DateRow, shape: str) -> bool:
    """The form acts on another day or length than the table has; a card is no misreading."""
    is_delay = "연기" in shape or "delay" in shape
    is_length = DAYS_ALONE.fullmatch(row.text) and " 연기" in shape  # "10일 연기" is ten days more
    if is_length or is_delay != (row.leaning is Leaning.FUTURE):
        return False
    found = understand(shape.format(row.text), row.today, CALENDAR)
    if not found.acts:
        return False
    if found.day is not None:
        return found.day.isoformat() != row.wanted.removeprefix("? ")
    if found.shift is not None:
        return shifted(found.shift) != row.wanted
    return row.wanted not in {"today", row.today.isoformat()}  # a report that names no day is of today


@pytest.mark.parametrize("shape", SHAPES)
def test_no_form_acts_on_another_day(shape: str) -> None:
    """Read as the table has it, or asked back; never another day or length."""
    assert [row.text for row in ROWS if misread(row, shape)] == []
