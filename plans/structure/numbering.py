"""Numbered lines of a document: how each is numbered, and how deep its list lies in the others (번호).

A list goes on where its next number stands and is opened by a first one; one that is opened below a bullet lies in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.fields.labels import field_of
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, one_line, squeeze
from plans.time.scan import find_dates

_LETTERS: Final = "가나다라마바사아자차카타파하"
_ROMAN: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_LATIN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_BLACK: Final = "❶❷❸❹❺❻❼❽❾❿"
_SANS: Final = "➊➋➌➍➎➏➐➑➒➓"
_BOXES: Final = 0xF02B0  # private signs of a word processor: a number in a box
_UNIT: Final = (
    r"(?:개|명|건|회|식|호|동|대|주|월|일|년|시간|분|차|단계|인|팀|부|쪽|권|곳|종)(?:[\s소월년국교]|$)"
)
_PART: Final = rf"(?:\d{{1,2}}|[{CIRCLED}])"
_OPEN, _CLOSE = r"^[\[【<(]?\s*", r"\s*[\]】>)]?\s*[.:]?\s+"
_STYLES: Final[tuple[tuple[str, re.Pattern[str], float], ...]] = (
    ("Ⅰ", re.compile(rf"^(?P<no>[{_ROMAN}]|(?:I{{1,3}}|IV|VI{{0,3}}|IX|X)(?=[.\s]))\s*[.)]?\s*(?P<title>\S.*)$"), -60),
    ("제1장", re.compile(r"^제\s?(?P<no>\d{1,2})\s?[장편부절]\b[.:]?\s*(?P<title>.*)$"), -60),
    ("1-1", re.compile(rf"{_OPEN}(?P<no>\d{{1,2}}\s?-\s?{_PART}(?:\s?-\s?{_PART})?){_CLOSE}(?P<title>\S.*)$"), -35),
    (
        "과제 1",
        re.compile(rf"{_OPEN}(?P<no>(?P<word>[가-힣]{{0,4}}(?:과제|공약|사업|시책|전략))\s?\d{{1,2}}(?:-\d{{1,2}}){{0,2}})"
                   rf"\s*[\]】>).:]?\s*(?<=[\s\]】>).:])(?P<title>\S.*)$"),
        -45,
    ),
    ("1.", re.compile(r"^(?P<no>\d{1,2})\s*\.\s*(?!\d)(?P<title>\S.*)$"), -40),
    ("[1]", re.compile(r"^[\[【<]\s*(?P<no>\d{1,2})\s*[\]】>]\s*(?P<title>\S.*)$"), -38),
    ("1", re.compile(rf"^(?P<no>\d{{1,2}})\s+(?!{_UNIT})(?P<title>[「『\u201c\u2018\"(\[<]?[가-힣A-Za-z].*)$"), -38),
    ("□1", re.compile(r"^(?P<no>[\U000f02b1-\U000f02c4])\s*(?P<title>\S.*)$"), -38),
    ("가.", re.compile(rf"^(?P<no>[{_LETTERS}])\s*\.\s*(?P<title>\S.*)$"), -20),
    ("1)", re.compile(r"^(?P<no>\d{1,2})\)\s*(?P<title>\S.*)$"), 2),
    ("가)", re.compile(rf"^(?P<no>[{_LETTERS}])\)\s*(?P<title>\S.*)$"), 4),
    ("(1)", re.compile(r"^\((?P<no>\d{1,2})\)\s*(?P<title>\S.*)$"), 6),
    ("①", re.compile(rf"^(?P<no>[{CIRCLED}])\s*(?P<title>\S.*)$"), 8),
    ("❶", re.compile(rf"^(?P<no>[{_BLACK}])\s*(?P<title>\S.*)$"), 8),
    ("➊", re.compile(rf"^(?P<no>[{_SANS}])\s*(?P<title>\S.*)$"), 8),
)  # fmt: skip
"""How numbered lines nest in official writing: Ⅰ. 1. 가. 1) 가) (1) ①, above and beside □."""

_LONE: Final = re.compile(
    rf"^[\[【<]?\s*(?P<no>\d{{1,2}}(?:\s?-\s?{_PART}){{0,2}}|[{_ROMAN}{_LETTERS}](?:\s?-\s?{_PART}){{1,2}})"
    r"\s*[\]】>]?\s*[.)]?$"
)
_PARTS: Final = re.compile(rf"\d{{1,2}}(?:\s?-\s?{_PART}){{1,2}}\.?")
_LETTER: Final = re.compile(r"[가-힣A-Za-z]{2}")
LONGEST_NUMBER: Final = 5  # characters of one that stands alone
_PAGE: Final = re.compile(r"[-–\s]*\d{1,4}[-–\s]*")
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAMED: Final = re.compile(
    r"^(?P<label>[가-힣]{2,5}\s?명)\s*[:：]\s*(?P<title>\S.*)$"
    r"|^(?P<bare>(?:세부|단위)사업명?|(?:사업|과제|공약|시책|행사)명)\s+(?P<of>\S.*)$"
)
_LEADERS: Final = re.compile(r"(?:[·.…․⋯]\s?){4}")  # dots that lead to the number of a page
WORDED: Final = "과제 1"  # how the styles of numbers with their word begin
_WORDED: Final = re.compile(r"[(\[【<]?\s?[가-힣]{0,4}(?:과제|공약|사업|시책)\s?\d")
LABELLED: Final = "사업명"  # the style of lines that name a thing each
MUST_GO_ON: Final = frozenset({"1", "가.", "1)", "가)", "(1)", "①", "❶", "➊", "□1"})
"""Styles in which a number that continues no list is none: "30 여명이 참석"."""

MAY_LIE_IN_BULLETS: Final = frozenset({"1.", "1", "가.", "1)", "가)", "(1)", "①", "❶", "➊"})
MAY_HOLD: Final = frozenset({"[1]", "1", "□1", "1-1", LABELLED})
"""Styles of headings that stand below others by themselves, and still hold a list that begins right below them."""
LONGEST: Final = 65
TITLE_LINES: Final = 2  # of the title below a number that stands alone
BOX: Final = 2  # a number and a title, in a table of one row
LOOK_BELOW: Final = 3
STEP: Final = 0.5
LOW_RANK: Final = 20  # of a bullet that stands in another one
LOWEST_OF_PARTS: Final = -35  # the depth of 1-1
MOST_SKIPPED: Final = 3


@dataclass(frozen=True)
class Numbered:
    """A numbered line: its style by an example, number and title as written, depth, and the index of what follows it."""

    style: str
    no: str
    title: str
    level: float
    body: int


@dataclass
class _List:
    """A list that may go on: its style, last number, depth, and the mark of the line above its first."""

    style: str
    last: int
    level: float
    opener: str


def numbered_lines(lines: Sequence[Line]) -> dict[int, Numbered]:
    """The numbered lines by index; lines of a list of contents are none."""
    found: dict[int, Numbered] = _named_lines(lines) | _worded_bullets(lines)
    open_lists: list[_List] = []
    inner = _styles_in_bullets(lines)
    above: Line | None = None
    over: Numbered | None = None  # the numbered line that ends right above
    skip_to = 0
    for index, line in enumerate(lines):
        if line.is_blank or index < skip_to or index in found:
            over = found.get(index, over) if not line.is_blank else over
            continue
        one = _at(lines, index)
        if one is None and is_page_number(line):
            above = None
            continue
        may_lie = above is not None and one is not None and not _stands_over(lines, one.body, above.rank)
        lies_in = above if may_lie else None
        is_inner = one is not None and one.style in inner
        level = _level(one, open_lists, lies_in, is_inner, over) if one is not None else None
        over = None
        if one is not None and level is not None and not _is_sentence(one.title):
            over = found[index] = replace(one, level=level)
            skip_to = one.body
        above = line
    return _without_running_heads(found)


def _without_running_heads(found: dict[int, Numbered]) -> dict[int, Numbered]:
    """But for the chapter that a page repeats below its own number (1-1-2. 교육과정, and below it 1. 미래 교실): no list goes
    on with it before the next number of as many parts."""
    left: dict[int, Numbered] = {}
    open_no = ""
    order = sorted(found)
    for at, index in enumerate(order):
        no = found[index].no
        if no.count("-") > 1:
            open_no = no
        elif open_no.startswith(f"{no}-") and not _goes_on_with(found, order[at + 1 :], found[index]):
            continue
        elif not no.count("-"):
            open_no = open_no if found[index].level > LOWEST_OF_PARTS else ""
        left[index] = found[index]
    return left


def _goes_on_with(found: dict[int, Numbered], behind: Sequence[int], one: Numbered) -> bool:
    """Whether the next number of this style, before one of several parts, is the following one."""
    for index in behind:
        if found[index].no.count("-") > 1:
            return False
        if found[index].style == one.style:
            return value_of(found[index].no) == value_of(one.no) + 1
    return False


def _styles_in_bullets(lines: Sequence[Line]) -> frozenset[str]:
    """The styles whose lists begin again and again right below a bullet of one mark: they number what is in the bullets, even
    where no number stands above those."""
    above: Line | None = None
    openers: dict[str, list[str]] = {}
    for index, line in enumerate(lines):
        if line.is_blank:
            continue
        one = _at(lines, index) if not (line.marks or line.cells) else None
        if one is not None and value_of(one.no) == 1 and one.style in MAY_LIE_IN_BULLETS:
            openers.setdefault(one.style, []).append(above.marks[:1] if above is not None else "")
        above = line
    return frozenset(
        style for style, marks in openers.items() if len(marks) > 1 and len(set(marks)) == 1 and marks[0]
    )


def _named_lines(lines: Sequence[Line]) -> dict[int, Numbered]:
    """Lines that name a thing each (사업명 : …), where several do with the same label and mark: they head what follows."""
    found = {
        index: name
        for index, line in enumerate(lines)
        if not (line.cells or line.is_note) and (name := _NAMED.match(one_line(line.body)))
    }
    labels = {index: (lines[index].marks, name["label"] or name["bare"]) for index, name in found.items()}
    titles = {index: name["title"] or name["of"] for index, name in found.items()}
    counts = Counter(labels.values())
    return {
        index: Numbered(
            LABELLED, "", title, lines[index].rank - STEP if lines[index].marks else -37, index + 1
        )
        for index, title in titles.items()
        if counts[labels[index]] > 1 and len(title) <= LONGEST
    }


def _worded_bullets(lines: Sequence[Line]) -> dict[int, Numbered]:
    """Bullets that say which task they are (□ (과제 2) 민원 응대): each heads what follows."""
    found: dict[int, Numbered] = {}
    for index, line in enumerate(lines):
        if line.marks and not line.is_note and line.rank < LOW_RANK:
            body = one_line(line.body)
            one = _read(body, index + 1) if _WORDED.match(body) else None
            if one is not None and one.style.startswith(WORDED):
                found[index] = replace(one, level=line.rank - STEP)
    return found


def is_page_number(line: Line) -> bool:
    return not line.cells and bool(_PAGE.fullmatch(line.text)) and not is_bare_year(line)


def is_bare_year(line: Line) -> bool:
    """Whether a line is a year and nothing else (2026), as pages head their lists of dates."""
    return not line.cells and bool(_BARE_YEAR.fullmatch(line.text.strip()))


def is_in_contents(text: str) -> bool:
    """Whether a line is one of a list of contents: dots lead from it to its page."""
    return bool(_LEADERS.search(text))


def value_of(no: str) -> int:
    """The value of a number's last part: ③ -> 3, Ⅳ -> 4, 나 -> 2, 1-2 -> 2."""
    last = re.split(r"[\s-]+", no)[-1]
    for signs in (CIRCLED, _ROMAN, _LATIN, _LETTERS, _BLACK, _SANS):
        if last in signs:
            return signs.index(last) + 1
    if len(last) == 1 and ord(last) > _BOXES:
        return ord(last) - _BOXES
    digits = re.findall(r"\d+", last)
    return int(digits[-1]) if digits else 0


