"""The text of /status: counts with their denominators, what is late and why, what waits, what comes, what changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from bot.chat.lists import page_of, paging
from bot.chat.turn import Turn
from bot.indicators import beside
from bot.privacy import guard
from bot.texts import render, round_words
from bot.texts.render import label
from jobs.rounds.lifecycle import name_of, status_of
from reports.overview import WEEK_DAYS, overview
from reports.quarterly.rates import rate_of_statuses
from reports.quarterly.wording import goal_words, rate_words
from reports.scope import Scope, ScopeKind
from reports.so_far import so_far
from reports.status import DepartmentCounts, Status, status
from reports.texts.hidden_titles import shown_title
from store import chat_links, plans, rounds
from store.deliveries import Message
from store.models import Milestone, Plan, Round, Task
from store.states import LinkState, MilestoneState, PledgeStatus

PER_PAGE = 20  # departments on a page
SHOWN = 3  # lines of a list
COURSE = 8  # settled quarters in one line


def message(
    turn: Turn, scope: Scope, inside: ColumnElement[bool], verb: str, wanted: int, *, has_more: bool = False
) -> Message:
    """One page of departments under the counts of the scope; the lists stand on the first one. `has_more`: what lies below
    is more than the buttons name."""
    local = turn.now.astimezone(turn.office.zone)
    counted = count(turn, inside, local)
    found = overview(turn.session, local, inside)
    departments = _sorted(counted.departments)
    shown, current, pages = page_of(departments, wanted, PER_PAGE)
    is_first = current == 1
    text = render.text(
        "status",
        scope=guard.scope(scope).name,
        moment=render.long_moment(turn.now, turn.office.zone),
        unreached=_unreached(turn, inside)
        if is_first and scope.kind in {ScopeKind.CITY, ScopeKind.TEAM}
        else None,
        pledges=pledges(turn, inside) if is_first else None,
        indicators=_indicators(turn, scope, inside) if is_first else None,
        under_way=_under_way(turn) if is_first and scope.kind is ScopeKind.CITY else "",
        total={"tasks": counted.tasks, "counts": counted.milestones},
        so_far=so_far(
            turn.session,
            turn.today,
            plans.counts(turn.today),
            inside,
            reported_is_done=not turn.office.rules.approval.confirm_done,
        ),
        newly=[one for one in found.late if one.days is not None and one.days >= -WEEK_DAYS][::-1],
        departments=[{"name": one.name, "counts": one} for one in shown] if len(departments) > 1 else [],
        lists=found if is_first else None,
        waiting=found.late_waiting if is_first else 0,
        shown=SHOWN,
        has_more=has_more,
        today=turn.today,
        page=current,
        pages=pages,
    )
    number = 0 if scope.kind is ScopeKind.CITY else scope.id
    return Message(text, _paging(verb, current, pages, number))


def by_weight(turn: Turn, inside: ColumnElement[bool]) -> list[DepartmentCounts]:
    """The departments in the order of the text: what is late first."""
    return _sorted(count(turn, inside, turn.now.astimezone(turn.office.zone)).departments)


def _sorted(departments: Sequence[DepartmentCounts]) -> list[DepartmentCounts]:
    return sorted(departments, key=lambda one: (-one.late, -one.due_14_days, one.name))


def _paging(verb: str, page: int, pages: int, number: int) -> list[list[dict[str, str]]]:
    """Of the city the page is the button's number, of anything else its revision."""
    rows = paging(verb, page, pages)
    if not number:
        return rows
    for one in (each for row in rows for each in row):
        version, name, turned, _ = one["data"].split("|")
        one["data"] = f"{version}|{name}|{number}|{turned}"
    return rows


def count(turn: Turn, inside: ColumnElement[bool], local: datetime) -> Status:
    return status(
        turn.session,
        turn.now,
        local.date(),
        turn.office.zone.key,
        inside,
        reported_is_done=not turn.office.rules.approval.confirm_done,
    )


def _unreached(turn: Turn, inside: ColumnElement[bool]) -> dict[str, int] | None:
    """Officers who answer for something inside and get no messages; None where everybody does."""
    states = chat_links.states_of_assigned(turn.session, turn.today, inside)
    unlinked = sum(state is None for state in states.values())
    paused = sum(state is not None and state is not LinkState.ACTIVE for state in states.values())
    return {"total": unlinked + paused, "unlinked": unlinked, "paused": paused} if unlinked + paused else None


