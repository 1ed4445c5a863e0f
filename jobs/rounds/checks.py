"""An answer of the self-check beside what the store says of its task: milestones, the term, money; as questions."""

from collections.abc import Sequence
from datetime import date

from jobs.rules.pledges import Outlook, doubts
from store import milestones
from store.models import RoundEntry


def entry_doubts(entry: RoundEntry, term_ends_on: date | None) -> Sequence[str]:
    """What does not fit, for whoever answers, checks or judges; none before the answer."""
    if entry.self_status is None:
        return ()
    task = entry.task
    opened = [
        one.due_on for one in task.milestones if one.due_on is not None and not milestones.is_closed(one)
    ]
    funded = [int(one["year"]) for one in task.budgets if one.get("year") and one.get("krw")]
    year = entry.review_round.as_of_on.year
    outlook = Outlook(max(opened, default=None), task.is_open_ended, max(funded, default=None), year)
    return doubts(entry.self_status, outlook, term_ends_on)
