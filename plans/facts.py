"""What a finding or a refusal is about (사실): numbers, and words of the document, from which others make a sentence.

This room words nothing: it gives a code and its facts. Days are ISO dates, amounts are won, long words are cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

Reason = dict[str, str | int]
"""Why a time cannot be said: its code as "why", beside its facts."""
Fact = str | int | None | list[int] | list[str] | list[Reason] | dict[str, int] | Reason
LONGEST_NAME: Final = 40


@dataclass(frozen=True)
class Fault:
    """A row of a list that cannot be used: its 1-based line and why."""

    line: int
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def short(text: str, most: int = LONGEST_NAME) -> str:
    """A name, cut where long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def named(no: str | None, title: str) -> str:
    """1-1-① 하늘길 걷기."""
    return f"{no} {short(title)}" if no else short(title)


def figure(value: Decimal | int | float) -> str:
    """1234.50 -> 1,234.5."""
    number = Decimal(str(value)).normalize()
    return f"{number:,f}"
