"""Rules of a pledge's status (추진상황): which change is allowed, and what to ask about. Pure.

A milestone done never makes a pledge 완료: nothing here looks at milestones but to ask a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.states import PLEDGE_WORDS, PledgeStatus

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
        return f"{PLEDGE_WORDS[after]}(은)는 공약조정이 승인된 사업에만 정할 수 있습니다."
    if before is None or after in ALLOWED[before]:
        return None
    moved = f"{PLEDGE_WORDS[before]}에서 {PLEDGE_WORDS[after]}(으)로는"
    return (
        f"{moved} 공약조정이 승인된 경우에만 바꿀 수 있습니다. 잘못 확정한 것이면 정정으로 바로잡아 주십시오."
    )


@dataclass(frozen=True)
class Outlook:
    """What the plan says of a task, for questions only: the last due day of its open milestones, and its end."""

    last_open_due_on: date | None = None
    is_open_ended: bool = False


def doubts(status: PledgeStatus, outlook: Outlook, term_ends_on: date | None) -> list[str]:
    """What the planning office should ask before it judges so; never a refusal."""
    found = []
    last = outlook.last_open_due_on
    if (
        status is PledgeStatus.ON_TRACK
        and term_ends_on is not None
        and last is not None
        and last > term_ends_on
    ):
        found.append(
            f"마지막 일정의 기한({last.isoformat()})이 임기({term_ends_on.isoformat()}) 뒤입니다. 정상추진이 맞습니까?"
        )
    if status is PledgeStatus.COMPLETED and (outlook.is_open_ended or last is not None):
        found.append("끝나지 않은 일정이 있거나 계속되는 사업입니다. 이행 후 계속추진이 아닙니까?")
    return found
