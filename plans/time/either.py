"""The time at the front of a text that somebody types, in Korean or in English; of a document the language is known. Pure."""

from __future__ import annotations

from typing import Final

from plans.time import english, timeline
from plans.time.timeline import CannotSay, Context, Reading

_AS_TYPED: Final = english.Usage(is_day_first=True)


def read_prefix(text: str, context: Context) -> Reading | CannotSay:
    """Reads the longest time that `text` starts with; why the Korean reader cannot, where neither can."""
    korean = timeline.read_prefix(text, context)
    if isinstance(korean, Reading) or korean.is_date_like:
        return korean
    found = english.read_prefix(text, context, _AS_TYPED)
    if isinstance(found, Reading):
        return found if found.trouble is None else found.trouble
    return korean
