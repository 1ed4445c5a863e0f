"""What the made-up town of `gihan sandbox` has besides its plan: pledges, and the quarter's self-check of them, just begun."""

from datetime import timedelta
from importlib import resources

from bot.texts.render import label
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


def begin(deed: Deed, settings: RoundSettings, officer: str, department: str) -> None:
    """`officer`: who answers for the pledges of the own department; of the others their leads are asked."""
    text = resources.files("sandbox").joinpath("sample/pledges.txt").read_text(encoding="utf-8")
    draft = plan_of(text)
    for one in draft.tasks:
        if one.department == department:
            one.officers = [OfficerDraft(name=officer, rank=label("cli.sandbox.rank"))]
    Registrar(deed, draft, "pledges.txt").run()
    day = QUARTER.last_day
    opening = lifecycle.Opening(QUARTER, day, first_due_on=day + FIRST, second_due_on=day + SECOND)
    lifecycle.begin(deed, lifecycle.announce(deed, opening, settings).id)
