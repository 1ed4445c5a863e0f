"""Who is asked in a department (서무, else 팀장, else 부서장, else the planning office), today."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from store import absences, officers
from store.states import RoleName

TURN = (RoleName.CONTACT, RoleName.LEAD, RoleName.HEAD)


def owners(session: Session, departments: Collection[int], today: date) -> dict[int, list[int]]:
    """Each department's people to turn to, by their numbers: all who hold the first of the roles that anybody holds, in the
    place of who is away the substitute; [] where nobody does, and the planning office sees to it."""
    held = officers.above(session, TURN, today)
    away = {one.officer_id: one.substitute_id for one in absences.between(session, today, today)}
    return {one: _first(held, one, away) for one in departments}


def _first(
    held: dict[tuple[RoleName, int], list[int]], department_id: int, away: dict[int, int | None]
) -> list[int]:
    """Of a role whose holders are all away without a substitute, the next one is asked."""
    for role in TURN:
        people = (away.get(one, one) for one in held.get((role, department_id), ()))
        if found := list(dict.fromkeys(one for one in people if one is not None)):
            return found
    return []
