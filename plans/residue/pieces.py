"""A line or a cell with times in it -> pieces: what happens, when, and where in it the time stands (시기와 그 옆의 말)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from plans.entries.body import OF_THING
from plans.entries.clauses import read_clauses, says_action
from plans.entries.phrase import Clause, clean_title, is_act, is_year_only, whole
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, parse_prefix
from plans.time.words import OFTEN

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
_WHEN: Final = re.compile(r"(?P<act>[가-힣 ]{0,10}?)(?:시기|주기|횟수|일정|방법)\s?[:：]\s?(?P<said>\S.*)")
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
    if not find_dates(text) and OFTEN.search(text) is None:
        return []
    return _clauses(text, text, context) or list(_beside(text, context)) or _behind_label(text, context)


def _clauses(text: str, said: str, context: Context) -> list[Piece]:
    found = (one for one in read_clauses(said, "schedule", context) if isinstance(one, Clause))
    return [
        Piece(one.title, one.expr, one.reading, form_of(text, one.expr)) for one in found if _is_piece(one)
    ]


def _is_piece(one: Clause) -> bool:
    """Whether a time is exact, says how often something is done, or names the year of a deed."""
    if not one.reading.windows:
        return bool(one.title) and one.reading.kind in ("recurring", "ongoing")
    return not is_year_only(one.reading) or (bool(one.title) and (one.has_act or is_act(one.title)))


def _behind_label(text: str, context: Context) -> list[Piece]:
    """평가시기 : 자체평가(분기별), 보고회(연 1회): what is done, behind a word for when."""
    found = _WHEN.match(text)
    if found is None:
        return []
    reading = whole(found["said"], context)
    if reading is None:
        return [one for one in _clauses(text, found["said"], context) if one.title]
    title = clean_title(found["act"] or "")
    is_often = reading.kind in ("recurring", "ongoing") and is_act(title)
    is_often = is_often and OF_THING.match(squeeze(text.partition(":")[0])) is None
    return [Piece(title, found["said"], reading, "colon")] if is_often else []


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
