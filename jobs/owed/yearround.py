"""The light question about what goes on all year (연중·상시): once a quarter, on the first working day of its last month."""

from datetime import date

from jobs.authority.permissions import Deed
from jobs.milestones.outdated import outdate
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store.models import Series
from store.yearround import Asked

ONGOING = "year-round"  # the number is the entry's
MONTHS = 3


def subject(series_id: int) -> str:
    return f"{ONGOING}:{series_id}"


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def question_day(day: date, calendar: WorkCalendar) -> date:
    """The day on which the quarter of `day` is asked about."""
    first = first_of_quarter(day)
    return calendar.next_or_same(date(first.year, first.month + MONTHS - 1, 1))


def following_quarter(day: date) -> date:
    """The first day of the quarter after that of `day`."""
    first = first_of_quarter(day)
    is_last = first.month + MONTHS > 12
    return date(first.year + 1, 1, 1) if is_last else date(first.year, first.month + MONTHS, 1)


def next_question(series: Series, today: date, rules: Rules, *, is_told: bool = False) -> date | None:
    """The day of the next question, today or earlier where it is due; None where there is none any more.

    A quarter that was answered by itself, or whose question lay before the entry was known, is passed over.
    """
    floor = max(rules.calendar.local_date(series.remind_from), series.start_on)
    day = today
    while True:
        asked_on = question_day(day, rules.calendar)
        if asked_on > series.until_on:
            return None
        is_answered = series.answered_on is not None and series.answered_on >= first_of_quarter(day)
        is_done = is_answered or (is_told and first_of_quarter(day) <= today)
        if asked_on >= floor and not is_done:
            return asked_on
        day = following_quarter(day)


def is_waiting(series: Series, asked_on: date) -> bool:
    """Nothing has been said of it since the quarter in which it was asked began."""
    return series.answered_on is None or series.answered_on < first_of_quarter(asked_on)


def told(asked: Asked, day: date) -> dict[int, int]:
    """Whom to ask: officer -> chat. Who came to it after that day is not asked about what lay before."""
    return {one.officer_id: one.chat_id for one in asked.people if one.since <= day}


def answer(deed: Deed, series: Series, words: str) -> None:
    """What its officer says of it; the log keeps what was said before."""
    today = deed.today
    before = {"answer": series.answer, "answered_on": series.answered_on}
    series.answer, series.answered_on = words, today
    series.ask_on = next_question(series, today, deed.rules)
    after = {"answer": words, "answered_on": today}
    deed.record("year-round", f"series:{series.id}", before=before, after=after)
    outdate(deed, [subject(series.id)])
