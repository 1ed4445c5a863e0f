"""What was put right of a task, a series, a department or an area is taken back."""

from datetime import date

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.corrections import edit, fields, names
from store import officers
from store.models import AuditEntry, Task


def later_than(deed: Deed, entry: AuditEntry) -> AuditEntry | None:
    """The newest change of the same columns after the entry that still stands, what the same act did aside; None where there
    is none."""
    query = select(AuditEntry).where(AuditEntry.subject == entry.subject, AuditEntry.id > entry.id)
    entries = list(deed.session.scalars(query.order_by(AuditEntry.id)))
    taken_back = {one.undoes_id for one in entries}
    others = [one for one in entries if one.act != entry.act]
    left = [one for one in others if one.undoes_id is None and one.id not in taken_back]
    return next((one for one in reversed(left) if one.after.keys() & entry.before.keys()), None)


def restore(deed: Deed, entry: AuditEntry) -> None:
    """It is as it was before the entry."""
    own = OWN_WAYS.get(entry.action)
    if own is not None:
        own(deed, entry)
        return
    kind, _, number = entry.subject.partition(":")
    thing = deed.session.get_one(fields.KINDS[kind], int(number))
    assert isinstance(thing, fields.Thing)
    values = {key: _read(key, value) for key, value in entry.before.items()}
    fields.put(deed, thing, "undo", values, undoes_id=entry.id)


def _officers(deed: Deed, entry: AuditEntry) -> None:
    """Those who answered before do so again from today on, in their order."""
    task = deed.session.get_one(Task, int(entry.subject.partition(":")[2]))
    people = {one.id: one for one in officers.by_ids(deed.session, entry.before["officers"])}
    found = [people[one] for one in entry.before["officers"] if one in people]
    edit.put_officers(deed, task, found, action="undo", undoes_id=entry.id)


OWN_WAYS = {
    edit.OFFICERS: _officers,
    names.RENAMED: names.call_back,
    names.MERGED: names.part,
    names.AREA_RENAMED: names.area_back,
}


def _read(key: str, value: object) -> object:
    return date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value
