"""A list of people beside what the store knows: what would change, and doing it. Nobody is ever removed by a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.people.appointment import appoint
from plans.sheet.roster import RosterRow
from store import milestones, officers, teams
from store.models import Department, Difference, Officer, Role, Team, TeamMember
from store.states import DifferenceKind, DifferenceState, RoleName

REPLACED = frozenset({RoleName.HEAD, RoleName.BUREAU})  # one at a time: who held it before holds it no more


@dataclass(frozen=True)
class Change:
    """One difference. `kind`: new, rank, team, bureau, role or ended; from `was` to `value`, in the list's own words."""

    kind: str
    name: str
    department: str
    was: str = ""
    value: str = ""


def take_over(deed: Deed, rows: Sequence[RosterRow]) -> list[Change]:
    """The rows are so from today on; gives what that changed, each logged. Twice changes nothing."""
    changes = [one for row in rows for one in _one(deed, row)]
    changes += _ended(deed, rows)
    deed.session.flush()
    _answer_questions(deed)
    return changes


def _answer_questions(deed: Deed) -> None:
    """What documents asked about teams is answered where all of the task's officers are in one by now."""
    query = select(Difference).where(
        Difference.kind == DifferenceKind.TEAM, Difference.state == DifferenceState.OPEN
    )
    for one in deed.session.scalars(query):
        held = milestones.of_task(one.task, deed.today)
        if held and all(each.officer.membership for each in held):
            one.state, one.settled_at = DifferenceState.KEPT, deed.now


def _one(deed: Deed, row: RosterRow) -> list[Change]:
    where = officers.ensure_department(deed.session, row.department)
    is_new = not officers.find(deed.session, row.name, where.name)
    officer = officers.ensure(deed.session, row.name, where, row.rank if is_new else None)
    made = [Change("new", row.name, where.name)] if is_new else []
    if is_new:
        after = {"name": officer.name, "department": where.name}
        deed.record("officer-added", f"officer:{officer.id}", after=after)
    if (rank := row.rank and row.rank[: officers.RANK_MOST]) and officer.rank != rank:
        made.append(Change("rank", row.name, where.name, officer.rank or "", rank))
        deed.record("rank", f"officer:{officer.id}", before={"rank": officer.rank}, after={"rank": rank})
        officer.rank = rank
    if row.bureau and where.bureau != row.bureau:
        made.append(Change("bureau", row.name, where.name, where.bureau or "", row.bureau))
        before, after = {"bureau": where.bureau}, {"bureau": row.bureau}
        deed.record("bureau", f"department:{where.id}", before=before, after=after)
        where.bureau = row.bureau
    team = teams.ensure(deed.session, where, row.team) if row.team else None
    return made + _join(deed, officer, team, RoleName(row.role)) + _grant(deed, officer, row, where)


def _join(deed: Deed, officer: Officer, team: Team | None, role: RoleName) -> list[Change]:
    """Whose row names a team belongs to it from now on; a lead leads it, too."""
    if team is None:
        return []
    held = officer.membership.team if officer.membership else None
    led = [one for one in _held(deed, officer, role, team.department) if role is RoleName.LEAD]
    if held is team and all(one.team is team for one in led):
        return []
    was = next((one.team for one in led if one.team is not team), held)
    for one in led:
        one.team = team
    return [join(deed, officer, team, was)]


def join(deed: Deed, officer: Officer, team: Team, was: Team | None, *, reason: str | None = None) -> Change:
    """The person belongs to the team; `was`: what the log has as the one before."""
    if officer.membership is None:
        officer.membership = TeamMember(team=team)
    else:
        officer.membership.team = team
    before, after = {"team": was.name if was else None}, {"team": team.name}
    deed.record("team", f"officer:{officer.id}", before=before, after=after, reason=reason)
    return Change("team", officer.name, team.department.name, was.name if was else "", team.name)


def _grant(deed: Deed, officer: Officer, row: RosterRow, where: Department) -> list[Change]:
    role = RoleName(row.role)
    granted = appoint(deed, officer, role, where.id)
    if granted is None:
        return []
    after = {"role": role.value, "department": where.name}
    of_team = {"team": granted.team.name} if granted.team else {}
    deed.record("role-given", f"officer:{officer.id}", after=after | of_team)
    return [Change("role", officer.name, where.name, value=role.value)]


def _ended(deed: Deed, rows: Sequence[RosterRow]) -> list[Change]:
    """Who held what the list gives to another from today on."""
    made = []
    named = {(row.role, row.department): row.name for row in rows if RoleName(row.role) in REPLACED}
    for (role, department), name in named.items():
        where = officers.department(deed.session, department)
        if where is None:
            continue
        for held in officers.holders(deed.session, RoleName(role), deed.today, where.id):
            if held.name != name and not _is_named(rows, held, role, where):
                _end(deed, held, RoleName(role), where)
                made.append(Change("ended", held.name, where.name, was=role))
    return made


def _is_named(rows: Sequence[RosterRow], officer: Officer, role: str, where: Department) -> bool:
    return any((one.name, one.role, one.department) == (officer.name, role, where.name) for one in rows)


def _end(deed: Deed, officer: Officer, role: RoleName, where: Department) -> None:
    for one in _held(deed, officer, role, where):
        one.until_on = deed.today - timedelta(days=1)
    before = {"role": role.value, "department": where.name}
    deed.record("role-ended", f"officer:{officer.id}", before=before)


def _held(deed: Deed, officer: Officer, role: RoleName, where: Department) -> list[Role]:
    """That role of the person's over the department, as of today."""
    found = officers.roles(deed.session, officer.id, deed.today)
    return [one for one in found if one.role is role and one.department_id == where.id]
