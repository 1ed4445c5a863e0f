"""What stands beside a text, for whoever changes it: when it goes out, to whom, under which condition.

A template says so in its first line, `{# class: registered · when: … · to: … · if: … #}` (`class`: of which kind of message
it is, bot/privacy/levels.py); a table of lines above its head, and a file before its first line, `# when: … · to: … · if: …`.
A table inside another goes with it where it says nothing of its own. No message pays for it: to Jinja and TOML it is a
comment.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PARTS: Final = ("when", "to", "if")
_FIRST: Final = 3  # so many lines of a template or a page are looked at
_BETWEEN: Final = " · "
_SAID: Final = re.compile(r"(?:\{#|#|//|<!--) ((?:class|when): .+?)(?: #\}| -->)?$")
_TABLE: Final = re.compile(r"\[([^\[\]]+)\]")
_KEY: Final = re.compile(r"[\w\"'.-]+ *=")


@dataclass(frozen=True)
class Header:
    """`line`: where it stands in its file, from 1."""

    when: str
    to: str
    condition: str
    kind: str
    line: int


def header(line: str, number: int = 1) -> Header | None:
    """What a line says of the text beside it; None for any other line, and where a part is missing or empty."""
    found = _SAID.match(line)
    parts = dict(one.split(": ", 1) for one in found[1].split(_BETWEEN) if ": " in one) if found else {}
    if not all(parts.get(one, "").strip() for one in PARTS):
        return None
    return Header(parts["when"], parts["to"], parts["if"], parts.get("class", ""), number)


def of_template(path: Path) -> Header | None:
    """The header of a whole message or document."""
    lines = path.read_text(encoding="utf-8").split("\n", _FIRST)[:_FIRST]
    return next((found for number, one in enumerate(lines, 1) if (found := header(one, number))), None)


def of_tables(path: Path) -> dict[str, Header | None]:
    """Those of the tables of a file of lines, "" being what stands above all of them."""
    found: dict[str, Header | None] = {}
    last = None
    for number, one in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if (said := header(one, number)) is not None:
            last = said
        elif table := _TABLE.match(one):
            found[table[1]] = last or _above(found, table[1])
            last = None
        elif not found and _KEY.match(one):
            found[""] = last
            last = None
    return found


def _above(found: dict[str, Header | None], table: str) -> Header | None:
    while "." in table:
        table = table.rpartition(".")[0]
        if table in found:
            return found[table]
    return None
