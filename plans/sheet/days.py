"""One day in a cell of a sheet, as either language writes it (칸의 날짜)."""

from __future__ import annotations

from datetime import date

from plans.time.english import Usage, read_english
from plans.time.timeline import Context, Reading, read_time


def day_in(text: str, year: int) -> date | None:
    """The day; None where it says none, or more than one. `year`: of days without one."""
    context = Context(year=year)
    for found in (read_time(text, context), read_english(text, context, Usage())):
        window = found.windows[0] if isinstance(found, Reading) and len(found.windows) == 1 else None
        if window is not None and window.precision == "day" and isinstance(window.due, date):
            return window.due
    return None
