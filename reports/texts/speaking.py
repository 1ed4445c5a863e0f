"""In which language is spoken now, and in which the organisation's house speaks where nobody else is spoken to.

Whoever makes texts for somebody opens `speaking(language)`: the dispatcher for the sender of an update, the ledger for the
recipient of a message, the command line for whoever typed it. Outside of it, in groups, in printed forms and in what is
stored as words, the house's language is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TypeVar, get_args

Language = Literal["ko", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
FIRST: Final[Language] = "ko"  # of whoever has chosen nothing

T = TypeVar("T")
_SIGNS: Final = ("/", "／", "@", "#")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_ENGLISH: Final = re.compile(r"[A-Za-z]?[a-z]+(?:['’][a-z]{1,2})?[.,;:!?]?")
_LEAST_WORDS: Final = 2

HOUSE: list[Language] = [FIRST]
SPOKEN: ContextVar[Language | None] = ContextVar("language", default=None)


def language() -> Language:
    """The language of the text that is being made."""
    return SPOKEN.get() or HOUSE[0]


def house() -> Language:
    """The organisation's."""
    return HOUSE[0]


def of_person(chosen: str | None) -> Language:
    """In which somebody is spoken to who has chosen that; None, as of a person who has chosen none: the house's."""
    return known(chosen) or house()


def settle(chosen: Language) -> None:
    """The house's language from now on, in the whole process: once, when the settings were read."""
    HOUSE[0] = chosen


@contextmanager
def speaking(chosen: str | None) -> Iterator[None]:
    """Texts are made in that language until the block ends, in this thread or task alone; see of_person."""
    token = SPOKEN.set(of_person(chosen))
    try:
        yield
    finally:
        SPOKEN.reset(token)


def turn_to(chosen: str | None) -> None:
    """The same for the rest of the block that is open: who speaks was not known when it began."""
    SPOKEN.set(of_person(chosen))


def in_each(make: Callable[[], T]) -> Callable[[], T]:
    """What is so now, said in every language at once, for whoever hears of it after it has changed: gives what is said in
    the language that is spoken then."""
    said = {}
    for one in LANGUAGES:
        with speaking(one):
            said[one] = make()
    return lambda: said[language()]


def typed_in(text: str) -> Language | None:
    """The language of a sentence that somebody typed; None where it is too short to tell: a command, a number, a name (Anna
    Maria Kim), an abbreviation are no sentence, and one with both kinds of letters is of neither."""
    words = [one for one in text.split() if one[:1] not in _SIGNS]
    if any(_HANGUL.search(one) for one in words):
        return None if any(_ENGLISH.fullmatch(one) for one in words) else "ko"
    english = [one for one in words if _ENGLISH.fullmatch(one)]
    return "en" if len(english) >= _LEAST_WORDS and any(one[0].islower() for one in english) else None


def known(said: str | None) -> Language | None:
    """The language of a code like "en-GB" or "ko_KR.UTF-8"; None for any other."""
    code = (said or "").replace("_", "-").replace(".", "-").partition("-")[0].lower()
    return next((one for one in LANGUAGES if one == code), None)
