"""A list of people that was applied is taken back, row by row: what somebody changed or uses since then stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, delete, inspect, select, update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.people.roster import REPLACED, Change, take_over
from plans.sheet.roster import RosterRow
from store import officers
from store.audit import as_json
from store.models import AuditEntry, Base, Department, Difference, Officer, Role, Team, TeamMember
from store.states import DifferenceState

APPLIED: Final = "roster-applied"

# What a list of people may change, with the columns that it sets.
SET_BY_LISTS: Final[dict[type[Base], tuple[str, ...]]] = {
    Role: ("officer_id", "role", "department_id", "team_id", "from_on", "until_on"),
    TeamMember: ("team_id",),
    Officer: ("name", "department_id", "rank"),
    Department: ("name", "bureau"),
    Team: ("name", "department_id"),
    Difference: ("state", "settled_at"),
}
# In this order it is taken back: rows that were made (True) go after all that names them has gone.
ORDER: Final = (
    (Role, True), (Role, False), (TeamMember, True), (TeamMember, False), (Officer, False), (Department, False),
    (Difference, False), (Officer, True), (Team, True), (Department, True),
)  # fmt: skip

Values = dict[str, Any]
Standing = dict[str, dict[int, Values]]


@dataclass(frozen=True)
class Row:
    """A row that the list changed, from `was` (None: it made the row) to `now`."""

    table: str
    id: int
    was: Values | None
    now: Values


@dataclass(frozen=True)
class Left:
    """What stays: `later` is what was done since, None where the row is merely in use."""

    change: Change
    later: AuditEntry | None


@dataclass(frozen=True)
class TakenBack:
    restored: list[Change]
    left: list[Left]


def apply(deed: Deed, rows: Sequence[RosterRow], number: int) -> tuple[list[Change], AuditEntry]:
    """Takes the list of that number over; gives what that changed and the entry by which it can be taken back."""
    before = _standing(deed.session)
    changes = take_over(deed, rows)
    changed = list(_changed(before, _standing(deed.session)))
    after = {"count": len(changes), "changed": changed}
    return changes, deed.record(APPLIED, f"upload:{number}", after=after)


def take_back(deed: Deed, applied: AuditEntry) -> TakenBack:
    """What the list changed is as it was before, but for what was changed since."""
    rows = [Row(**one) for one in applied.after["changed"]]
    restored: list[Change] = []
    left: list[Left] = []
    for model, is_made in ORDER:
        some = [one for one in rows if one.table == model.__tablename__ and (one.was is None) == is_made]
        free = _unchanged(deed, model, some)
        for row in some:
            change = _told(deed.session, row)
            if row not in free:
                left += [Left(change, _later(deed.session, applied, row))] if change else []
                continue
            if change is not None:
                restored.append(change)
                _record(deed, applied, row, change)
            _put_back(deed.session, model, row)
        deed.session.expire_all()
    deed.record("undo", applied.subject, before={"count": len(restored)}, undoes_id=applied.id)
    return TakenBack(restored, left)


def _standing(session: Session) -> Standing:
    session.flush()
    found: Standing = {}
    for model, keys in SET_BY_LISTS.items():
        table = model.__table__
        rows = session.execute(select(_key(model), *(table.c[one] for one in keys)))
        found[model.__tablename__] = {
            row[0]: {key: as_json(value) for key, value in zip(keys, row[1:], strict=True)} for row in rows
        }
    return found


def _changed(before: Standing, after: Standing) -> Iterator[dict[str, object]]:
    for table, rows in after.items():
        for number, values in rows.items():
            was = before[table].get(number)
            if was is None:
                yield {"table": table, "id": number, "was": None, "now": values}
            elif keys := [key for key, value in values.items() if was[key] != value]:
                old, new = ({key: each[key] for key in keys} for each in (was, values))
                yield {"table": table, "id": number, "was": old, "now": new}


def _unchanged(deed: Deed, model: type[Base], rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that stand as the list left them and can go back."""
    if not rows:
        return []
    now = _standing(deed.session)[model.__tablename__]
    same = [one for one in rows if one.id in now and now[one.id].items() >= one.now.items()]
    used = _used(deed.session, model, [one.id for one in same if one.was is None])
    return [one for one in same if one.id not in used and not _is_taken(deed, model, one)]


def _used(session: Session, model: type[Base], ids: list[int]) -> set[int]:
    """Which of the rows others name: somebody who is linked or answers for a task, a team with members."""
    found: set[int] = set()
    for column in _columns(model):
        found |= set(session.scalars(select(column).where(column.in_(ids)))) if ids else set()
    return found


