"""Settings of the jobs room: `[reminders]`, `[calendar]`, `[links]`, `[approval]`, `[escalation]`, `[items]`, `[indicators]`,
`[clock]`."""

from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError

from jobs.addresses import example, is_address
from store.db.secrets import read_secret
from store.states import ItemKind

MOST_DAYS = 3650  # ten years: beyond it a number is a slip, and a date may have no room for it
Days = Annotated[int, Field(le=MOST_DAYS)]
SomeDays = Annotated[Days, Field(ge=1)]


class ReminderSettings(BaseModel, extra="forbid"):
    """When the one daily message goes out and how many days around the due day it speaks."""

    send_at: time = Field(default=time(9, 10), description="Time of the daily message, local")
    send_until: time = Field(default=time(18, 0), description="Nothing scheduled goes out after this time")
    before_days: tuple[Days, ...] = Field(
        default=(30, 7, 0),
        description="Days before a due day or the end of a range, 0 = the day itself; of the others the first and the last count",
    )
    before_month_end_days: SomeDays = Field(
        default=7, description="Days before the end of a month, quarter, half or year"
    )
    after_days: tuple[Days, ...] = Field(default=(1, 7), description="Calendar days after a missed due day")
    after_every_days: Days = Field(
        default=0, ge=0, description="and from then on every so many days; 0 = then it is counted once a week"
    )
    week_ahead: bool = Field(
        default=True,
        description="The week's first working day names what is due in it, and managers get the counts",
    )
    watched_before_days: tuple[Days, ...] = Field(
        default=(14, 3), description="Days before, besides, for tasks on the watch list"
    )
    watched_after_every_days: SomeDays = Field(default=3, description="after_every_days of such tasks")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.send_at.tzinfo is not None or self.send_until.tzinfo is not None:
            raise PydanticCustomError("with-zone", "with a zone")
        if self.send_until <= self.send_at:
            raise PydanticCustomError("ends-before", "ends before it begins")
        if any(day < 0 for day in (*self.before_days, *self.watched_before_days)) or any(
            day < 1 for day in self.after_days
        ):
            raise PydanticCustomError("below-zero", "too few days")
        return self


class CalendarSettings(BaseModel, extra="forbid"):
    """Working days: the country's public holidays and the organisation's own days, which win."""

    country: str = Field(default="KR", description="Country code of the public holidays")

    @field_validator("country")
    @classmethod
    def _is_known(cls, value: str) -> str:
        import holidays  # noqa: PLC0415 - only where another country is named

        if value not in holidays.list_supported_countries():
            raise PydanticCustomError("no-country", "no country whose holidays are known")
        return value

    days_off: tuple[date, ...] = Field(default=(), description="Days off of the organisation's own")
    working_days: tuple[date, ...] = Field(default=(), description="Days worked in spite of the calendar")


class LinkSettings(BaseModel, extra="forbid"):
    """Invites, dialogues and undo."""

    invite_hours: int = Field(default=72, ge=1, le=8760, description="Hours until an unused invite expires")
    dialogue_minutes: int = Field(
        default=15, ge=1, le=10_080, description="Minutes until a question is forgotten"
    )
    undo_minutes: int = Field(
        default=10, ge=1, le=10_080, description="Minutes in which a change can be taken back"
    )


class ApprovalSettings(BaseModel, extra="forbid"):
    """Who decides on a delay, and whether a report of completion is confirmed. Days are calendar days."""

    auto_days: Days = Field(
        default=7, ge=0, description="A first delay of at most so many days takes effect at once"
    )
    lead_days: Days = Field(
        default=30, ge=0, description="A first delay of at most so many days is the team lead's to decide"
    )
    confirm_done: bool = Field(default=False, description="A report of completion waits for the team lead")
    catch_up_plan: bool = Field(default=True, description="Ask for a catch-up plan with a request")
    remind_days: SomeDays = Field(
        default=3, description="What waits for a decision stands in the daily message every so many days"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.lead_days < self.auto_days:
            raise PydanticCustomError("lead-below-auto", "the lead decides on no more than nobody does")
        return self


class EscalationSettings(BaseModel, extra="forbid"):
    """Who above is told that something is late, in calendar days after the due day: one level at a time."""

    lead_days: SomeDays = Field(default=7, description="Days until the team lead is told")
    head_days: SomeDays = Field(default=14, description="Days until the department head is told")
    planner_days: SomeDays = Field(default=30, description="Days until the planning office is told")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.lead_days < self.head_days < self.planner_days:
            raise PydanticCustomError("not-in-order", "not from below to above")
        return self


class ItemSettings(BaseModel, extra="forbid"):
    """By when items (지시·건의) are due where nobody says, in calendar days after they were raised, and how they may end."""

    directive_days: SomeDays = Field(default=14, description="Days for the mayor's directives")
    suggestion_days: SomeDays = Field(default=14, description="Days for what citizens suggest")
    proposal_days: SomeDays = Field(default=30, description="Days for the follow-up of a proposal")
    visit_days: SomeDays = Field(default=14, description="Days for what was raised on a visit")
    council_days: SomeDays = Field(default=3, description="Days for material that the council asks for")
    question_days: SomeDays = Field(default=30, description="Days for what was promised in the council")
    outcomes: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        default=(), description="Further outcomes besides adopted, declined and long-term"
    )

    def days(self, kind: ItemKind) -> int:
        """Of the kind."""
        found: int = getattr(self, f"{kind.value}_days")
        return found


class IndicatorSettings(BaseModel, extra="forbid"):
    """When an indicator (성과지표) is called behind, and by which working day of a month its value is asked."""

    behind_under: int = Field(
        default=70, ge=1, le=100, description="Behind under this many percent of the plan to date"
    )
    asked_day: int = Field(
        default=5, ge=1, le=15, description="Working day of the month by which values are asked"
    )

    @property
    def bound(self) -> Fraction:
        return Fraction(self.behind_under, 100)


class AddressError(Exception):
    """No address of apprise stands in the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class FallbackSettings(BaseModel, extra="forbid"):
    """The organisation's channel for people whom Telegram does not reach."""

    url: SecretStr = Field(
        default=SecretStr(""), description="Address of apprise (mail, SMS gateway, messenger); empty for none"
    )

    url_file: Path | None = Field(default=None, description="A file that holds the address, instead of `url`")

    @property
    def is_set(self) -> bool:
        return self.url_file is not None or bool(self.url.get_secret_value())

    def address(self) -> str:
        """The address; "" for none. Raises SecretFileError where its file cannot be read, AddressError where it holds
        none."""
        if self.url_file is None:
            return self.url.get_secret_value()
        found = read_secret(self.url_file, "fallback.url_file")
        if not is_address(found):
            raise AddressError(self.url_file)
        return found

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not is_address(value.get_secret_value()):
            raise PydanticCustomError("no-apprise", "no address of apprise", {"example": example()})
        return value


class ClockSettings(BaseModel, extra="forbid"):
    """The business clock; a file moves it in the sandbox."""

    file: Path | None = Field(default=None, description="Sandbox only: the file that holds the business time")
