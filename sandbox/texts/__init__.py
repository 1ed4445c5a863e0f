"""What the sandbox says to people, by key and language; what bots are told is Telegram's own English and stands where it is told.

`<language>/lines.toml` has the answers of the control API, `<language>/index.html` and `<language>/page.js` what the page
shows. The page says with every request which language it is in.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("ko", "en")
FIRST = LANGUAGES[0]
ROOM = Path(__file__).parent

_SPOKEN: ContextVar[str] = ContextVar("language", default=FIRST)


def folder(language: str) -> Path:
    return ROOM / language


def known(said: str | None) -> str | None:
    """The language of a code like "en-GB,en;q=0.9"; None for one that there is not."""
    code = (said or "")[:2].lower()
    return code if code in LANGUAGES else None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Lines are of that language until the block ends."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


@cache
def _lines(language: str) -> dict[str, str]:
    return tomllib.loads((folder(language) / "lines.toml").read_text(encoding="utf-8"))


def line(key: str, /, **facts: object) -> str:
    """The text with its facts in its {braces}. Raises KeyError for a text or a fact that is not there."""
    return _lines(_SPOKEN.get())[key].format(**facts)
