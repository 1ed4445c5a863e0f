"""Lines of a plan with their bullet marks and table cells taken apart (줄과 글머리 기호)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from plans.text.broken import rejoined
from plans.text.spelling import COVERED, plain

BULLETS: Final[dict[str, int]] = {
    **dict.fromkeys("□■◇◆▣▢❏❑◈❖▢", 0),
    **dict.fromkeys("○●◎〇❍◦ㅇ◯⚪⦁", 10),
    **dict.fromkeys("-–―−", 20),
    **dict.fromkeys("·ㆍ･•∙‧‣▪▫▸▶►▷→⇒", 30),
    **dict.fromkeys("*※☞＊", 40),
}
"""Bullet mark -> rank; a lower rank stands above a higher one."""

_CONTACT: Final = re.compile(
    r"(?:[☎☏✆℡📞]|(?<![A-Za-z])(?:[Tt][Ee][Ll]|T)\s?[.:)]|(?:전화|연락처|내선)\s?[:：]?)\s?\(?[\d()\s-]{3,20}[)\s]*$"
)
LONGEST_CONTACT: Final = 60
LONGEST_LINE: Final = 5_000  # characters; the longest real table rows have some 1,500
LONGEST_GAP: Final = 60  # characters of white space; no table has so many empty cells beside each other
HEADING_RANK: Final = 5
PLAIN_RANK: Final = 60
_MARKS: Final = re.compile(r"(?:[" + re.escape("".join(BULLETS)) + r"]|[\ue000-\uf8ff]|[oO](?=\s))\s*")
_PRIVATE: Final = re.compile(r"^\s*[\ue000-\uf8ff]")  # a mark of a symbol font: which one, no text tells
_UNDER_HEADING: Final = re.compile(r"^\s*(?:[○●◎❍ㅇ□■➊-➓①-⑳❶-❿]|\d{1,2}\s?[.)]?\s+\S|[가-하][.)])")
PRIVATE_HEADING, PRIVATE_ITEM = 2, 15
_TOPS: Final = "○●◎❍◯ㅇ□■◇◆▣❏"
_TOP: Final = re.compile(rf"(?<=[^\s{_TOPS}])\s+(?=[{_TOPS}]\s)")
_INNER: Final = re.compile(
    rf"{_TOP.pattern}|(?<=\S)\s+(?=[-※]\s[가-힣「(])|(?<=\S)\s+(?=(?:\d{{1,2}}|[가-하])\.\s[가-힣])|(?<=\S)\s+(?=붙\s?임\s)"
)
_LEADS: Final = "".join(BULLETS) + " \u3000"
_FIELD: Final = re.compile(rf"[{re.escape(_LEADS)}]*(?:\([가-힣]{{2,6}}\)\s|[가-힣]{{2,6}}\s?[:：]\s)")
_FIELDS: Final = re.compile(
    r"\s/\s?(?=\([가-힣]{2,6}\)\s|[가-힣]{2,6}\s?[:：]\s)"
)  # (사업량) 45대 / (기간) 2월 ~ 10월
LONG_LINE: Final = 100  # characters of a page that was pasted as one line
LEAST_MARKS: Final = 2
LOOK_BACK: Final = 100  # lines above in which the line it stands under is looked for
_GAP: Final = re.compile(rf"(\s{{{LONGEST_GAP}}})\s+")
_TITLE_LINE: Final = re.compile(r"^[<〈《\[【]\s*([^<>\[\]【】〈〉《》]{2,40})\s*[>〉》\]】]$")


@dataclass(frozen=True)
class Line:
    """One line as written; `no` is its 1-based number among the lines, `at` in the text the reader worked on, `private` the
    rank of a mark that no text tells."""

    no: int
    text: str
    private: int = PRIVATE_ITEM
    at: int = 0

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table row; empty for a line without tabs."""
        return tuple(cell.strip() for cell in plain(self.text).split("\t")) if "\t" in self.text else ()

    @cached_property
    def covered(self) -> frozenset[int]:
        """The cells of a row over which the one to their left reaches."""
        cells = self.text.split("\t") if COVERED in self.text else ()
        return frozenset(column for column, cell in enumerate(cells) if cell.startswith(COVERED))

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

    @cached_property
    def is_contact(self) -> bool:
        """Whether it only says whom to call: the number behind the sign of a telephone is the last that it says."""
        return not self.cells and bool(_CONTACT.search(self.body)) and len(self.body) <= LONGEST_CONTACT

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
        base = BULLETS.get(self.marks[0], self.private)
        if base == PRIVATE_HEADING:
            return base
        return base + min(self.indent, 4) + (5 if len(self.marks.split()) > 1 else 0)


def _is_mark(text: str, mark: re.Match[str]) -> bool:
    """Whether a dash or star is a bullet and not a sign or a footnote star inside the text."""
    rest = text[mark.end() :]
    return not (mark[0] == "-" and rest[:1].isdigit() and mark.start() > 0)


def split_lines(text: str) -> list[Line]:
    """The lines of a text, numbered from 1; bullets within a line begin lines of their own, which stand `at` its number.
    A line or a gap of absurd length is cut, so that no pattern can run away on it: patterns may have white space beside
    white space (tests/house/test_patterns.py)."""
    cut = [_GAP.sub(r"\1", line[:LONGEST_LINE]) for line in text.split("\n")]
    pieces = rejoined([(at, piece) for at, line in enumerate(cut, 1) for piece in _pieces(line)])
    texts = [piece for _, piece in pieces]
    return [
        Line(no, piece, PRIVATE_HEADING if _heads(texts, no) else PRIVATE_ITEM, at)
        for no, (at, piece) in enumerate(pieces, 1)
    ]


def _pieces(line: str) -> list[str]:
    """A line taken apart where its own bullet comes again, where fields stand beside each other, or at all bullets and
    numbers of a page pasted as one line."""
    if "\t" in line:
        return [line]
    mark = line.lstrip()[:1]
    if mark in _TOPS and len(parts := re.split(rf"(?<=[^\s{_TOPS}])\s+(?={re.escape(mark)}\s)", line)) > 1:
        return parts
    if len(fields := _FIELDS.split(line)) > 1 and _FIELD.match(fields[0]):
        lead = line[: len(line) - len(line.lstrip(_LEADS))]
        return [fields[0], *(lead + field for field in fields[1:])]
    if len(line) > LONG_LINE and len(_TOP.findall(line)) >= LEAST_MARKS:
        return _INNER.split(line)
    return [line]


def _heads(texts: Sequence[str], no: int) -> bool:
    """Whether line `no` has a mark that no text tells and stands above a bullet or a number: it is their heading."""
    if not _PRIVATE.match(texts[no - 1]):
        return False
    below = next((text for text in texts[no : no + 3] if text.strip()), "")
    return bool(_UNDER_HEADING.match(below))


def parent_of(lines: Sequence[Line], index: int, floor: int = 0) -> Line | None:
    """The nearest line above that stands higher than the line at `index`, not above `floor` or a □ heading."""
    rank = lines[index].rank
    for line in reversed(lines[max(floor, index - LOOK_BACK) : index]):
        if line.is_blank or line.cells or (line.rank == PLAIN_RANK):
            continue
        if line.rank < rank:
            return line if line.rank > HEADING_RANK else None
    return None
