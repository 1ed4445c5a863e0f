"""Buttons under a delay that is on record: its reason's code, its catch-up plan, taking it back."""

from __future__ import annotations

from bot.chat.arguments import UsageError, note
from bot.chat.buttons import Press
from bot.chat.command import PressEffect
from bot.chat.turn import Turn
from bot.delays.request import CODES, code_button, code_rows, reason_words, update_requests
from bot.delays.wish import CATCH_UP
from bot.delays.wish import withdraw as take_back
from bot.privacy import guard
from jobs.authority.access import Action
from jobs.milestones import delay_requests
from store import requests
from store.models import DelayRequest, Dialogue
from store.states import DelayState

NOTHING_TO_SAY = {"없음", "없습니다", "건너뛰기", "나중에"}


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
    delay_requests.classify(turn.deed, request, CODES[int(press.verb.removeprefix("code"))])
    update_requests(turn, request)
    turn.answer("delay_noted", milestone=request.milestone, what=f"사유: {reason_words(request)}")


def press_withdraw(turn: Turn, press: Press) -> None:
    take_back(turn, _request_of(turn, press))


def press_write(turn: Turn, press: Press) -> None:
    """만회대책 적기: the next sentence is the plan."""
    request = _request_of(turn, press)
    turn.ask(CATCH_UP, "words", request.milestone, request=str(request.id))
    turn.answer("catch_up_ask", milestone=request.milestone)


def press_skip(turn: Turn, press: Press) -> None:
    _request_of(turn, press)
    asked = turn.asked
    if asked is not None and asked.kind == CATCH_UP:
        turn.forget_asked()
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
        delay_requests.plan_catch_up(turn.deed, request, words)
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
