"""Rules of a pledge's status (추진상황): which change is allowed, and what to ask about. Pure.

A milestone done never makes a pledge 완료: nothing here looks at milestones but to ask a question.
"""

from dataclasses import dataclass
from datetime import date

from jobs.texts import line
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

_OPEN = {PledgeStatus.ON_TRACK, PledgeStatus.PARTIAL}
_FULFILLED = {PledgeStatus.COMPLETED, PledgeStatus.CONTINUING}
NEEDS_ADJUSTMENT = frozenset({PledgeStatus.ON_HOLD, PledgeStatus.DROPPED})

# What a status may become at the close of a round without an adjustment; staying as it is is always allowed.
ALLOWED: dict[PledgeStatus, frozenset[PledgeStatus]] = {
    PledgeStatus.ON_TRACK: frozenset(_OPEN | _FULFILLED),
    PledgeStatus.PARTIAL: frozenset(_OPEN | _FULFILLED),
    PledgeStatus.CONTINUING: frozenset({PledgeStatus.COMPLETED, PledgeStatus.PARTIAL}),
    PledgeStatus.NOT_DUE: frozenset(_OPEN | _FULFILLED),
    PledgeStatus.ON_HOLD: frozenset(_OPEN),
    PledgeStatus.COMPLETED: frozenset(),
    PledgeStatus.DROPPED: frozenset(),
}


def refusal(before: PledgeStatus | None, after: PledgeStatus, *, has_approved_adjustment: bool) -> str | None:
    """Why the status cannot change so, in one sentence; None where it can. `before` None: never judged."""
    if before is after or has_approved_adjustment:
        return None
    if after in NEEDS_ADJUSTMENT:
        return line("pledges.only-adjusted", after=PLEDGE_WORDS[after])
    if before is None or after in ALLOWED[before]:
        return None
    return line("pledges.not-so", before=PLEDGE_WORDS[before], after=PLEDGE_WORDS[after])


@dataclass(frozen=True)
class Outlook:
    """What the plan says of a task, for questions only: the last due day of its open milestones, its end, its money."""

    last_open_due_on: date | None = None
    is_open_ended: bool = False
    funded_until: int | None = None  # the last year for which money is planned
    year: int | None = None  # of the day as of which it is judged


def doubts(status: PledgeStatus, outlook: Outlook, term_ends_on: date | None) -> list[str]:
    """What is to be asked of such a status, of who answers and who judges; never a refusal."""
    found = []
    last = outlook.last_open_due_on
    if (
        status is PledgeStatus.ON_TRACK
        and term_ends_on is not None
        and last is not None
        and last > term_ends_on
    ):
        found.append(line("pledges.doubt.late", last=last, end=term_ends_on))
    if status is PledgeStatus.COMPLETED and (outlook.is_open_ended or last is not None):
        found.append(line("pledges.doubt.open"))
    until, year = outlook.funded_until, outlook.year
    if status is PledgeStatus.COMPLETED and until is not None and year is not None and until > year:
        found.append(line("pledges.doubt.funded", year=until))
    return found
