"""What the planning office says of a reply: of the whole of it (평가), or of one row after another (선정: 채택, 보류, 불채택).

A verdict belongs to a version of the reply; what is said anew replaces what was said, and the log keeps both.
"""

from __future__ import annotations

from jobs.asks import kind as kinds
from jobs.asks.replies import take_step
from jobs.asks.window import AskError, open_one, reply_of
from jobs.authority.permissions import Deed
from store import asks
from store.models import Ask, AskAnswer, AskVerdict
from store.states import AnswerState

OPINION_MOST = 2000


def evaluate(deed: Deed, number: int, department_id: int, verdict: str, opinion: str | None) -> AskAnswer:
    """총괄평가 of a reply that those above have passed; it may be said anew until the request is closed. Raises AskError."""
    of = open_one(deed, number)
    kind = kinds.of(of.kind)
    if asks.EVALUATE not in of.steps:
        raise AskError("no-evaluating")
    if verdict not in kind.verdicts:
        raise AskError("no-verdict", said=verdict)
    _ensure_reason(kind, verdict, opinion)
    own = reply_of(deed, number, department_id)
    if own.state is not AnswerState.EVALUATED and asks.next_step(of.steps, own.state) != asks.EVALUATE:
        raise AskError("not-yet-there", state=own.state)
    before = _say(deed, own, 0, verdict, opinion)
    was, facts = {"verdict": before}, {"verdict": verdict}
    to, action = AnswerState.EVALUATED, "reply-evaluated"
    return take_step(deed, own, (own.state,), to, action, {}, facts, was=was, reason=opinion)


def choose(
    deed: Deed, number: int, department_id: int, position: int, choice: str, reason: str | None
) -> AskVerdict:
    """채택, 보류 or 불채택 of one row, once those above have passed the reply. Raises AskError."""
    of = open_one(deed, number)
    kind = kinds.of(of.kind)
    if asks.SELECT not in of.steps:
        raise AskError("no-choosing")
    if choice not in kind.choices:
        raise AskError("no-verdict", said=choice)
    _ensure_reason(kind, choice, reason)
    own = reply_of(deed, number, department_id)
    ensure_passed(of, own)
    if position not in {one.position for one in asks.rows(deed.session, own)}:
        raise AskError("no-row", count=position)
    known = asks.verdicts(deed.session, own).get(position)
    if known is not None and known.became is not None and choice not in kind.kept:
        raise AskError("became", subject=known.became)
    before = _say(deed, own, position, choice, reason)
    was, facts = {"verdict": before}, {"row_no": position, "verdict": choice}
    take_step(deed, own, (own.state,), own.state, "row-chosen", {}, facts, was=was, reason=reason)
    return asks.verdicts(deed.session, own)[position]


def ensure_passed(of: Ask, own: AskAnswer) -> None:
    """Raises AskError where a step of those above is still to come."""
    if own.state not in asks.GIVEN or asks.next_step(of.steps, own.state) is not None:
        raise AskError("not-yet-there", state=own.state)


def became(deed: Deed, said: AskVerdict, own: AskAnswer, subject: str) -> None:
    """What a chosen row was made into, once. Raises AskError."""
    if said.verdict not in kinds.of(own.ask.kind).kept:
        raise AskError("not-kept")
    if said.became is not None:
        raise AskError("became", subject=said.became)
    said.became = subject
    deed.session.flush()
    facts = {"row_no": said.position, "became": subject}
    deed.record("row-taken-up", f"reply:{own.id}", after=facts, revision=own.revision)


def _ensure_reason(kind: kinds.Kind, verdict: str, reason: str | None) -> None:
    if verdict in kind.reasoned and not (reason or "").strip():
        raise AskError("no-reason-for", said=verdict)


def _say(deed: Deed, own: AskAnswer, position: int, verdict: str, opinion: str | None) -> str | None:
    """It holds from now on; gives what was said before."""
    known = asks.verdicts(deed.session, own).get(position)
    before = known.verdict if known is not None else None
    if known is None:
        known = AskVerdict(answer_id=own.id, version=own.version, position=position)
        deed.session.add(known)
    known.verdict, known.opinion = verdict, (opinion or "").strip()[:OPINION_MOST] or None
    known.by_id, known.by, known.at = deed.who.officer_id, deed.who.name, deed.now
    deed.session.flush()
    return before
