"""An English sentence of a plan -> what happens and when: "Staff training by 31 October 2026" (문장 속의 시기)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from plans.entries.phrase import Clause, Unreadable
from plans.text.lines import Line
from plans.text.spelling import one_line, words_of
from plans.time.english import MONTHS, SEASONS, Usage, read_english, read_prefix
from plans.time.timeline import CannotSay, Context, Reading

_BEFORE_TIME: Final = words_of(
    "by before until from between during on in at no not up within throughout all each every "
    "annually monthly quarterly weekly daily fortnightly yearly biannually six half twice once three "
    "four ongoing starting beginning mid early late end completed due"
)
_STARTER: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join([*_BEFORE_TIME, *MONTHS, *SEASONS])}|Q[1-4]|H[12]|FY|\d{{1,4}})(?![a-z])",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(
    r"(?:^|[\s(])(?:by|before|until|from|between|during|on|in|at|within|throughout|due) *$|[:–—,;(-] *$"
)
_LED: Final = re.compile(
    r"(?:by|before|until|from|between|during|on|in|at|no|not|up|within|throughout|all|each|every|starting|beginning|completed|due)\b",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s*[:–—]\s*|\s+-\s+")
_BRACKET: Final = re.compile(r"\(([^()]{2,80})\)|\[([^\[\]]{2,80})\]")
_LEAD: Final = re.compile(
    r"[(\[]\s*(?:leads?|owner|responsible|lead department|lead officer)\s*[:–-]\s*"
    r"(?P<who>[^()\[\],;]{2,80}?)\s*(?:[,;]\s*(?P<rest>[^()\[\]]{2,80}))?[)\]]",
    re.IGNORECASE,
)
_DUE_LABEL: Final = re.compile(
    r"^or |^(?:due(?: date)?|deadline|timescale|timeframe|target(?: date)?|when|by when)\s*[:–-]\s*",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"^(?P<no>\d{1,3}(?:\.\d{1,2}){0,3}[.)]?|[A-Za-z][.)]|\([0-9a-z]{1,3}\))\s+(?=\S)"
)
_BARE: Final = re.compile(r"^\d{1,2}(?:st|nd|rd|th)?\s")
ANY_YEAR: Final = Context(2000)  # only whether a text begins with a time is asked
_SENTENCES: Final = re.compile(r"(?<=[a-z0-9)][.!?]) (?=[A-Z])")
_PROMISE: Final = re.compile(
    r"\b(?:will|shall|must|(?:aims?|plans?|intends?) to"
    r"|(?:is|are) (?:expected|due|planned|scheduled|to be))\b",
    re.IGNORECASE,
)
_EDGES: Final = " \t:;,.–—-"
LEAST_WORDS: Final = 2


@dataclass(frozen=True)
class Sentence:
    """An item without its number and its lead; `rest` may hold its time."""

    no: str | None
    text: str
    lead: str | None = None
    rest: str = ""


def sentence_of(text: str) -> Sentence:
    """ "1. Plant trees (Lead: Parks, by May 2026)" -> its number, words, lead, and what the bracket says besides."""
    number = None if _begins_with_day(text) else _NUMBER.match(text)
    words = text if number is None else text[number.end() :]
    lead = _LEAD.search(words)
    no = None if number is None else number["no"].strip("().")
    if lead is None:
        return Sentence(no, one_line(words))
    words = words[: lead.start()] + " " + words[lead.end() :]
    return Sentence(no, one_line(words), lead["who"].strip(), (lead["rest"] or "").strip())


def _begins_with_day(text: str) -> bool:
    """Whether the number that a text begins with is that of a day (06 June 2026: …) and numbers no list."""
    if not (bare := _BARE.match(text)):
        return False
    found = read_prefix(text, ANY_YEAR, Usage())
    return isinstance(found, Reading) and bool(found.windows) and found.end > bare.end()


def read_sentence(sentence: Sentence, context: Context, usage: Usage) -> Clause | Unreadable | None:
    """The entry of an item, or why its time cannot be said; None where it has no time."""
    if sentence.rest:
        found = _whole(sentence.rest, context, usage)
        if found is not None:
            return _entry(sentence.text, sentence.rest, found)
    ways = (_bracketed, _yearly, _leading, _inside)
    text = sentence.text.rstrip(" .;")
    return next((one for way in ways if (one := way(text, context, usage)) is not None), None)


def promises_of(paragraph: Sequence[Line]) -> Iterator[tuple[Line, Sentence]]:
    """The sentences of a paragraph that promise something, each with the line on which it ends."""
    text, ends = "", []
    for line in paragraph:
        text = f"{text} {one_line(line.body)}".strip()
        ends.append((len(text), line))
    at = 0
    for sentence in _SENTENCES.split(text):
        at = text.find(sentence, at) + len(sentence)
        if _PROMISE.search(sentence):
            yield next(line for end, line in ends if at <= end), Sentence(None, sentence)


def title_of(text: str) -> str:
    """What happens, without the signs around it."""
    return one_line(text).strip(_EDGES)


def _whole(text: str, context: Context, usage: Usage) -> Reading | None:
    found = read_english(_DUE_LABEL.sub("", text), context, usage)
    return found if isinstance(found, Reading) else None


def _entry(title: str, expr: str, found: Reading) -> Clause | Unreadable | None:
    title, expr = title_of(title), expr.strip(_EDGES)
    if len(title.split()) < LEAST_WORDS and not re.search(r"[A-Za-z]{4}", title):
        return None
    if found.trouble is not None:
        return Unreadable(title, expr, found.trouble.reason, found.trouble.code)
    return Clause(title, expr, found)


def _bracketed(text: str, context: Context, usage: Usage) -> Clause | Unreadable | None:
    """Choose a supplier (March 2026); a bare year in brackets cites something."""
    for bracket in reversed(list(_BRACKET.finditer(text))):
        inner = bracket[1] or bracket[2]
        found = _whole(inner, context, usage)
        if found is not None and not re.fullmatch(r"\s*\d{4}\s*", inner):
            return _entry(text[: bracket.start()] + text[bracket.end() :], inner, found)
    return None


def _yearly(text: str, context: Context, usage: Usage) -> Clause | Unreadable | None:
    """Annual review in May: what comes each year says itself when."""
    found = read_english(text, context, usage)
    is_named = isinstance(found, Reading) and found.rrule is not None and len(text.split()) > LEAST_WORDS
    return _entry(text, text, found) if is_named and isinstance(found, Reading) else None


def _leading(text: str, context: Context, usage: Usage) -> Clause | Unreadable | None:
    """June 2026: open the centre · By June 2026, open the centre."""
    found = read_prefix(text, context, usage)
    if isinstance(found, CannotSay) or not found.has_tail:
        return None
    expr, rest = text[: found.end], text[found.end :]
    is_led = _LED.match(text) is not None and len(rest.split()) >= LEAST_WORDS
    separator = _SEPARATOR.match(rest)
    if separator is None and not (is_led and not re.match(r"[\w(]", rest)):
        return None
    return _entry(rest[separator.end() :] if separator else rest, expr, found)


def _inside(text: str, context: Context, usage: Usage) -> Clause | Unreadable | None:
    """Staff training by 31 October 2026 · Migrate records: June to September 2026 · Publish results monthly.

    A time that can be said wins over one before it that cannot (within 18 months, or by 1 July 2026).
    """
    trouble: Clause | Unreadable | None = None
    for start, found in _readings(text, context, usage):
        expr, rest = text[start : start + found.end], text[start + found.end :]
        if not found.has_tail:
            rest, expr = "", text[start:]
        if re.match(r"[\w%]", rest.strip()[:1]) and not _may_go_on(expr, rest):
            continue
        entry = _entry(text[:start] + " " + rest, expr, found)
        if found.trouble is None or found.trouble.code != "after-condition":
            return entry
        trouble = trouble or entry
    return trouble


def _readings(text: str, context: Context, usage: Usage) -> Iterator[tuple[int, Reading]]:
    """The times that stand behind an action, each with where it begins: behind a preposition, a sign, or at the end."""
    for starter in _STARTER.finditer(text, 1):
        start = starter.start()
        found = read_prefix(text[start:], context, usage)
        if isinstance(found, CannotSay):
            continue
        is_led = _LED.match(text[start:]) is not None or _JOINED.search(text[:start]) is not None
        is_year = (
            re.fullmatch(r"(?:in |on |at )?\d{4}", text[start : start + found.end], re.IGNORECASE) is not None
        )
        if found.kind in ("ongoing", "recurring") or found.trouble is not None:
            if not found.has_tail:
                yield start, found
        elif (is_led and not (is_year and found.has_tail)) or (not found.has_tail and not is_year):
            yield start, found


_GOES_ON: Final = re.compile(
    r"\s+(?:and|with|through|via|for|to|using|including|so|as|where|subject)\b", re.IGNORECASE
)


def _may_go_on(expr: str, rest: str) -> bool:
    """Whether what follows a time inside a sentence only says more about the action."""
    return _GOES_ON.match(rest) is not None or rest[:1] in "),;."
