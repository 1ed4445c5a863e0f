"""The cover of a plan: title, year, organisation and presenting department (표지)."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.structure.headings import is_field_name
from plans.text.lines import Line
from plans.text.spelling import close_up, one_line

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?=\s*(?:년|\.|학년|\s*[「『]|\s+[가-힣]))")
_YEARS: Final = re.compile(r"(?:20|['’‘])\d\d\s?[.년]?\s?[~∼～–-]\s?(?:20|['’‘])?\d\d\s?(?:[.년]|(?=[)\]]))")
_SHORT_YEAR: Final = re.compile(r"['’‘](\d\d)\s?년")
_DATE_LINE: Final = re.compile(
    r"^[\s(]*20\d\d\s*[.년]\s*\d{1,2}\s*[.월]?\s*(\d{0,2}\s*[.일]?)?[\s)]{0,8}(현재|기준|\([월화수목금토일]\))?[\s)]*$"
)
_EDGE: Final = f"-–{string.whitespace}\u3000\xa0"
_FIRST_SECTION: Final = re.compile(r"^\s*(?:[ⅠI1]\s*[.)]|[ⅠI]\s)")
_HEADING: Final = re.compile(
    r"^(?:[Ⅰ-Ⅻ]|[①-⑳]|\d{1,2}\s?-\s?[\d①-⑳]|\d{1,2}\s?[.)]\s|\d{1,2}\s+[가-힣]{2}|과제\s?\d)"
)
_PLACE: Final = re.compile(r"^[가-힣]{1,8}(?:특별자치도|특별자치시|특별시|광역시|도|시|군|구)$")
_PLACE_WORD: Final = re.compile(
    r"(?<![가-힣])([가-힣]{1,4}(?:특별자치도|특별자치시|특별시|광역시|도|시|군|구))(?![가-힣])"
)
_LONG_PLACE: Final = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}(?:광역시|특별시|특별자치도|특별자치시|도)\s[가-힣]{1,4}(?:시|군|구))(?![가-힣])"
)
_OFFICE: Final = re.compile(
    r"^[-–\s(\[【<〈]*([가-힣][가-힣\s]{1,14}(?:실|과|담당관|관|국|단|소))[-–\s)\]】>〉]*$"
)
_NOT_PLACES: Final = frozenset(
    {
        "실시",
        "다시",
        "수시",
        "상시",
        "필요시",
        "년도",
        "정도",
        "제도",
        "강구",
        "연구",
        "기구",
        "각시",
        "현도",
        "구",
        "시",
        "군",
        "도",
        "당시",
        "역시",
        "전시",
        "표시",
        "지도",
        "인도",
        "추구",
        "요구",
        "도구",
        "한도",
        "별도",
        "구도",
        "속도",
        "온도",
        "용도",
        "또",
        "도시",
        "동시",
        "즉시",
        "일시",
        "임시",
        "만족도",
        "이행도",
        "완성도",
        "기여도",
    }
)
COVER_LINES: Final = 12  # filled lines at most that can belong to the cover
TITLE_LINES: Final = 3


@dataclass(frozen=True)
class Cover:
    """What the first lines say; None where they do not."""

    title: str
    year: int | None
    organisation: str | None
    department: str | None


def read_cover(lines: Sequence[Line]) -> Cover:
    """Reads the filled lines before the first table, bullet list or section."""
    cover = _cover_lines(lines)
    title = _title(cover)
    texts = [close_up(line.body) for line in cover]
    return Cover(title, _year(title, texts, lines), _organisation(title, texts, lines), _department(texts))


def _cover_lines(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines[:60]:
        if line.is_blank:
            continue
        is_over = line.cells or line.rank == 0 or re.match(r"^(목|차)\s*(차|례)$", line.body)
        if is_over or len(found) >= COVER_LINES or _FIRST_SECTION.match(line.text):
            break
        if not is_field_name(line.body):
            found.append(line)
    return found


def _title(cover: list[Line]) -> str:
    """The first lines up to a date, a place or a department, joined; marks and quotes kept as written."""
    parts: list[str] = []
    for line in cover:
        text = one_line(line.text.replace("**", "").strip(_EDGE))
        closed = close_up(text.strip("()"))
        is_end = _DATE_LINE.match(text) or _PLACE.match(closed) or (_OFFICE.match(closed) and parts)
        is_end = is_end or (parts and _HEADING.match(text))
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
        if found is not None:
            return int(found[1])
        short = _SHORT_YEAR.search(text)
        if short is not None:
            return 2000 + int(short[1])
    return None


def _organisation(title: str, texts: list[str], lines: Sequence[Line]) -> str | None:
    """A cover line that is a place, a place in the title, else the one named with its province or most often."""
    place = next((text for text in texts if _PLACE.match(text) and text not in _NOT_PLACES), None)
    if place is not None:
        return place
    named = [word for word in _PLACE_WORD.findall(title) if word not in _NOT_PLACES and len(word) > 2]
    if named:
        return str(named[0])
    whole = _LONG_PLACE.search("\n".join(line.text for line in lines[:120]))
    return None if whole is None else whole[1]


def _department(texts: list[str]) -> str | None:
    """The department that presents the document, alone on a cover line."""
    found = [match[1] for text in texts if (match := _OFFICE.match(text)) and not _PLACE.match(text)]
    return close_up(found[0]) if found else None
