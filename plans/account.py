"""Every place of a file that looks like a date is accounted for: registered, asked, or set aside with a reason (날짜 장부).

Nobody can say what was missed unless the sum holds: what was registered, what is asked and what was left out make up
all there is. What looks like an entry and became nothing is told with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.document import Document
from plans.draft import Account, Finding, LooseLine, MilestoneDraft
from plans.entries import attribute_of
from plans.labels import PERIOD_LABELS, is_attribute
from plans.lines import Line
from plans.readers.form import Notice
from plans.sections import SectionKind, title_of
from plans.shapes import has_more, looks_like_entry
from plans.spelling import one_line, plain, squeeze
from plans.time.scan import DateToken, find_dates

ASKED: Final = frozenset(
    {"year-unknown", "unreadable-time", "impossible-day", "reversed-span", "after-condition", "year"}
)
"""Findings about an entry that was not registered because a person has to say when it is."""

_PLAIN: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?\.\s?\d{1,2}\s?\.|(?<!\d)(?:19|20)\d\d\s?년\s?\d{1,2}\s?월|['’‘]\s?\d\d\s?\.\s?\d{1,2}\s?\."
)
"""A second, cruder look for dates: one that the first look missed makes the sum wrong."""

UNREAD: Final = "읽지 못함"
LONGEST_SHOWN: Final = 200
MOST_NAMED: Final = 30  # line numbers in a message


@dataclass
class _Book:
    """The counts while the lines are gone through."""

    document: Document
    entries: dict[int, list[MilestoneDraft]]
    asked_lines: set[int | None]
    kinds: dict[int, SectionKind]
    outside: frozenset[int]
    account: Account = field(default_factory=Account)

    def add(self, line: Line) -> None:
        """Puts every date of a line into one of the three heaps."""
        text = _shown(line)
        tokens = find_dates(text)
        self.account.total += max(len(tokens), len(_PLAIN.findall(text)))
        if line.no in self.entries or line.no in self.asked_lines:
            self.account.read_lines += 1
            self._add_read(line, text, tokens)
        elif tokens:
            self._set_line_aside(line, text, tokens, self._reason(line, tokens))

    def _add_read(self, line: Line, text: str, tokens: Sequence[DateToken]) -> None:
        """The dates of an entry's time are registered, those of a question asked; others belong to its words."""
        exprs = [entry.expr for entry in self.entries.get(line.no, ())]
        wanted = Counter(_squeezed(token.text) for expr in exprs for token in find_dates(expr))
        left: list[DateToken] = []
        for token in tokens:
            name = _squeezed(token.text)
            wanted[name] -= 1
            left += [token] if wanted[name] < 0 else []
        self.account.registered += len(tokens) - len(left)
        if line.no in self.asked_lines:
            self.account.asked += len(left)
        elif left:
            is_past = self.kinds.get(line.no) == "done" or is_history(self.document, line, left)
            is_unread = not line.cells and not is_past and has_more(text, left)
            self._set_line_aside(line, text, left, UNREAD if is_unread else "일정의 말")

    def _set_line_aside(self, line: Line, text: str, tokens: Sequence[DateToken], reason: str) -> None:
        self.set_aside(reason, len(tokens))
        if reason == UNREAD:
            self.account.unread.append(LooseLine(line=line.no, text=one_line(text)[:LONGEST_SHOWN]))

    def set_aside(self, reason: str, count: int) -> None:
        if count:
            self.account.aside[reason] = self.account.aside.get(reason, 0) + count

    def _reason(self, line: Line, tokens: Sequence[DateToken]) -> str:
        """Why the dates of a line are no entry."""
        if line.no in self.outside or line.no not in self.kinds:
            return "과제 밖"
        if title_of(line) is not None and not any(token.month for token in tokens):
            return "제목"
        if line.is_note:
            return "비고"
        if _is_period(line):
            return "기간"
        if self.kinds[line.no] == "done" or is_history(self.document, line, tokens):
            return "실적"
        return UNREAD if looks_like_entry(line) else "통계·본문"


def settle(document: Document, findings: Sequence[Finding], notices: Sequence[Notice]) -> Account:
    """The account of a document whose checks have been made."""
    entries: dict[int, list[MilestoneDraft]] = {}
    for placed in document.tasks:
        for entry in placed.task.milestones:
            entries.setdefault(entry.line, []).append(entry)
    asked = {one.line for one in findings if one.code in ASKED}
    kinds = {no: kind for placed in document.tasks for no, kind in placed.body.kinds.items()}
    book = _Book(document, entries, asked, kinds, frozenset(loose_lines(document)))
    for line in document.lines:
        book.add(line)
    for notice in notices:
        gone = len(find_dates(notice.text))
        book.account.total += gone
        book.set_aside("읽지 못한 글자" if notice.kind == "lost" else "삭제·숨김", gone)
    return book.account


def loose_lines(document: Document) -> list[int]:
    """The lines outside all tasks that look like an entry and are not about the past."""
    inside = {line.no for placed in document.tasks for line in placed.lines}
    return [
        line.no
        for line in document.lines
        if line.no not in inside
        and looks_like_entry(line)
        and not _is_period(line)
        and squeeze(line.body) not in squeeze(document.cover.title)
        and not is_history(document, line, find_dates(_shown(line)))
    ]


def _shown(line: Line) -> str:
    return plain(line.text).replace("\n", " ") if line.cells else line.body


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.]", "", text)


def _is_period(line: Line) -> bool:
    attribute = attribute_of(line)
    if attribute is not None and (attribute[0] in PERIOD_LABELS or is_attribute(attribute[0])):
        return True
    return any("기간" in text for text in line.cells[:1])


def is_history(document: Document, line: Line, tokens: Sequence[DateToken]) -> bool:
    """Whether all dates of a line lie before the plan's year, where it is known."""
    above = document.scope.context(line.no).year
    years = [year for token in tokens if (year := token.year or above) is not None]
    return document.year is not None and bool(years) and max(years) < document.year


def numbers(lines: Iterable[int]) -> str:
    """3, 5, 9 외 12줄"""
    found = list(lines)
    more = f" 외 {len(found) - MOST_NAMED}줄" if len(found) > MOST_NAMED else ""
    return ", ".join(map(str, found[:MOST_NAMED])) + more


def account_findings(account: Account) -> Iterator[Finding]:
    """What the account itself has to say: lines not read, and a sum that does not hold."""
    if account.unread:
        where = numbers(one.line for one in account.unread)
        said = f"일정처럼 보이지만 읽지 못한 줄이 {len(account.unread)}줄 있습니다(줄 {where})."
        message = f"{said} 원문을 확인하여 주시기 바랍니다."
        yield Finding(line=account.unread[0].line, code="unread", severity="check", message=message)
    if not account.holds:
        message = f"{account.shown}: 합이 맞지 않습니다. 빠진 날짜가 있는지 확인하여 주시기 바랍니다."
        yield Finding(line=None, code="dates-lost", severity="check", message=message)
