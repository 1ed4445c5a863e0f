"""People: finding officers and departments, their roles, and who leads whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from store.models import ChatGroup, Department, DepartmentAlias, Officer, Role, Task
from store.states import RoleName

NAME_MOST, RANK_MOST = 100, 40  # characters that the columns take


def close_up(name: str) -> str:
    """A department's name without inner spaces ("감 사 실" -> "감사실")."""
    return "".join(name.split())


def department(session: Session, name: str) -> Department | None:
    """The department by its name or one of its aliases; None where unknown."""
    wanted = close_up(name)[:NAME_MOST]
    query = select(Department).outerjoin(DepartmentAlias)
    query = query.where(or_(Department.name == wanted, DepartmentAlias.alias == wanted))
    return session.scalars(query.limit(1)).one_or_none()


def department_names(session: Session) -> list[str]:
    return list(session.scalars(select(Department.name).order_by(Department.name)))


def merge_departments(session: Session, new: Department, known: Department) -> None:
    """The two were one: everything of `new` becomes `known`'s, its name an alias."""
    for table in (Task, Officer, Role, ChatGroup):
        session.execute(update(table).where(table.department_id == new.id).values(department_id=known.id))
    for alias in list(new.aliases):
        alias.department = known
    session.flush()
    name = new.name
    session.delete(new)
    session.flush()
    session.add(DepartmentAlias(department_id=known.id, alias=name))
    session.flush()


def ensure_department(session: Session, name: str) -> Department:
    """The department, added where it is new."""
    found = department(session, name)
    if found is None:
        found = Department(name=close_up(name)[:NAME_MOST])
        session.add(found)
        session.flush()
    return found


def find(session: Session, name: str, department_name: str | None = None) -> list[Officer]:
    """Everybody of that name, in that department where one is given; by department name, then id."""
    query = select(Officer).outerjoin(Department).options(joinedload(Officer.department))
    query = query.where(Officer.name == " ".join(name.split()))
    if department_name is not None:
        known = department(session, department_name)
        query = query.where(Officer.department_id == (known.id if known else -1))
    return list(session.scalars(query.order_by(Department.name, Officer.id)))


def ensure(session: Session, name: str, where: Department | None, rank: str | None = None) -> Officer:
    """The officer of that name in that department, added where new. A rank not known so far is filled in."""
    same = Officer.department_id == where.id if where else Officer.department_id.is_(None)
    name, rank = " ".join(name.split())[:NAME_MOST], rank[:RANK_MOST] if rank else None
    query = select(Officer).where(Officer.name == name, same)
    officer = session.scalars(query.order_by(Officer.id).limit(1)).one_or_none()
    if officer is None:
        officer = Officer(name=name, rank=rank, department=where)
        session.add(officer)
        session.flush()
    elif officer.rank is None:
        officer.rank = rank
    return officer


def by_ids(session: Session, ids: Iterable[int]) -> list[Officer]:
    """The officers of those ids, in the order of their ids."""
    return list(session.scalars(select(Officer).where(Officer.id.in_(list(ids))).order_by(Officer.id)))


def everybody(session: Session, department_name: str | None = None) -> list[Officer]:
    query = select(Officer).outerjoin(Department).options(joinedload(Officer.department))
    if department_name is not None:
        query = query.where(Department.name == close_up(department_name))
    return list(session.scalars(query.order_by(Department.name, Officer.id)))


def _holds(today: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(Role.from_on <= today, or_(Role.until_on.is_(None), Role.until_on >= today))


# What every update asks for, written once: to write it costs as much as to run it.
_ROLES = (
    select(Role)
    .where(Role.officer_id == bindparam("officer"), _holds(bindparam("day", type_=Date)))
    .options(selectinload(Role.department))
    .order_by(Role.id)
)


def roles(session: Session, officer_id: int, today: date) -> list[Role]:
    """The roles the person holds today, besides that of an officer, which everybody has."""
    return list(session.scalars(_ROLES, {"officer": officer_id, "day": today}))


def all_roles(session: Session, today: date) -> dict[int, list[Role]]:
    """Everybody's roles of today, by officer."""
    found: dict[int, list[Role]] = {}
    for one in session.scalars(select(Role).where(_holds(today)).order_by(Role.id)):
        found.setdefault(one.officer_id, []).append(one)
    return found


def holders(session: Session, role: RoleName, today: date, department_id: int | None = None) -> list[Officer]:
    """Who holds the role today: everywhere, or for that department."""
    query = select(Officer).join(Role).where(Role.role == role, _holds(today))
    if department_id is not None:
        query = query.where(Role.department_id == department_id)
    return list(session.scalars(query.order_by(Officer.id)).unique())


def holder_ids(session: Session, role: RoleName, today: date) -> list[int]:
    """Who holds the role today, everywhere, by number alone."""
    query = select(Role.officer_id).where(Role.role == role, _holds(today)).distinct()
    return list(session.scalars(query.order_by(Role.officer_id)))


def bureau_heads(session: Session, bureau: str, today: date) -> list[Officer]:
    """Who heads the bureau (국장) today, whichever of its departments the role names."""
    query = select(Officer).join(Role).join(Department, Role.department_id == Department.id)
    query = query.where(Role.role == RoleName.BUREAU, _holds(today), Department.bureau == bureau)
    return list(session.scalars(query.order_by(Officer.id)).unique())


def grant(
    session: Session, officer: Officer, role: RoleName, today: date, department_id: int | None
) -> Role | None:
    """Give the role from today on; None where the person holds it already or it is the plain officer's."""
    if role is RoleName.OFFICER:
        return None
    held = roles(session, officer.id, today)
    if any(one.role is role and one.department_id == department_id for one in held):
        return None
    granted = Role(officer=officer, role=role, department_id=department_id, from_on=today)
    session.add(granted)
    session.flush()
    return granted


def above(session: Session, names: Sequence[RoleName], today: date) -> dict[tuple[RoleName, int], list[int]]:
    """Who holds the roles today, by role and department."""
    query = select(Role.role, Role.department_id, Role.officer_id)
    query = query.where(Role.role.in_(names), _holds(today), Role.department_id.is_not(None))
    found: dict[tuple[RoleName, int], list[int]] = {}
    for role, department_id, officer_id in session.execute(query.order_by(Role.id)):
        assert department_id is not None
        found.setdefault((role, department_id), []).append(officer_id)
    return found


def bureau_heads_by_department(session: Session, today: date) -> dict[int, list[int]]:
    """Who is head of bureau (국장) over each department today: named for any department of its bureau."""
    bureaus = {row[0]: row[1] or row[0] for row in session.execute(select(Department.id, Department.bureau))}
    heads: dict[str | int, list[int]] = {}
    for (_, department_id), held in above(session, (RoleName.BUREAU,), today).items():
        heads.setdefault(bureaus[department_id], []).extend(held)
    return {one: sorted(set(heads[bureau])) for one, bureau in bureaus.items() if bureau in heads}