def _at(lines: Sequence[Line], index: int) -> Numbered | None:
    """The numbered heading or item that a line may be, with the depth that its style has by itself."""
    line = lines[index]
    if line.cells:
        return _boxed(lines, index)
    if line.marks or line.title_in_brackets is not None:
        return None
    body = one_line(line.body)
    lone = _LONE.match(body)
    if lone is not None:
        return _below(lines, index, lone["no"])
    if len(body) <= LONGEST_NUMBER:
        return _above_title(lines, index)
    return _read(body, index + 1)


def _above_title(lines: Sequence[Line], index: int) -> Numbered | None:
    """A number of any style that stands alone above a title over bullets (③, and below it 전망대 고치기); short words with a
    number of their own."""
    body, below = one_line(lines[index].body), lines[index + 1] if index + 1 < len(lines) else None
    one = _read(body, index + 1)
    if one is not None or below is None or not _is_plain(below) or not _stands_over_bullet(lines, index + 2):
        return one
    title = one_line(below.body)
    found = _read(f"{body} {title}", index + 2)
    return found if found is not None and found.title == title and not _LETTER.search(body) else None


def _read(body: str, follows: int) -> Numbered | None:
    if is_in_contents(body):
        return None
    if (dates := find_dates(body)) and dates[0].start == 0:
        return None
    for style, pattern, level in _STYLES:
        found = pattern.match(body)
        if found is not None:
            word = found.groupdict().get("word") or ""
            no = found["no"] if style != "□1" else str(value_of(found["no"]))
            return Numbered(
                f"{style}{word}", re.sub(r"\s*-\s*", "-", no), found["title"].strip(), level, follows
            )
    return None


