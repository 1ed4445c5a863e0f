"""Of which kind each message is: what its template's first line says, read once."""

from collections.abc import Mapping
from functools import cache

from bot.privacy.levels import Kind
from reports.texts.catalogue import Catalogue
from reports.texts.headers import Header, of_template


@cache
def headers() -> Mapping[str, Header]:
    """By the template's name. Raises ValueError where one says nothing."""
    found = {name: of_template(path) for name, path in Catalogue("bot").templates.items()}
    if silent := [name for name, one in found.items() if one is None]:
        raise ValueError(f"no first line with class, when, to and if: {', '.join(silent)}")
    return {name: one for name, one in found.items() if one is not None}


def kinds() -> Mapping[str, Kind]:
    """Raises ValueError where a template says of a kind that there is none of."""
    return {name: Kind(one.kind) for name, one in headers().items()}
