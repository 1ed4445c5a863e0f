"""Steps of one entry in a round: answered, confirmed, signed, evaluated; sent back, reopened.

Every step is a conditional UPDATE whose row count decides, so that two at once have one outcome, and is audited.
Who may take a step is for jobs.authority.permissions to say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.rounds.lifecycle import RoundError, name_of, stage
from jobs.rules.pledges import refusal
from store import rounds
from store.db.engine import changed
from store.models import Round, RoundEntry
from store.states import EntryState, PledgeStatus


@dataclass(frozen=True)
class Answer:
    """점검결과 as the department writes it; a text of None says nothing."""

    status: PledgeStatus
    results: str | None = None
    problems: str | None = None
    next_plan: str | None = None


def answer(deed: Deed, entry_id: int, given: Answer) -> RoundEntry:
    """입력, or a correction of it before the lead confirms, or the answer to 보완요청. Late ones are taken."""
    values = {
        "self_status": given.status,
        "results": given.results,
        "problems": given.problems,
        "next_plan": given.next_plan,
        "answered_by_id": deed.who.officer_id,
        "answered_at": deed.now,
    }
    froms = (*rounds.UNANSWERED, EntryState.ANSWERED)
    return _step(deed, entry_id, froms, EntryState.ANSWERED, "entry-answered", values)


def confirm(deed: Deed, entry_id: int) -> RoundEntry:
    """팀장확인. Nobody confirms the own answer."""
    values = {"confirmed_by_id": deed.who.officer_id, "confirmed_at": deed.now}
    froms = (EntryState.ANSWERED,)
    return _step(deed, entry_id, froms, EntryState.CONFIRMED, "entry-confirmed", values, apart=True)


def sign(deed: Deed, entry_id: int) -> RoundEntry:
    """부서장확정. Nobody signs the own answer."""
    values = {"signed_by_id": deed.who.officer_id, "signed_at": deed.now}
    froms = (EntryState.CONFIRMED,)
    return _step(deed, entry_id, froms, EntryState.SIGNED, "entry-signed", values, apart=True)


def send_back(deed: Deed, entry_id: int, reason: str) -> RoundEntry:
    """보완요청 with a reason, by whoever looks at it next; the department answers anew."""
    if not reason.strip():
        raise RoundError("no-reason-to-send-back")
    values = {"sent_back_reason": reason, "final_status": None, "opinion": None}
    froms = (EntryState.ANSWERED, EntryState.CONFIRMED, EntryState.SIGNED, EntryState.EVALUATED)
    return _step(deed, entry_id, froms, EntryState.SENT_BACK, "entry-sent-back", values, reason=reason)


def evaluate(
    deed: Deed,
    entry_id: int,
    status: PledgeStatus,
    *,
    opinion: str | None = None,
    has_approved_adjustment: bool = False,
    is_override: bool = False,
) -> RoundEntry:
    """총괄평가: the planning office's status. `is_override` judges what a department never sent, with an opinion.

    Raises RoundError for a change that the rules do not allow (jobs.rules.pledges).
    """
    entry = _entry(deed.session, entry_id)
    why = refusal(entry.previous_status, status, has_approved_adjustment=has_approved_adjustment)
    if why is not None:
        raise RoundError("rule", reason=why)
    if is_override and not (opinion or "").strip():
        raise RoundError("no-opinion")
    others = tuple(one for one in EntryState if one is not EntryState.EVALUATED)
    froms = others if is_override else (EntryState.SIGNED,)
    values = {
        "final_status": status,
        "opinion": opinion,
        "evaluated_by_id": deed.who.officer_id,
        "evaluated_at": deed.now,
    }
    return _step(deed, entry_id, froms, EntryState.EVALUATED, "entry-evaluated", values)


def reopen(deed: Deed, entry_id: int, reason: str) -> RoundEntry:
    """The evaluation is taken back before the freeze; the entry waits for another one."""
    if not reason.strip():
        raise RoundError("no-reason-to-reopen")
    values = {"final_status": None, "opinion": None, "evaluated_by_id": None, "evaluated_at": None}
    froms = (EntryState.EVALUATED,)
    return _step(deed, entry_id, froms, EntryState.SIGNED, "entry-reopened", values, reason=reason)


def _entry(session: Session, entry_id: int) -> RoundEntry:
    found = rounds.entry(session, entry_id)
    if found is None:
        raise RoundError("no-entry")
    return found


def _step(
    deed: Deed,
    entry_id: int,
    froms: Collection[EntryState],
    to: EntryState,
    action: str,
    values: dict[str, Any],
    *,
    reason: str | None = None,
    apart: bool = False,
) -> RoundEntry:
    """One step of an entry and what it makes of the round. `apart`: not by the one who answered."""
    entry = _entry(deed.session, entry_id)
    of = rounds.locked(deed.session, entry.round_id)
    assert of is not None
    if of.state not in rounds.WORKING:
        raise RoundError("closed", round=name_of(of), state=of.state)
    if apart and deed.who.officer_id is not None and deed.who.officer_id == entry.answered_by_id:
        raise RoundError("own-answer")
    before = {"state": entry.state.value} | {key: getattr(entry, key) for key in values}
    condition = RoundEntry.id == entry_id, RoundEntry.state.in_(froms)
    new = {**values, "state": to, "revision": RoundEntry.revision + 1}
    done = changed(deed.session, update(RoundEntry).where(*condition).values(new))
    entry = _entry(deed.session, entry_id)
    if done != 1:
        raise RoundError("entry-moved-on", state=entry.state)
    after = {"state": to.value} | values
    deed.record(action, f"entry:{entry_id}",
        before=before, after=after, revision=entry.revision, reason=reason,
    )  # fmt: skip
    _advance(deed.session, of)
    return entry


def _advance(session: Session, of: Round) -> None:
    of.state = stage(rounds.states(session, of.id).keys())
    session.flush()
