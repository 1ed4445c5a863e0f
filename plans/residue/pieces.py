"""A line or a cell with times in it -> pieces: what happens, when, and where in it the time stands (시기와 그 옆의 말)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from plans.entries.clauses import read_clauses, says_action
from plans.entries.phrase import Clause, clean_title, is_year_only
from plans.text.spelling import one_line
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, parse_prefix

Form = Literal[
    "leads", "closes", "colon", "bracket", "until", "inside", "alone", "cell", "row", "run", "under"
]
"""Where a time stands: before the words, behind them, behind a colon, in a bracket behind them, before 까지, among them, in a
line without words, in a cell without words, in a cell with some."""

_SIGNS: Final = re.compile(r"\W+")
_LEAD: Final = re.compile(r"(?:\d{1,2}|[가-하])?")  # a number of a list
_CLOSE: Final = re.compile(
    r"(?:[월화수목금토일](?: |$))?(?:\d{1,2} \d\d(?: |$))?"
    r"(?:예정|완료|중|초|말|까지|부터|경|개최|실시|시행|계획|이내|내|한)? ?(?:예정|계획)?"
)
_OPENED: Final = re.compile(r"[(\[【<〈]([^()\[\]【】<>〈〉]*)$")
_HANGUL: Final = re.compile(r"[가-힣]")
_TILDE: Final = re.compile(r"[~∼～]\s?$")
_EMPTY: Final = re.compile(r"\(\s*\)")  # a weekday that a page lost
LONGEST: Final = 300
LEAST_LETTERS: Final = 2


@dataclass(frozen=True)
class Piece:
    """What happens and when; `title` is empty where only what stands around can say it."""

    title: str
    expr: str
    reading: Reading
    form: Form


@dataclass(frozen=True)
class Spot:
    """A time in a text: from `start` up to `end`."""

    start: int
    end: int
    reading: Reading


def spots(text: str, context: Context) -> Iterator[Spot]:
    """The times in a text one after the other, none no more exact than a year."""
    at = 0
    for token in find_dates(text):
        if token.start < at:
            continue
        tilde = _TILDE.search(text[: token.start])
        start = tilde.start() if tilde is not None and tilde.start() >= at else token.start
        found = parse_prefix(text[start:], context)
        if isinstance(found, Reading) and found.end:
            at = start + found.end
            if found.trouble is None and found.windows and not is_year_only(found):
                yield Spot(start, at, found)


def pieces_of(text: str, context: Context) -> list[Piece]:
    """The pieces of a line: as lines of a schedule are read, else one for each time with the words beside it."""
    text = one_line(_EMPTY.sub("", text))[:LONGEST]
    if not find_dates(text):
        return []
    told = [
        Piece(one.title, one.expr, one.reading, form_of(text, one.expr))
        for one in read_clauses(text, "schedule", context)
        if isinstance(one, Clause) and one.reading.windows and not is_year_only(one.reading)
    ]
    return told or list(_beside(text, context))


def _beside(text: str, context: Context) -> Iterator[Piece]:
    """Each time with the words up to the next one: behind it where the first leads, else before it."""
    found = list(spots(text, context))
    leads = bool(found) and _leads(text[: found[0].start])
    for i, one in enumerate(found):
        before = text[found[i - 1].end if i else 0 : one.start]
        behind = text[one.end : found[i + 1].start if i + 1 < len(found) else len(text)]
        words = clean_title(behind if leads else before)
        if not _is_said(words):
            words = clean_title(f"{before} {behind}") if len(found) == 1 else ""
        if len(found) > 1 and not words:
            continue
        if words and not _is_said(words):
            continue
        yield Piece(
            words,
            text[one.start : one.end].strip(),
            one.reading,
            form_of(text, text[one.start : one.end].strip()),
        )


def _is_said(words: str) -> bool:
    return len(_HANGUL.findall(words)) >= LEAST_LETTERS and says_action(words)


def _leads(before: str) -> bool:
    """Whether what stands before a time is no more than marks or a number."""
    return _LEAD.fullmatch(_SIGNS.sub(" ", before).strip()) is not None


def form_of(text: str, expr: str) -> Form:
    """Where a time stands in its text."""
    at = text.find(expr)
    if at < 0:
        return "inside"
    before, behind = text[:at], text[at + len(expr) :]
    if not _HANGUL.search(before) and not _HANGUL.search(behind):
        return "alone"
    if _leads(before):
        return "leads"
    opened = _OPENED.search(before)
    if opened is not None and len(_HANGUL.findall(opened[1])) <= LEAST_LETTERS:
        return "bracket" if not _leads(before[: opened.start()]) else "leads"
    if _CLOSE.fullmatch(_SIGNS.sub(" ", behind).strip()):
        return "colon" if re.search(r"[:：]\s*$", before) else "closes"
    return "until" if re.match(r"\s?까지", behind) or expr.endswith("까지") else "inside"
