"""The dated lines and cells that nothing consumed, each with all that speaks for its being an entry (나머지 항목)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from plans.document import Document
from plans.entries.paragraphs import Paragraph, actions_beside, paragraph_at
from plans.entries.phrase import clean_title, has_words
from plans.residue.evidence import THRESHOLD, Around, evidence, weight
from plans.residue.pieces import Piece, pieces_of
from plans.residue.rows import pieces_of_rows
from plans.residue.runs import beside_times, time_in
from plans.structure.sections import Section, is_section_title, title_of
from plans.structure.years import YearScope, hull
from plans.tables.column_roles import is_ordinal
from plans.tables.entries import read_table
from plans.tables.table import Table, find_tables
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.days import have_weekdays
from plans.time.scan import find_dates
from plans.time.timeline import Reading
from plans.time.words import OFTEN

_NUMBER: Final = re.compile(r"^\(?\d{1,2}[.)]\s+")
_DIGIT: Final = re.compile(r"\d")
MOST_BELOW: Final = 30  # lines below a time among which its bullets are looked for
MOST_YEARS: Final = 12  # from the plan's year on
MOSTLY: Final = 0.6  # of the dated lines
OLD: Final = 3  # years before the last of a document whose year nobody knows


@dataclass(frozen=True)
class Leftover:
    """A piece at the index of its line, and the names of what speaks for it and against it."""

    index: int
    piece: Piece
    signs: frozenset[str]

    @property
    def weight(self) -> float:
        return weight(self.signs)

    @property
    def is_entry(self) -> bool:
        return self.weight >= THRESHOLD


@dataclass(frozen=True)
class Found:
    """A piece before it is judged: role and header of its column in a table, how many times its run or list has."""

    index: int
    piece: Piece
    role: str = ""
    header: str = ""
    count: int = 0


@dataclass
class Residue:
    """The document, the numbers of the lines that were told, and what is counted once."""

    document: Document
    told: Container[int]
    _dated: dict[tuple[int, bool], tuple[int, int, bool]] = field(default_factory=dict)

    @cached_property
    def lines(self) -> Sequence[Line]:
        return self.document.lines

    @cached_property
    def has_date(self) -> list[bool]:
        return [any(token.month for token in find_dates(line.text)) for line in self.lines]

    @cached_property
    def has_time(self) -> list[bool]:
        """The same of lines that say how often, or in which year."""
        return [
            has or bool(OFTEN.search(line.text)) or bool(find_dates(line.text))
            for line, has in zip(self.lines, self.has_date, strict=True)
        ]

    @cached_property
    def read_share(self) -> float:
        """Of the lines with dates, how many were told."""
        dated = [line.no in self.told for line, has in zip(self.lines, self.has_date, strict=True) if has]
        return sum(dated) / max(len(dated), 1)

    def around(self, found: Found) -> Around:
        line = self.lines[found.index]
        if found.count:
            near = range(max(0, found.index - OLD), min(len(self.lines), found.index + OLD + 1))
            return Around(
                line,
                found.index,
                found.count,
                found.count,
                any(self.lines[at].no in self.told for at in near),
            )
        siblings = self.document.scope.tree.siblings(found.index)
        first = siblings[0].index if siblings else found.index
        key = first, bool(found.piece.reading.windows)
        if key not in self._dated:
            numbers = [block.index for block in siblings]
            has = self.has_date if found.piece.reading.windows else self.has_time
            dated = sum(has[at] for at in numbers)
            self._dated[key] = dated, len(numbers), any(self.lines[at].no in self.told for at in numbers)
        return Around(line, found.index, *self._dated[key])


def leftovers(document: Document, told: Container[int] = frozenset()) -> Iterator[Leftover]:
    """All pieces of the plan's year or later that nothing told, in order, each once."""
    residue = Residue(document, told)
    every = sorted(_all(residue), key=lambda one: one.index)
    latest = max((w.due.year for one in every for w in one.piece.reading.windows if w.due), default=0)
    seen: set[tuple[str, str]] = set()
    for one in every:
        key = repr(one.piece.reading.windows), squeeze(one.piece.title)
        if key in seen or is_ordinal(one.piece.title) or not _is_ahead(document, one.piece):
            continue
        seen.add(key)
        signs = evidence(document, one.piece, residue.around(one), one.role, one.header)
        if "closing" in signs and residue.read_share:
            continue
        signs |= {"old"} if document.year is None and _ends_before(one.piece, latest - OLD) else set()
        signs |= {"mostly-read"} if residue.read_share > MOSTLY else set()
        yield Leftover(one.index, one.piece, frozenset(signs))


def _is_ahead(document: Document, piece: Piece) -> bool:
    """Whether a time ends in the plan's year or not long behind it."""
    year = document.year
    return (
        year is None
        or not piece.reading.windows
        or (not _ends_before(piece, year) and _ends_before(piece, year + MOST_YEARS))
    )


def _ends_before(piece: Piece, year: int) -> bool:
    ends = [window.due or window.start for window in piece.reading.windows]
    return bool(ends) and all(day is None or day.year < year for day in ends)


def _all(residue: Residue) -> Iterator[Found]:
    yield from _of_tables(residue)
    yield from _of_lines(residue)


