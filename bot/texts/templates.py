"""The templates: strict ones, with escaping forced on, and nothing printed that the guard would not let out."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.privacy import guard
from bot.texts import render


class GuardedEnvironment(Environment):
    """Whatever a template reads of a thing passes the guard of what may go out."""

    getattr = guard.reading(Environment.getattr)  # type: ignore[assignment]


def own(value: str) -> Markup:
    """Words of our own, whose commands may be tapped."""
    return escape(value)


def folders(language: str = "ko") -> list[str]:
    """Where messages lie, below `bot`: a folder a capability. A message's name stands in one of them alone."""
    root = resources.files("bot").joinpath("texts", language)
    return [
        f"texts/{language}/{one.name}"
        for one in sorted(root.iterdir(), key=lambda it: it.name)
        if one.is_dir()
    ]


@cache
def environment(language: str = "ko") -> Environment:
    env = GuardedEnvironment(
        loader=ChoiceLoader([PackageLoader("bot", folder) for folder in folders(language)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        finalize=guard.printed,
    )
    env.filters |= {
        "josa": render.josa,
        "day": render.near_day,
        "long_day": render.long_day,
        "short_day": render.short_day,
        "moment": render.moment,
        "cut": render.cut,
        "own": own,
    }
    env.globals["takes_in"] = guard.takes_in
    return env
