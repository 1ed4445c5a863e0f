"""Every place of a file that looks like a date is accounted for: registered, asked, or set aside with a reason (날짜 장부).

Nobody can say what was missed unless the sum holds: what was registered, what is asked and what was left out make up
all there is. What looks like an entry and became nothing is told with its line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.document import Document
from plans.draft import Account, Aside, Finding, LooseLine, MilestoneDraft, finding
from plans.entries.body import attribute_of
from plans.entries.shapes import has_more
from plans.fields.labels import PERIOD_LABELS, english_field, is_attribute
from plans.readers.form import Notice
from plans.structure.sections import SectionKind, title_of
from plans.tables.entries import timed_rows
from plans.tables.table import find_tables
from plans.text.lines import Line
from plans.text.spelling import one_line, plain, squeeze
from plans.time.scan import DateToken

ASKED: Final = frozenset(
    {"year-unknown", "unreadable-time", "impossible-day", "reversed-span", "after-condition", "year"}
)
"""Findings about an entry that was not registered because a person has to say when it is."""

_PLAIN: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?\.\s?\d{1,2}\s?\.|(?<!\d)(?:19|20)\d\d\s?년\s?\d{1,2}\s?월|['’‘]\s?\d\d\s?\.\s?\d{1,2}\s?\."
)
"""A second, cruder look for dates: one that the first look missed makes the sum wrong."""

IN_TEXT: Final = frozenset({"drawn", "pictured"})
"""Notices about what stands in the text besides: its dates are counted there."""

LONGEST_SHOWN: Final = 200
MOST_NAMED: Final = 30  # line numbers in a message


@dataclass
class _Book:
    """The counts while the lines are gone through."""

    document: Document
    entries: dict[int, list[MilestoneDraft]]
    asked_lines: set[int | None]
    kinds: dict[int, SectionKind]
    joined: dict[int, int]
    wanted: dict[int, Counter[str]]
    outside: frozenset[int]
    repeats: frozenset[int]
    silent: frozenset[int]
    account: Account = field(default_factory=Account)

    def add(self, line: Line) -> None:
        """Puts every date of a line into one of the three heaps."""
        text = _shown(line)
        tokens = self.document.dates(text)
        self.account.total += max(
            len(tokens), len(_PLAIN.findall(text)) if self.document.language == "ko" else 0
        )
        is_read = line.no in self.entries or line.no in self.asked_lines
        self.account.read_lines += is_read
        if is_read or any(self._expected(line.no)[_squeezed(token.text)] for token in tokens):
            self._add_read(line, text, tokens)
        elif tokens:
            self._set_line_aside(line, text, tokens, self._reason(line, tokens))

    def _add_read(self, line: Line, text: str, tokens: Sequence[DateToken]) -> None:
        """The dates of an entry's time are registered, those of a question asked; others belong to its words."""
        wanted = self._expected(line.no)
        left: list[DateToken] = []
        for token in tokens:
            name = _squeezed(token.text)
            left += [token] if wanted[name] <= 0 else []
            wanted[name] -= wanted[name] > 0
        self.account.registered += len(tokens) - len(left)
        if line.no in self.asked_lines:
            self.account.asked += len(left)
        elif left:
            is_past = self.kinds.get(line.no) == "done" or is_history(self.document, line, left)
            is_unread = not line.cells and not is_past and has_more(text, left)
            self._set_line_aside(line, text, left, "unread" if is_unread else "words")

    def _expected(self, no: int) -> Counter[str]:
        """The dates in the times of the entries of a paragraph that its lines have not shown yet."""
        return self.wanted.get(self.joined.get(no, no), Counter())

    def _set_line_aside(self, line: Line, text: str, tokens: Sequence[DateToken], reason: Aside) -> None:
        self.set_aside(reason, len(tokens))
        if reason == "unread":
            self.account.unread.append(LooseLine(line=line.no, text=one_line(text)[:LONGEST_SHOWN]))

    def set_aside(self, reason: Aside, count: int) -> None:
        if count:
            self.account.aside[reason] = self.account.aside.get(reason, 0) + count

    def _reason(self, line: Line, tokens: Sequence[DateToken]) -> Aside:
        """Why the dates of a line are no entry."""
        if line.no in self.outside or line.no not in self.kinds:
            return "outside"
        if title_of(line) is not None and not any(token.month for token in tokens):
            return "title"
        if line.is_note or line.no in self.repeats:
            return "note"
        if _is_period(line):
            return "period"
        if self.kinds[line.no] == "done" or is_history(self.document, line, tokens):
            return "past"
        is_told = line.no in self.silent or self.document.looks_like_entry(line)
        return "unread" if is_told else "prose"


