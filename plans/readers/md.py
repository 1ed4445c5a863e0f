""".md: headings, tables and bold marks of Markdown taken off; every line keeps its number."""

from __future__ import annotations

import re
from typing import Final

from plans.readers.form import Notice, Source
from plans.readers.txt import decode

_RULE: Final = re.compile(r"\s*:?-{2,}:?\s*")  # a cell of the line below a table's head
_HEADING: Final = re.compile(r"^#{1,6}\s+")
_STRUCK: Final = re.compile(r"~~([^~\n]+)~~|<(?:s|del|strike)>([^<]*)</(?:s|del|strike)>")
_STAR: Final = re.compile(r"^(\s*)\*(?=\s)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")


def read(data: bytes) -> Source:
    """The text in the common form."""
    lines: list[str] = []
    notices: list[Notice] = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        notices += [
            Notice("struck", "본문", (found[1] or found[2]).strip(), number)
            for found in _STRUCK.finditer(line)
        ]
        lines.append(_line(_STRUCK.sub("", line)))
    return Source("\n".join(lines), notices)


def _line(line: str) -> str:
    stripped = line.strip()
    if _is_rule(stripped):
        return ""
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        cells = re.split(r"(?<!\\)\|", stripped[1:-1])
        return "\t".join(_plain(cell.strip()) for cell in cells)
    return _plain(_STAR.sub(r"\1-", _HEADING.sub("", line)))


def _is_rule(line: str) -> bool:
    cells = line.removeprefix("|").removesuffix("|").split("|")
    return "|" in line and all(_RULE.fullmatch(cell) for cell in cells)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.replace("**", "").replace("__", ""))
