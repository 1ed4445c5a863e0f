"""Findings about one entry's time: what could not be said, and what was read but should be looked at (시기 확인)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from plans.draft import Finding, finding, note
from plans.entries.phrase import Unreadable
from plans.facts import Fact, short
from plans.readers.form import Notice, NoticeKind
from plans.text.spelling import one_line
from plans.time.timeline import Remark

LONGEST_TITLE, LONGEST_EXPR, SHOWN = 40, 30, 60  # characters of a title, a time and a text in a finding


def unreadable(found: Unreadable, line: int) -> Finding:
    """The finding of an entry whose time cannot be said."""
    code = "year-unknown.entry" if found.code == "year-unknown" else found.code
    title, expr = found.title[:LONGEST_TITLE], shown_expr(found.expr)
    return finding(line, code, title=title, expr=expr, reason=found.reason)


def shown_expr(expr: str) -> str:
    """The words of a time as a finding has them."""
    return expr[:LONGEST_EXPR]


def remark_finding(remark: Remark, line: int) -> Finding:
    """The finding of a time that was read and should be looked at."""
    say = note if remark.code == "date-moved" else finding
    return say(line, remark.code, **remark.facts)


def time_missing(title: str, line: int) -> Finding:
    """The finding of a table's row that has no time of its own and may be an entry of the time above, or a title."""
    return note(line, "time-missing", title=one_line(title)[:LONGEST_TITLE])


def cells_differ(title: str, line: int) -> Finding:
    """The finding of a row with fewer cells than the header has columns, so that nobody knows which year each is of."""
    return finding(line, "cells-differ", title=one_line(title)[:LONGEST_TITLE])


_NOTICES: Final[dict[NoticeKind, tuple[Callable[..., Finding], str]]] = {
    "lost": (finding, "text-lost"),
    "struck": (note, "struck-out"),
    "hidden": (note, "hidden-text"),
    "revised": (finding, "revised-text"),
    "formula": (finding, "formula-empty"),
    "drawn": (finding, "drawn-times"),
    "pictured": (note, "pictured-page"),
}


def notice_finding(notice: Notice) -> Finding:
    """The finding of something in the file that is not in its text."""
    say, code = _NOTICES[notice.kind]
    spot, text = notice.spot, notice.text
    facts: dict[str, Fact] = {"place": spot.place, "sheet": spot.sheet, "number": spot.number}
    facts |= {"count": len(text)} if notice.kind == "lost" else {}
    return say(notice.line, code, text=short(text, SHOWN), **facts)
