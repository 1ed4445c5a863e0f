"""People: finding officers and departments, their roles, whom they stand in for, and who leads whom."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from store import ask_looks
from store.absences import holds as is_away
from store.chat_links import is_live
from store.models import Absence, ChatLink, Department, DepartmentAlias, Officer, Role
from store.states import LinkState, RoleName

NAME_MOST, RANK_MOST = 100, 40  # characters that the columns take
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_MOST_WORDS: Final = 6  # of a department's name in Latin letters: Parks and Green Spaces
_NAMES: Final = (Department.name, DepartmentAlias.alias)


def close_up(name: str) -> str:
    """A department's name as it is kept: Korean without inner spaces ("감 사 실" -> "감사실"), other with single ones."""
    words = name.split()
    return ("" if _HANGUL.search(name) else " ").join(words)


def alike(name: str) -> str:
    """What names that mean one department have in common, however they are spaced or capitalised."""
    return "".join(name.split()).lower()


def department(session: Session, name: str) -> Department | None:
    """The department by its name or one of its aliases; None where unknown."""
    wanted = close_up(name)[:NAME_MOST]
    spellings = [column == wanted for column in _NAMES]
    if not _HANGUL.search(name):
        spellings += [func.replace(func.lower(column), " ", "") == alike(wanted) for column in _NAMES]
    query = select(Department).outerjoin(DepartmentAlias).where(or_(*spellings))
    return session.scalars(query.order_by(Department.name != wanted).limit(1)).first()


def department_before(session: Session, text: str) -> tuple[Department, str] | None:
    """The department whose name the text begins with, and what follows: one word, or as many as a name in Latin letters
    has."""
    words = text.split()
    most = min(len(words), _MOST_WORDS) if words and words[0].isascii() else min(len(words), 1)
    for count in range(most, 0, -1):
        found = department(session, " ".join(words[:count]))
        if found is not None:
            return found, next(iter(text.split(maxsplit=count)[count:]), "")
    return None


def department_names(session: Session) -> list[str]:
    return list(session.scalars(select(Department.name).order_by(Department.name)))


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


def _holds(today: date | BindParameter[date], role: type[Role] = Role) -> ColumnElement[bool]:
    return and_(role.from_on <= today, or_(role.until_on.is_(None), role.until_on >= today))


class Held(NamedTuple):
    """What somebody is on a day: the roles besides that of an officer, which everybody has, and the absent people for whom
    the person stands in, with their roles."""

    roles: tuple[Role, ...]
    stands_in_for: frozenset[int]
    stood_in: tuple[Role, ...]


_DAY = bindparam("day", type_=Date)
_STOOD_IN = aliased(Role)


def _with_held(query: Select[Any]) -> Select[Any]:
    """The query of people, each once for every role and every absence in which they stand in."""
    held, away = (
        and_(Role.officer_id == Officer.id, _holds(_DAY)),
        and_(Absence.substitute_id == Officer.id, is_away(_DAY)),
    )
    theirs = and_(_STOOD_IN.officer_id == Absence.officer_id, _holds(_DAY, _STOOD_IN))
    query = query.add_columns(Role, Absence.officer_id, _STOOD_IN)
    query = query.outerjoin(Role, held).outerjoin(Absence, away).outerjoin(_STOOD_IN, theirs)
    return query.options(joinedload(Role.department)).order_by(Role.id, Absence.id)


# What every update asks for, written once: to write it costs as much as to run it.
_OF_OFFICER = _with_held(select(Officer.id).where(Officer.id == bindparam("officer")))
_OF_CHAT = _with_held(
    select(ChatLink)
    .join(ChatLink.officer)
    .where(ChatLink.chat_id == bindparam("chat"), ChatLink.user_id == bindparam("user"), is_live())
    .options(contains_eager(ChatLink.officer))
)


def _held(rows: Sequence[Row[Any]]) -> Held:
    roles, stood_in_for, theirs = (
        dict.fromkeys(row[at] for row in rows if row[at] is not None) for at in (1, 2, 3)
    )
    return Held(tuple(roles), frozenset(stood_in_for), tuple(theirs))


def standing(session: Session, officer_id: int, today: date) -> Held:
    """What the person is today."""
    return _held(session.execute(_OF_OFFICER, {"officer": officer_id, "day": today}).all())


def standing_in_chat(
    session: Session, chat_id: int, user_id: int, today: date
) -> tuple[ChatLink | None, Held]:
    """The link of that private chat and that sender, active or paused, with what its person is today; None for
    strangers."""
    rows = session.execute(_OF_CHAT, {"chat": chat_id, "user": user_id, "day": today}).all()
    return rows[0][0] if rows else None, _held(rows)


