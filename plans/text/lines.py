"""Lines of a plan with their bullet marks and table cells taken apart (줄과 글머리 기호)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from plans.text.spelling import plain

BULLETS: Final[dict[str, int]] = {
    **dict.fromkeys("□■◇◆▣▢❏❑◈❖▢", 0),
    **dict.fromkeys("○●◎〇❍◦ㅇ◯⚪⦁", 10),
    **dict.fromkeys("-–―−", 20),
    **dict.fromkeys("·ㆍ•∙‧‣▪▫▸▶►▷→⇒", 30),
    **dict.fromkeys("*※☞＊", 40),
}
"""Bullet mark -> rank; a lower rank stands above a higher one."""

LONGEST_LINE: Final = 5_000  # characters; the longest real table rows have some 1,500
LONGEST_GAP: Final = 60  # characters of white space; no table has so many empty cells beside each other
HEADING_RANK: Final = 5
PLAIN_RANK: Final = 60
_MARKS: Final = re.compile(r"(?:[" + re.escape("".join(BULLETS)) + r"]|[\ue000-\uf8ff]|[oO](?=\s))\s*")
_GAP: Final = re.compile(rf"(\s{{{LONGEST_GAP}}})\s+")
_TITLE_LINE: Final = re.compile(r"^[<〈《\[【]\s*([^<>\[\]【】〈〉《》]{2,40})\s*[>〉》\]】]$")


@dataclass(frozen=True)
class Line:
    """One line as written; `no` is its 1-based number in the text the reader worked on."""

    no: int
    text: str

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table row; empty for a line without tabs."""
        return tuple(cell.strip() for cell in plain(self.text).split("\t")) if "\t" in self.text else ()

    @cached_property
    def _parts(self) -> tuple[str, str]:
        text = plain(self.text).replace("\n", " ").strip()
        at = 0
        while (mark := _MARKS.match(text, at)) is not None and _is_mark(text, mark):
            at = mark.end()
        return text[:at].strip(), text[at:].strip()

    @property
    def marks(self) -> str:
        """The bullet marks before the text, "" for a plain line."""
        return self._parts[0]

    @property
    def body(self) -> str:
        """The text behind the bullet marks."""
        return self._parts[1]

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" \u3000"))

    @cached_property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_note(self) -> bool:
        """Whether it is a remark (* or ※) to the line above."""
        return any(mark in "*※＊" for mark in self.marks)

    @cached_property
    def title_in_brackets(self) -> str | None:
        """The heading in <추진일정> or [추진일정]."""
        found = _TITLE_LINE.match(self.body) if not self.marks and not self.cells else None
        return None if found is None else found[1]

    @cached_property
    def rank(self) -> int:
        """How deep the line stands: □ 0, <…> 5, ○ 10, - 20, · 30, * 40, plain text 60; indents go deeper."""
        if self.title_in_brackets is not None:
            return HEADING_RANK
        if not self.marks:
            return PLAIN_RANK
        base = BULLETS.get(self.marks[0], 10)
        return base + min(self.indent, 4) + (5 if len(self.marks.split()) > 1 else 0)


def _is_mark(text: str, mark: re.Match[str]) -> bool:
    """Whether a dash or star is a bullet and not a sign or a footnote star inside the text."""
    rest = text[mark.end() :]
    return not (mark[0] == "-" and rest[:1].isdigit() and mark.start() > 0)


def split_lines(text: str) -> list[Line]:
    """The lines of a text, numbered from 1. A line or a gap of absurd length is cut, so that no pattern can run away
    on it: patterns may have white space beside white space (tests/house/test_patterns.py)."""
    return [
        Line(number, _GAP.sub(r"\1", line[:LONGEST_LINE])) for number, line in enumerate(text.split("\n"), 1)
    ]


def parent_of(lines: Sequence[Line], index: int, floor: int = 0) -> Line | None:
    """The nearest line above that stands higher than the line at `index`, not above `floor` or a □ heading."""
    rank = lines[index].rank
    for line in reversed(lines[floor:index]):
        if line.is_blank or line.cells or (line.rank == PLAIN_RANK):
            continue
        if line.rank < rank:
            return line if line.rank > HEADING_RANK else None
    return None
