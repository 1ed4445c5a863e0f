"""The pages of a .pdf as one text (문서)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pypdfium2

from plans.errors import PlanError
from plans.readers.form import TEXT, Notice, Source, Spot, lost, same_width, table_lines
from plans.readers.pdf import fonts
from plans.readers.pdf.grids import grids_of
from plans.readers.pdf.layout import Block, blocks_of
from plans.readers.pdf.lines import once
from plans.readers.pdf.page import UNKNOWN, Page, View
from plans.readers.pdf.places import Box, Glyph
from plans.readers.pdf.roadmaps import drawn_times
from plans.readers.pdf.sheets import Sheet, go_on, without_empty_columns, without_margins
from plans.readers.pdf.struck import crossed_out, runs_of

if TYPE_CHECKING:
    from plans.readers.pdf.second import SecondReading

PICTURED: Final = 0.3  # of a page without text that pictures cover: something is said there


def read(data: bytes, progress: Callable[[int, int], None] = lambda *_: None) -> Source:
    """The text in the common form; `progress` gets pages read and pages in all. Raises: PlanError."""
    file = _File(data)
    sheets = []
    for index in range(file.pages):
        progress(index, file.pages)
        sheets.append(file.sheet(index))
    progress(file.pages, file.pages)
    if not any(sheet.plain for sheet in sheets):
        raise PlanError("scanned")
    without_margins(sheets)
    go_on(sheets)
    without_empty_columns(sheets)
    return _source(sheets)


def _source(sheets: Sequence[Sheet]) -> Source:
    lines: list[str] = []
    notices: list[Notice] = []
    for number, sheet in enumerate(sheets, 1):
        spot = Spot("page", number)
        found = list(_shown(sheet.blocks, lines))
        notices += [Notice("struck", spot, text, len(lines) + 1) for text in sheet.struck]
        notices += [Notice("drawn", spot, text, len(lines) + 1) for text in sheet.unread]
        notices += lost(spot, sheet.plain, "\n".join([*found, *sheet.struck, *sheet.repeated]))
        lines += found
    pictures = [str(number) for number, sheet in enumerate(sheets, 1) if sheet.is_picture]
    notices += [Notice("pictured", TEXT, ", ".join(pictures))] if pictures else []
    return Source("\n".join(same_width(lines)), notices)


class _File:
    """Raises: PlanError for one that is locked or no PDF."""

    def __init__(self, data: bytes) -> None:
        fonts.bring_own()
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            is_locked = "password" in str(problem).lower()
            raise PlanError("password" if is_locked else "damaged") from problem
        self._data = data
        self._other: SecondReading | None = None
        self.pages = len(self._document)

    def sheet(self, index: int) -> Sheet:
        """What stands on a page."""
        page = Page(self._document, index)
        try:
            glyphs, drawn = page.glyphs(), page.drawn()
        finally:
            page.close()
        untold = drawn.untold
        if untold:
            more, untold = self._second(index, untold, glyphs, page.view)
            glyphs += more
        glyphs = once(glyphs)
        crossed = crossed_out(glyphs, drawn.across)
        kept = [glyph for at, glyph in enumerate(glyphs) if at not in crossed]
        grids = grids_of(drawn)
        plain = "".join(glyph.text for glyph in glyphs) + UNKNOWN * len(untold)
        covered = sum(box.width * box.height for box in drawn.pictures)
        return Sheet(
            blocks_of(kept, grids),
            runs_of([glyphs[at] for at in sorted(crossed)]),
            plain,
            page.size[1],
            unread=drawn_times(kept, drawn, grids),
            is_picture=not plain.strip() and covered >= PICTURED * page.size[0] * page.size[1],
        )

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


def _shown(blocks: Sequence[Block], before: Sequence[str]) -> Iterator[str]:
    """The lines of a page; a table that does not go on with the one above it is kept apart from it."""
    last = "".join(before[-1:])
    for block in blocks:
        lines = table_lines(block.rows) if block.rows else block.lines
        if block.rows and "\t" in last and not block.goes_on:
            yield ""
        yield from lines
        last = "".join(lines[-1:])
