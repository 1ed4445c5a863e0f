"""Who decides on a delay or a completion: pure rules from its length, its count and the plan's year; and who that is today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from jobs.authority.superiors import LINE, line_over
from jobs.settings import ApprovalSettings
from store import absences, audit, chat_links, milestones, officers, teams
from store.models import DelayRequest, Milestone, Officer, Task
from store.officers import Holder
from store.states import DelayState, RoleName

GIVEN = frozenset(
    {"assigned", "handed-over", "officers-edited"}
)  # entries of the log by which a task changes hands


class Way(StrEnum):
    """What becomes of a wish for another date."""

    AT_ONCE = "at-once"  # a first short delay takes effect
    LEAD = "lead"  # the team lead decides
    HEAD = "head"  # the department head decides: long, or repeated
    ADJUSTMENT = "adjustment"  # past the plan's year it is no delay: 공약조정


@dataclass(frozen=True)
class Wish:
    """A wish for another date. `earlier`: delays that took effect before; `last_year`: the plan's last year."""

    old_due: date
    new_due: date
    earlier: int
    last_year: int

    @property
    def days(self) -> int:
        """Calendar days from the date that counts now."""
        return (self.new_due - self.old_due).days


def way(wish: Wish, settings: ApprovalSettings) -> Way:
    """Source: domain report section 5, no. 6; the thresholds are settings."""
    if wish.new_due.year > wish.last_year:
        return Way.ADJUSTMENT
    if wish.earlier or wish.days > settings.lead_days:
        return Way.HEAD
    return Way.AT_ONCE if wish.days <= settings.auto_days else Way.LEAD


def wish_of(milestone: Milestone, new_due: date, today: date) -> Wish:
    """The wish for a milestone that has a due day. What was carried over may go on in the year it is in."""
    assert milestone.due_on is not None
    years = [milestone.task.plan.year or 0, (milestone.original_due_on or milestone.due_on).year]
    if milestone.outlives_plan:
        years.append(today.year)
    earlier = sum(one.state is DelayState.APPLIED for one in milestone.delays)
    return Wish(milestone.due_on, new_due, earlier, max(years))


@dataclass(frozen=True)
class Line:
    """Who stands above a milestone in turn, from the lowest role up, and whose own matter it is (`own`)."""

    over: list[tuple[RoleName, list[Holder]]]
    own: set[int]


def line_of(session: Session, milestone: Milestone, requester_id: int | None, today: date) -> Line:
    """Of a wish or report of that person; None: of nobody's."""
    return Line(over_task(session, milestone.task, today), own_people(milestone, requester_id, today))


def lowest_level(line: Line, needed: RoleName) -> RoleName:
    """The lowest role that may decide: above whoever asks and whoever answers for the task."""
    held = [
        LINE.index(role)
        for role, some in line.over
        if role is not LINE[-1] and any(one.officer.id in line.own for one in some)
    ]
    return LINE[max([LINE.index(needed), *(at + 1 for at in held)])]


def over_task(session: Session, task: Task, today: date) -> list[tuple[RoleName, list[Holder]]]:
    """Who stands above it in turn: the lead of its team before the department's. Where no lead is of one team alone,
    nobody asks of which it is."""
    held = officers.over(session, task.department, today)
    has_teams = any(one.team_id is not None for one in held.get(RoleName.LEAD, ()))
    return line_over(held, teams.of_task(session, task, today) if has_teams else None)


def over_officer(session: Session, officer: Officer, today: date) -> list[tuple[RoleName, list[Holder]]]:
    """The same of a person."""
    team = teams.team_of(officer)
    return line_over(officers.over(session, officer.department, today), team.id if team else None)


def own_people(milestone: Milestone, requester_id: int | None, today: date) -> set[int]:
    """Who must not decide because the matter is their own."""
    assigned = {one.officer_id for one in milestones.assignees(milestone, today)}
    return assigned | ({requester_id} if requester_id is not None else set())


@dataclass(frozen=True)
class Ruling:
    """What the rules make of a wish. `level`: the lowest role that decides on it, of that `line`; None: nobody has to."""

    way: Way
    level: RoleName | None = None
    line: Line | None = None


def ruling(
    session: Session,
    milestone: Milestone,
    new_due: date,
    requester_id: int | None,
    today: date,
    settings: ApprovalSettings,
) -> Ruling:
    """Of that person's wish for another date."""
    found = way(wish_of(milestone, new_due, today), settings)
    if found not in {Way.LEAD, Way.HEAD}:
        return Ruling(found)
    line = line_of(session, milestone, requester_id, today)
    return Ruling(found, lowest_level(line, RoleName(found.value)), line)


@dataclass(frozen=True)
class Matter:
    """What somebody decides on: a delay that was asked for, a completion that was reported, or one to be opened again.

    `level`: the lowest role that decides; `by_id`: who asked or reported, at `since`.
    """

    milestone: Milestone
    level: RoleName
    by_id: int | None
    since: datetime


def request_matter(request: DelayRequest) -> Matter:
    """Of a request that was not applied at once."""
    assert request.level is not None
    return Matter(request.milestone, request.level, request.requested_by_id, request.requested_at)