def _is_sentence(title: str) -> bool:
    """Whether a numbered line is prose: it counts in its list, and heads nothing."""
    return len(title) > LONGEST or title.endswith("다.")


def _below(lines: Sequence[Line], index: int, no: str) -> Numbered | None:
    """A number that stands alone above the plain lines of its title."""
    at = next((i for i in range(index + 1, min(index + 4, len(lines))) if not lines[i].is_blank), None)
    titles: list[str] = []
    while at is not None and at < len(lines) and len(titles) < TITLE_LINES and _is_plain(lines[at]):
        titles.append(one_line(lines[at].body))
        at += 1
    if at is None or not titles:
        return None
    is_value = ":" in titles[0] or titles[0].startswith("(")
    if "-" not in no and (is_value or not _stands_over_bullet(lines, at)):
        return None  # the number of a page
    style, level = ("1-1", -35) if "-" in no else ("1.", -40)
    return Numbered(style, re.sub(r"\s", "", no), " ".join(titles), level, at)


def _stands_over_bullet(lines: Sequence[Line], index: int) -> bool:
    below = next((line for line in lines[index : index + 2] if not line.is_blank), None)
    return below is not None and bool(below.marks) and below.rank < LOW_RANK


def _is_plain(line: Line) -> bool:
    return not (line.is_blank or line.cells or line.marks or line.is_contact) and len(line.body) <= LONGEST


