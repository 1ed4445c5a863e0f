"""An item entered in one line: 의회 요구 교통과,공원과 버스 노선 자료 / 김하늘 의원 / 제3차 정례회 / 7.20 14:00."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.chat.turn import Turn, UsageError, ensure_words, note
from bot.items import vocabulary
from bot.items.worded import kind_before, refusals
from bot.speech.dates import read
from bot.texts.render import say
from jobs.items import steps
from jobs.items.steps import Entry
from reports.hours import minute_of
from store import officers
from store.models import Department, Item
from store.states import ItemKind

MOST_PLACES: Final = 10
_HOUR: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})$")


def enter(turn: Turn, text: str, example: str) -> Item:
    """What was typed is an item from now on."""
    entry = entry_of(turn, text, example)
    with refusals():
        return steps.enter(turn.deed, entry)


def entry_of(turn: Turn, text: str, example: str, otherwise: ItemKind = ItemKind.SUGGESTION) -> Entry:
    """The kind (`otherwise` where none is named), the departments, what is raised; behind strokes who raised it, where, and by
    when. Raises UsageError."""
    ensure_words("note")
    kind, rest = kind_before(text)
    places, rest = _places(turn, rest, example)
    title, *more = (one.strip() for one in f"{rest} ".split(vocabulary.BETWEEN.rstrip() + " "))
    due_on, due_minute, others = _due(turn, more)
    return Entry(
        kind=kind or otherwise,
        title=note(title, is_optional=True) or "",
        source_on=turn.today,
        department=places[0],
        cooperating=places[1:],
        requester=note(others[0], is_optional=True) if others else None,
        source=note(others[1], is_optional=True) if len(others) > 1 else None,
        due_on=due_on,
        due_minute=due_minute,
    )


def _places(turn: Turn, text: str, example: str) -> tuple[list[Department], str]:
    """교통과,공원과 at the front. Raises UsageError where no department stands there."""
    found: list[Department] = []
    while len(found) < MOST_PLACES:
        before = _place(turn, text)
        if before is None:
            raise UsageError(say("items.no-department", said=text.partition(" ")[0][:20]), example=example)
        place, text = before
        found.append(place)
        if not text.startswith(","):
            break
        text = text[1:].strip()
    return found, text.strip()


def _place(turn: Turn, text: str) -> tuple[Department, str] | None:
    """The department in front, up to a comma or as far as its name goes; what follows with its comma."""
    head, comma, behind = text.partition(",")
    named = officers.department(turn.session, head) if comma else None
    if named is not None:
        return named, f",{behind}"
    before = officers.department_before(turn.session, text)
    return (before[0], before[1].strip()) if before is not None else None


def _due(turn: Turn, said: Sequence[str]) -> tuple[date | None, int | None, list[str]]:
    """The day (and hour) among the parts, and the other parts in their order."""
    day, minute, others = None, None, []
    for one in said:
        hour = _HOUR.search(one)
        found = read(one[: hour.start()] if hour else one, turn.ahead()) if one[:1].isdigit() else None
        if found is not None and isinstance(found.value, date) and not found.rest.strip():
            day, minute = found.value, minute_of(hour[0]) if hour else None
        elif one:
            others.append(one)
    return day, minute, others
