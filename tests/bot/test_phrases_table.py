"""Phrases as officers type them: the tables of tables/, read one by one and counted."""

from __future__ import annotations

import pytest

from tests.bot.tables.rows import PhraseRow, phrases, verdict

ROWS = [*phrases("phrases.table"), *phrases("more_phrases.table"), *phrases("fresh_phrases.table")]
LEAST_RIGHT = 0.97


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_no_phrase_is_read_as_another(row: PhraseRow) -> None:
    assert verdict(row) != "wrong", row.reading()


def test_nearly_every_phrase_is_read_and_there_are_many() -> None:
    right = sum(verdict(row) == "right" for row in ROWS)
    assert len(ROWS) >= 150
    assert right >= LEAST_RIGHT * len(ROWS)
