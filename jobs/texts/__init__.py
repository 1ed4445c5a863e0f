"""Everything of jobs that a person reads: `line("running.held", path=…)`; the words lie in `ko/`, a file a capability."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from reports.texts.catalogue import LANGUAGE, Catalogue


@cache
def catalogue(language: str = LANGUAGE) -> Catalogue:
    """The room's own texts."""
    return Catalogue("jobs", language=language, environment=_environment)


def _environment(language: str) -> Any:
    from reports.texts import templates  # noqa: PLC0415 - most of what is done says nothing

    return templates.environment(language)


def line(key: str, /, **facts: object) -> str:
    """A text with its facts, as it is written: whoever sends it looks at what may go out."""
    return catalogue().line(key, **facts)


def words(key: str) -> Mapping[str, str]:
    """What codes are called."""
    return catalogue().words(key)
