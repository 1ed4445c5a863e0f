"""Lists of people that offices send (직원 명단, 인사이동 명단): one header, a person a row, an empty form with an example."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plans.errors import PlanError
from plans.text.spelling import close_up, one_line

EXAMPLE_MARKS: Final = ("(예)", "(example)")  # of the form's own row, which many leave in
HEADER_WITHIN: Final = 100  # lines in which a list has its header
TITLE_MOST: Final = 3  # filled lines above the header of what is a list and nothing else

Row = dict[str, str]


@dataclass(frozen=True)
class PeopleList:
    """One kind of list. `columns`: what each may be called, the first is what the empty form says; `needed`: without
    these no line is its header; `first`: the column that the example's mark stands in."""

    columns: Mapping[str, Sequence[str]]
    needed: Sequence[str]
    first: str

    def header(self, line: str) -> dict[str, int] | None:
        """Where each column stands, in Korean or English; None for a line that is no header."""
        cells = [_head(cell) for cell in line.split("\t")]
        places = {
            key: next((at for at, cell in enumerate(cells) if cell in map(_head, names)), None)
            for key, names in self.columns.items()
        }
        if any(places[key] is None for key in self.needed):
            return None
        return {key: at for key, at in places.items() if at is not None}

    def is_in(self, text: str) -> bool:
        """The text has the list's header."""
        above = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
        return any(self.header(line) is not None for line in above)

    def is_all_of(self, text: str) -> bool:
        """The text is the list and nothing else: a title at most above the header, rows of its columns below."""
        lines = [line for line in text.split("\n") if line.strip()]
        at = next((at for at, line in enumerate(lines[: TITLE_MOST + 1]) if self.header(line)), None)
        return at is not None and all("\t" in line for line in lines[at:])

    def rows(self, text: str, missing: PlanError) -> Iterator[tuple[int, Row]]:
        """Every filled row below the header, with its line, the example left out. Raises `missing` where there is no
        header."""
        found: dict[str, int] | None = None
        for number, line in enumerate(text.split("\n"), start=1):
            if found is None:
                found = self.header(line) if number <= HEADER_WITHIN else None
                continue
            cells = [one_line(cell) for cell in line.split("\t")]
            row = {key: cells[at] if at < len(cells) else "" for key, at in found.items()}
            if any(cells) and not row[self.first].startswith(EXAMPLE_MARKS):
                yield number, row
        if found is None:
            raise missing

    def empty(self, name: str, example: Sequence[str]) -> bytes:
        """The form as a sheet of that name; the example bears one of EXAMPLE_MARKS, so that reading leaves it out."""
        from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load, and few need it
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = name
        sheet.append([names[0] for names in self.columns.values()])
        sheet.append(list(example))
        for place in range(1, len(self.columns) + 1):
            sheet.column_dimensions[get_column_letter(place)].width = 18
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _head(cell: str) -> str:
    return close_up(cell).casefold()
