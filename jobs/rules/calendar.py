"""Working days: public holidays of the country, weekends, and the organisation's own days, which win: those of the settings,
and over them what the planning office entered."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.metadata import version
from zoneinfo import ZoneInfo

from jobs.settings import CalendarSettings

CHECKED_YEARS = range(2021, 2028)  # Korea's days of these years were compared with the law, day by day
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class WorkCalendar:
    """Answers whether the organisation works on a day, in its own time zone."""

    def __init__(self, settings: CalendarSettings, zone: ZoneInfo) -> None:
        self.settings = settings
        self.zone = zone
        self._years: dict[int, frozenset[date]] = {}
        self.entered: Mapping[
            date, bool
        ] = {}  # whether each is worked; replaced whole, so that threads see one or the other

    def take(self, entered: Mapping[date, bool]) -> None:
        """What the planning office entered holds from now on."""
        if entered != self.entered:
            self.entered = dict(entered)

    def _public(self, year: int) -> frozenset[date]:
        """Made whole before it is kept: the library's own calendar, asked by two threads at once, says of a
        year it is still filling that every day is worked, and a holiday would get its messages."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = frozenset(self.public_holidays(year))
        return found

    @cached_property
    def _own(self) -> dict[date, bool]:
        return dict.fromkeys(self.settings.days_off, False) | dict.fromkeys(self.settings.working_days, True)

    @property
    def print(self) -> str:
        """Changes whenever the answers may: with the settings, the zone, and the library's holidays."""
        own = ",".join(f"{on}:{is_working}" for on, is_working in sorted(self.entered.items()))
        return f"{self.settings.model_dump_json()}|{self.zone.key}|{version('holidays')}{'|' if own else ''}{own}"

    def is_working(self, day: date) -> bool:
        own = self.entered.get(day, self._own.get(day))
        if own is not None:
            return own
        return day.weekday() < SATURDAY and day not in self._public(day.year)

    def is_holiday(self, day: date) -> bool:
        """Nobody works on it although it is no Saturday or Sunday: its weekday does not tell."""
        return day.weekday() < SATURDAY and not self.is_working(day)

    def public_holidays(self, year: int) -> list[date]:
        """The country's public holidays of the year. Raises NotImplementedError for an unknown country."""
        import holidays  # noqa: PLC0415 - its tables take a second to load, and a date that is read asks for none

        return sorted(holidays.country_holidays(self.settings.country, years=year))

    def previous_or_same(self, day: date) -> date:
        """The day itself where it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def next_or_same(self, day: date) -> date:
        """The day itself where it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def first_of_week(self, day: date) -> date:
        """The first working day of the day's week, or of what follows it where the whole week is off."""
        return self.next_or_same(day - timedelta(days=day.weekday()))

    def local_date(self, instant: datetime) -> date:
        """The organisation's date at an aware instant."""
        return instant.astimezone(self.zone).date()

    def at(self, day: date, moment: time) -> datetime:
        """The aware instant of a local time on a day."""
        return datetime.combine(day, moment, tzinfo=self.zone)
