"""iCalendar (.ics) -> its whole days with what they are called: of a calendar of days off nothing else is read."""

import re
from datetime import date, timedelta
from typing import Final

MOST: Final = 400  # days: more is no calendar of days off
NAME_MOST: Final = 60  # characters
_LINE: Final = re.compile(r"([A-Z-]{1,40})((?:;[^:]{0,200})?):(.{0,1000})", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")


def read_days(text: str) -> list[tuple[date, str]]:
    """Each day of each event once, by day; of an event over several days every one. [] for what is no calendar."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    found: dict[date, str] = {}
    event: dict[str, str] | None = None
    for line in unfolded.splitlines():
        if line.strip().upper() == "BEGIN:VEVENT":
            event = {}
        elif line.strip().upper() == "END:VEVENT" and event is not None:
            for day in _days(event):
                found.setdefault(day, _name(event.get("SUMMARY", "")))
            event = None
        elif event is not None and (parts := _LINE.fullmatch(line.rstrip())):
            event.setdefault(parts[1].upper(), parts[3])
        if len(found) > MOST:
            break
    return sorted(found.items())[:MOST]


def _days(event: dict[str, str]) -> list[date]:
    """The end is the first day after the event, where it is told by days."""
    first, end = _day(event.get("DTSTART", "")), _day(event.get("DTEND", ""))
    if first is None:
        return []
    is_whole = "T" not in event.get("DTEND", "")
    last = first if end is None or end <= first else end - timedelta(days=1) if is_whole else end
    return [first + timedelta(days=step) for step in range(min((last - first).days, MOST) + 1)]


def _day(value: str) -> date | None:
    found = _DAY.fullmatch(value.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _name(value: str) -> str:
    plain = re.sub(r"\\([,;\\nN])", lambda sign: " " if sign[1] in "nN" else sign[1], value)
    return " ".join(plain.split())[:NAME_MOST]
