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
from reports.asks import form_of
from store import ask_looks, asks
from store.asks import ABOVE, CONFIRM, SIGN
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
    own = reply_of(deed, number, department_id)
    rows = _completed(of, department_id, reply.rows)
    _ensure_rows(asks.bounds(of, department_id), reply)
    values = {
        "kind": reply.kind,
        "version": own.version + 1,
        "answered_by_id": deed.who.officer_id,
        "answered_by": deed.who.name,
        "is_on_behalf": is_on_behalf,
        "answered_at": deed.now,
        "sent_back_reason": None,
    }
    if own.state in asks.GIVEN and any(asks.verdicts(deed.session, own)):
        raise AskError("chosen")  # rows of it were chosen from: it is sent back first
    froms = (*asks.OUTSTANDING, AnswerState.ANSWERED)
    facts = {"reply": reply.kind.value, "count": len(rows), "is_on_behalf": is_on_behalf}
    done = take_step(deed, own, froms, AnswerState.ANSWERED, "reply-handed-in", values, facts)
    for position, cells in enumerate(rows, 1):
        deed.session.add(AskRow(answer_id=own.id, version=done.version, position=position, cells=dict(cells)))
    deed.session.flush()
    return done


def ensure_open(deed: Deed, number: int) -> None:
    """Raises AskError where no reply is taken any more."""
    open_one(deed, number)


def _completed(of: Ask, department_id: int, rows: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Of a request over a list each row with what it is about: by the first cell that says it, where a sheet has brought it
    back, else in the order of the list. Raises AskError for a row of something else, or twice the same."""
    given = asks.given(of, department_id)
    fixed = [one.key for one in form_of(of).given]
    if not given or not rows:
        return list(rows)
    places = {str(one[fixed[0]]): at for at, one in enumerate(given)}
    found: dict[int, dict[str, Value]] = {}
    for at, row in enumerate(rows):
        said = str(row.get(fixed[0], "")).strip()
        place = places.get(said) if said else at
        if place is None or place in found or place >= len(given):
            raise AskError("not-given", said=said or str(at + 1))
        found[place] = {
            **{key: given[place][key] for key in fixed if key in given[place]},
            **{key: value for key, value in row.items() if key not in fixed},
        }
    return [found[place] for place in sorted(found)]


def _ensure_rows(bounds: tuple[int, int | None], reply: Reply) -> None:
    """As many as were asked for; none at all only where that is said."""
    if reply.kind is not AnswerKind.ROWS:
        if reply.rows:
            raise AskError("rows-beside")
        return
    count = len(reply.rows)
    if count == 0:
        raise AskError("no-rows")
    least, most = bounds
    if count < least:
        raise AskError("too-few", count=count, expected=least)
    if most is not None and count > most:
        raise AskError("too-many", count=count, most=most)


_DONE = {CONFIRM: (AnswerState.CONFIRMED, "confirmed"), SIGN: (AnswerState.SIGNED, "signed")}
_NOBODY = {f"{what}_{of}": None for what in ("confirmed", "signed") for of in ("by_id", "at")}


def confirm(deed: Deed, number: int, department_id: int) -> AskAnswer:
    """팀장 확인. Nobody confirms the own reply. Raises AskError."""
    return approve(deed, number, department_id, CONFIRM)


def sign(deed: Deed, number: int, department_id: int) -> AskAnswer:
    """부서장 확정. Nobody signs the own reply. Raises AskError."""
    return approve(deed, number, department_id, SIGN)


def approve(deed: Deed, number: int, department_id: int, step: str) -> AskAnswer:
    """The step of somebody above, where it is its turn. Raises AskError."""
    of = open_one(deed, number)
    if step not in of.steps:
        raise AskError("no-confirming" if step == CONFIRM else "no-signing")
    own = reply_of(deed, number, department_id)
    if deed.who.officer_id is not None and deed.who.officer_id == own.answered_by_id:
        raise AskError("own-reply")
    if asks.next_step(of.steps, own.state) != step:
        raise AskError("reply-moved-on", state=own.state)
    to, what = _DONE[step]
    values = {f"{what}_by_id": deed.who.officer_id, f"{what}_at": deed.now}
    done = take_step(deed, own, (own.state,), to, f"reply-{what}", values)
    if asks.next_step(of.steps, done.state) in ABOVE:
        ask_looks.look_again(deed.session, number)
    return done


def send_back(deed: Deed, number: int, department_id: int, reason: str) -> AskAnswer:
    """보완요청 with a reason; the department hands in anew. Raises AskError."""
    if not reason.strip():
        raise AskError("no-reason")
    open_one(deed, number)
    ask_looks.look_again(deed.session, number)
    own = reply_of(deed, number, department_id)
    values = {**_NOBODY, "sent_back_reason": reason}
    return take_step(deed, own, asks.GIVEN, AnswerState.SENT_BACK, "reply-sent-back", values, reason=reason)


def reopen(deed: Deed, number: int, department_id: int, reason: str) -> AskAnswer:
    """A reply that was confirmed, signed or evaluated may be replaced again. Raises AskError."""
    if not reason.strip():
        raise AskError("no-reason")
    open_one(deed, number)
    ask_looks.look_again(deed.session, number)
    own = reply_of(deed, number, department_id)
    values = dict(_NOBODY)
    froms = (AnswerState.CONFIRMED, AnswerState.SIGNED, AnswerState.EVALUATED)
    return take_step(deed, own, froms, AnswerState.ANSWERED, "reply-reopened", values, reason=reason)


def take_step(
    deed: Deed,
    own: AskAnswer,
    froms: Collection[AnswerState],
    to: AnswerState,
    action: str,
    values: dict[str, Any],
    facts: dict[str, Any] | None = None,
    *,
    was: dict[str, Any] | None = None,
    reason: str | None = None,
) -> AskAnswer:
    """One step of a reply. Raises AskError where it has moved on."""
    before = {"state": own.state.value, **(was or {})}
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
