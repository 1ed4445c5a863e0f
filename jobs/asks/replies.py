"""A department's reply to a request: handed in, confirmed, sent back, reopened.

Every step is a conditional UPDATE whose row count decides, so that two at once have one outcome, and is audited. Rows of
what came back before stay beside the newest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update

from jobs.asks.window import AskError, open_one, reply_of
from jobs.authority.permissions import Deed
from plans.sheet.returned import Value
from store import ask_looks, asks
from store.asks import CONFIRM
from store.db.engine import changed
from store.models import Ask, AskAnswer, AskRow
from store.states import AnswerKind, AnswerState


@dataclass(frozen=True)
class Reply:
    """What a department says: rows of values by the keys of the form, or that there are none."""

    kind: AnswerKind = AnswerKind.ROWS
    rows: Sequence[dict[str, Value]] = field(default_factory=tuple)


def hand_in(
    deed: Deed, number: int, department_id: int, reply: Reply, *, is_on_behalf: bool = False
) -> AskAnswer:
    """The reply counts from now on, late ones too; it may be replaced until it is confirmed. `is_on_behalf`: for the
    department by somebody else. Raises AskError."""
    of = open_one(deed, number)
    _ensure_rows(of, reply)
    own = reply_of(deed, number, department_id)
    values = {
        "kind": reply.kind,
        "version": own.version + 1,
        "answered_by_id": deed.who.officer_id,
        "answered_by": deed.who.name,
        "is_on_behalf": is_on_behalf,
        "answered_at": deed.now,
        "sent_back_reason": None,
    }
    froms = (*asks.OUTSTANDING, AnswerState.ANSWERED)
    facts = {"reply": reply.kind.value, "count": len(reply.rows), "is_on_behalf": is_on_behalf}
    done = _step(deed, own, froms, AnswerState.ANSWERED, "reply-handed-in", values, facts)
    for position, cells in enumerate(reply.rows, 1):
        deed.session.add(AskRow(answer_id=own.id, version=done.version, position=position, cells=dict(cells)))
    deed.session.flush()
    return done


def ensure_open(deed: Deed, number: int) -> None:
    """Raises AskError where no reply is taken any more."""
    open_one(deed, number)


def _ensure_rows(of: Ask, reply: Reply) -> None:
    """As many as were asked for; none at all only where that is said."""
    if reply.kind is not AnswerKind.ROWS:
        if reply.rows:
            raise AskError("rows-beside")
        return
    count = len(reply.rows)
    if count == 0:
        raise AskError("no-rows")
    if count < of.rows_least:
        raise AskError("too-few", count=count, expected=of.rows_least)
    if of.rows_most is not None and count > of.rows_most:
        raise AskError("too-many", count=count, most=of.rows_most)


def confirm(deed: Deed, number: int, department_id: int) -> AskAnswer:
    """팀장 확인. Nobody confirms the own reply. Raises AskError."""
    of = open_one(deed, number)
    if CONFIRM not in of.steps:
        raise AskError("no-confirming")
    own = reply_of(deed, number, department_id)
    if deed.who.officer_id is not None and deed.who.officer_id == own.answered_by_id:
        raise AskError("own-reply")
    values = {"confirmed_by_id": deed.who.officer_id, "confirmed_at": deed.now}
    return _step(deed, own, (AnswerState.ANSWERED,), AnswerState.CONFIRMED, "reply-confirmed", values)


def send_back(deed: Deed, number: int, department_id: int, reason: str) -> AskAnswer:
    """보완요청 with a reason; the department hands in anew. Raises AskError."""
    if not reason.strip():
        raise AskError("no-reason")
    open_one(deed, number)
    ask_looks.look_again(deed.session, number)
    own = reply_of(deed, number, department_id)
    values = {"sent_back_reason": reason, "confirmed_by_id": None, "confirmed_at": None}
    return _step(deed, own, asks.GIVEN, AnswerState.SENT_BACK, "reply-sent-back", values, reason=reason)


def reopen(deed: Deed, number: int, department_id: int, reason: str) -> AskAnswer:
    """A confirmed reply may be replaced again. Raises AskError."""
    if not reason.strip():
        raise AskError("no-reason")
    open_one(deed, number)
    ask_looks.look_again(deed.session, number)
    own = reply_of(deed, number, department_id)
    values = {"confirmed_by_id": None, "confirmed_at": None}
    froms = (AnswerState.CONFIRMED,)
    return _step(deed, own, froms, AnswerState.ANSWERED, "reply-reopened", values, reason=reason)


def _step(
    deed: Deed,
    own: AskAnswer,
    froms: Collection[AnswerState],
    to: AnswerState,
    action: str,
    values: dict[str, Any],
    facts: dict[str, Any] | None = None,
    *,
    reason: str | None = None,
) -> AskAnswer:
    """One step of a reply. Raises AskError where it has moved on."""
    before = {"state": own.state.value}
    new = {**values, "state": to, "revision": AskAnswer.revision + 1}
    condition = AskAnswer.id == own.id, AskAnswer.state.in_(froms), AskAnswer.revision == own.revision
    done = changed(deed.session, update(AskAnswer).where(*condition).values(new))
    now = asks.answer(deed.session, own.id)
    assert now is not None
    if done != 1:
        raise AskError("reply-moved-on", state=now.state)
    after = {"state": to.value, **(facts or {})}
    deed.record(action, f"reply:{own.id}", before=before, after=after, revision=now.revision, reason=reason)
    return now
