"""/plans: the registered plans and their lives; at a plan's end the list of what is to be carried over."""

from collections.abc import Callable

from sqlalchemy import select

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.lists import Pages, View, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.documents import register
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from jobs.milestones import changes
from jobs.plans import year_end
from reports.texts.hidden_titles import shown_title
from store.deliveries import Message
from store.models import Milestone, Plan
from store.states import PlanState

VERB, END_VERB = "plans", "planend"
PER_PAGE = 7
# state -> the names of its buttons, and their verbs
MOVES = {
    PlanState.DRAFT: {"planact": "planact"},
    PlanState.ACTIVE: {"planendopen": "planendopen", "planclose": "planclose"},
    PlanState.CLOSED: {"again": "planact", "planarch": "planarch"},
    PlanState.ARCHIVED: {"planact": "planact"},
}
CARRY, SETTLE, END = ENDS = ("endcarry", "endsettle", "endclose")


def page(turn: Turn, wanted: int) -> Message:
    found = list(turn.session.scalars(select(Plan).order_by(Plan.id.desc())))
    shown, current, count = page_of(found, wanted, PER_PAGE)
    lines = [_line(one, number) for number, one in enumerate(shown, 1)]
    title, empty, moves = (
        label("documents.plans.title"),
        label("documents.plans.empty"),
        words("documents.plans.button"),
    )
    text = titled(turn, title, len(found), lines, empty, page=current, pages=count)
    keyboard = [
        [button(f"{number}. {moves[name]}", verb, one.id) for name, verb in MOVES[one.state].items()]
        for number, one in enumerate(shown, 1)
    ]
    send = [[button(label("documents.register.button"), register.SEND)]] if found else []
    return Message(text, keyboard + paging(VERB, current, count) + send)


def _line(plan: Plan, number: int) -> str:
    return render.text(
        "plan_line",
        number=number,
        plan=plan,
        state=words("documents.plans.state")[plan.state],
        tasks=len(plan.tasks),
    )


def press_activate(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.DRAFT, PlanState.CLOSED, PlanState.ARCHIVED)
    waiting = year_end.activate(turn.deed, plan)
    _said(turn, plan, say("documents.plans.said.active", count=waiting))


def press_close(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.ACTIVE)
    left = year_end.close(turn.deed, plan)
    if left:
        turn.answer("usage", reason=say("documents.plans.said.undecided", count=len(left)), example=None)
        ENDING.show(turn, plan.id)
    else:
        _said(turn, plan, say("documents.plans.said.closed"))


def press_archive(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.CLOSED)
    year_end.archive(turn.deed, plan)
    _said(turn, plan, say("documents.plans.said.archived"))


def press_end_list(turn: Turn, press: Press) -> None:
    ENDING.show(turn, _plan(turn, press, PlanState.ACTIVE).id)


def press_end(turn: Turn, press: Press) -> None:
    """이월, 정산 or 종결 of one milestone at the plan's end."""
    milestone = stale.pressed(turn, press, Action.PLANS)
    if milestone is None:
        return
    page_number = ENDING.page_of(turn, milestone, milestone.task.plan_id)
    if press.verb == END:
        changes.cancel(turn.deed, milestone, reason=label("documents.plans.said.end-reason"))
        said = say("documents.plans.said.ended")
    else:
        kind = words("documents.plans.end")[press.verb]
        year_end.outlive(turn.deed, milestone, reason=kind)
        said = say("documents.plans.said.outlives", label=kind)
    turn.answer("reviewed", name=f"#{milestone.id} {shown_title(milestone)}", said=said)
    turn.rewrite_pressed(ENDING.page(turn, page_number, milestone.task.plan_id))


def _plan(turn: Turn, press: Press, *states: PlanState) -> Plan:
    """The plan in one of the states. Raises UsageError where it has moved on since the button was drawn."""
    plan = turn.session.get(Plan, press.id)
    if plan is None or plan.state not in states:
        now = words("documents.plans.state")[plan.state if plan else "none"]
        raise UsageError(say("documents.plans.moved", state=now))
    return plan


def _said(turn: Turn, plan: Plan, said: str) -> None:
    turn.answer("reviewed", name=plan.title, said=said)
    turn.rewrite_pressed(page(turn, 1))


def _ending(turn: Turn, plan_id: int) -> list[Milestone]:
    plan = turn.session.get(Plan, plan_id)
    return year_end.undecided(turn.session, plan) if plan else []


def _end_rows(milestone: Milestone) -> list[list[dict[str, str]]]:
    row = [
        button(f"#{milestone.id} {kind}" if verb == CARRY else kind, verb, milestone.id, milestone.revision)
        for verb, kind in words("documents.plans.end").items()
    ]
    return [row]


ENDING = View(
    verb=END_VERB,
    rows=_ending,
    with_people=True,
    rows_of_buttons=_end_rows,
)

PAGES = Pages(page)
PRESSES: dict[str, Callable[[Turn, Press], None]] = {
    VERB: PAGES.turn_page,
    END_VERB: ENDING.turn_page,
    "planact": press_activate,
    "planclose": press_close,
    "planarch": press_archive,
    "planendopen": press_end_list,
    register.SEND: register.press_send,
    **dict.fromkeys(ENDS, press_end),
}
COMMAND = Command(
    name="plans",
    effect=PAGES.show,
    action=Action.PLANS,
    buttons=PRESSES,
    on_milestone=frozenset(ENDS),
)
