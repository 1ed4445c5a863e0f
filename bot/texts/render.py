"""The only place that makes message text: strict templates, escaping forced on, pages cut at item borders.

A whole message is a template, `text("done", …)`; a line of one `say("delays.too-early", …)`; plain words `label(…)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup, escape

from bot.privacy import guard
from reports.texts import korean
from reports.texts.catalogue import LANGUAGE, Catalogue
from store.deliveries import Html

if TYPE_CHECKING:
    from jinja2 import Environment, Template

MOST_UNITS = 4096  # Telegram's limit of a message, in UTF-16 units after its entities are read
TITLE_MOST = 80  # characters of a title inside a list

T_Text = TypeVar("T_Text", bound=str)
TAG = re.compile(r"<[^<>]*>")

# How the language joins words and writes days, which reports follow as well.
josa = korean.josa
long_day, short_day, near_day, moment = korean.long_day, korean.short_day, korean.near_day, korean.moment


def cut(text: str, most: int = TITLE_MOST) -> str:
    """The text, shortened with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def own(value: str) -> Markup:
    """Words of our own, whose commands may be tapped."""
    return escape(value.given if isinstance(value, guard.Foreign) else value)


def _source(language: str, name: str) -> tuple[str, str, None]:
    """A template is one block that passes the guard's last look: its text is made, and looked at, as a whole."""
    path = catalogue(language).templates[name]
    return f"{{% filter clean %}}{path.read_text(encoding='utf-8')}{{% endfilter %}}", str(path), None


@cache
def environment(language: str = "ko") -> Environment:
    """Strict templates with escaping forced on."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - a table on a terminal needs none

    env = Environment(
        loader=FunctionLoader(partial(_source, language)),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "josa": josa,
        "day": near_day,
        "long_day": long_day,
        "short_day": short_day,
        "full_day": korean.full_day,
        "weekday": korean.weekday,
        "moment": moment,
        "cut": cut,
        "own": own,
        "clean": guard.clean,
    }
    env.globals["takes_in"] = guard.takes_in
    return env


def text(template: str, /, **facts: object) -> Html:
    """The message of that template with its facts, as Telegram HTML, as far as it may go out.

    A fact that is missing raises UndefinedError.
    """
    told = guard.facts(template, facts)
    return Html(_template(template).render(told).strip())


@cache
def _template(name: str) -> Template:
    """Compiled once. Jinja would look for it, and copy a chain of globals, at every message."""
    found = environment().get_template(name)
    found.globals = dict(found.globals)
    return found


@cache
def catalogue(language: str = LANGUAGE) -> Catalogue:
    """Lines, labels and words: `bot/texts/<language>/<capability>/lines.toml`, through the same templates."""
    return Catalogue("bot", language=language, environment=environment)


def say(key: str, /, **facts: object) -> Html:
    """One line of a message, as far as it may go out: say("delays.too-early", day=day).

    A fact that is missing raises UndefinedError.
    """
    if not facts:  # nobody else's words stand in it
        return Html(catalogue().line(key))
    return Html(guard.clean(catalogue().line(key, **guard.facts(key, facts))))


def label(key: str, /, **facts: object) -> str:
    """The same as plain words: a button, a line on a terminal."""
    told = unescape(TAG.sub("", say(key, **facts)))
    return guard.plain(told) if facts else told


def words(key: str) -> Mapping[str, str]:
    """What codes are called, by code."""
    return catalogue().words(key)


def labels(key: str) -> tuple[str, ...]:
    """A list of texts: the head of a table, a row of buttons."""
    return catalogue().labels(key)


def kept(payload: Mapping[str, Any], key: str = "text") -> Html:
    """The text of a message of the ledger, which was rendered when it was written there."""
    return Html(payload[key])


NOTHING = Html("")


def joined(parts: Iterable[Html], between: str = "\n") -> Html:
    """Rendered texts as one."""
    return Html(between.join(parts))


def plain(template: str, /, **facts: object) -> str:
    """The same as plain text, for a terminal."""
    return guard.plain(unescape(TAG.sub("", text(template, **facts))))


def unmarked(html: Html) -> Html:
    """A message for a channel without markup: the words alone."""
    return Html(guard.plain(unescape(TAG.sub("", html))))


def units(html: str) -> int:
    """Length as Telegram counts: UTF-16 units of what is shown, tags and entities aside."""
    return len(unescape(TAG.sub("", html)).encode("utf-16-le")) // 2


def _pieces(line: str) -> list[str]:
    """A line that alone is too long, in pieces at its spaces and without its tags; any other as it is."""
    if units(line) <= MOST_UNITS:
        return [line]
    pieces = [""]
    for word in TAG.sub("", line).split(" "):
        for start in range(0, len(word), TITLE_MOST):
            chunk = word[start : start + TITLE_MOST]
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
