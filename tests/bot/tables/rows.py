"""Rows of the tables beside this file, and how a reading compares with one: right, asks or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.dates import Leaning, Shift, When, judge, read
from bot.phrases import Understood, understand
from bot.speech.typos import normalised
from jobs.calendar import WorkCalendar
from jobs.settings import CalendarSettings

FOLDER = Path(__file__).parent
SATURDAY = date(2026, 11, 21)
CALENDAR = WorkCalendar(CalendarSettings(), ZoneInfo("Asia/Seoul"))
_WANTED = re.compile(
    r"(?P<intent>[a-z]+)(?P<ids>(?: #\d+)*)(?: @(?P<day>[\d-]+))?(?: \+(?P<n>\d+)(?P<unit>[dm]))?"
    r"(?: (?P<percent>\d+)%)?(?: note:(?P<note>[^?]+?))?(?: reason:(?P<reason>[^?]+?))?(?P<asks> \?)?$"
)


def shifted(shift: Shift) -> str:
    """A length as the tables write it."""
    return f"+{shift.days}d" if shift.days else f"+{shift.months}m"


@dataclass(frozen=True)
class DateRow:
    """One line of a table of dates."""

    today: date
    leaning: Leaning
    text: str
    wanted: str

    def reading(self) -> str:
        """What the grammar makes of the text, written as the table writes it."""
        when = When(self.today, self.leaning, CALENDAR)
        found = read(normalised(self.text), when)
        if found is None or found.rest:
            return "none"
        judged = judge(found.value, when)
        told = "" if judged.day is None else judged.day.isoformat()
        if judged.shift is not None:
            told = shifted(judged.shift)
        return " ".join(part for part in ("?" if judged.question else "", told) if part)


@dataclass(frozen=True)
class PhraseRow:
    """One line of a table of phrases."""

    text: str
    wanted: str

    def understood(self) -> Understood:
        return understand(self.text, SATURDAY, CALENDAR)

    def reading(self) -> str:
        """What the grammar makes of the text, written as the table writes it."""
        found = self.understood()
        parts = [found.intent.value, *(f"#{one}" for one in found.ids)]
        parts += [f"@{found.date}"] if found.date else []
        parts += [shifted(found.shift)] if found.shift is not None else []
        parts += [f"{found.percent}%"] if found.percent is not None else []
        parts += [f"note:{found.note}"] if found.note else []
        parts += [f"reason:{found.reason}"] if found.reason else []
        return " ".join(parts + (["?"] if found.question else []))


Row = DateRow | PhraseRow


def verdict(row: Row) -> str:
    """right, asks (a question where an answer was wanted: a nuisance) or wrong (read as what it is not)."""
    told, wanted = row.reading(), row.wanted
    asks = told.startswith(("?", "ask")) or told.endswith(" ?")
    if told == wanted or (wanted in {"ask", "?"} and asks):
        return "right"
    if isinstance(row, PhraseRow) and wanted.startswith("away") and told.startswith("away"):
        return "right"
    return "asks" if asks else "wrong"


def dates(name: str) -> list[DateRow]:
    rows = []
    for cells in _cells(name):
        leaning = Leaning.FUTURE if cells[1] == "delay" else Leaning.PAST
        rows.append(DateRow(date.fromisoformat(cells[0]), leaning, cells[2], cells[3]))
    return rows


def phrases(name: str) -> list[PhraseRow]:
    rows = [PhraseRow(*cells) for cells in _cells(name)]
    assert all(_WANTED.match(row.wanted) for row in rows), [
        one.wanted for one in rows if not _WANTED.match(one.wanted)
    ]
    return rows


def _cells(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield [
                cell.strip()
                for cell in line.rsplit(" | ", 3 if line[:2] == "20" and line[10:13] == " | " else 1)
            ]
