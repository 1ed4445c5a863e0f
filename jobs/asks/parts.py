"""A row of a department's reply that its contact hands to a named officer (담당자에게 넘기기); the reply itself stays one."""

from collections.abc import Sequence
from typing import Any

from jobs.asks.window import AskError, open_one
from jobs.authority.permissions import Deed
from store import ask_looks, asks, officers
from store.models import AskAnswer, AskPart


def hand_over(deed: Deed, own: AskAnswer, officer_id: int) -> AskPart:
    """The officer is asked for rows; once, and again after having filled them in. Raises AskError."""
    open_one(deed, own.ask_id)
    if own.state not in asks.OUTSTANDING:
        raise AskError("reply-moved-on", state=own.state)
    [person] = officers.by_ids(deed.session, [officer_id])
    if person.department_id != own.department_id:
        raise AskError("part-elsewhere", name=person.name)
    found = asks.part_of(deed.session, own.id, officer_id)
    if found is not None and found.filled_at is None:
        raise AskError("part-asked", name=person.name)
    if found is None:
        found = AskPart(answer_id=own.id, officer_id=officer_id, revision=0, rows=[])
        deed.session.add(found)
    found.asked_by_id, found.asked_at = deed.who.officer_id, deed.now
    found.filled_at, found.revision = None, found.revision + 1
    deed.session.flush()
    ask_looks.look_again(deed.session, own.ask_id)
    deed.record("reply-part-asked", f"reply:{own.id}", after={"officers": [officer_id]})
    return found


def fill(deed: Deed, part: AskPart, rows: Sequence[dict[str, Any]]) -> AskPart:
    """The rows are the contact's to hand in; they may be filled in anew until then. Raises AskError."""
    of = open_one(deed, part.answer.ask_id)
    if part.answer.state not in asks.OUTSTANDING:
        raise AskError("reply-moved-on", state=part.answer.state)
    _, most = asks.bounds(of, part.answer.department_id)
    if most is not None and len(rows) > most:
        raise AskError("too-many", count=len(rows), most=most)
    part.rows, part.filled_at, part.revision = [dict(one) for one in rows], deed.now, part.revision + 1
    deed.session.flush()
    after = {"count": len(rows)}
    deed.record("reply-part-filled", f"reply:{part.answer_id}", after=after)
    return part
