"""What rests until something happens that has no day: 국비 확보 시까지 보류, 사업 중단(예산 확보 시 재개) (보류·중단)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from plans.text.spelling import one_line

_RESTS: Final = r"(?:잠정 ?|일시 ?)?(?:중단|보류|유보)"
_STOPS: Final = re.compile(rf"{_RESTS}(?: ?중| ?예정|함)?$")
_IN_BRACKETS: Final = re.compile(r"\(([^()]{2,80})\)$")
_UNTIL: Final = re.compile(
    r"(?:시|때|후|이후|까지|되면|하면)(?: (?:재추진|재개|추진|시행)(?: 예정)?)?$|재개(?: 예정)?$"
)
_UP_TO: Final = re.compile(r"^(?P<until>\S.{1,78}(?:시|때|후)까지) (?P<what>.{0,60})$")
_GOES_ON: Final = re.compile(r" 재개(?: 예정)?$")
LONGEST_CONDITION: Final = 80
LONGEST_TEXT: Final = (
    400  # a longer one is prose; its labels behind each other would go deeper than a call can
)
_BEHIND_NAME: Final = re.compile(r"^(?P<name>[^:：]{2,60}?) ?[:：] ?(?P<rest>\S.*)$")


class Suspension(NamedTuple):
    """What rests, and until what."""

    title: str
    until: str


def suspension(text: str, below: str = "") -> Suspension | None:
    """The text as a suspension with its condition: in brackets behind it, in front of 까지, or in the line `below` that tells
    when it goes on. None where it says none: whatever else is stopped (플라스틱 사용 중단) is an act."""
    if len(text) > LONGEST_TEXT:
        return None
    text = one_line(text).rstrip(".")
    named = _BEHIND_NAME.match(text)
    if named is not None:
        found = suspension(named["rest"], below)
        return None if found is None else Suspension(f"{named['name']} {found.title}", found.until)
    bracket = _IN_BRACKETS.search(text)
    if bracket is not None:
        title, until = text[: bracket.start()].strip(), bracket[1].strip()
        return Suspension(title, until) if _STOPS.search(title) and _UNTIL.search(until) else None
    if _STOPS.search(text) is None:
        return None
    up_to = _UP_TO.match(text)
    if up_to is not None:
        return Suspension(up_to["what"].strip(), up_to["until"])
    until = one_line(below).rstrip(".")
    goes_on = len(until) <= LONGEST_CONDITION and _GOES_ON.search(until)
    return Suspension(text, until) if goes_on else None


def is_suspension(title: str, until: str) -> bool:
    """Read as one before, by its two parts."""
    return _STOPS.search(title) is not None and _UNTIL.search(until) is not None
