"""Settings of the reports room: `[review]` in config.toml."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from reports import texts
from reports.pledges import read_pledge_status
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

Rounding = Literal["half-up", "half-even", "down"]


def _status(value: object) -> object:
    """A status by its Korean word, an alias or its stored word."""
    if not isinstance(value, str) or value in set(PledgeStatus):
        return value
    found = read_pledge_status(value)
    if found is None:
        statuses = list(PLEDGE_WORDS.values())
        raise ValueError(texts.line("settings.no-status", value=value, statuses=statuses))
    return found


Status = Annotated[PledgeStatus, BeforeValidator(_status)]


class YearGoal(BaseModel, extra="forbid"):
    """목표 of one year, or of one plan whatever the year, or of both."""

    plan: str | None = Field(
        default=None, min_length=1, description="Words of the plan's title; none: every plan"
    )
    year: int | None = Field(
        default=None, ge=2000, le=2100, description="The quarter's year; none: every year"
    )
    percent: Decimal = Field(gt=0, le=100, decimal_places=2, description="Goal of the rate in percent")

    def fits(self, year: int | None, plan: str | None) -> bool:
        is_plan = self.plan is None or (plan is not None and self.plan in plan)
        return is_plan and self.year in (None, year)


class RoundSettings(BaseModel, extra="forbid"):
    """How the quarterly result counts and rounds, and what it calls things. The formula of the rate is
    done ÷ (all − excluded), in unit projects (단위사업)."""

    subject: str = Field(
        default_factory=lambda: texts.line("settings.subject"),
        description="What is checked, in the title",
    )
    basis: str = Field(default="", description="Legal basis printed in the overview")
    rate_name: str = Field(
        default_factory=lambda: texts.line("settings.rate-name"), description="The one name of the rate"
    )
    done_statuses: tuple[Status, ...] = Field(
        default=(PledgeStatus.COMPLETED, PledgeStatus.CONTINUING), description="Statuses that count as done"
    )
    excluded_statuses: tuple[Status, ...] = Field(
        default=(), description="Statuses left out of the denominator of the rate"
    )
    decimals: int = Field(default=1, ge=0, le=2, description="Decimals of rates and shares")
    rounding: Rounding = Field(default="half-up", description="How rates and shares are rounded")
    residual_status: Status = Field(
        default=PledgeStatus.ON_TRACK, description="The status that takes what the shares lack to 100 %"
    )
    bureau_order: tuple[str, ...] = Field(
        default=(),
        description="Order of the bureaus' columns; empty: as documents and the bureaus' file have it",
    )
    publish_after_months: int = Field(
        default=2, ge=0, le=12, description="Months from the as-of month to notice and publication"
    )
    goal_percent: Decimal | None = Field(
        default=None, gt=0, le=100, decimal_places=2, description="Goal of the rate in percent"
    )
    goals: tuple[YearGoal, ...] = Field(
        default=(), description="Goals by plan and year, before the one above"
    )
    term_ends_on: date | None = Field(default=None, description="Last day of the elected term")

    @model_validator(mode="after")
    def _are_apart(self) -> Self:
        if not self.done_statuses:
            raise ValueError(texts.line("settings.none-done"))
        both = [PLEDGE_WORDS[one] for one in self.done_statuses if one in self.excluded_statuses]
        if both:
            raise ValueError(texts.line("settings.in-both", statuses=both))
        return self

    def goal(self, year: int | None, plan: str | None) -> Decimal | None:
        """The goal that says most of them: of the plan and the year, of the plan, of the year, of all."""
        fitting = [one for one in self.goals if one.fits(year, plan)]
        best = max(fitting, key=lambda one: (one.plan is not None, one.year is not None), default=None)
        return best.percent if best is not None else self.goal_percent

    def has_goal_of(self, year: int, plan: str) -> bool:
        """A goal names that plan."""
        return any(one.plan is not None and one.fits(year, plan) for one in self.goals)
