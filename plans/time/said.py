"""What a rule of the spoken grammar gives, and the place in a text of the chat that the rules move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from plans.time.cursor import Cursor
from plans.time.days import Doubt, Leaning, Value, When
from plans.time.tokens import Token

ONE_DAY = timedelta(days=1)


class Said(NamedTuple):
    """A date expression. `is_period`: a month, quarter or the like, whose last day is meant; `is_bare`: “6.25”, which
    names an event as often as a day; `is_counted`: counted from today."""

    value: Value
    is_period: bool = False
    is_bare: bool = False
    is_counted: bool = False


Known = dict[tuple[str, int], tuple[Any, int]]


class Spoken(Cursor):
    """The cursor with the text and the day from which it is seen."""

    def __init__(self, tokens: list[Token], at: int, text: str, when: When, known: Known) -> None:
        super().__init__(tokens, at)
        self.text, self.when, self.first, self.known = text, when, at, known

    def once(self, name: str, rule: Callable[[Spoken], Any]) -> tuple[Any, int]:
        """What the rule gives here and where it ends, worked out once for all that ask."""
        key = (name, self.at)
        if key not in self.known:
            start, value = self.at, self.attempt(rule)
            self.known[key], self.at = (value, self.at), start
        return self.known[key]

    @property
    def words(self) -> str:
        """What has been read so far, as typed."""
        return self.text[self.tokens[self.first].start : self.end].strip()

    @property
    def is_ahead(self) -> bool:
        return self.when.leaning is Leaning.FUTURE

    def day_of(self, weeks: int, weekday: int) -> date:
        """That day of the week so many weeks on."""
        today = self.when.today
        return today + timedelta(days=7 * weeks + weekday - today.weekday())

    def monday(self, weeks: int = 0) -> date:
        return self.day_of(weeks, 0)

    def touches(self, ahead: int = 0) -> bool:
        """The token ahead stands right behind the one before it."""
        token, before = self.peek(ahead), self.peek(ahead - 1)
        return token is not None and before is not None and token.start == before.end

    def stands(self, *names: str) -> bool:
        """One of the words is next, right behind what was read or by itself: 2주 간, and no 2주 간담회."""
        return self.sees(*names) and (self.touches() or not self.touches(1))

    def pass_to(self, end: int) -> None:
        """Stand before the first token that begins there or later."""
        while (token := self.peek()) is not None and token.start < end:
            self.at += 1

    def unclear(self, *choices: date) -> Doubt:
        return Doubt(f"“{self.words}”: 며칠인지 날짜로 알려 주십시오.", choices)


Rule = Callable[[Spoken], Said | None]
Needs = tuple[frozenset[str], ...]
"""Words and kinds of tokens: one of each must stand in a text that a rule can read."""
