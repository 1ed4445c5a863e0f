"""What looks like a date in an English document, whether or not it can be read, and what the document settles for all
of them: which of two numbers is the day, when its fiscal year begins."""

from __future__ import annotations

import re
from typing import Final

from plans.text.lines import Line
from plans.time.english import MONTHS, SEASONS, Usage
from plans.time.scan import DateToken

_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?P<month>{_MONTH})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b(?!/))?"
    rf"(?:,? ?(?P<year>{_YEAR})\b|-\d\d\b)?"
    rf"|\b(?P<iso>{_YEAR})[-/. ]{{1,2}}(?P<im>\d{{1,2}})[-/. ]{{1,2}}\d{{1,2}}\b"
    rf"|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?P<last>{_YEAR}|\d\d)\b"
    rf"|\bQ(?P<q>[1-4])(?: (?P<qy>{_YEAR})(?:/\d\d)?)?\b|\b(?P<season>{'|'.join(SEASONS)}) (?P<sy>{_YEAR})\b"
    rf"|\bH(?P<h>[12]) (?P<hy>{_YEAR})\b|\bFY ?'?(?:{_YEAR}|\d\d)(?:[/-]\d\d)?\b",
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?\d\d(?![\d/])")
_FISCAL: Final = re.compile(
    rf"(?:fiscal|financial|municipal) years?\b[^.\n]{{0,40}}?"
    rf"(?:begins?|beginning|starts?|starting|runs?|from|\()[^.\n]{{0,12}}?\b({_MONTH})\b",
    re.IGNORECASE,
)


def find_english_dates(text: str) -> list[DateToken]:
    """All such places in order; a bare year is none, "may" only with a number beside it."""
    return [token for found in _DATE.finditer(text) if (token := _token(found)) is not None]


def _token(found: re.Match[str]) -> DateToken | None:
    month = _month(found)
    is_word = found["month"] is not None and not re.search(r"\d", found[0])
    if is_word and (not found["month"][0].isupper() or len(found["month"]) < len("June")):
        return None
    year = next((found[name] for name in ("year", "iso", "last", "qy", "sy", "hy") if found[name]), None)
    number = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return DateToken(found.start(), found.end(), found[0], number, month, False)


def _month(found: re.Match[str]) -> int | None:
    if found["month"]:
        return MONTHS[found["month"].lower()]
    if found["season"]:
        return SEASONS[found["season"].lower()]
    if found["q"] or found["h"]:
        return 3 * int(found["q"]) - 2 if found["q"] else 6 * int(found["h"]) - 5
    return int(found["im"]) if found["im"] else 1


def usage_of(text: str, is_fiscal: bool) -> Usage:
    """What a document's own dates settle: one 30/06 tells how all are written, unless another tells otherwise."""
    pairs = [(int(first), int(second)) for first, second in _SLASHED.findall(text)]
    is_day, is_month = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    fiscal = _FISCAL.search(text)
    return Usage(
        is_day_first=is_day if is_day != is_month else None,
        fiscal_month=None if fiscal is None else MONTHS[fiscal[1].lower()],
        is_fiscal=is_fiscal,
    )


def looks_like_english_entry(line: Line) -> bool:
    """Whether a line has the shape of an action with a time: a row with a date beside words, or an item that ends in one."""
    if line.cells:
        cells = [cell for cell in line.cells if cell.strip()]
        dated = [cell for cell in cells if find_english_dates(cell)]
        return bool(dated) and any(len(cell.split()) > 1 for cell in cells if cell not in dated)
    dates = find_english_dates(line.body) if line.marks else []
    return bool(dates) and not line.body[dates[-1].end :].strip(" .);,")
