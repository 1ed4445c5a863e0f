"""The process that draws one file: `python -I -m reports.drawing.child KIND LANGUAGE`, what it shows by standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

from pydantic import TypeAdapter

from reports.indicator_picture import KpiPicture
from reports.invite_sheet import Sheets
from reports.pictures import Picture
from reports.rehearsal import Rehearsal
from reports.texts.speaking import speaking


def _scope(shown: Picture) -> bytes:
    from reports.drawing import scope  # noqa: PLC0415 - each kind loads what it draws with

    return scope.png(shown)


def _load(shown: Rehearsal) -> bytes:
    from reports.drawing import load  # noqa: PLC0415

    return load.png(shown)


def _invites(shown: Sheets) -> bytes:
    from reports.drawing import invites  # noqa: PLC0415

    return invites.pdf(shown)


def _indicator(shown: KpiPicture) -> bytes:
    from reports.drawing import indicator  # noqa: PLC0415

    return indicator.png(shown)


KINDS: Final[dict[type, Callable[[Any], bytes]]] = {
    Picture: _scope,
    Rehearsal: _load,
    Sheets: _invites,
    KpiPicture: _indicator,
}


def main(kind: str, language: str, given: bytes) -> bytes:
    """The file of what is shown, in that language."""
    shown, draw = next((one, draw) for one, draw in KINDS.items() if one.__name__ == kind)
    with speaking(language):
        return draw(TypeAdapter(shown).validate_json(given))


if __name__ == "__main__":
    sys.stdout.buffer.write(main(sys.argv[1], sys.argv[2], sys.stdin.buffer.read()))
