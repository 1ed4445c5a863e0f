"""What was put right of a task, a series or a department is taken back."""

from datetime import date

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.corrections import fields
from jobs.corrections.edit import OFFICERS, put_officers
from jobs.corrections.fields import KINDS, Thing
from store import officers
from store.models import AuditEntry, Task


def thing_of(deed: Deed, entry: AuditEntry) -> Thing | None:
    """What the entry is about; None where it is no more, or of another kind."""
    kind, _, number = entry.subject.partition(":")
    table = KINDS.get(kind)
    found = deed.session.get(table, int(number)) if table is not None else None
    assert found is None or isinstance(found, Thing)
    return found


def restore(deed: Deed, entry: AuditEntry, thing: Thing) -> None:
    """It is as it was before the entry."""
    if isinstance(thing, Task) and entry.action == OFFICERS:
        people = {one.id: one for one in officers.by_ids(deed.session, entry.before["officers"])}
        found = [people[one] for one in entry.before["officers"] if one in people]
        put_officers(deed, thing, found, action="undo", undoes_id=entry.id)
        return
    values = {key: _read(key, value) for key, value in entry.before.items()}
    fields.put(deed, thing, "undo", values, undoes_id=entry.id)


def later_than(deed: Deed, entry: AuditEntry) -> AuditEntry | None:
    """The newest change of the same columns after the entry that still stands; None where there is none."""
    query = select(AuditEntry).where(AuditEntry.subject == entry.subject, AuditEntry.id > entry.id)
    entries = list(deed.session.scalars(query.order_by(AuditEntry.id)))
    taken_back = {one.undoes_id for one in entries}
    left = [one for one in entries if one.undoes_id is None and one.id not in taken_back]
    return next((one for one in reversed(left) if one.after.keys() & entry.before.keys()), None)


def _read(key: str, value: object) -> object:
    return date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value
