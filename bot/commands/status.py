"""/status: counts for the manager's reach, departments with most overdue first, what is late longest."""

from __future__ import annotations

from bot.access import TABLE, Action, Scope, reach
from bot.buttons import Press
from bot.commands.base import Command
from bot.items import line
from bot.texts import render
from bot.turn import Turn
from bot.views import open_in_reach, page_of, paging
from reports.status import Status, status
from store import links
from store.deliveries import Message
from store.models import Milestone
from store.states import LinkState

VERB = "status"
PER_PAGE = 20  # departments on a page
LATE_SHOWN = 3


def show(turn: Turn, _text: str) -> None:
    turn.say(page(turn, 1))


def turn_page(turn: Turn, press: Press) -> None:
    turn.rewrite_pressed(page(turn, press.id))


def page(turn: Turn, wanted: int) -> Message:
    """One page of departments under the counts of the whole reach."""
    counted = status(
        turn.session,
        turn.now,
        turn.today,
        turn.office.zone.key,
        reach(turn.session, turn.actor, Action.OVERVIEW, turn.today),
        reported_is_done=not turn.office.rules.approval.confirm_done,
    )
    departments = sorted(counted.departments, key=lambda one: (-one.overdue, -one.due_14_days, one.name))
    shown, current, pages = page_of(departments, wanted, PER_PAGE)
    text = render.text(
        "status",
        scope=scope_name(turn),
        moment=f"{turn.today.year}. {render.moment(turn.now, turn.office.zone)}",
        unreached=_unreached(turn) if current == 1 else None,
        waiting=len(_waiting(turn)) if current == 1 else 0,
        zone=turn.office.zone.key,
        total={"tasks": counted.tasks, "counts": counted.milestones},
        rate=counted.milestones.rate(),
        departments=[{"name": one.name, "counts": one} for one in shown] if len(departments) > 1 else [],
        late=_late(turn, counted) if current == 1 else [],
        page=current,
        pages=pages,
    )
    return Message(text, paging(VERB, current, pages))


def scope_name(turn: Turn) -> str:
    """The reach in words: the whole organisation, or the departments and bureaus of the roles."""
    names = []
    for role in turn.actor.roles:
        scope = TABLE[Action.OVERVIEW][role.role]
        if scope is Scope.ALL:
            return turn.office.name
        if scope is not Scope.NONE and role.department is not None:
            bureau = role.department.bureau if scope is Scope.BUREAU else None
            names.append(bureau or role.department.name)
    return ", ".join(dict.fromkeys(names)) or turn.office.name


def _unreached(turn: Turn) -> dict[str, int] | None:
    """Officers in the reach who answer for something and get no messages; None where everybody does."""
    reached = reach(turn.session, turn.actor, Action.OVERVIEW, turn.today)
    states = links.states_of_assigned(turn.session, turn.today, reached)
    unlinked = sum(state is None for state in states.values())
    paused = sum(state is not None and state is not LinkState.ACTIVE for state in states.values())
    return {"total": unlinked + paused, "unlinked": unlinked, "paused": paused} if unlinked + paused else None


def _waiting(turn: Turn) -> list[Milestone]:
    """Late by no fault of the officer's: they wait for something outside until a day that is yet to come."""
    waits = Milestone.gate.is_not(None), Milestone.review_on >= turn.today
    return open_in_reach(turn, Action.OVERVIEW, Milestone.due_on < turn.today, *waits)


def _late(turn: Turn, counted: Status) -> list[str]:
    if not counted.milestones.overdue:
        return []
    late = open_in_reach(turn, Action.OVERVIEW, Milestone.due_on < turn.today)
    return [line(one, turn.today, with_people=True) for one in late[:LATE_SHOWN]]


COMMAND = Command(
    name="status",
    korean=("현황",),
    summary="부서별 추진상황",
    effect=show,
    action=Action.OVERVIEW,
    buttons={VERB: turn_page},
)