def pledges(turn: Turn, inside: ColumnElement[bool]) -> dict[str, object] | None:
    """The scope's pledges as the last settled quarter has them, the rates of all settled ones, what the goal lacks and
    which are nearest to it; None where no quarter is settled, or none of its rows lies in the scope."""
    tasks = set(turn.session.scalars(select(Task.id).join(Plan).where(inside)))
    quarters = [(one, _statuses(turn, one, tasks)) for one in rounds.settled(turn.session)]
    quarters = [(one, statuses) for one, statuses in quarters if statuses]
    if not quarters:
        return None
    newest, statuses = quarters[0]
    rate = rate_of_statuses(list(statuses.values()), turn.office.rounds)
    open_ones = [one for one, status in statuses.items() if status not in turn.office.rounds.done_statuses]
    course = [
        (name_of(one), rate_of_statuses(list(each.values()), turn.office.rounds).value)
        for one, each in reversed(quarters[:COURSE])
    ]
    return {
        "round": name_of(newest),
        "name": turn.office.rounds.rate_name,
        "rate": rate_words(rate),
        "goals": _goals(turn, statuses, newest.year),
        "nearest": _nearest(turn, open_ones),
        "course": course if len(course) > 1 else [],
    }


def _goals(turn: Turn, statuses: dict[int, PledgeStatus], year: int) -> list[str]:
    """What the goal of the year lacks; each plan with a goal of its own by its title."""
    settings, found = turn.office.rounds, []
    rate = rate_of_statuses(list(statuses.values()), settings)
    titles = _plans(turn, statuses)
    own = sorted({title for title in titles.values() if settings.has_goal_of(year, title)})
    for title in own:
        inside = [status for task, status in statuses.items() if titles[task] == title]
        said = goal_words(rate_of_statuses(inside, settings), settings, year, title)
        found.append(f"{render.cut(guard.clean(title), 30)}: {said}")
    whole = goal_words(rate, settings, year) if set(titles.values()) - set(own) else None
    return [*found, *([whole] if whole else [])]


def _plans(turn: Turn, tasks: Iterable[int]) -> dict[int, str]:
    """The titles of the tasks' plans."""
    query = select(Task.id, Plan.title).join(Plan, Task.plan_id == Plan.id).where(Task.id.in_(list(tasks)))
    return {row[0]: row[1] for row in turn.session.execute(query)}


def _statuses(turn: Turn, of: Round, tasks: set[int]) -> dict[int, PledgeStatus]:
    rows = rounds.rows(turn.session, of.id)
    return {row.task_id: status_of(row) for row in rows if row.task_id is not None and row.task_id in tasks}


def _nearest(turn: Turn, tasks: list[int]) -> list[str]:
    """The names of those of the tasks of which the fewest entries are open, some at least."""
    query = select(Milestone.task_id, func.count(Milestone.id)).where(
        Milestone.task_id.in_(tasks), Milestone.state == MilestoneState.PLANNED
    )
    left = {row[0]: row[1] for row in turn.session.execute(query.group_by(Milestone.task_id))}
    nearest = sorted(left, key=lambda one: (left[one], one))[:SHOWN]
    found = [turn.session.get_one(Task, one) for one in nearest]
    return [
        f"{one.shown_no or f'#{one.id}'} {render.cut(guard.clean(shown_title(one)), 20)}" for one in found
    ]


def _indicators(turn: Turn, scope: Scope, inside: ColumnElement[bool]) -> dict[str, object] | None:
    found = beside.of_scope(turn, scope, inside)
    return found._asdict() if found is not None else None


def _under_way(turn: Turn) -> str:
    """The rounds that are under way, a line each; empty where none is."""
    return "\n".join(_round_line(turn, one) for one in rounds.working(turn.session))


def _round_line(turn: Turn, found: Round) -> str:
    counted = rounds.states(turn.session, found.id)
    left = sum(counted[one] for one in rounds.UNANSWERED)
    return label(
        "overview.under-way",
        round=name_of(found),
        state=round_words.states()[found.state],
        done=counted.total() - left,
        total=counted.total(),
    )
