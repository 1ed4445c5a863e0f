""".md: headings, tables and bold marks of Markdown taken off, comments set aside; every line keeps its number."""

from __future__ import annotations

import re
from typing import Final

from plans.readers.bars import is_rule, rows_in, with_whole_rows
from plans.readers.form import TEXT, Notice, Source
from plans.readers.txt import decode

_HEADING: Final = re.compile(r"^#{1,6}\s+")
_STRUCK: Final = re.compile(r"~~([^~\n]+)~~|<(?:s|del|strike)>([^<]*)</(?:s|del|strike)>")
_STAR: Final = re.compile(r"^(\s*)\*(?=\s)")
_LINK: Final = re.compile(r"!?\[([^\[\]]{1,200})\]\((?:https?://|mailto:|[/#.])[^()\s]{0,500}\)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")


def read(data: bytes) -> Source:
    """The text in the common form."""
    text, notices = _without_comments(decode(data))
    written = text.split("\n")
    for number, line in enumerate(written, 1):
        notices += [
            Notice("struck", TEXT, (found[1] or found[2]).strip(), number) for found in _STRUCK.finditer(line)
        ]
    shown = [_STRUCK.sub("", line) for line in written]
    rows = rows_in(shown, least=1)
    lines = [_row(rows[at]) if at in rows else _line(line) for at, line in enumerate(shown)]
    return Source("\n".join(with_whole_rows(lines)), notices)


def _row(cells: list[str]) -> str:
    return "\t".join(map(_plain, cells))


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


def _line(line: str) -> str:
    return "" if is_rule(line) else _plain(_STAR.sub(r"\1-", _HEADING.sub("", line)))


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text).replace("**", "").replace("__", ""))
