"""A quarter of a year (분기): how people write it, what comes before it, when it ends; and a round that has a name."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from reports import texts
from store.models import Round

QUARTERS = 4
MONTHS = 3
_WRITTEN = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*(?:년|[-./])?\s*(?:[Qq](?P<q>[1-4])|(?P<n>[1-4])\s*(?:/\s*4)?\s*분기)"
)
_TURNED = re.compile(r"[Qq](?P<q>[1-4])\s?(?P<year>(?:19|20)\d\d)(?=\s|$)")
_ALONE = re.compile(r"(?:[Qq](?P<q>[1-4])|(?P<n>[1-4])\s*(?:/\s*4)?\s*분기)")


@dataclass(frozen=True, order=True)
class Period:
    """One quarter; in order of time. `name`: not the quarter's own round, but the one of that name (총점검) in it."""

    year: int
    quarter: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}{' ' if self.name else ''}{self.name}"

    @property
    def label(self) -> str:
        """2024년 1분기, 2024년 총점검"""
        if self.name:
            return texts.line("period.named", year=self.year, name=self.name)
        return texts.line("period.label", year=self.year, quarter=self.quarter)

    @property
    def short(self) -> str:
        """2024.1분기, 2024.총점검"""
        if self.name:
            return texts.line("period.short-named", year=self.year, name=self.name)
        return texts.line("period.short", year=self.year, quarter=self.quarter)

    @property
    def first_day(self) -> date:
        """Of the quarter."""
        return date(self.year, (self.quarter - 1) * MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        month = self.quarter * MONTHS
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def previous(self) -> Period:
        return Period(self.year, self.quarter - 1) if self.quarter > 1 else Period(self.year - 1, QUARTERS)

    @property
    def following(self) -> Period:
        return Period(self.year, self.quarter + 1) if self.quarter < QUARTERS else Period(self.year + 1, 1)


def period_of(of: Round) -> Period:
    """The quarter of a round, with its name where it has one."""
    return Period(of.year, of.quarter, of.name)


def quarter_of_day(day: date) -> Period:
    """The quarter in which it lies."""
    return Period(day.year, (day.month - 1) // MONTHS + 1)


def ahead(period: Period, as_of: date) -> Period:
    """The quarter that is reported next: the following one, or the same where it was not over on that day."""
    return Period(period.year, period.quarter) if as_of < period.last_day else period.following


def examples() -> str:
    """How a quarter may be written, for whoever wrote it otherwise."""
    return texts.line("period.examples")


def year_first(text: str) -> str:
    """A quarter at the front as English says it, the other way round: "Q1 2024 9 April" -> "2024Q1 9 April"."""
    found = _TURNED.match(text)
    return text if found is None else f"{found['year']}Q{found['q']}{text[found.end() :]}"


def read_period(text: str, this_year: int | None = None) -> Period | None:
    """The quarter as people write it; "1분기" alone is one of `this_year`. None for anything else."""
    stripped = year_first(text.strip())
    found = _WRITTEN.fullmatch(stripped)
    if found is not None:
        return Period(int(found["year"]), int(found["q"] or found["n"]))
    alone = _ALONE.fullmatch(stripped) if this_year is not None else None
    if alone is not None and this_year is not None:
        return Period(this_year, int(alone["q"] or alone["n"]))
    return None


def month_after(day: date, months: int) -> date:
    """The first day of the month that many months after the day's own."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
