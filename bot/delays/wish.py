"""A wish for another day, with what became of it; and the buttons under it: its code, its catch-up plan, taking it back."""

from __future__ import annotations

from datetime import date

from bot.chat import buttons
from bot.chat.arguments import UsageError, note
from bot.chat.buttons import Press
from bot.chat.command import PressEffect
from bot.chat.line import undo_keyboard
from bot.chat.turn import Turn
from bot.delays.adjust import say_opened
from bot.delays.request import (
    CODES,
    already,
    code_button,
    code_rows,
    hand_request,
    reason_words,
    title,
    touched_names,
    update_requests,
    who_is_asked,
)
from bot.privacy import guard
from bot.texts import render
from jobs.authority import approval
from jobs.authority.access import Action
from jobs.milestones import delays
from jobs.milestones.adjustment import AdjustmentError, Opened
from jobs.milestones.delays import Applied, Requested
from jobs.rules.reasons import guess
from store import requests
from store.models import DelayRequest, Dialogue, Milestone
from store.states import DelayReason, DelayState

CATCH_UP = "catch-up"  # the dialogue that waits for the catch-up plan
NOTHING_TO_SAY = {"없음", "없습니다", "건너뛰기", "나중에"}


def postpone(
    turn: Turn,
    milestone: Milestone,
    day: date,
    reason: str,
    code: DelayReason | None = None,
    basis: str | None = None,
) -> None:
    """Put the wish forward, and answer what became of it. `basis`: from where the day was counted, where it was."""
    turn.forget_asked()
    last_year = approval.wish_of(milestone, day, turn.today).last_year
    why = f"{render.long_day(day)}은 계획 연도({last_year}년)를 넘어 연기가 아닌 공약조정 대상입니다."
    try:
        outcome = delays.wish(turn.deed_for(milestone), milestone, day, reason, code)
    except AdjustmentError as error:
        raise UsageError(f"{why} {error}", ends_dialogue=True) from error
    if isinstance(outcome, Opened):
        say_opened(turn, outcome, why)
    elif isinstance(outcome, Applied):
        _say_applied(turn, outcome, basis)
    else:
        _say_requested(turn, outcome, basis)


def _say_applied(turn: Turn, outcome: Applied, basis: str | None) -> None:
    request = outcome.request
    turn.answer(
        "delayed",
        undo_keyboard([outcome.entry]) + ([] if request.reason_code else _code_row(request)),
        **_facts(turn, outcome, basis),
        old=request.old_due_on,
        days=f"{(request.new_due_on - request.old_due_on).days:+d}",
        times=sum(one.state is DelayState.APPLIED for one in request.milestone.delays),
        minutes=turn.office.links.undo_minutes,
    )


def _say_requested(turn: Turn, outcome: Requested, basis: str | None) -> None:
    """Its approvers are asked, and the requester is asked for the catch-up plan."""
    request, asked = outcome.request, outcome.asked
    wants_plan = turn.office.rules.approval.catch_up_plan and guard.takes_in()
    assert request.level is not None
    turn.answer(
        "delay_requested",
        ([] if request.reason_code else _code_row(request)) + _own_row(request, with_skip=wants_plan),
        **_facts(turn, outcome, basis),
        request=request,
        days=(request.new_due_on - request.old_due_on).days,
        times=len(request.milestone.delays),
        asked=who_is_asked(asked, request.level),
        wants_plan=wants_plan,
    )
    for officer in asked.people if asked else []:
        hand_request(turn, request, officer.id)


def _facts(turn: Turn, outcome: Applied | Requested, basis: str | None) -> dict[str, object]:
    """What either answer tells; whose request gave way hears of it."""
    request, replaced = outcome.request, outcome.replaced
    if replaced is not None:
        _tell_replaced(turn, replaced)
    return {
        "milestone": request.milestone,
        "reason": reason_words(request),
        "basis": basis,
        "is_day_off": not turn.office.rules.calendar.is_working(request.new_due_on),
        "touched": touched_names(request, turn.today),
        "replaced": replaced.new_due_on if replaced is not None else None,
    }


def _tell_replaced(turn: Turn, old: DelayRequest) -> None:
    update_requests(turn, old)
    if old.requested_by_id != turn.actor.officer.id:
        turn.tell(
            old.requested_by_id,
            "approval-result",
            "approval_result",
            title=title(old.milestone),
            said=f"{guard.named(turn.actor.officer)} 님이 새 날짜로 신청하여 앞서 신청하신 건은 거두었습니다.",
            lines=[],
        )


