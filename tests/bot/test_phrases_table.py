"""Phrases as officers type them: every row of the tables is read, compared and counted."""

from __future__ import annotations

import pytest

from tests.bot.tables.rows import PhraseRow, phrases, verdict

LEAST_RIGHT = 0.97
Verdicts = list[tuple[PhraseRow, str]]


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    """Each row with what became of it: right, asks or wrong."""
    names = ("phrases.table", "more_phrases.table", "fresh_phrases.table")
    return [(row, verdict(row)) for name in names for row in phrases(name)]


def test_no_phrase_is_read_as_another(verdicts: Verdicts) -> None:
    assert [(row.text, row.wanted, row.reading()) for row, found in verdicts if found == "wrong"] == []


def test_nearly_every_phrase_is_read_and_there_are_many(verdicts: Verdicts) -> None:
    assert len(verdicts) >= 150
    assert sum(found == "right" for _, found in verdicts) >= LEAST_RIGHT * len(verdicts)
