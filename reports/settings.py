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
    term_ends_on: date | None = Field(default=None, description="Last day of the elected term")

    @model_validator(mode="after")
    def _are_apart(self) -> Self:
        if not self.done_statuses:
            raise ValueError(texts.line("settings.none-done"))
        both = [PLEDGE_WORDS[one] for one in self.done_statuses if one in self.excluded_statuses]
        if both:
            raise ValueError(texts.line("settings.in-both", statuses=both))
        return self
