"""Everything of reports that a person reads: `texts.line("material.title", …)`; the words lie in `ko/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from reports.texts.catalogue import LANGUAGE, Catalogue

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def catalogue(language: str = LANGUAGE) -> Catalogue:
    """The room's own texts."""
    return Catalogue("reports", language=language, environment=_environment)


def _environment(language: str) -> Environment:
    from reports.texts import templates  # noqa: PLC0415 - most commands print no report

    return templates.environment(language)


def line(key: str, /, **facts: object) -> str:
    """A text with its facts."""
    return catalogue().line(key, **facts)


def labels(key: str) -> tuple[str, ...]:
    """The head of a table."""
    return catalogue().labels(key)


def words(key: str) -> Mapping[str, str]:
    """What codes are called."""
    return catalogue().words(key)
