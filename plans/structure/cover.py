"""The cover of a plan: title, year, organisation and presenting department (표지)."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.structure.headings import is_field_name
from plans.text.characters import APOSTROPHES
from plans.text.lines import Line
from plans.text.spelling import close_up, one_line

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?=\s*(?:년|\.|학년|\)|\s*[「『]|\s+[가-힣]))")
_SENTENCE: Final = re.compile(r"(?:니다|세요|[아어해]요)[.!]?$")
"""What a page says to its readers (이 누리집은 …입니다.) is no title."""
_SAYS_YEAR: Final = re.compile(r"\s*(?:학?년|\.)")
_BUDGET: Final = re.compile(r"\s?년?도?\s?[가-힣 ]{0,10}예산")
_DATED: Final = re.compile(r"(?<!\d)(20\d\d)(?=\s?[.년/-]\s?\d)")
_MARK: Final = f"[{APOSTROPHES}]"
_YEARS: Final = re.compile(
    rf"(?:20|{_MARK})\d\d\s?[.년]?\s?[~∼～–-]\s?(?:20|{_MARK})?\d\d\s?(?:[.년]|(?=[)\]]))"
)
_SHORT_YEAR: Final = re.compile(rf"(?:{_MARK}(?=\d\d\s?년)|(?<![\d.])(?=\d\d년도))(\d\d)")
_DATE_LINE: Final = re.compile(
    r"^[\s(]*20\d\d\s*[.년]\s*\d{1,2}\s*[.월]?\s*(\d{0,2}\s*[.일]?)?[\s)]{0,8}(현재|기준|\([월화수목금토일]\))?[\s).]{0,8}(\d{1,2}:\d\d)?[\s)]*$"
)
_YEAR_ALONE: Final = re.compile(rf"^{_MARK}?(?:20)?\d\d\s?년?$")
_FIELD: Final = re.compile(r"^[가-힣]{2,5}\s?명\s*[:：]")
_EDGE: Final = f"-–{string.whitespace}\u3000\xa0"
_FIRST_SECTION: Final = re.compile(r"^\s*(?:[ⅠI1]\s*[.)]|[ⅠI]\s)")
_HEADING: Final = re.compile(
    r"^(?:[Ⅰ-Ⅻ]|[①-⑳]|\d{1,2}\s?-\s?[\d①-⑳]|\d{1,2}\s?[.)]\s|\d{1,2}\s+[가-힣]{2}|과제\s?\d)"
)
_PROVINCE: Final = "(?:경기|강원|제주|충청?[북남]|전라?[북남]|경상?[북남])도|[가-힣]{2,3}특별자치도"
"""Provinces are few and named: any other word in 도 (완료도, 차년도, 계획도) is none."""
_TOWN: Final = "(?:특별자치|특별|광역)?시|군|구"
_PLACE: Final = re.compile(rf"^(?:{_PROVINCE}|[가-힣]{{1,8}}(?:{_TOWN}))$")
_PLACE_WORD: Final = re.compile(rf"(?<![가-힣])({_PROVINCE}|[가-힣]{{1,4}}(?:{_TOWN}))(?![가-힣])")
_LONG_PLACE: Final = re.compile(
    rf"(?<![가-힣])((?:{_PROVINCE}|[가-힣]{{2,4}}(?:광역시|특별시|특별자치시))\s[가-힣]{{1,4}}(?:시|군|구))(?![가-힣])"
)
_OFFICE: Final = re.compile(
    r"^[-–\s(\[【<〈]*([가-힣][가-힣\s]{1,14}(?:실|과|담당관|관|국|단|소|본부|센터|청|위원회|(?<![지공정민자회인병])원))[-–\s)\]】>〉]*$"
)
_COMMITTEE: Final = "위원회"  # whom a plan is presented to as often as who presents it
_NO_PLACE: Final = re.compile(
    r"^(?:.|필요시|비상시|평상시|유사시|발생시|종료시|만료시|완료시|재난시)$|^[^중동서남북]구$|^.[시군]$"
    r"|(?:도시|연구|요구|기구|강구|추구|복구|창구|지구|축구|후보군|위험군|대상군|제품군|직업군)$"
)
"""Words that merely end as places do; no town or county has a name of one letter."""
COVER_LINES: Final = 12  # filled lines at most that can belong to the cover
TITLE_LINES: Final = 3


@dataclass(frozen=True)
class Cover:
    """What the first lines say; None where they do not."""

    title: str
    year: int | None
    organisation: str | None
    department: str | None


def is_date_line(line: Line) -> bool:
    """Whether a line is only a day or a month, as covers say when they were made."""
    return not (line.cells or line.marks) and bool(_DATE_LINE.match(one_line(line.body)))


def is_presenter(line: Line) -> bool:
    """Whether a line is only a place or an office."""
    text = close_up(line.body.strip(f"()[]{_EDGE}"))
    return not (line.cells or line.marks) and (_is_place(text) or bool(_OFFICE.match(text)))


def read_cover(lines: Sequence[Line], named: str = "", frame: Sequence[Line] = ()) -> Cover:
    """Reads the filled lines before the first table, bullet list or section; a letter's title is `named` in its `frame`,
    which says the year where nothing else does."""
    cover = _cover_lines(lines)
    title = (
        named
        or (_comes_again(cover, lines) if frame else "")
        or _title([line for line in cover if not _SENTENCE.search(line.body)] or cover)
    )
    texts = [close_up(line.body) for line in (*cover, *frame)]
    return Cover(title, _year(title, texts, lines), _organisation(title, texts, lines), _department(texts))


def _cover_lines(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines[:60]:
        if line.is_blank or line.is_contact:
            continue
        is_over = line.cells or line.rank == 0 or re.match(r"^(목|차)\s*(차|례)$", line.body)
        if is_over or len(found) >= COVER_LINES or _FIRST_SECTION.match(line.text):
            break
        if _FIELD.match(line.body) and found:
            break
        if not is_field_name(line.body):
            found.append(line)
    return found


def _comes_again(cover: Sequence[Line], lines: Sequence[Line]) -> str:
    """The line of a letter's cover that heads its first page again; "" where none does."""
    texts = [one_line(line.body) for line in lines[:60] if not (line.cells or line.marks)]
    again = (
        text for line in cover if texts.count(text := one_line(line.body)) > 1 and len(text) > LONG_TITLE
    )
    return next(again, "")


