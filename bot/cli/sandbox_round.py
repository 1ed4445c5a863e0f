"""What the made-up town of `gihan sandbox` has besides its plan: pledges, and the quarter's self-check of them, just begun."""

from datetime import timedelta
from typing import Protocol

from jobs.authority.permissions import Deed
from jobs.plans.register import Registrar
from jobs.rounds import lifecycle
from plans.draft import OfficerDraft
from plans.read import plan_of
from reports.period import Period
from reports.settings import RoundSettings

QUARTER = Period(2026, 2)
FIRST, SECOND = (
    timedelta(days=9),
    timedelta(days=16),
)  # after the quarter: when departments have answered, and evaluated


class Asked(Protocol):
    """Who answers for the pledges of a department."""

    name: str
    department: str


def begin(deed: Deed, settings: RoundSettings, text: str, officer: Asked, rank: str) -> None:
    """`officer`: who answers for the pledges of the own department where the document names nobody; of the others their
    leads are asked."""
    draft = plan_of(text)
    for one in draft.tasks:
        if one.department == officer.department and not one.officers:
            one.officers = [OfficerDraft(name=officer.name, rank=rank)]
    Registrar(deed, draft, "pledges.txt").run()
    day = QUARTER.last_day
    opening = lifecycle.Opening(QUARTER, day, first_due_on=day + FIRST, second_due_on=day + SECOND)
    lifecycle.begin(deed, lifecycle.announce(deed, opening, settings).id)
