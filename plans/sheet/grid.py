"""The cells of one sheet as they stand, and what each is called (C5)."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, Field

_LETTERS: Final = 26


class Grid(BaseModel):
    """One sheet from A1. `reaches`: row and column (from 0) of a cell over several columns -> how many; `choices`: column
    (from 0) -> what its cells may be chosen from."""

    name: str
    rows: list[list[str]]
    reaches: dict[int, dict[int, int]] = Field(default_factory=dict)
    choices: dict[int, list[str]] = Field(default_factory=dict)

    def at(self, row: int, column: int) -> str:
        """The text of a cell, both from 0; "" for an empty one."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""


def cell_name(row: int, column: int) -> str:
    """(4, 2), both from 0 -> C5."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"
