"""What the kinds of requests and what is said of a reply are called; the words lie in `ask_<kind>/` of each language."""

from __future__ import annotations

from collections.abc import Iterable

from reports.texts import CATALOGUE

TABLES = ("verdict", "choice")


def kind_name(key: str) -> str:
    """The kind in words; its key where its texts are not there any more."""
    name_key = f"ask_{key}.name"
    return CATALOGUE.line(name_key) if CATALOGUE.now().has(name_key) else key


def verdict_word(kind: str, code: str) -> str:
    """What a verdict or a choice of that kind is called."""
    for table in TABLES:
        table_key = f"ask_{kind}.{table}"
        if CATALOGUE.now().has(table_key) and code in CATALOGUE.words(table_key):
            return CATALOGUE.words(table_key)[code]
    return code


def verdict_said(kind: str, said: str) -> str | None:
    """The verdict or choice of that kind that was typed, in any language, or by its code; None where it is none."""
    typed = " ".join(said.casefold().split())
    for table in TABLES:
        found = CATALOGUE.codes(f"ask_{kind}.{table}")
        named = {word.casefold(): code for word, code in found.items()} | {one: one for one in found.values()}
        if typed in named:
            return named[typed]
    return None


def kind_said(said: str, keys: Iterable[str]) -> str | None:
    """The kind that was typed, in any language, or by its key."""
    typed = " ".join(said.casefold().split())
    return next(
        (
            one
            for one in keys
            if typed in {one, *(name.casefold() for name in CATALOGUE.told(f"ask_{one}.name"))}
        ),
        None,
    )
