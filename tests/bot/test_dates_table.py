"""Dates as officers write them: the tables of tables/, read one by one and counted."""

from __future__ import annotations

import pytest

from tests.bot.tables.rows import DateRow, dates, verdict

ROWS = dates("dates.table")
LEAST_RIGHT = 0.97


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.leaning.name}:{row.text}")
def test_no_date_is_read_as_another(row: DateRow) -> None:
    assert verdict(row) != "wrong", row.reading()


def test_nearly_every_date_is_read_and_there_are_many() -> None:
    right = sum(verdict(row) == "right" for row in ROWS)
    assert len(ROWS) >= 120
    assert right >= LEAST_RIGHT * len(ROWS)
