"""The window of a request: by when a reply is due, later days, its end; in the caller's transaction, audited."""

from datetime import date

from sqlalchemy import update

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from reports.asks import due_on
from store import ask_looks, asks
from store.db.engine import changed
from store.models import Ask, AskAnswer
from store.states import AskState


class AskError(StepError):
    """A step of a request cannot be taken."""


def open_one(deed: Deed, number: int) -> Ask:
    """The request, held until the transaction ends. Raises AskError where it is none, or over."""
    found = asks.locked(deed.session, number)
    if found is None:
        raise AskError("no-ask", number=number)
    if found.state is not AskState.OPEN:
        raise AskError("over", number=number, state=found.state)
    return found


def reply_of(deed: Deed, number: int, department_id: int) -> AskAnswer:
    """What the department has to it. Raises AskError where it was not asked."""
    found = asks.answer_of(deed.session, number, department_id)
    if found is None:
        raise AskError("not-asked", number=number)
    return found


def extend(deed: Deed, number: int, day: date, reason: str, department_id: int | None = None) -> Ask:
    """A later day for everybody, or for one department; what was said first is kept. Raises AskError."""
    found = open_one(deed, number)
    _ensure_reason(reason)
    own = None if department_id is None else reply_of(deed, number, department_id)
    before = due_on(found, own)
    if day <= before:
        raise AskError("not-later", day=day, before=before)
    if day < deed.today:
        raise AskError("past-day", day=day)
    subject = f"ask:{number}"
    if own is None:
        found.due_on = day
    else:
        own.due_on, own.revision = day, own.revision + 1
        subject = f"reply:{own.id}"
    deed.session.flush()
    ask_looks.look_again(deed.session, number)
    deed.record("ask-extended", subject, before={"due_on": before}, after={"due_on": day}, reason=reason)
    return found


def freeze(deed: Deed, number: int) -> Ask:
    """마감: no reply changes any more. Raises AskError."""
    return _end(deed, number, AskState.FROZEN, "ask-frozen", None)


def cancel(deed: Deed, number: int, reason: str) -> Ask:
    """거둠: nothing is wanted any more; replies that were given stay. Raises AskError."""
    _ensure_reason(reason)
    return _end(deed, number, AskState.CANCELLED, "ask-cancelled", reason)


def _end(deed: Deed, number: int, to: AskState, action: str, reason: str | None) -> Ask:
    open_one(deed, number)
    at = {"frozen_at" if to is AskState.FROZEN else "cancelled_at": deed.now}
    condition = Ask.id == number, Ask.state == AskState.OPEN
    assert changed(deed.session, update(Ask).where(*condition).values(state=to, **at)) == 1
    found = asks.locked(deed.session, number)
    assert found is not None
    before, after = {"state": AskState.OPEN.value}, {"state": to.value}
    deed.record(action, f"ask:{number}", before=before, after=after, reason=reason)
    return found


def waiting(deed: Deed, number: int) -> int:
    """How many departments have something to hand in."""
    counted = asks.states(deed.session, number)
    return sum(counted[one] for one in asks.OUTSTANDING)


def unconfirmed(deed: Deed, of: Ask) -> int:
    """How many replies somebody above has yet to confirm or sign."""
    counted = asks.states(deed.session, of.id)
    return sum(counted[one] for one in asks.GIVEN if asks.next_step(of.steps, one) in asks.ABOVE)


def notify(deed: Deed, number: int) -> Ask:
    """결과 알림 after the end, once. Telling the departments is the caller's, in the same transaction. Raises AskError."""
    found = asks.locked(deed.session, number)
    if found is None:
        raise AskError("no-ask", number=number)
    if found.state is not AskState.FROZEN:
        raise AskError("not-closed", number=number)
    if found.notified_at is not None:
        raise AskError("notified", number=number)
    found.notified_at = deed.now
    deed.session.flush()
    deed.record("ask-notified", f"ask:{number}")
    return found


def _ensure_reason(reason: str) -> None:
    if not reason.strip():
        raise AskError("no-reason")