def roles(session: Session, officer_id: int, today: date) -> list[Role]:
    """The roles the person holds today, besides that of an officer, which everybody has."""
    return list(standing(session, officer_id, today).roles)


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


class Holder(NamedTuple):
    """Somebody who holds a role. `chat_id` None: who cannot be written to now; `is_away`: 부재 today. `stands_in_for`: the
    absent one in whose place the person is asked (대직); `team_id`: a lead of that team alone."""

    officer: Officer
    chat_id: int | None
    is_away: bool
    stands_in_for: Officer | None = None
    team_id: int | None = None


class Place(NamedTuple):
    """Where something stands: in which department and, where it is known, in which team of it."""

    department_id: int | None
    team_id: int | None = None


_OVER_IT = Role.department_id == bindparam("department")
_OF_ITS_BUREAU = Role.department_id.in_(select(Department.id).where(Department.bureau == bindparam("bureau")))
_OVER = (
    select(Role.role, Role.team_id, Officer, ChatLink.chat_id, Absence.id)
    .join(Role.officer)
    .outerjoin(
        ChatLink,
        and_(ChatLink.officer_id == Officer.id, is_live(), ChatLink.state == LinkState.ACTIVE),
    )
    .outerjoin(Absence, and_(Absence.officer_id == Officer.id, is_away(_DAY)))
    .where(
        _holds(_DAY),
        or_(
            Role.role == RoleName.PLANNER,
            and_(Role.role.in_((RoleName.LEAD, RoleName.HEAD)), _OVER_IT),
            and_(Role.role == RoleName.BUREAU, or_(_OVER_IT, _OF_ITS_BUREAU)),
        ),
    )
    .order_by(Role.officer_id)  # by the officer, SQLite walks all of them
)


def over(session: Session, department: Department | None, today: date) -> dict[RoleName, list[Holder]]:
    """Who holds which role over the department today: its leads and its head, the head of its bureau (국장, whichever of its
    departments the role names), and the planning office, which is over every one. Of which team a lead is, is told."""
    where = {"department": department.id, "bureau": department.bureau} if department is not None else {}
    found: dict[RoleName, dict[tuple[int, int | None], Holder]] = defaultdict(dict)
    for role, team_id, officer, chat_id, absence_id in session.execute(
        _OVER, {"department": None, "bureau": None, "day": today} | where
    ):
        found[role][officer.id, team_id] = Holder(officer, chat_id, absence_id is not None, team_id=team_id)
    return {role: list(held.values()) for role, held in found.items()}


def grant(
    session: Session, officer: Officer, role: RoleName, today: date, department_id: int | None
) -> Role | None:
    """Give the role from today on; None where the person holds it already or it is the plain officer's. A lead of the own
    department leads the own team, where that is known."""
    if role is RoleName.OFFICER:
        return None
    held = roles(session, officer.id, today)
    if any(one.role is role and one.department_id == department_id for one in held):
        return None
    team = officer.membership.team if role is RoleName.LEAD and officer.membership else None
    own = team if team is not None and team.department_id == department_id else None
    granted = Role(officer=officer, role=role, department_id=department_id, team=own, from_on=today)
    session.add(granted)
    session.flush()
    ask_looks.look_again(session)
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


def leads(session: Session, today: date) -> dict[int, list[tuple[int, int | None]]]:
    """Each department's leads (팀장) today: who, and of which team; None for the whole department's."""
    query = select(Role.department_id, Role.officer_id, Role.team_id)
    query = query.where(Role.role == RoleName.LEAD, _holds(today), Role.department_id.is_not(None))
    found: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for department_id, officer_id, team_id in session.execute(query.order_by(Role.id)):
        assert department_id is not None
        found[department_id].append((officer_id, team_id))
    return found


def bureau_heads_by_department(session: Session, today: date) -> dict[int, list[int]]:
    """Who is head of bureau (국장) over each department today: named for any department of its bureau."""
    bureaus = {row[0]: row[1] or row[0] for row in session.execute(select(Department.id, Department.bureau))}
    heads: dict[str | int, list[int]] = {}
    for (_, department_id), held in above(session, (RoleName.BUREAU,), today).items():
        heads.setdefault(bureaus[department_id], []).extend(held)
    return {one: sorted(set(heads[bureau])) for one, bureau in bureaus.items() if bureau in heads}
