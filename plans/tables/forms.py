"""The form of a table: what its header says, whatever stands below, so that an answer about it holds for the next one (서식)."""

from __future__ import annotations

import hashlib

from plans.tables.column_roles import Columns

LETTERS = 16


def form_of(columns: Columns) -> str:
    """A short name that is the same for every table with this header."""
    words = "|".join(column.name for column in columns.all)
    return hashlib.sha256(words.encode()).hexdigest()[:LETTERS]