LONG_TITLE: Final = 8
_TOLD = re.compile(r"\d\s*월|\d\s*\.\s*\d{1,2}\s*\.|다\.$")  # a line that says something, and when


def _title(cover: list[Line]) -> str:
    """The first lines up to a date, a place or a department, joined; marks and quotes kept as written."""
    parts: list[str] = []
    for line in cover:
        text = one_line(line.text.replace("**", "").strip(_EDGE))
        closed = close_up(text.strip("()"))
        is_end = (
            _DATE_LINE.match(text)
            or _is_place(closed)
            or (_OFFICE.match(closed) and (parts or closed.endswith(_COMMITTEE)))
        )
        is_end = is_end or (parts and (_HEADING.match(text) or _YEAR_ALONE.match(text) or _TOLD.search(text)))
        if parts and (is_end or len(parts) >= TITLE_LINES or (line.marks and "민선" not in text)):
            break
        if not is_end:
            parts.append(text)
    return _without_inner_spaces(" ".join(parts))


def _without_inner_spaces(title: str) -> str:
    """「 제목 」 -> 「제목」."""
    return re.sub(r"([「『(])\s+|\s+([」』)])", lambda m: m[1] or m[2], title)


def _year(title: str, texts: list[str], lines: Sequence[Line]) -> int | None:
    """The year of the title, else of any cover line; a span of years (2031~2035년) is none."""
    for shown in [title, *texts]:
        text = _YEARS.sub(" ", shown)
        found = _YEAR.search(text)
        if (
            found is not None
            and _BUDGET.match(text, found.end())
            and (before := _year_before(found[1], lines, text[found.end() :]))
        ):
            return before
        if found is not None and (_SAYS_YEAR.match(text, found.end()) or _is_written(found[1], lines)):
            return int(found[1])
        short = _SHORT_YEAR.search(text)
        if short is not None:
            return 2000 + int(short[1])
    return None


_WEEKDAY: Final = re.compile(r"\([월화수목금토일]\)")  # which tells the year by itself
_MADE: Final = re.compile(r"^\s?년도\s.{0,12}예산\s?(?:안\s?)?편성")


def _year_before(year: str, lines: Sequence[Line], behind: str) -> int | None:
    """The year in which a budget of another one is made, where the dates of the document are of the year before alone, or
    name no year and the title says that it is made."""
    written = {int(one) for line in lines for one in _DATED.findall(line.text)}
    is_bare = not written and not any(_WEEKDAY.search(line.text) for line in lines)
    is_before = written == {int(year) - 1} or (is_bare and bool(_MADE.search(behind)))
    return int(year) - 1 if is_before else None


def _is_written(year: str, lines: Sequence[Line]) -> bool:
    """Whether a bare number is a year of the document's dates, or its dates name none: 2050 탄소중립 is no plan of 2050."""
    written = {one for line in lines for one in _DATED.findall(line.text)}
    return not written or year in written


def _organisation(title: str, texts: list[str], lines: Sequence[Line]) -> str | None:
    """A cover line that is a place, a place in the title, else the one named with its province or most often."""
    place = next((text for text in texts if _is_place(text)), None)
    if place is not None:
        return place
    named = [word for word in _PLACE_WORD.findall(title) if _is_place(word) and len(word) > 2]
    if named:
        return str(named[0])
    text = "\n".join(line.text for line in lines[:120])
    return next((found[1] for found in _LONG_PLACE.finditer(text) if _is_place(found[1].split()[-1])), None)


def _is_place(word: str) -> bool:
    """Whether a word is the name of a province, town, county or district."""
    return bool(_PLACE.match(word)) and not _NO_PLACE.search(word)


def _department(texts: list[str]) -> str | None:
    """The department that presents the document, alone on a cover line."""
    found = [close_up(match[1]) for text in texts if (match := _OFFICE.match(text)) and not _is_place(text)]
    return min(found, key=lambda name: name.endswith(_COMMITTEE), default=None)
