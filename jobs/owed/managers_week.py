"""The week's counts for those above, inside their daily message of its first working day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from jobs.owed.office_notices import Notice
from jobs.rules.policy import Rules
from reports.scope import Scope, of_department, of_team
from reports.week import week_counts
from store import chat_links, milestones, officers, teams
from store.db import meta
from store.models import Department, Role
from store.states import RoleName

COUNTS = "week-counts"  # the number is the week's Monday
ROLES = (RoleName.LEAD, RoleName.HEAD, RoleName.PLANNER)
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def notice(today: date) -> Notice:
    monday = monday_of(today)
    return Notice(COUNTS, monday.toordinal(), monday)


def overseen(session: Session, officer_id: int, today: date) -> list[Scope | None]:
    """What the person gets counts of: the teams or departments led, by name; None stands for the whole organisation."""
    roles = officers.roles(session, officer_id, today)
    if any(one.role is RoleName.PLANNER for one in roles):
        return [None]
    led = {_led(session, one, one.department, today) for one in roles if one.role in ROLES and one.department}
    return [*sorted(led, key=lambda one: one.name)]


def _led(session: Session, role: Role, department: Department, today: date) -> Scope:
    """Of the lead of a team that has tasks the team, else the department."""
    team = teams.led(session, role, today)
    return of_team(team) if team is not None else of_department(department)


def _managers(session: Session, today: date) -> dict[int, int]:
    """Who leads something and can be written to: officer -> chat."""
    found = {one.id for role in ROLES for one in officers.holders(session, role, today)}
    return chat_links.chats(session, found) if found else {}


def is_told(session: Session, today: date) -> bool:
    return meta.get(session, meta.WEEK_COUNTED) == monday_of(today).isoformat()


def take_up(session: Session, today: date, zone: ZoneInfo) -> dict[int, int]:
    """Those to whom this week's counts say something: officer -> chat. Gives them once a week. Officers are told while
    something of theirs is late; else their counts stand only in a message that there is anyway."""
    if is_told(session, today):
        return {}
    meta.put(session, meta.WEEK_COUNTED, monday_of(today).isoformat())
    says: dict[Scope | None, bool] = {}
    late = milestones.late_officers(session, today)
    found = chat_links.chats(session, late) if late else {}
    for officer_id, chat_id in _managers(session, today).items():
        for one in overseen(session, officer_id, today):
            if one not in says:
                says[one] = not week_counts(session, today, zone, one).is_empty
            if says[one]:
                found[officer_id] = chat_id
    return found


def next_day(session: Session, now: datetime, rules: Rules) -> date | None:
    """The day of the next counts; None where nobody gets any."""
    today = rules.calendar.local_date(now)
    if not rules.settings.week_ahead or not (
        _managers(session, today) or milestones.late_officers(session, today)
    ):
        return None
    first = rules.calendar.first_of_week(today)
    is_ahead = first > today or (first == today and now < rules.calendar.at(first, rules.settings.send_at))
    return first if is_ahead and not is_told(session, today) else rules.calendar.first_of_week(today + WEEK)