def settle(document: Document, findings: Sequence[Finding], notices: Sequence[Notice]) -> Account:
    """The account of a document whose checks have been made."""
    entries: dict[int, list[MilestoneDraft]] = {}
    for placed in document.tasks:
        for entry in placed.task.milestones:
            entries.setdefault(entry.line, []).append(entry)
    asked = {one.line for one in findings if one.kind in ASKED}
    asked |= {one.line for placed in document.tasks for one in placed.task.asked}
    kinds = {no: kind for placed in document.tasks for no, kind in placed.body.kinds.items()}
    repeats = frozenset(no for placed in document.tasks for no in placed.body.repeats)
    joined = {no: first for placed in document.tasks for no, first in placed.body.joined.items()}
    wanted: dict[int, Counter[str]] = defaultdict(Counter)
    for no, ones in entries.items():
        wanted[joined.get(no, no)].update(
            _squeezed(token.text) for one in ones for token in document.dates(one.expr)
        )
    outside, silent = frozenset(loose_lines(document)), silent_rows(document, {*entries, *asked})
    book = _Book(document, entries, asked, kinds, joined, wanted, outside, repeats, silent)
    for line in document.lines:
        book.add(line)
    for line in document.frame:
        told = len(document.dates(_shown(line)))
        book.account.total += told
        book.set_aside("outside", told)
    for notice in (one for one in notices if one.kind not in IN_TEXT):
        gone = len(document.dates(notice.text))
        book.account.total += gone
        book.set_aside("lost" if notice.kind == "lost" else "gone", gone)
    return book.account


def loose_lines(document: Document) -> list[int]:
    """The lines outside all tasks that look like an entry and are not about the past."""
    inside = {line.no for placed in document.tasks for line in placed.lines}
    return [
        line.no
        for line in document.lines
        if line.no not in inside
        and document.looks_like_entry(line)
        and not _is_period(line)
        and squeeze(line.body) not in squeeze(document.cover.title)
        and not is_history(document, line, document.dates(_shown(line)))
    ]


def silent_rows(document: Document, told: Container[int | None]) -> frozenset[int]:
    """The rows with times of the tables of which nothing was registered or asked."""
    tables = find_tables(document.lines) if document.language == "ko" else ()
    silent = (table for table in tables if not any(row.no in told for row in table.rows))
    return frozenset(no for table in silent for no in timed_rows(table))


def _shown(line: Line) -> str:
    """As dates are looked for in it: none reaches over the rim of a cell."""
    return plain(line.text).replace("\n", " ").replace("\t", "\t\t") if line.cells else line.body


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.]", "", text)


def _is_period(line: Line) -> bool:
    attribute = attribute_of(line)
    if attribute is not None and (attribute[0] in PERIOD_LABELS or is_attribute(attribute[0])):
        return True
    return any("기간" in text or english_field(text) == "period" for text in line.cells[:1])


def is_history(document: Document, line: Line, tokens: Sequence[DateToken]) -> bool:
    """Whether all dates of a line lie before the plan's year, where it is known."""
    above = document.scope.context(line.no).year
    years = [year for token in tokens if (year := token.year or above) is not None]
    return document.year is not None and bool(years) and max(years) < document.year


def first_of(lines: Sequence[int]) -> tuple[list[int], int]:
    """The first line numbers, as many as are shown, and how many there are besides."""
    return list(lines[:MOST_NAMED]), max(0, len(lines) - MOST_NAMED)


def account_findings(account: Account) -> Iterator[Finding]:
    """What the account itself has to say: lines not read, and a sum that does not hold."""
    if account.unread:
        shown, more = first_of([one.line for one in account.unread])
        yield finding(shown[0], "unread", count=len(account.unread), shown=shown, more=more)
    if not account.holds:
        yield finding(None, "dates-lost", **account.facts)
