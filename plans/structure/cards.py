"""Task cards: the block 주관부서 | 담당자 | 연락처 | 소요예산 and the fields in it (과제 카드)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.fields.labels import field_of
from plans.text.lines import Line

CARD_FIELDS: Final = frozenset(
    {"department", "related", "officers", "phones", "budgets", "period", "status", "title"}
)
LARGEST_CARD: Final = 14  # lines from the first to the last row of one card, blank ones included


@dataclass
class Card:
    """One card; `start` and `end` are indexes, `values` field -> (label, value, line number)."""

    start: int
    end: int
    values: dict[str, tuple[str, str, int]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        found = self.values.get(name)
        return None if found is None else found[1]

    def label(self, name: str) -> str:
        return self.values[name][0] if name in self.values else ""


def find_cards(lines: Sequence[Line]) -> list[Card]:
    """All cards: label-value rows that name a department and, in a neighbouring row, an officer, budget or phone."""
    cards: list[Card] = []
    open_card: Card | None = None
    for index, line in enumerate(lines):
        pairs = pairs_in(line) or _further_pairs(open_card, line)
        if not pairs:
            if open_card is not None and not (line.is_blank or line.cells):
                open_card = None
            continue
        if open_card is None and not _opens_card(pairs):
            continue
        if open_card is None or _repeats(open_card, pairs) or index - open_card.start > LARGEST_CARD:
            open_card = Card(index, index)
            cards.append(open_card)
        open_card.end = index + 1
        for name, label, value in pairs:
            open_card.values.setdefault(name, (label, value, line.no))
    return [card for card in cards if is_card(card)]


def is_card(card: Card) -> bool:
    """Whether a block names a department and at least one thing that only cards have."""
    return "department" in card.values and bool(card.values.keys() & {"officers", "phones", "budgets"})


def _opens_card(pairs: list[tuple[str, str, str]]) -> bool:
    """False for the header of a schedule (구분 | 추진내용 | 추진시기), which names a field and fills none."""
    return any(
        value and (name != "period" or re.search(r"\d|연중|상시|계속", value)) for name, _, value in pairs
    )


def _further_pairs(card: Card | None, line: Line) -> list[tuple[str, str, str]]:
    """The lines 사업기간 and 소요예산 of a card that is written as a list and has begun above."""
    if card is None or not is_card(card) or line.cells or line.is_note:
        return []
    found = _FURTHER.match(line.body)
    name = None if found is None else field_of(found[1])
    return [(name, found[1], found[2])] if found and name in ("period", "budgets", "status") else []


def _repeats(card: Card, pairs: list[tuple[str, str, str]]) -> bool:
    return "department" in card.values and any(name in ("department", "title") for name, _, _ in pairs)


def pairs_in(line: Line) -> list[tuple[str, str, str]]:
    """(field, label, value) of a table row of labels and values, or of lines such as "○ 주관부서 : 기획과"."""
    return _cell_pairs(line) if line.cells else _colon_pairs(line)


def _cell_pairs(line: Line) -> list[tuple[str, str, str]]:
    cells = list(line.cells)
    found: list[tuple[str, str, str]] = []
    at = 0
    while at < len(cells):
        name = field_of(cells[at])
        if name in CARD_FIELDS:
            value = _value_behind(cells, at)
            found.append((name, cells[at], value))
            at += 1
        at += 1
    labels = sum(field_of(text) is not None for text in cells)
    return found if found and labels <= (len(cells) + 1) // 2 else []


def _value_behind(cells: list[str], at: int) -> str:
    """The next filled cell that is no label itself."""
    for value in cells[at + 1 :]:
        if field_of(value) is not None:
            return ""
        if value:
            return value
    return ""


_CARD_LINE: Final = re.compile(
    r"([가-힣][가-힣 /]{1,12}?)\s*[:：]\s*([^:：]*?)(?=(?:[,/|]\s*|\s{2,}|\s*[○◦□]\s*)[가-힣][가-힣 ]{1,8}\s*[:：]|$)"
)


_FURTHER: Final = re.compile(r"^([가-힣][가-힣 ]{1,12}?)\s*[:：]\s*(\S.*)$")


def _colon_pairs(line: Line) -> list[tuple[str, str, str]]:
    """주관부서 : 기획과 / 담당자 : 가나다 주무관 in one bullet line; only departments, officers, phones and partners."""
    if line.is_blank or line.is_note or ":" not in line.body.replace("：", ":"):
        return []
    found = []
    for match in _CARD_LINE.finditer(line.body):
        name = field_of(match[1])
        if name is None or name not in ("department", "officers", "phones", "related"):
            return []
        found.append((name, match[1], match[2].strip(" /,|")))
    return found
