"""The light question about what has no due day: of what goes on all year (연중·상시) and of quotas (연 3회) once a quarter, of
what rests until something happens (중단) every month; on the first working day of the quarter's or month's last month."""

from datetime import date

from jobs.authority.permissions import Deed
from jobs.milestones.outdated import outdate
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store.matters import YEAR_ROUND
from store.models import Series
from store.yearround import Asked

MONTHS = 3


def subject(series_id: int) -> str:
    return f"{YEAR_ROUND}:{series_id}"


def months_of(series: Series) -> int:
    """How many months one question is about."""
    return 1 if series.is_suspension else MONTHS


def first_of(day: date, months: int = MONTHS) -> date:
    """The first day of the quarter, or of so many months, that the day lies in."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def question_day(day: date, calendar: WorkCalendar, months: int = MONTHS) -> date:
    """The day on which the months of `day` are asked about."""
    first = first_of(day, months)
    return calendar.next_or_same(date(first.year, first.month + months - 1, 1))


def following(day: date, months: int = MONTHS) -> date:
    """The first day of the months after those of `day`."""
    first = first_of(day, months)
    is_last = first.month + months > 12
    return date(first.year + 1, 1, 1) if is_last else date(first.year, first.month + months, 1)


def is_complete(series: Series) -> bool:
    """A quota of which nothing is left."""
    return series.quota is not None and series.done_times >= series.quota


def next_question(series: Series, today: date, rules: Rules, *, is_told: bool = False) -> date | None:
    """The day of the next question, today or earlier where it is due; None where there is none any more.

    Months that were answered by themselves, or whose question lay before the entry was known, are passed over.
    """
    floor = max(rules.calendar.local_date(series.remind_from), series.start_on)
    day, months = today, months_of(series)
    while not is_complete(series):
        asked_on = question_day(day, rules.calendar, months)
        if asked_on > series.until_on:
            return None
        first = first_of(day, months)
        is_answered = series.answered_on is not None and series.answered_on >= first
        is_done = is_answered or (is_told and first <= today)
        if asked_on >= floor and not is_done:
            return asked_on
        day = following(day, months)
    return None


def is_waiting(series: Series, asked_on: date) -> bool:
    """Nothing has been said of it since the months in which it was asked began."""
    is_over = is_complete(series) or series.until_on < asked_on
    first = first_of(asked_on, months_of(series))
    return not is_over and (series.answered_on is None or series.answered_on < first)


def told(asked: Asked, day: date) -> dict[int, int]:
    """Whom to ask: officer -> chat. Who came to it after that day is not asked about what lay before."""
    return {one.officer_id: one.chat_id for one in asked.people if one.since <= day}


def count(deed: Deed, series: Series, by: int, words: str) -> None:
    """Once more of a quota (연 3회), or by mistake once less; that is the answer of its quarter as well."""
    assert series.quota is not None
    was = series.done_times
    series.done_times = max(0, was + by)
    answer(deed, series, words, done_times=was)


def answer(deed: Deed, series: Series, words: str, **was: object) -> None:
    """What its officer says of it; the log keeps what was said before. `was`: what else has changed."""
    today = deed.today
    before = {"answer": series.answer, "answered_on": series.answered_on} | was
    series.answer, series.answered_on = words, today
    series.ask_on = next_question(series, today, deed.rules)
    after = {"answer": words, "answered_on": today} | {name: getattr(series, name) for name in was}
    deed.record("year-round", f"series:{series.id}", before=before, after=after)
    outdate(deed, [subject(series.id)])
