"""The only place that makes message text: strict templates, escaping forced on.

A whole message is a template, `text("done", …)`; a line of one `say("delays.too-early", …)`; plain words `label(…)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from bot.privacy import guard
from bot.texts.message_length import TAG
from reports.texts import grammar
from reports.texts.catalogue import Catalogue, Spoken
from reports.texts.speaking import language
from store.deliveries import Html

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_WORDLESS = frozenset({bool, int, date})  # kinds of facts in which is nothing that a level takes out
TITLE_MOST = 80  # characters of a title inside a list


# How the language joins words and writes days, which reports follow as well.
josa, beside = grammar.josa, grammar.beside
long_day, short_day, near_day, bare_day = (
    grammar.long_day,
    grammar.short_day,
    grammar.near_day,
    grammar.bare_day,
)
moment, long_moment = grammar.moment, grammar.long_moment


def cut(text: str, most: int = TITLE_MOST) -> str:
    """The text, shortened with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def own(value: str) -> Markup:
    """Words of our own, whose commands may be tapped."""
    return escape(value.given if isinstance(value, guard.Foreign) else value)


def _source(code: str, name: str) -> tuple[str, str, None]:
    """A template is one block that passes the guard's last look: its text is made, and looked at, as a whole."""
    path = catalogue(code).templates[name]
    return f"{{% filter clean %}}{path.read_text(encoding='utf-8')}{{% endfilter %}}", str(path), None


def environment(code: str = "") -> Environment:
    """Strict templates with escaping forced on, of that language, else of the one that is spoken now."""
    return _environment(code or language())


@cache
def _environment(code: str) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - a table on a terminal needs none

    env = Environment(
        loader=FunctionLoader(partial(_source, code)),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = grammar.of(code)
    env.filters |= grammar.filters(code) | {
        "day": told.near_day,
        "full_day": told.full_day,
        "moment": told.moment,
        "cut": cut,
        "own": own,
        "honoured": honoured,
        "clean": guard.clean,
    }
    env.globals["takes_in"] = guard.takes_in
    return env


def text(template: str, /, **facts: object) -> Html:
    """The message of that template with its facts, as Telegram HTML, as far as it may go out.

    A fact that is missing raises UndefinedError.
    """
    told = guard.facts(template, facts)
    return Html(_template(language(), template).render(told).strip())


@cache
def _template(code: str, name: str) -> Template:
    """Compiled once. Jinja would look for it, and copy a chain of globals, at every message."""
    found = environment(code).get_template(name)
    found.globals = dict(found.globals)
    return found


_LINES = Spoken("bot", environment=environment)


def catalogue(code: str = "") -> Catalogue:
    """Lines, labels and words: `bot/texts/<language>/<capability>/lines.toml`, through the same templates; of the language
    that is spoken now where none is named."""
    return _LINES.of(code) if code else _LINES.now()


def say(key: str, /, **facts: object) -> Html:
    """One line of a message, as far as it may go out: say("delays.too-early", day=day).

    A fact that is missing raises UndefinedError.
    """
    if _is_ours(facts):
        return Html(_LINES.line(key, **facts))
    return Html(guard.clean(_LINES.line(key, **guard.facts(key, facts))))


def _is_ours(facts: Mapping[str, object]) -> bool:
    """Nobody else's words stand in a text of these facts."""
    return all(type(one) in _WORDLESS for one in facts.values())


def honoured(person: object) -> Html:
    """The officer as people are spoken of: by rank where it is known."""
    return say("chat.honoured", person=person)


def label(key: str, /, **facts: object) -> str:
    """The same as plain words: a button, a line on a terminal."""
    told = unescape(TAG.sub("", say(key, **facts)))
    return told if _is_ours(facts) else guard.plain(told)


def words(key: str) -> Mapping[str, str]:
    """What codes are called, by code."""
    return _LINES.words(key)


def codes(key: str) -> dict[str, str]:
    """The code of each word of that table, in whatever language it is said."""
    return _LINES.codes(key)


def told(key: str) -> list[str]:
    """A line in every language, for what is read in any."""
    return _LINES.told(key)


def labels(key: str) -> tuple[str, ...]:
    """A list of texts: the head of a table, a row of buttons."""
    return _LINES.labels(key)


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
