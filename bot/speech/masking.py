"""A text with its numbers, dates and quotations taken out, so that only the words remain to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot import dates
from bot.dates import Found, When
from bot.speech.numbers import COUNTS, NO_NUMBERS, PERCENT, Number, doubt_of, numbers

ID, DATE, PER_CENT, OTHER, QUOTE = "№◆％■□"
MARKS: Final = frozenset((ID, DATE, PER_CENT, OTHER, QUOTE))
_TAKEN = "■"
_QUOTED = re.compile(r"“[^”]{2,}”|\"[^\"]{2,}\"|「[^」]{2,}」|『[^』]{2,}』|‘[^’]{2,}’|^>.*$", re.MULTILINE)
_RESERVED = str.maketrans({"№": "#", "◆": " ", "％": "%", "■": " ", "□": " "})


@dataclass(frozen=True)
class Atom:
    """One thing taken out: its sign, the place of that sign in the masked text, and what it was."""

    sign: str
    at: int
    text: str
    value: Number | Found | re.Match[str] | None = None


@dataclass(frozen=True)
class Masked:
    """The words, one sign for each thing taken out; `doubt`: why its numbers cannot be sure."""

    text: str
    atoms: tuple[Atom, ...]
    doubt: str | None
    when: When

    @property
    def numbers(self) -> list[tuple[Atom, Number]]:
        return [(one, one.value) for one in self.atoms if isinstance(one.value, Number)]

    @property
    def dates(self) -> list[tuple[Atom, Found]]:
        return [(one, one.value) for one in self.atoms if isinstance(one.value, Found)]

    @property
    def percents(self) -> list[re.Match[str]]:
        return [one.value for one in self.atoms if isinstance(one.value, re.Match)]

    def plain(self, start: int, end: int) -> str:
        """What stood there, as it was typed."""
        by_place = {one.at: one.text for one in self.atoms}
        return "".join(by_place.get(place, self.text[place]) for place in range(start, end))


Piece = tuple[int, int, str, Number | Found | re.Match[str] | None]


def masked(text: str, when: When) -> Masked:
    """Takes out, in this order, quotations, numbers that are surely others, percentages, dates, counts, numbers."""
    text = text.translate(_RESERVED)
    pieces: list[Piece] = []
    rest = _take(text, pieces, ((one.start(), one.end(), QUOTE, None) for one in _QUOTED.finditer(text)))
    rest = _take(rest, pieces, ((one.start(), one.end(), OTHER, None) for one in NO_NUMBERS.finditer(rest)))
    rest = _take(rest, pieces, ((one.start(), one.end(), PER_CENT, one) for one in PERCENT.finditer(rest)))
    rest = _take(rest, pieces, ((one.start, one.stop, DATE, one) for one in dates.find(rest, when)))
    doubt = doubt_of(rest)
    rest = _take(rest, pieces, ((one.start(), one.end(), OTHER, None) for one in COUNTS.finditer(rest)))
    _take(rest, pieces, ((one.start, one.end, ID, one) for one in numbers(rest)))
    return _joined(text, pieces, doubt, when)


def _take(text: str, pieces: list[Piece], found: Iterable[Piece]) -> str:
    """Keeps the pieces and gives the text with their places filled, so that nothing is taken twice."""
    for piece in list(found):
        start, end = piece[0], piece[1]
        pieces.append(piece)
        text = text[:start] + _TAKEN * (end - start) + text[end:]
    return text


def _joined(text: str, pieces: list[Piece], doubt: str | None, when: When) -> Masked:
    out: list[str] = []
    atoms: list[Atom] = []
    at = 0
    for start, end, sign, value in sorted(pieces, key=lambda one: one[0]):
        out.append(text[at:start])
        atoms.append(Atom(sign, sum(map(len, out)), text[start:end], value))
        out.append(sign)
        at = end
    out.append(text[at:])
    return Masked("".join(out), tuple(atoms), doubt, when)
