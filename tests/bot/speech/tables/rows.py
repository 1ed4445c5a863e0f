"""Rows of the tables beside this file, and how a reading compares with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.speech.dates import Leaning, Shift, When, judge, read
from bot.speech.reading import view
from bot.speech.understand import Intent, Understood, understand
from jobs.rules.calendar import WorkCalendar
from jobs.settings import CalendarSettings
from plans.text.characters import clean

FOLDER = Path(__file__).parent
SATURDAY = date(2026, 11, 21)
CALENDAR = WorkCalendar(CalendarSettings(), ZoneInfo("Asia/Seoul"))


def shifted(shift: Shift) -> str:
    """A length as the tables write it."""
    return f"+{shift.days}d" if shift.days else f"+{shift.months}m"


@dataclass(frozen=True)
class DateRow:
    """One line of the table of dates."""

    today: date
    leaning: Leaning
    text: str
    wanted: str

    def reading(self) -> str:
        """What the grammar makes of the text, written as the table writes it."""
        when = When(self.today, self.leaning, CALENDAR)
        found = read(view(clean(self.text)), when)
        if found is None or found.rest:
            return "none"
        judged = judge(found.value, when)
        told = "" if judged.day is None else judged.day.isoformat()
        if judged.shift is not None:
            told = shifted(judged.shift)
        return " ".join(part for part in ("?" if judged.question else "", told) if part)


@dataclass(frozen=True)
class PhraseRow:
    """One line of a table of phrases; `wanted` is empty where nothing is to be done."""

    text: str
    wanted: str

    def understood(self) -> Understood:
        return understand(self.text, SATURDAY, CALENDAR)


def slots(found: Understood) -> str:
    """A reading as the tables write it."""
    parts = [str(found.intent), *(f"#{one}" for one in found.ids)]
    has_day = found.day is not None and found.intent != Intent.AWAY
    is_today = found.intent == Intent.DONE and found.day == SATURDAY
    parts += [f"@{found.day}"] if has_day and not is_today else []
    parts += [shifted(found.shift)] if found.shift is not None else []
    return " ".join(parts + ([f"{found.percent}%"] if found.percent is not None else []))


def verdict(row: DateRow) -> str:
    """right, asks (a question where an answer was wanted: a nuisance) or wrong (read as what it is not)."""
    told, wanted = row.reading(), row.wanted
    asks = told.startswith("?")
    if told == wanted or (wanted == "?" and asks):
        return "right"
    return "asks" if asks or told == "none" else "wrong"


def dates(name: str = "dates.table") -> list[DateRow]:
    rows = []
    for line in _lines(name):
        today, leaning, text, wanted = (cell.strip() for cell in line.rsplit(" | ", 3))
        lean = Leaning.FUTURE if leaning == "delay" else Leaning.PAST
        rows.append(DateRow(date.fromisoformat(today), lean, text, wanted))
    return rows


def phrases(name: str) -> list[PhraseRow]:
    return [PhraseRow(text.strip(), wanted.strip()) for text, _, wanted in map(_cells, _lines(name))]


def _cells(line: str) -> tuple[str, str, str]:
    text, sign, wanted = line.rpartition(" | ")
    return (text, sign, wanted) if sign else (wanted, "", "")


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield line
