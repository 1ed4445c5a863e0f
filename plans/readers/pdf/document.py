"""The pages of a .pdf as one text: tables go on over pages, headers and page numbers are left out (문서)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from plans.errors import PlanError
from plans.readers.form import Notice, Source, Spot, lost, same_width, table_lines
from plans.readers.pdf.grids import grids_of
from plans.readers.pdf.layout import Block, blocks_of
from plans.readers.pdf.lines import once
from plans.readers.pdf.page import UNKNOWN, Page, View
from plans.readers.pdf.places import Box, Glyph
from plans.readers.pdf.struck import crossed_out, runs_of

if TYPE_CHECKING:
    from plans.readers.pdf.second import SecondReading


def read(data: bytes) -> Source:
    """The text in the common form. Raises: PlanError."""
    file = _File(data)
    lines: list[str] = []
    notices: list[Notice] = []
    has_text = False
    for number in range(1, file.pages + 1):
        sheet = file.sheet(number - 1)
        has_text = has_text or bool(sheet.plain)
        spot = Spot("page", number)
        notices += [Notice("struck", spot, text, len(lines) + 1) for text in sheet.struck]
        found = list(_shown(sheet.blocks))
        notices += lost(spot, sheet.plain, "\n".join([*found, *sheet.struck]))
        lines += found
    if not has_text:
        raise PlanError("scanned")
    return Source("\n".join(same_width(lines)), notices)


@dataclass
class Sheet:
    """What stands on a page, what is crossed out there, and all its letters."""

    blocks: list[Block]
    struck: list[str]
    plain: str


class _File:
    """Raises: PlanError for one that is locked or no PDF."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            is_locked = "assword" in str(problem)
            raise PlanError("password" if is_locked else "damaged") from problem
        self._data = data
        self._other: SecondReading | None = None
        self.pages = len(self._document)

    def sheet(self, index: int) -> Sheet:
        page = Page(self._document, index)
        try:
            glyphs, drawn = page.glyphs(), page.drawn()
        finally:
            page.close()
        untold = drawn.untold
        if untold:
            more, untold = self._second(index, untold, glyphs, page.view)
            glyphs += more
        plain = "".join(glyph.text for glyph in glyphs) + UNKNOWN * len(untold)
        glyphs = once(glyphs)
        crossed = crossed_out(glyphs, drawn.across)
        kept = [glyph for at, glyph in enumerate(glyphs) if at not in crossed]
        struck = runs_of([glyphs[at] for at in sorted(crossed)])
        return Sheet(blocks_of(kept, grids_of(drawn)), struck, plain)

    def _second(
        self, index: int, places: Sequence[Box], known: Sequence[Glyph], view: View
    ) -> tuple[list[Glyph], list[Box]]:
        """What another library reads there, and where it reads nothing: everywhere if it stumbles over the file."""
        from plans.readers.pdf.second import SecondReading  # noqa: PLC0415 - few files need it

        try:
            self._other = self._other or SecondReading(self._data)
            return self._other.glyphs(index, places, known, view)
        except Exception:  # each broken file breaks it otherwise; what is missing is told
            return [], list(places)


def _shown(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from table_lines(block.rows) if block.rows else block.lines
