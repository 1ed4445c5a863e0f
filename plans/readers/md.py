""".md: headings, tables and bold marks of Markdown taken off; every line keeps its number."""

from __future__ import annotations

import re
from typing import Final

from plans.readers.txt import decode

_RULE: Final = re.compile(r"\s*:?-{2,}:?\s*")  # a cell of the line below a table's head
_HEADING: Final = re.compile(r"^#{1,6}\s+")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")


def read(data: bytes) -> str:
    """The text in the common form."""
    return "\n".join(_line(line) for line in decode(data).split("\n"))


def _line(line: str) -> str:
    stripped = line.strip()
    if _is_rule(stripped):
        return ""
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        cells = re.split(r"(?<!\\)\|", stripped[1:-1])
        return "\t".join(_plain(cell.strip()) for cell in cells)
    return _plain(_HEADING.sub("", line))


def _is_rule(line: str) -> bool:
    cells = line.removeprefix("|").removesuffix("|").split("|")
    return "|" in line and all(_RULE.fullmatch(cell) for cell in cells)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.replace("**", "").replace("__", ""))
