"""Rules of dates as a line each: what stands one after the other, and the day that it makes (규칙).

A pattern is atoms with blanks between: words (뒤|후), a class that gives a value ({weekday}), “?” behind what may be left
out, “~” before what must stand right behind, “&” before what must follow and is not read, “!” before what must not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from plans.time import vocabulary as spoken
from plans.time.cursor import number
from plans.time.days import Value
from plans.time.numerals import DAY_WORDS, ENGLISH, MORE, NATIVE, SINO, length, sino, spelt
from plans.time.said import Said, Spoken
from plans.time.words import HALVES, WEEKDAY_NAMES
from plans.time.written import month_ref, month_word, year


def _of(table: dict[str, Any]) -> Callable[[Spoken], Any]:
    """The value of a word of the table."""

    def take(cursor: Spoken) -> Any:
        word = cursor.take(*table)
        return None if word is None else table[word.text]

    return take


def _ref(cursor: Spoken) -> int | None:
    """다음, or 차 right before its unit."""
    word = cursor.take(*spoken.REFS)
    return (
        None
        if word is None or (word.text in spoken.ALONE and not cursor.touches())
        else spoken.REFS[word.text]
    )


def _text(*words: str) -> Callable[[Spoken], str | None]:
    def take(cursor: Spoken) -> str | None:
        word = cursor.take(*words)
        return None if word is None else word.text

    return take


CLASSES: Final[dict[str, Callable[[Spoken], Any]]] = {
    "day": _of(spoken.DAYS),
    "ref": _ref,
    "length": length,
    "weekday": _of({letter: at for at, letter in enumerate(WEEKDAY_NAMES)}),
    "year": year,
    "month": month_word,
    "month_ref": month_ref,
    "half": _of(HALVES),
    "third": _of(spoken.PARTS),
    "count": lambda cursor: sino(cursor, 1, 99),
    "number": lambda cursor: number(cursor, 1, 365),
    "spelt": spelt,
    "vague": _text(*spoken.VAGUE),
    "festival": _text(*spoken.FESTIVALS, *spoken.FIXED_FESTIVALS),
    "month_en": _of(spoken.MONTHS_EN),
    "weekday_en": _of(spoken.WEEKDAYS_EN),
    "year_en": lambda cursor: number(cursor, 2000, 2099),
    "day_en": lambda cursor: number(cursor, 1, 99),
    "nth_en": lambda cursor: number(cursor, 1, 4) or _of({"first": 1, "second": 2})(cursor),
    "unit_en": _text("month", "quarter", "year"),
    "which": _text("this", "next", "last", "coming", "upcoming"),
}
_NUMBERS: Final = frozenset({"num", *SINO})
STARTS: Final[dict[str, frozenset[str]]] = {
    "day": frozenset(spoken.DAYS),
    "ref": frozenset(spoken.REFS),
    "month_ref": frozenset(spoken.REFS),
    "length": frozenset({"반", "반년", *DAY_WORDS, *NATIVE, *ENGLISH, *MORE}) | _NUMBERS,
    "weekday": frozenset(WEEKDAY_NAMES),
    "year": frozenset({"apos", "num", *spoken.YEARS}),
    "month": _NUMBERS | {"유월", "시월"},
    "half": frozenset(HALVES),
    "count": _NUMBERS,
    "vague": frozenset(spoken.VAGUE),
    "festival": frozenset({*spoken.FESTIVALS, *spoken.FIXED_FESTIVALS}),
    "month_en": frozenset(spoken.MONTHS_EN),
    "weekday_en": frozenset(spoken.WEEKDAYS_EN),
    "nth_en": frozenset({"num", "first", "second"}),
    "unit_en": frozenset({"month", "quarter", "year"}),
    "which": frozenset({"this", "next", "last", "coming", "upcoming"}),
    "few": frozenset(spoken.FEW),
}
"""With which words or kinds of tokens a class can begin; numbers are the rest."""
NEEDS: Final = {**STARTS, "month": frozenset({"월", "유월", "시월"})}
WORDS: Final = {"ends": spoken.ENDS, "later": spoken.LATER, "about": spoken.ABOUT, "few": spoken.FEW}


class Rule:
    """One line of the grammar; `give` makes the value of what the classes gave, None: it is no date after all."""

    def __init__(
        self, pattern: str, give: Callable[..., Value | None], *, period: bool = False, counted: bool = False
    ) -> None:
        self.atoms = [_Atom(one) for one in pattern.split()]
        self.give, self.is_period, self.is_counted = give, period, counted

    @property
    def starts(self) -> frozenset[str]:
        """The words and kinds of tokens with which it can begin."""
        found: set[str] = set()
        for one in self.atoms:
            found |= (
                STARTS.get(one.name, {"num"}) if one.name else one.words if one.sign not in "&!" else set()
            )
            if not one.may_lack and one.sign not in "&!":
                break
        return frozenset(found)

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Words of which one must stand in the text, behind the first atom."""
        found = [one for one in self.atoms[1:] if not one.may_lack and one.sign != "!"]
        return tuple(NEEDS.get(one.name, one.words) for one in found if one.name in NEEDS or not one.name)

    def __call__(self, cursor: Spoken) -> Said | None:
        found: dict[str, Any] = {}
        for one in self.atoms:
            if not one.read(cursor, found) and not one.may_lack:
                return None
        value = self.give(cursor, **found)
        return None if value is None else Said(value, self.is_period, is_counted=self.is_counted)


class _Atom:
    """One piece of a pattern: a class with its `name`, or `words`."""

    def __init__(self, written: str) -> None:
        self.sign, self.may_lack, what = written[0], written.endswith("?"), written.lstrip("~&!").rstrip("?")
        name = what[1:-1] if what.startswith("{") else ""
        self.words = frozenset(WORDS.get(name, ()) or what.split("|"))
        self.name = "" if name in WORDS else name

    def read(self, cursor: Spoken, found: dict[str, Any]) -> bool:
        if self.name:
            value, cursor.at = cursor.once(self.name, CLASSES[self.name])
            if value is not None:
                found[self.name] = value
            return value is not None
        at = cursor.at
        is_there = at < len(cursor.tokens) and cursor.tokens[at].key in self.words
        if self.sign in "&!":
            return is_there == (self.sign == "&")
        if not is_there or (self.sign == "~" and not cursor.touches()):
            return False
        cursor.at += 1
        return True
