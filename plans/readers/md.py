""".md: headings, tables and bold marks of Markdown taken off, comments set aside; every line keeps its number."""

from __future__ import annotations

import re
from typing import Final

from plans.readers.form import TEXT, Notice, Source
from plans.readers.txt import decode

_RULE: Final = re.compile(r"\s*:?-{2,}:?\s*")  # a cell of the line below a table's head
_BAR: Final = re.compile(r"(?<!\\)\|")
_END_BAR: Final = re.compile(r"(?<!\\)\|$")
_HEADING: Final = re.compile(r"^#{1,6}\s+")
_STRUCK: Final = re.compile(r"~~([^~\n]+)~~|<(?:s|del|strike)>([^<]*)</(?:s|del|strike)>")
_STAR: Final = re.compile(r"^(\s*)\*(?=\s)")
_LINK: Final = re.compile(r"!?\[([^\[\]]{1,200})\]\((?:https?://|mailto:|[/#.])[^()\s]{0,500}\)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")


def read(data: bytes) -> Source:
    """The text in the common form."""
    lines: list[str] = []
    text, notices = _without_comments(decode(data))
    written = text.split("\n")
    in_table = _rows(written)
    for number, line in enumerate(written, 1):
        notices += [
            Notice("struck", TEXT, (found[1] or found[2]).strip(), number) for found in _STRUCK.finditer(line)
        ]
        is_below_row = bool(lines) and "\t" in lines[-1] and _is_rule(line.strip())
        shown = _STRUCK.sub("", line)
        lines.append(
            "\t" * lines[-1].count("\t") if is_below_row else _line(shown, is_row=number in in_table)
        )
    return Source("\n".join(lines), notices)


def _rows(lines: list[str]) -> set[int]:
    """The numbers of the lines that are a table's rows though no bar need stand at their ends: that above a rule, which has
    bars itself, and those below it up to a blank line (GitHub Flavored Markdown, 4.10)."""
    found: set[int] = set()
    is_open = False
    for number, line in enumerate(lines, 1):
        is_rule = _is_rule(line.strip())
        is_open = (is_open or is_rule) and bool(line.strip())
        if is_rule and number > 1 and "|" in lines[number - 2]:
            found.add(number - 1)
        if is_open and not is_rule and "|" in line:
            found.add(number)
    return found


def _without_comments(text: str) -> tuple[str, list[Notice]]:
    """The text without what stands in <!-- -->, which no page shows; its line ends stay."""
    kept: list[str] = []
    notices: list[Notice] = []
    begin, number = 0, 1
    while (start := text.find("<!--", begin)) >= 0 and (end := text.find("-->", start)) >= 0:
        number += text.count("\n", begin, start)
        hidden = text[start + 4 : end]
        notices += [
            Notice("hidden", TEXT, line.strip(), at)
            for at, line in enumerate(hidden.split("\n"), number)
            if line.strip()
        ]
        kept += [text[begin:start], "\n" * hidden.count("\n")]
        number += hidden.count("\n")
        begin = end + 3
    return "".join(kept) + text[begin:], notices


def _line(line: str, *, is_row: bool = False) -> str:
    stripped = line.strip()
    if _is_rule(stripped):
        return ""
    if is_row or (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
        cells = _BAR.split(_END_BAR.sub("", stripped.removeprefix("|")))
        return "\t".join(_plain(cell.strip()) for cell in cells)
    return _plain(_STAR.sub(r"\1-", _HEADING.sub("", line)))


def _is_rule(line: str) -> bool:
    cells = line.removeprefix("|").removesuffix("|").split("|")
    return "|" in line and all(_RULE.fullmatch(cell) for cell in cells)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text).replace("**", "").replace("__", ""))
