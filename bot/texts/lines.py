"""Lines, labels and words of the bot: `bot/texts/<language>/<capability>/lines.toml`, through the guarded templates.

`say("delays.too-early", day=day)` is one line of a message as Telegram HTML; `label("delays.button.yes")` the same as plain
words, for a button or a terminal; `words("delays.reason")` what codes are called; `labels("cli.head")` the head of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import unescape

from bot.privacy import guard
from bot.texts.render import TAG, cleaned, environment
from reports.texts.catalogue import LANGUAGE, Catalogue
from store.deliveries import Html


@cache
def catalogue(language: str = LANGUAGE) -> Catalogue:
    """The bot's own texts in that language."""
    return Catalogue("bot", language=language, environment=environment)


def say(key: str, /, **facts: object) -> Html:
    """One line of a message, as far as it may go out. A fact that is missing raises UndefinedError."""
    return cleaned(catalogue().line(key, **guard.facts(key, facts)))


def label(key: str, /, **facts: object) -> str:
    """The same as plain words: a button, a line on a terminal."""
    return guard.plain(unescape(TAG.sub("", say(key, **facts))))


def words(key: str) -> Mapping[str, str]:
    """What codes are called, by code."""
    return catalogue().words(key)


def labels(key: str) -> tuple[str, ...]:
    """A list of texts: the head of a table, a row of buttons."""
    return catalogue().labels(key)