def _of_tables(residue: Residue) -> Iterator[Found]:
    """What the tables give of which some dated row was not told."""
    told, scope = residue.told, residue.document.scope
    for table in find_tables(residue.lines):
        is_left = any(residue.has_date[row.no - 1] and row.no not in told for row in table.rows)
        if not is_left or any(row.no in told for row in table.rows[table.head.top : table.head.end]):
            continue
        covered: set[int] = set()
        for piece, row in _by_header(table, scope):
            covered.add(row)
            if row not in told:
                yield Found(row - 1, piece, "time")
        left = {row.no for row in table.rows if row.no not in told and _DIGIT.search(row.text)} - covered
        for one in pieces_of_rows(table, scope, left) if left else ():
            if one.row.no in left:
                yield Found(one.row.no - 1, one.piece, one.role, one.header)


def _by_header(table: Table, scope: YearScope) -> Iterator[tuple[Piece, int]]:
    """What a table gives where its header says what its columns are."""
    found = read_table(table, Section(None, "schedule", 0, 0), scope)
    for one in found.milestones:
        if one.windows and any(window.precision != "year" for window in one.windows):
            yield Piece(one.title, one.expr, Reading(one.kind, tuple(one.windows)), "row"), one.line
    for grid in found.grids:
        title = grid.title if grid.label in grid.title else f"{grid.label} {grid.title}"
        yield Piece(title, grid.expr, grid.reading, "row"), grid.row


def _of_lines(residue: Residue) -> Iterator[Found]:
    """What the lines outside tables give, those that only go on in the next passed over."""
    lines, scope = residue.lines, residue.document.scope
    beside, runs = actions_beside(lines), beside_times(lines, scope)
    behind = 0
    for index, line in enumerate(lines):
        is_read = line.no in residue.told or index < behind
        if is_read or line.cells or line.is_blank or line.is_contact or line.title_in_brackets is not None:
            continue
        if index in beside or index in runs:
            title = clean_title(beside[index]) if index in beside else runs[index].title
            count = len(beside) if index in beside else runs[index].count
            yield from _of_lone_time(residue, index, title, count)
        elif residue.has_time[index] and not (line.marks == "-" and line.body.endswith("-")):
            below = _below(lines, index)
            paragraph = paragraph_at(lines, index, len(lines), scope.tree)
            behind = index + len(paragraph.lines)
            yield from (
                _of_bullets(residue, index, below) if below else _of_paragraph(residue, index, paragraph)
            )


def _of_lone_time(residue: Residue, index: int, title: str, count: int) -> Iterator[Found]:
    line, scope = residue.lines[index], residue.document.scope
    reading = time_in(line, scope.context(line.no))
    if reading is not None:
        yield Found(index, Piece(title, one_line(line.body), reading, "run"), count=count)
        _tell(scope, line, reading)


def _of_bullets(residue: Residue, index: int, below: Sequence[Line]) -> Iterator[Found]:
    """The bullets that hang from a time."""
    line = residue.lines[index]
    reading = time_in(_unnumbered(line), residue.document.scope.context(line.no))
    for other in below if reading is not None else ():
        if other.no not in residue.told and reading is not None:
            piece = Piece(clean_title(other.body), one_line(line.body), reading, "under")
            yield Found(other.no - 1, piece, count=len(below))


def _of_paragraph(residue: Residue, index: int, paragraph: Paragraph) -> Iterator[Found]:
    line, scope = residue.lines[index], residue.document.scope
    at = 0
    last: Reading | None = None
    block = scope.tree.blocks[index]
    number = block.number if block is not None else None
    if block is not None and block.kind == "title" and number is not None and is_section_title(number.title):
        return  # 하반기 추진계획 heads what is planned
    text = paragraph.text
    text = text[text.find(number.title) :] if number is not None and number.title in text else text
    for piece in pieces_of(text, scope.context(line.no)):
        no, at = paragraph.line_of(piece.expr, at)
        last = piece.reading if piece.form != "bracket" else last
        if not (piece.form == "alone" and have_weekdays(line.body)):
            yield Found(no - 1, replace(piece, title=piece.title or _heading(residue.document, index)))
    if last is not None:
        _tell(scope, line, last)


def _tell(scope: YearScope, line: Line, reading: Reading) -> None:
    own = hull(reading.windows)
    if own is not None:
        scope.tell(line.no, own)


def _unnumbered(line: Line) -> Line:
    return replace(line, text=_NUMBER.sub("", line.body)) if _NUMBER.match(line.body) else line


def _below(lines: Sequence[Line], index: int) -> list[Line]:
    """The bullets without a time of their own right below a line that is only a time."""
    line = lines[index]
    if time_in(_unnumbered(line)) is None:
        return []
    found: list[Line] = []
    for other in lines[index + 1 : index + MOST_BELOW]:
        if other.is_blank:
            continue
        is_item = bool(other.marks) and not other.is_note and (not line.marks or other.rank > line.rank)
        if other.cells or title_of(other) is not None or (other.marks and find_dates(other.body)):
            break
        if is_item and (not found or other.rank == found[0].rank):
            found.append(other)
        elif (
            not found or (other.marks and line.marks and other.rank <= line.rank) or _NUMBER.match(other.body)
        ):
            break
    return found


def _heading(document: Document, index: int) -> str:
    """What the bullet or the title right above a line says happens; "" where it only names a section or a time."""
    above = next(
        (line for line in reversed(document.lines[max(0, index - OLD) : index]) if not line.is_blank), None
    )
    for block in document.scope.tree.above(index)[:1]:
        title = clean_title(block.number.title if block.number is not None else block.text)
        is_near = above is not None and above.no == block.index + 1
        if is_near and has_words(title) and not is_section_title(title) and not find_dates(title):
            return title
    return ""