def _is_taken(deed: Deed, model: type[Base], row: Row) -> bool:
    """Whether a role that only one person holds would come back beside another's."""
    if model is not Role or row.was is None:
        return False
    role = deed.session.get_one(Role, row.id)
    if role.role not in REPLACED or role.department_id is None:
        return False
    return bool(officers.holders(deed.session, role.role, deed.today, role.department_id))


def _put_back(session: Session, model: type[Base], row: Row) -> None:
    here = _key(model) == row.id
    if row.was is not None:
        values = {key: _read(key, value) for key, value in row.was.items()}
        session.execute(update(model).where(here).values(values))
    elif model is Officer:  # the number stays: what the log says of it is never somebody else's
        session.execute(update(model).where(here).values(name="", rank=None, department_id=None))
    else:
        session.execute(delete(model).where(here))


def _read(key: str, value: Any) -> object:
    """A value of the log as the column has it."""
    if not isinstance(value, str):
        return value
    if key == "state":
        return DifferenceState(value)
    if key.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if key.endswith("_on") else value


def _told(session: Session, row: Row) -> Change | None:
    """The row as a difference that a person reads; None for what goes with another (a team's own row, a question)."""
    if row.table == Role.__tablename__:
        return _told_role(session, row)
    if row.table == TeamMember.__tablename__:
        was = row.was["team_id"] if row.was is not None else None
        return _of_person(
            session, row.id, "team", was=_team(session, was), value=_team(session, row.now["team_id"])
        )
    if row.table == Officer.__tablename__:
        if row.was is None:
            return _of_person(session, row.id, "new")
        return _of_person(session, row.id, "rank", was=row.was["rank"] or "", value=row.now["rank"] or "")
    if row.table == Department.__tablename__ and row.was is not None:
        name = session.get_one(Department, row.id).name
        return Change("bureau", "", name, row.was["bureau"] or "", row.now["bureau"] or "")
    return None


def _told_role(session: Session, row: Row) -> Change | None:
    if row.was is not None and "until_on" not in row.was:
        return None  # the team that a lead leads goes with the one that the person belongs to
    role = session.get_one(Role, row.id)
    where = role.department.name if role.department is not None else ""
    name, code = role.officer.name, str(role.role)
    return Change("ended", name, where, was=code) if row.was else Change("role", name, where, value=code)


def _of_person(session: Session, number: int, kind: str, *, was: str = "", value: str = "") -> Change:
    officer = session.get_one(Officer, number)
    where = officer.department.name if officer.department is not None else ""
    return Change(kind, officer.name, where, was, value)


def _team(session: Session, number: int | None) -> str:
    team = session.get(Team, number) if number is not None else None
    return team.name if team is not None else ""


def _record(deed: Deed, applied: AuditEntry, row: Row, change: Change) -> None:
    """What was taken back of one person or department, in the log's facts."""
    before, after = _facts(change)
    deed.record("undo", _subject(deed.session, row), before=before, after=after, undoes_id=applied.id)


def _facts(change: Change) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """What was until now, and what is again."""
    if change.kind == "new":
        return {"name": change.name, "department": change.department}, {}
    if change.kind == "role":
        return {"role": change.value, "department": change.department}, {}
    if change.kind == "ended":
        return {}, {"role": change.was, "department": change.department}
    return {change.kind: change.value}, {change.kind: change.was or None}


def _subject(session: Session, row: Row) -> str:
    """Whom the log names for the row: the person, or the department."""
    if row.table == Department.__tablename__:
        return f"department:{row.id}"
    if row.table != Role.__tablename__:
        return f"officer:{row.id}"
    return f"officer:{session.get_one(Role, row.id).officer_id}"


def _later(session: Session, applied: AuditEntry, row: Row) -> AuditEntry | None:
    """The newest thing that somebody did since to the same person or department."""
    query = select(AuditEntry).where(
        AuditEntry.subject == _subject(session, row),
        AuditEntry.id > applied.id,
        AuditEntry.undoes_id.is_distinct_from(applied.id),
    )
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).one_or_none()


def _key(model: type[Base]) -> Column[Any]:
    [key] = inspect(model).primary_key
    assert isinstance(key, Column)
    return key


def _columns(model: type[Base]) -> Iterator[Column[Any]]:
    """The columns of every table that name a row of the model."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(one.target_fullname == f"{model.__tablename__}.id" for one in column.foreign_keys):
                yield column