def report_matter(session: Session, milestone: Milestone, today: date) -> Matter:
    """Of a milestone whose completion was reported."""
    assert milestone.reported_at is not None
    reporter = milestone.reported_by_id
    level = lowest_level(line_of(session, milestone, reporter, today), RoleName.LEAD)
    return Matter(milestone, level, reporter, milestone.reported_at)


def reopening_matter(session: Session, milestone: Milestone, by_id: int | None, today: date) -> Matter:
    """Of a milestone that is done and that somebody asked to be opened again."""
    assert milestone.reopen_at is not None
    level = lowest_level(line_of(session, milestone, by_id, today), RoleName.LEAD)
    return Matter(milestone, level, by_id, milestone.reopen_at)


@dataclass(frozen=True)
class Asked:
    """Who is asked, and as what. `away`: who would have been, were they there. `for_whom`: of those who stand in for
    somebody (대직), for whom, by the officer's number."""

    role: RoleName
    people: list[Officer]
    away: list[Officer] = field(default_factory=list)
    for_whom: dict[int, Officer] = field(default_factory=dict)


def deciders(
    session: Session, matter: Matter, today: date, line: Line | None = None
) -> list[tuple[RoleName, list[Holder]]]:
    """Who may decide in turn, from the lowest role up: the one place that says so, for asking and for deciding.
    `line`: see line_of, where it has been read already.

    While somebody is away, who stands in decides in that place. Nobody decides the own matter. Whoever vouched for it
    (made the link of who asks, gave the task away since) does not decide it either, the planning office aside: it is
    who vouches for people, and the last of the line.
    """
    line = line or line_of(session, matter.milestone, matter.by_id, today)
    barred = line.own | _vouching(session, matter)
    found = []
    for role, some in line.over:
        if LINE.index(role) >= LINE.index(matter.level):
            no = line.own if role is RoleName.PLANNER else barred
            held = [one for one in some if one.officer.id not in no]
            held += [one for one in _standing_in(session, held, today) if one.officer.id not in no]
            found.append((role, held))
    return [(role, held) for role, held in found if held]


def _standing_in(session: Session, held: Iterable[Holder], today: date) -> list[Holder]:
    """Who stands in for those who are away, where they are there themselves."""
    away = {one.officer.id: one.officer for one in held if one.is_away}
    if not away:
        return []
    named = absences.current(session, today, away)
    people = {one.substitute.id: one.substitute for one in named.values() if one.substitute is not None}
    gone, chats = absences.current(session, today, people), chat_links.chats(session, people)
    return [
        Holder(
            people[one.substitute_id], chats.get(one.substitute_id), is_away=False, stands_in_for=away[absent]
        )
        for absent, one in named.items()
        if one.substitute_id in people and one.substitute_id not in gone
    ]


def _held_by(session: Session, officer_id: int, matter: Matter, today: date) -> list[Holder]:
    """The places in which the person decides on it."""
    found = deciders(session, matter, today)
    return [one for _role, held in found for one in held if one.officer.id == officer_id]


def may_decide(session: Session, officer_id: int, matter: Matter, today: date) -> bool:
    return bool(_held_by(session, officer_id, matter, today))


def decides_for(session: Session, officer_id: int, matter: Matter, today: date) -> list[str]:
    """The names of those in whose place the person decides on it; [] for who decides by a role of the own."""
    places = [one.stands_in_for for one in _held_by(session, officer_id, matter, today)]
    return [] if None in places else [one.name for one in places if one is not None]


def asked(session: Session, matter: Matter, today: date, line: Line | None = None) -> Asked | None:
    """The first of the line who may decide, can be written to and is not away; where all are away, the first of
    them, so that nothing hangs; None: nobody can be written to."""
    missed: list[Officer] = []
    first: Asked | None = None
    for role, held in deciders(session, matter, today, line):
        reached = [one for one in held if one.chat_id is not None]
        gone = [one.officer for one in reached if one.is_away]
        if present := [one for one in reached if not one.is_away]:
            stand_in = {one.officer.id: one.stands_in_for for one in present if one.stands_in_for is not None}
            people = list(dict.fromkeys(one.officer for one in present))
            is_stood_in_for = len(stand_in) == len(people)
            return Asked(role, people, missed + (gone if is_stood_in_for else []), stand_in)
        first = first or (Asked(role, gone) if gone else None)
        missed += gone
    return first


def asked_of(session: Session, request: DelayRequest, today: date, line: Line | None = None) -> Asked | None:
    """The same of a request that was not applied at once."""
    return asked(session, request_matter(request), today, line)


def _vouching(session: Session, matter: Matter) -> set[int]:
    """Who made the link of whoever asks, or gave the task to somebody since."""
    maker = chat_links.maker_of(session, matter.by_id) if matter.by_id is not None else None
    subject = f"task:{matter.milestone.task_id}"
    givers = audit.actors_since(session, subject, GIVEN, matter.since)
    return givers | ({maker} if maker is not None else set())


def touched(milestone: Milestone, old: date, new_due: date) -> list[Milestone]:
    """Open milestones of the same task that follow the old date and begin before the new one is over, soonest first."""
    found = [
        one
        for one in milestone.task.milestones
        if one.id != milestone.id
        and one.state not in milestones.CLOSED
        and one.due_on is not None
        and (one.start_on or one.due_on) >= old
        and (one.start_on or one.due_on) <= new_due
    ]
    return sorted(found, key=lambda one: (one.due_on or old, one.id))
