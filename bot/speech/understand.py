"""What an officer types -> what is meant: plain Korean and English, and commands with or without their slash.

The one reader of the chat, of `gihan understand` and of the tests.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot.speech.closed import is_polite
from bot.speech.dates import Leaning, When
from bot.speech.forms import command, headed
from bot.speech.free import read_free
from bot.speech.numbers import IDS_MOST
from bot.speech.reading import Certainty, Intent, Understood, asking
from bot.speech.spans import Span, absence_days, find_span
from bot.speech.whole import NOTE_MOST, typed, view
from plans.time.days import Workdays

__all__ = ["Intent", "Understood", "is_pleasantry", "understand"]

WORKING_WEEK: Final = 4  # days from which the days of a week are all meant
READ_MOST: Final = 2 * NOTE_MOST  # characters: no more of a text is looked at
SPAN: Final = "부재 기간을 “부재 7.5-7.9 @대직자”처럼 알려 주십시오."
UNKNOWN: Final = "없는 명령입니다. 사용법은 /help 를 눌러 주십시오."


def understand(text: str, today: date, calendar: Workdays) -> Understood:
    """The reading of any text: done at once, shown as a card, or asked back; never a guess."""
    text = typed(text[:READ_MOST])
    seen, when = view(text), When(today, Leaning.FUTURE, calendar)
    if seen.startswith(("/", "／")):
        found = command(text, seen, when) or headed(text[1:], seen[1:], when)
        return _complete(found, when) if found else asking(UNKNOWN)
    if len(text) > NOTE_MOST:
        return asking("글이 길어 무엇을 하시려는지 알 수 없습니다. 짧게 다시 적어 주십시오.")
    if is_polite(seen):
        return Understood(Intent.NONE, certainty=Certainty.ASK)
    return _complete(headed(text, seen, when) or read_free(text, seen, when), when)


def _complete(found: Understood, when: When) -> Understood:
    """The reading with what is alike for all of them: not too many numbers, and the first and last day of an absence;
    one whose days are in doubt is no act."""
    if len(found.ids) > IDS_MOST:
        return asking(f"한 번에 {IDS_MOST}건까지 처리할 수 있습니다. 나누어 보내 주십시오.", found.ids)
    if found.intent != Intent.AWAY:
        return found
    days = find_span(view(absence_days(found.arguments)), when)
    if isinstance(days, Span):
        return replace(found, day=days.first, until=days.last)
    choices = days.choices if days is not None else ()
    if (
        len(choices) >= WORKING_WEEK and found.certainty is Certainty.CARD
    ):  # “다음 주 휴가”: all of its working days
        return replace(found, day=choices[0], until=choices[-1])
    first = choices[0] if len(choices) == 1 else None
    reason = SPAN if days is None else f"{days.reason} {SPAN}"
    certainty = Certainty.ASK if found.acts and found.arguments else found.certainty
    return replace(found, day=first, question=reason, certainty=certainty)


def is_pleasantry(text: str) -> bool:
    """Thanks, greetings, 네: nothing that needs an answer."""
    return is_polite(view(typed(text)))
