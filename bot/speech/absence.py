"""“12/1~12/3 휴가입니다”, “담당자 바뀌었어요”: who is away, and that somebody else is responsible now."""

from __future__ import annotations

import re
from typing import Final

from bot.dates import Doubt, When
from bot.spans import find_span
from bot.speech.acts import Heard
from bot.speech.lexicon import Intent
from bot.speech.manners import CONDITIONAL, HEARSAY, MAYBE, NOT_CHANGED, QUESTION
from bot.speech.reading import Understood, asking

UNCLEAR: Final = "부재 등록이나 담당자 변경을 말씀하시는지 알려 주십시오."
SPAN: Final = "부재 기간을 “부재 7.5-7.9 @대직자”처럼 알려 주십시오."
_DENIED: Final = re.compile(r"아닙|아님|아니(?:에|라|고|야|구)")
UNSURE: Final = (QUESTION, CONDITIONAL, NOT_CHANGED, MAYBE, HEARSAY)


def people(intent: Intent, heard: Heard) -> Understood:
    """An absence with its days, or a change of who is responsible."""
    is_denied = intent is Intent.AWAY and _DENIED.search(heard.words.text)
    if is_denied or any(one.search(heard.words.text) for one in UNSURE):
        return asking(UNCLEAR, heard.ids)
    return Understood(intent, heard.ids) if intent is Intent.HANDOVER else _away(heard)


def _away(heard: Heard) -> Understood:
    return absence(heard.words.plain(0, len(heard.words.text)), heard.words.when)


def absence(text: str, ahead: When) -> Understood:
    """The days, first and last; a beginning alone is asked back."""
    found = find_span(text, ahead)
    note = " ".join(text.split()) or None
    if found is None:
        return Understood(Intent.AWAY, note=note, question=SPAN)
    if isinstance(found, Doubt):
        first = found.choices[0] if len(found.choices) == 1 else None
        return Understood(Intent.AWAY, (), first, note=note, question=f"{found.reason} {SPAN}")
    return Understood(Intent.AWAY, (), found.first, until=found.last, note=note)
