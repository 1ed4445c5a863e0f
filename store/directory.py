"""Departments and people by their names, read once for a whole document: what it names that nobody knows is made, and
kept by whoever registers it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Department, DepartmentAlias, Officer
from store.officers import NAME_MOST, RANK_MOST, alike, close_up

AT_ONCE = 500  # names asked for in one query


class Directory:
    """`new` has the departments and officers that are not in the store yet; nothing is written here."""

    def __init__(self, session: Session, names: Iterable[str]) -> None:
        found = list(session.scalars(select(Department).order_by(Department.name)))
        by_id = {one.id: one for one in found}
        self.departments = {alike(one.name): one for one in found}
        for alias in session.scalars(select(DepartmentAlias)):
            self.departments.setdefault(alike(alias.alias), by_id[alias.department_id])
        self.names = [one.name for one in found]
        self._people: dict[tuple[str, Department | None], Officer] = {}
        wanted = sorted({_name(one) for one in names})
        for at in range(0, len(wanted), AT_ONCE):
            some = Officer.name.in_(wanted[at : at + AT_ONCE])
            for one in session.scalars(select(Officer).where(some).order_by(Officer.id)):
                self._people.setdefault((one.name, by_id.get(one.department_id or 0)), one)
        self.new: list[Department | Officer] = []

    def department(self, name: str) -> Department | None:
        """By name or alias; None for one that nobody knows."""
        return self.departments.get(alike(close_up(name)[:NAME_MOST]))

    def add_department(self, name: str) -> Department:
        made = Department(name=close_up(name)[:NAME_MOST])
        self.departments[alike(made.name)] = made
        self.names.append(made.name)
        self.new.append(made)
        return made

    def officer(self, name: str, where: Department | None, rank: str | None) -> Officer:
        """The officer of that name in that department, made where new. A rank not known so far is filled in."""
        name, rank = _name(name), rank[:RANK_MOST] if rank else None
        found = self._people.get((name, where))
        if found is None:
            found = self._people[name, where] = Officer(name=name, rank=rank, department=where)
            self.new.append(found)
        found.rank = found.rank or rank
        return found


def _name(text: str) -> str:
    return " ".join(text.split())[:NAME_MOST]
