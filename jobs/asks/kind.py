"""A kind of request (요청의 종류): the steps of a reply, and what the planning office may say of it.

One kind is one module in `jobs/asks/kinds/` with a `KIND`, and one folder `ask_<key>` of texts in each language in
`reports/texts/`: `name`, and the tables `verdict` and `choice` for what it has of these.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from jobs.asks import kinds
from store.asks import ANSWER


@dataclass(frozen=True)
class Kind:
    """`steps` are those that a reply takes unless the request says otherwise. `verdicts` are said of a whole reply, `choices`
    of a row; of those in `reasoned` with a reason. A row whose choice is in `kept` may become a task or an item. `is_timed`:
    it is due at an hour."""

    key: str
    steps: tuple[str, ...] = (ANSWER,)
    verdicts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    reasoned: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    is_timed: bool = False
    place: int = 100  # among the others

    @property
    def texts(self) -> str:
        """The folder of its texts."""
        return f"ask_{self.key}"


@cache
def known() -> Mapping[str, Kind]:
    """Every kind by its key, in their order."""
    made: list[Kind] = [
        import_module(f"{kinds.__name__}.{one.name}").KIND for one in pkgutil.iter_modules(kinds.__path__)
    ]
    return {one.key: one for one in sorted(made, key=lambda one: (one.place, one.key))}


def of(key: str) -> Kind:
    """The kind of that key; a request of one that is not there any more has no verdicts."""
    return known().get(key) or Kind(key)
