"""/plans: the registered plans and their lives; at a plan's end the list of what is to be carried over."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.lists import Pages, View, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.texts import render
from jobs.authority.access import Action
from jobs.milestones import changes
from jobs.plans import life
from store.deliveries import Message
from store.models import Milestone, Plan
from store.states import PlanState

VERB, END_VERB = "plans", "planend"
PER_PAGE = 8
STATE_WORDS = {
    PlanState.DRAFT: "초안",
    PlanState.ACTIVE: "활성",
    PlanState.CLOSED: "마감",
    PlanState.ARCHIVED: "보관",
}
MOVES = {
    PlanState.DRAFT: (("활성화", "planact"),),
    PlanState.ACTIVE: (("연말 정리", "planendopen"), ("마감", "planclose")),
    PlanState.CLOSED: (("다시 활성화", "planact"), ("보관", "planarch")),
    PlanState.ARCHIVED: (("활성화", "planact"),),
}
CARRY, SETTLE, END = "endcarry", "endsettle", "endclose"
END_LABELS = {CARRY: "이월", SETTLE: "정산", END: "종결"}


def page(turn: Turn, wanted: int) -> Message:
    found = list(turn.session.scalars(select(Plan).order_by(Plan.id.desc())))
    shown, current, count = page_of(found, wanted, PER_PAGE)
    lines = [_line(one, number) for number, one in enumerate(shown, 1)]
    empty = "등록된 계획이 없습니다. 계획 문서를 이 대화방에 보내 주십시오."
    text = titled(turn, "등록된 계획", len(found), lines, empty, page=current, pages=count)
    keyboard = [
        [button(f"{number}. {label}", verb, one.id) for label, verb in MOVES[one.state]]
        for number, one in enumerate(shown, 1)
    ]
    return Message(text, keyboard + paging(VERB, current, count))


def _line(plan: Plan, number: int) -> str:
    return render.text(
        "plan_line", number=number, plan=plan, state=STATE_WORDS[plan.state], tasks=len(plan.tasks)
    )


def press_activate(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.DRAFT, PlanState.CLOSED, PlanState.ARCHIVED)
    waiting = life.activate(turn.deed, plan)
    past = f" 이미 지난 일정 {waiting}건은 /past 에서 정해 주십시오." if waiting else ""
    _said(turn, plan, f"활성화하였습니다. 다음 안내부터 담당자에게 알립니다.{past}")


def press_close(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.ACTIVE)
    left = life.close(turn.deed, plan)
    if left:
        turn.answer(
            "usage", reason=f"남은 일정 {len(left)}건의 이월·정산·종결을 먼저 정해 주십시오.", example=None
        )
        ENDING.show(turn, plan.id)
    else:
        _said(turn, plan, "마감하였습니다. 이월·정산 일정은 계속 안내합니다.")


def press_archive(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press, PlanState.CLOSED)
    life.archive(turn.deed, plan)
    _said(turn, plan, "보관하였습니다. 더 안내하지 않습니다.")


def press_end_list(turn: Turn, press: Press) -> None:
    ENDING.show(turn, _plan(turn, press, PlanState.ACTIVE).id)


def press_end(turn: Turn, press: Press) -> None:
    """이월, 정산 or 종결 of one milestone at the plan's end."""
    milestone = stale.pressed(turn, press, Action.PLANS)
    if milestone is None:
        return
    page_number = ENDING.page_of(turn, milestone, milestone.task.plan_id)
    if press.verb == END:
        changes.cancel(turn.deed, milestone, reason="연말 종결")
        said = "종결하였습니다. 건수에서 빠집니다."
    else:
        label = END_LABELS[press.verb]
        life.outlive(turn.deed, milestone, reason=label)
        said = f"{label}으로 두었습니다. 계획을 마감한 뒤에도 계속 안내합니다."
    turn.answer("reviewed", name=f"#{milestone.id} {milestone.shown_title}", said=said)
    turn.rewrite_pressed(ENDING.page(turn, page_number, milestone.task.plan_id))


def _plan(turn: Turn, press: Press, *states: PlanState) -> Plan:
    """The plan in one of the states. Raises UsageError where it has moved on since the button was drawn."""
    plan = turn.session.get(Plan, press.id)
    if plan is None or plan.state not in states:
        now = STATE_WORDS[plan.state] if plan else "없음"
        raise UsageError(f"계획의 상태가 그 사이에 바뀌었습니다(현재: {now}). /plans 를 다시 보내 주십시오.")
    return plan


def _said(turn: Turn, plan: Plan, said: str) -> None:
    turn.answer("reviewed", name=plan.title, said=said)
    turn.rewrite_pressed(page(turn, 1))


def _ending(turn: Turn, plan_id: int) -> list[Milestone]:
    plan = turn.session.get(Plan, plan_id)
    return life.undecided(turn.session, plan) if plan else []


def _end_rows(milestone: Milestone) -> list[list[dict[str, str]]]:
    row = [
        button(f"#{milestone.id} {label}" if verb == CARRY else label, verb, milestone.id, milestone.revision)
        for verb, label in END_LABELS.items()
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
    **dict.fromkeys(END_LABELS, press_end),
}
COMMAND = Command(
    name="plans",
    effect=PAGES.show,
    action=Action.PLANS,
    buttons=PRESSES,
    on_milestone=frozenset({"endcarry", "endsettle", "endclose"}),
)
