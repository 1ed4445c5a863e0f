"""The text of /status: counts with their denominators, what is late and why, what waits, what comes, what changed."""

from datetime import datetime

from sqlalchemy import ColumnElement

from bot.chat.lists import page_of, paging
from bot.chat.turn import Turn
from bot.privacy import guard
from bot.texts import render, round_words
from bot.texts.render import label
from jobs.authority.permissions import Action, reach
from jobs.rounds.lifecycle import name_of, status_of
from reports.overview import overview
from reports.quarterly.rates import rate_of_statuses
from reports.quarterly.wording import goal_words, rate_words
from reports.scope import Scope, ScopeKind
from reports.status import Status, status
from store import chat_links, rounds
from store.deliveries import Message
from store.states import LinkState

PER_PAGE = 20  # departments on a page
SHOWN = 3  # lines of a list


def message(turn: Turn, scope: Scope, inside: ColumnElement[bool], verb: str, wanted: int) -> Message:
    """One page of departments under the counts of the scope; the lists stand on the first one."""
    local = turn.now.astimezone(turn.office.zone)
    counted = count(turn, inside, local)
    found = overview(turn.session, local, inside)
    departments = sorted(counted.departments, key=lambda one: (-one.late, -one.due_14_days, one.name))
    shown, current, pages = page_of(departments, wanted, PER_PAGE)
    is_first = current == 1
    text = render.text(
        "status",
        scope=guard.scope(scope).name,
        moment=f"{turn.today.year}. {render.moment(turn.now, turn.office.zone)}",
        unreached=_unreached(turn) if is_first and scope.kind is ScopeKind.CITY else None,
        quarter=_quarter(turn) if is_first and scope.kind is ScopeKind.CITY else [],
        zone=turn.office.zone.key,
        total={"tasks": counted.tasks, "counts": counted.milestones},
        rate=counted.milestones.rate(),
        departments=[{"name": one.name, "counts": one} for one in shown] if len(departments) > 1 else [],
        lists=found if is_first else None,
        waiting=found.late_waiting if is_first else 0,
        shown=SHOWN,
        today=turn.today,
        page=current,
        pages=pages,
    )
    number = 0 if scope.kind is ScopeKind.CITY else scope.id
    return Message(text, _paging(verb, current, pages, number))


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


def _unreached(turn: Turn) -> dict[str, int] | None:
    """Officers in the reach who answer for something and get no messages; None where everybody does."""
    reached = reach(turn.session, turn.actor, Action.OVERVIEW, turn.today)
    states = chat_links.states_of_assigned(turn.session, turn.today, reached)
    unlinked = sum(state is None for state in states.values())
    paused = sum(state is not None and state is not LinkState.ACTIVE for state in states.values())
    return {"total": unlinked + paused, "unlinked": unlinked, "paused": paused} if unlinked + paused else None


def _quarter(turn: Turn) -> list[str]:
    """The newest settled quarter with its rate, and the round that is under way."""
    lines: list[str] = []
    settled = rounds.settled(turn.session)
    if settled:
        statuses = [status_of(one) for one in rounds.rows(turn.session, settled[0].id)]
        rate = rate_of_statuses(statuses, turn.office.rounds)
        name = turn.office.rounds.rate_name
        lines.append(
            label("overview.settled", round=name_of(settled[0]), rate_name=name, rate=rate_words(rate))
        )
        if (goal := goal_words(rate, turn.office.rounds)) is not None:
            lines.append(goal)
    under_way = rounds.working(turn.session)
    if under_way is not None:
        counted = rounds.states(turn.session, under_way.id)
        left = sum(counted[one] for one in rounds.UNANSWERED)
        lines.append(
            label(
                "overview.under-way",
                round=name_of(under_way),
                state=round_words.states()[under_way.state],
                done=counted.total() - left,
                total=counted.total(),
            )
        )
    return lines
