"""이름 고침과 합침: departments and policy areas are renamed or merged everywhere at once; the old name stays as another way
in which documents write it. What a settled quarter was settled with stays."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, select, update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.corrections import fields
from store import teams
from store.models import AreaAlias, AuditEntry, Base, Department, DepartmentAlias, Task, Team

RENAMED, MERGED, AREA_RENAMED = "renamed", "merged", "area-renamed"


def rename_department(deed: Deed, department: Department, name: str) -> AuditEntry:
    """It is called otherwise from now on; nobody else may be called so, by name or alias."""
    old = department.name
    _forget_alias(deed.session, name)
    entry = fields.put(deed, department, RENAMED, {"name": name})
    deed.session.add(DepartmentAlias(department_id=department.id, alias=old))
    deed.session.flush()
    return entry


def call_back(deed: Deed, entry: AuditEntry) -> None:
    """The department bears its old name again; the new one is forgotten."""
    department = deed.session.get_one(Department, int(entry.subject.partition(":")[2]))
    _forget_alias(deed.session, str(entry.before["name"]))
    fields.put(deed, department, "undo", {"name": entry.before["name"]}, undoes_id=entry.id)


def merge_departments(deed: Deed, gone: Department, kept: Department) -> AuditEntry:
    """The two are one: everything of the first becomes the second's, its name an alias."""
    moved: dict[str, list[int]] = {}
    _set_apart(deed.session, gone, kept)
    for column in _columns():
        ids = list(deed.session.scalars(select(column.table.c.id).where(column == gone.id)))
        if ids:
            moved[f"{column.table.name}.{column.name}"] = ids
            deed.session.execute(update(column.table).where(column == gone.id).values({column.name: kept.id}))
    deed.session.flush()
    deed.session.expire_all()
    name = gone.name
    before = {"name": name, "bureau": gone.bureau, "department": gone.id, "moved": moved}
    deed.session.delete(gone)
    deed.session.flush()
    deed.session.add(DepartmentAlias(department_id=kept.id, alias=name))
    return deed.record(MERGED, f"department:{kept.id}", before=before, after={"alias": name})


def _set_apart(session: Session, gone: Department, kept: Department) -> None:
    """Teams of one name in both: the one that moves bears its department's name from now on."""
    names = select(Team.name).where(Team.department_id == kept.id)
    for team in session.scalars(select(Team).where(Team.department_id == gone.id, Team.name.in_(names))):
        team.name = f"{gone.name} {team.name}"[: teams.NAME_MOST]
    session.flush()


def _call_as_before(session: Session, department_id: int, name: str) -> None:
    """Teams that were set apart by their department's name bear their own again."""
    for team in session.scalars(select(Team).where(Team.department_id == department_id)):
        team.name = team.name.removeprefix(f"{name} ")


def part(deed: Deed, entry: AuditEntry) -> None:
    """The two are two again: what was the first one's and is still the second's goes back."""
    before, kept = entry.before, int(entry.subject.partition(":")[2])
    _forget_alias(deed.session, before["name"])
    deed.session.add(Department(id=before["department"], name=before["name"], bureau=before["bureau"]))
    deed.session.flush()
    for column in _columns():
        ids = before["moved"].get(f"{column.table.name}.{column.name}", [])
        is_theirs = column.table.c.id.in_(ids), column == kept
        values = {column.name: before["department"]}
        deed.session.execute(update(column.table).where(*is_theirs).values(values))
    deed.session.expire_all()
    _call_as_before(deed.session, before["department"], before["name"])
    deed.record("undo", entry.subject, before=entry.after, undoes_id=entry.id)


def rename_area(deed: Deed, old: str, name: str) -> AuditEntry | None:
    """Every task of the area is of the other one from now on, which may be there already; None where there is none."""
    ids = list(deed.session.scalars(select(Task.id).where(Task.area == old).order_by(Task.id)))
    if not ids:
        return None
    _set_area(deed, ids, name)
    deed.session.execute(update(AreaAlias).where(AreaAlias.name == old).values(name=name))
    _forget_area(deed.session, name)
    deed.session.merge(AreaAlias(alias=old, name=name))
    return deed.record(
        AREA_RENAMED, f"area:{ids[0]}", before={"area": old, "moved": ids}, after={"area": name}
    )


def area_back(deed: Deed, entry: AuditEntry) -> None:
    """The tasks that are still of the new area are of the old one again."""
    old, name = entry.before["area"], entry.after["area"]
    still = Task.id.in_(entry.before["moved"]), Task.area == name
    _set_area(deed, list(deed.session.scalars(select(Task.id).where(*still))), old)
    _forget_area(deed.session, old)
    deed.record("undo", entry.subject, before={"area": name}, after={"area": old}, undoes_id=entry.id)


def _set_area(deed: Deed, ids: list[int], name: str) -> None:
    deed.session.execute(update(Task).where(Task.id.in_(ids)).values(area=name))
    deed.session.expire_all()


def _forget_area(session: Session, alias: str) -> None:
    if (found := session.get(AreaAlias, alias)) is not None:
        session.delete(found)
        session.flush()


def _forget_alias(session: Session, name: str) -> None:
    query = select(DepartmentAlias).where(DepartmentAlias.alias == name)
    for one in session.scalars(query):
        session.delete(one)
    session.flush()


def _columns() -> Iterator[Column[Any]]:
    """The columns of every table that name a department."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(one.target_fullname == "department.id" for one in column.foreign_keys):
                yield column