def withdraw(turn: Turn, request: DelayRequest) -> None:
    """취소 of a request that waits; where it was decided first, say so."""
    if not delays.withdraw(turn.deed, request, "delay-withdrawn"):
        turn.answer("usage", reason=already(turn, request), example=None)
        return
    _forget_catch_up(turn)
    update_requests(turn, request)
    turn.answer("delay_withdrawn", milestone=request.milestone, request=request)


def _forget_catch_up(turn: Turn) -> None:
    asked = turn.asked
    if asked is not None and asked.kind == CATCH_UP:
        turn.forget_asked()


def _own_row(request: DelayRequest, *, with_skip: bool) -> list[list[dict[str, str]]]:
    number = request.milestone_id
    asked = [("만회대책 적기", "writeplan"), ("없이 보내기", "skipplan")] if with_skip else []
    row = [buttons.button(label, verb, number, request.id) for label, verb in asked]
    return [*([row] if row else []), [buttons.button("신청 취소", "withdraw", number, request.id)]]


def _code_row(request: DelayRequest) -> list[list[dict[str, str]]]:
    """The reason's code, asked after the fact: what the words sound like first, the whole list behind a button."""
    suggested = guess(request.reason)
    row = [code_button(request, suggested, prefix="사유 분류: ")] if suggested else []
    return [
        [*row, buttons.button("다른 분류" if row else "사유 분류", "codes", request.milestone_id, request.id)]
    ]


def press_code(turn: Turn, press: Press) -> None:
    """사유 분류 of a delay that is on record already; [다른 분류] shows the whole list."""
    request = _request_of(turn, press)
    if press.verb == "codes":
        turn.answer(
            "delay_ask_code",
            code_rows([code_button(request, code) for code in CODES]),
            milestone=request.milestone,
            request=request,
        )
        return
    delays.classify(turn.deed, request, CODES[int(press.verb.removeprefix("code"))])
    update_requests(turn, request)
    turn.answer("delay_noted", milestone=request.milestone, what=f"사유: {reason_words(request)}")


def press_withdraw(turn: Turn, press: Press) -> None:
    withdraw(turn, _request_of(turn, press))


def press_write(turn: Turn, press: Press) -> None:
    """만회대책 적기: the next sentence is the plan."""
    request = _request_of(turn, press)
    turn.ask(CATCH_UP, "words", request.milestone, request=str(request.id))
    turn.answer("catch_up_ask", milestone=request.milestone)


def press_skip(turn: Turn, press: Press) -> None:
    _request_of(turn, press)
    _forget_catch_up(turn)
    turn.answer("catch_up_skipped")


def take_catch_up(turn: Turn, asked: Dialogue, text: str) -> None:
    """만회대책, in a line, for the request that was just made."""
    words = note(text, "만회대책")
    if words is None:
        raise UsageError("만회대책을 한 줄로 적어 주십시오.", example="야간 작업으로 2주 단축")
    assert asked.milestone_id is not None
    turn.milestone(asked.milestone_id, Action.CHANGE)
    turn.forget_asked()
    request = requests.get(turn.session, int(asked.data["request"]))
    if request is None or request.state is not DelayState.PENDING:
        turn.answer("usage", reason="이미 결정된 신청이어서 만회대책은 더하지 않았습니다.", example=None)
    elif words in NOTHING_TO_SAY:
        turn.answer("catch_up_skipped")
    else:
        delays.plan_catch_up(turn.deed, request, words)
        update_requests(turn, request)
        turn.answer(
            "delay_noted", milestone=request.milestone, what=f"만회대책: {guard.words(words, request)}"
        )


def _request_of(turn: Turn, press: Press) -> DelayRequest:
    """The delay of the button. Raises UsageError for one that is not the milestone's."""
    turn.milestone(press.id, Action.CHANGE)
    request = requests.get(turn.session, press.revision)
    if request is None or request.milestone_id != press.id:
        raise UsageError("이 버튼은 더 이상 쓸 수 없습니다. 바뀐 것은 없습니다.")
    return request


BUTTONS: dict[str, PressEffect] = {
    **{f"code{place}": press_code for place in range(len(CODES))},
    "codes": press_code,
    "withdraw": press_withdraw,
    "skipplan": press_skip,
    "writeplan": press_write,
}
