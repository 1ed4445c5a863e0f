"""The place in a time expression's tokens that grammar rules move, and the one rule all others use: a number (커서)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeVar

from plans.time.tokens import Token

T = TypeVar("T")


class Cursor:
    """A place in the tokens; rules move it forward, `attempt` moves it back when a rule fails."""

    def __init__(self, tokens: list[Token], at: int = 0) -> None:
        self.tokens = tokens
        self.at = at

    def peek(self, ahead: int = 0) -> Token | None:
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def sees(self, *names: str, ahead: int = 0) -> bool:
        """Whether the token ahead has one of these kinds or is one of these words."""
        token = self.peek(ahead)
        return token is not None and token.key in names

    def take(self, *names: str) -> Token | None:
        """Consumes and gives the next token if it has one of these kinds or is one of these words."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.key not in names:
            return None
        self.at += 1
        return token

    def attempt(self, rule: Callable[[Self], T | None]) -> T | None:
        """Gives what `rule` gives; on None the cursor stands where it stood."""
        start = self.at
        node = rule(self)
        if node is None:
            self.at = start
        return node

    @property
    def end(self) -> int:
        """Where in the text the consumed part ends."""
        return self.tokens[self.at - 1].end if self.at else 0


def number(cursor: Cursor, low: int, high: int) -> int | None:
    """One number between `low` and `high`."""
    token = cursor.peek()
    if token is None or not low <= token.number <= high:
        return None
    cursor.at += 1
    return token.number
