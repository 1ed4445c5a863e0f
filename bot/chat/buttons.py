"""Button data: v1|verb|id|revision, under Telegram's 64 bytes. Whoever presses is checked at every press."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "v1"
MOST_BYTES = 64
PARTS = 4
MOST_NUMBER = 2**31 - 1  # what every database takes for an id


@dataclass(frozen=True)
class Press:
    """What a button says: the verb, the thing's number, and the revision it was drawn for (0: none)."""

    verb: str
    id: int
    revision: int


def data(verb: str, number: int = 0, revision: int = 0) -> str:
    text = f"{VERSION}|{verb}|{number}|{revision}"
    assert len(text.encode()) <= MOST_BYTES, text
    return text


def button(label: str, verb: str, number: int = 0, revision: int = 0) -> dict[str, str]:
    """A button as messages carry it."""
    return {"text": label, "data": data(verb, number, revision)}


def read(text: str | None) -> Press | None:
    """The press; None for data that is not ours, of another version, or forged."""
    parts = (text or "").split("|")
    if len(parts) != PARTS or parts[0] != VERSION:
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 12 for part in parts[2:]):
        return None
    if int(parts[2]) > MOST_NUMBER or int(parts[3]) > MOST_NUMBER:
        return None
    return Press(parts[1], int(parts[2]), int(parts[3]))
