"""How long a message may be (4,096): its length as Telegram counts it, parts and pages below the limit, cut at item borders."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import TypeVar

from store.deliveries import Html

MOST_UNITS = 4096  # Telegram's limit of a message, in UTF-16 units after its entities are read
PIECE = 80  # characters after which a word that is too long is broken

T_Text = TypeVar("T_Text", bound=str)
TAG = re.compile(r"<[^<>]*>")


def units(html: str) -> int:
    """Length as Telegram counts: UTF-16 units of what is shown, tags and entities aside."""
    return len(unescape(TAG.sub("", html)).encode("utf-16-le")) // 2


def _pieces(line: str) -> list[str]:
    """A line that alone is too long, in pieces at its spaces and without its tags; any other as it is."""
    if units(line) <= MOST_UNITS:
        return [line]
    pieces = [""]
    for word in TAG.sub("", line).split(" "):
        for start in range(0, len(word), PIECE):
            chunk = word[start : start + PIECE]
            if units(pieces[-1]) + units(chunk) + 1 > MOST_UNITS:
                pieces.append("")
            pieces[-1] += (" " if pieces[-1] and not start else "") + chunk
    return pieces


def split(html: Html) -> list[Html]:
    """The message in parts below the limit, cut at line ends: our templates close every tag on its line."""
    if units(html) <= MOST_UNITS:
        return [html]
    parts, size = [""], 0
    for line in (piece for whole in html.split("\n") for piece in _pieces(whole)):
        length = units(line) + 1
        if parts[-1] and size + length > MOST_UNITS:
            parts, size = [*parts, ""], 0
        parts[-1] += ("\n" if parts[-1] else "") + line
        size += length
    return [Html(part) for part in parts if part.strip()]


def fitting(items: Sequence[Html], room: int, rest: Callable[[int], Html]) -> list[Html]:
    """The first items that fit into so many UTF-16 units; then what `rest` says of the count of the others."""
    found: list[Html] = []
    size = 0
    for item in items:
        size += units(item) + 2
        if size > room:
            return [*found, rest(len(items) - len(found))]
        found.append(item)
    return found


def pages(items: Sequence[T_Text], per_page: int, room: int = 600) -> list[list[T_Text]]:
    """The items in pages of at most `per_page`, each page below the limit with `room` to spare for its frame."""
    found: list[list[T_Text]] = [[]]
    size = 0
    for item in items:
        length = units(item) + 2
        if found[-1] and (len(found[-1]) >= per_page or size + length > MOST_UNITS - room):
            found.append([])
            size = 0
        found[-1].append(item)
        size += length
    return found