def _boxed(lines: Sequence[Line], index: int) -> Numbered | None:
    """A table of one row that is a number and a title: the frame that word processors draw around headings."""
    parts = [one_line(text) for text in lines[index].cells if text.strip()]
    around = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if not 0 < len(parts) <= BOX or (any(map(_is_filled, around)) and not _heads_fields(lines, index, parts)):
        return None
    one = _read(" ".join(parts), index + 1)
    return one if one is not None and (len(parts) == BOX or one.level < 0) else None


def _heads_fields(lines: Sequence[Line], index: int, parts: Sequence[str]) -> bool:
    """Whether a row is a number of several parts and a title right above a row of fields (1-2 | 산책길 / 담당부서 | …)."""
    below = lines[index + 1].cells if index + 1 < len(lines) else ()
    is_number = len(parts) == BOX and _PARTS.fullmatch(parts[0]) is not None
    return is_number and bool(below) and field_of(squeeze(below[0])) is not None


def _stands_over(lines: Sequence[Line], body: int, rank: int) -> bool:
    """Whether the line below a numbered one is a bullet no deeper than `rank`: then the number lies in no such bullet."""
    below = next((line for line in lines[body : body + LOOK_BELOW] if not line.is_blank), None)
    return below is not None and bool(below.marks) and below.rank <= rank


def _is_filled(line: Line) -> bool:
    return any(text.strip() for text in line.cells)


def _level(
    one: Numbered, lists: list[_List], above: Line | None, is_inner: bool, over: Numbered | None
) -> float | None:
    """The depth of a numbered line among the open lists, which are brought up to date; None where it is no number. A first one
    right below a numbered line (`over`) lies in that, whatever their styles."""
    value = value_of(one.no)
    if over is not None and value == 1 and over.style != one.style and over.style in MAY_HOLD:
        nested = max(one.level, over.level + STEP) if over.level >= one.level else one.level
        if nested != one.level:
            lists[:] = [other for other in lists if other.level < nested]
            lists.append(_List(one.style, value, nested, ""))
            return nested
    opener = above.marks[:1] if above is not None and one.style in MAY_LIE_IN_BULLETS else ""
    own = [i for i in range(len(lists) - 1, -1, -1) if lists[i].style == one.style]
    at = next((i for i in own if lists[i].last == value - 1), None)
    if at is None and value == 1:
        at = next((i for i in own if not opener or lists[i].opener == opener), None)
    elif at is None and one.style in MUST_GO_ON:
        return None
    elif at is None:
        at = next(iter(own), None)
        if at is not None and one.style == "1." and not 0 < value - lists[at].last <= MOST_SKIPPED:
            return None
    if at is None:
        level = _opened(one, lists, opener, above, is_inner)
        lists[:] = [other for other in lists if other.level < level]
        lists.append(_List(one.style, value, level, opener))
        return level
    lists[at].last = value
    del lists[at + 1 :]
    return lists[at].level


def _opened(one: Numbered, lists: Sequence[_List], opener: str, above: Line | None, is_inner: bool) -> float:
    """The depth of a list that begins here: in the bullet above it, in the list it would else share a depth with, or
    where its style belongs."""
    if opener and above is not None and (lists or is_inner):
        return max(
            [
                one.level,
                above.rank + STEP,
                *(other.level + STEP for other in lists if other.style == one.style),
            ]
        )
    beside = any(other.level == one.level and other.style != one.style for other in lists)
    return one.level + STEP if beside else one.level
