"""/approve, /reject and the buttons under a request: what waits for the speaker's decision is decided, once."""

from __future__ import annotations

from bot.chat.command import Command, example_of
from bot.chat.deciders import deciders_words
from bot.chat.lists import titled
from bot.chat.turn import Press, RefusedError, Turn, UsageError, note, one_number
from bot.completion import confirm
from bot.delays.request import (
    already,
    decision_rows,
    next_reminder,
    overtaken,
    request_line,
    result_to,
    update_requests,
)
from bot.privacy import guard
from bot.texts import render
from jobs.authority.access import Action, reach
from jobs.authority.approval import may_decide, request_matter
from jobs.milestones import delays
from store import requests
from store.deliveries import Message
from store.models import DelayRequest, Dialogue, Milestone
from store.states import DelayState, MilestoneState

DIALOGUE = "reject"
MOST_SHOWN = 10


def approve(turn: Turn, text: str) -> None:
    """With a number: that one; alone: the list of what waits for the speaker."""
    if not text.strip():
        show_waiting(turn)
        return
    milestone = _named(turn, text, example_of("approve"), rest_wanted=False)[0]
    if milestone.state is MilestoneState.REPORTED:
        confirm.confirm(turn, milestone)
        return
    request = _waiting(turn, milestone)
    if request is not None:
        _approve(turn, request)


def reject(turn: Turn, text: str) -> None:
    milestone, rest = _named(turn, text, example_of("reject"), rest_wanted=True)
    reason = note(rest)
    if milestone.state is MilestoneState.REPORTED:
        confirm.send_back(turn, milestone, reason)
        return
    request = _waiting(turn, milestone)
    if request is None:
        return
    if reason is None:
        _ask_reason(turn, request)
    else:
        _reject(turn, request, reason)


def press_approve(turn: Turn, press: Press) -> None:
    if (request := _pressed(turn, press)) is not None:
        _approve(turn, request)


def press_reject(turn: Turn, press: Press) -> None:
    if (request := _pressed(turn, press)) is not None:
        _ask_reason(turn, request)


def press_talk(turn: Turn, press: Press) -> None:
    """협의 후: the request stays open and stands in the speaker's next daily message."""
    request = _pressed(turn, press)
    if request is None:
        return
    delays.talk_first(turn.deed, request)
    turn.answer("talk_first", milestone=request.milestone, requester=request.requested_by)
    by = f"{guard.named(turn.actor.officer)} 님이 협의한 뒤 결정하기로 하였습니다."
    result_to(turn, request, by, "결정 전까지는 현재 기한으로 관리됩니다.")


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The reason of a refusal."""
    reason = note(text)
    if reason is None:
        raise UsageError("반려하시는 사유를 한 줄로 적어 주십시오.", example="행사 일정과 겹침")
    turn.forget_asked()
    assert asked.milestone_id is not None
    milestone = turn.milestone(asked.milestone_id, Action.DECIDE)
    if asked.step == "back":
        confirm.send_back(turn, milestone, reason)
        return
    request = requests.get(turn.session, int(asked.data["request"]))
    if request is not None and _is_decidable(turn, request):
        _reject(turn, request, reason)


def _approve(turn: Turn, request: DelayRequest) -> None:
    if request.new_due_on < turn.today:
        raise UsageError(
            f"희망한 기한 {render.long_day(request.new_due_on)}이 이미 지나 승인할 수 없습니다."
            " 반려하시고 담당자에게 새 날짜로 다시 신청하도록 말씀해 주십시오. 바뀐 것은 없습니다."
        )
    entry = delays.approve(turn.deed, request)
    if entry is None:
        _too_late(turn, request)
        return
    milestone = request.milestone
    turn.registered("approved", entry, milestone=milestone, request=request, requester=request.requested_by)
    day, first = next_reminder(milestone, turn.today), milestone.original_due_on
    result_to(
        turn,
        request,
        f"연기를 승인하였습니다. 변경 기한 {render.long_day(request.new_due_on)}"
        f" (승인 {guard.named(turn.actor.officer)}, {render.moment(turn.now, turn.office.zone)})",
        f"당초 기한 {render.long_day(first)}은 이력에 남습니다." if first else "",
        f"다음 안내는 {render.short_day(day)}에 드립니다." if day else "",
    )
    update_requests(turn, request)


def _reject(turn: Turn, request: DelayRequest, reason: str) -> None:
    entry = delays.reject(turn.deed, request, reason)
    if entry is None:
        _too_late(turn, request)
        return
    turn.registered(
        "rejected",
        entry,
        milestone=request.milestone,
        request=request,
        requester=request.requested_by,
        reason=reason,
    )
    said = f"연기를 반려하였습니다({guard.named(turn.actor.officer)}). 사유: {guard.words(reason, request)}"
    kept = f"현재 기한 {render.long_day(request.old_due_on)}이 그대로 유지됩니다."
    result_to(turn, request, said, kept, "필요하시면 날짜나 사유를 고쳐 다시 신청하실 수 있습니다.")
    update_requests(turn, request)


def _ask_reason(turn: Turn, request: DelayRequest) -> None:
    turn.ask(DIALOGUE, "delay", request.milestone, request=str(request.id))
    turn.answer("reject_ask_reason", milestone=request.milestone, what="반려 사유")


def press_return(turn: Turn, press: Press) -> None:
    """[보완 요청]: what is missing is asked."""
    milestone = turn.milestone(press.id, Action.DECIDE)
    if confirm.is_waiting(turn, milestone):
        turn.ask(DIALOGUE, "back", milestone)
        turn.answer("reject_ask_reason", milestone=milestone, what="보완할 내용")


def press_confirm(turn: Turn, press: Press) -> None:
    confirm.confirm(turn, turn.milestone(press.id, Action.DECIDE))


def _named(turn: Turn, text: str, example: str, *, rest_wanted: bool) -> tuple[Milestone, str]:
    """The milestone that the words name, and what follows the number."""
    number, rest = one_number(
        text, "결정하실 일정 번호 하나를 적어 주십시오.", example, is_all=not rest_wanted
    )
    return turn.milestone(number, Action.DECIDE), rest


def _waiting(turn: Turn, milestone: Milestone) -> DelayRequest | None:
    """The milestone's request, if the speaker may decide it now; None where an answer was given instead."""
    found = requests.pending(turn.session, milestone.id) or requests.newest(turn.session, milestone.id)
    if found is None:
        raise UsageError(f"#{milestone.id}번에는 결정을 기다리는 신청이 없습니다.")
    return found if _is_decidable(turn, found) else None


def _pressed(turn: Turn, press: Press) -> DelayRequest | None:
    """The request of the button, if the speaker may decide it now; None where an answer was given instead."""
    turn.milestone(press.id, Action.DECIDE)
    found = requests.get(turn.session, press.revision)
    if found is None or found.milestone_id != press.id:
        raise UsageError(f"#{press.id}번에는 결정을 기다리는 신청이 없습니다.")
    return found if _is_decidable(turn, found) else None


def _is_decidable(turn: Turn, request: DelayRequest) -> bool:
    """It waits, and the speaker stands high enough. Raises RefusedError where not; says what overtook it."""
    if request.requested_by_id == turn.actor.officer.id:
        raise RefusedError("본인이 신청하신 연기는 스스로 결정하실 수 없습니다. 바뀐 것은 없습니다.")
    if request.state is not DelayState.PENDING:
        turn.answer("usage", reason=f"#{request.milestone_id}번: {already(turn, request)}", example=None)
        return False
    if not requests.still_wants(request):
        delays.lapse(turn.deed, request)
        update_requests(turn, request)
        said = overtaken(turn, request.milestone)
        turn.answer("usage", reason=f"#{request.milestone_id}번: {said}", example=None)
        return False
    if not _may_decide(turn, request):
        who = deciders_words(turn, request_matter(request))
        raise RefusedError(
            f"#{request.milestone_id}번의 이번 연기는 {who} 결정합니다(기간이 길거나 반복되는 연기이거나,"
            " 신청하신 분의 등록 링크를 만드셨거나, 신청 뒤에 담당자를 바꾸셨습니다). 바뀐 것은 없습니다."
        )
    return True


def _may_decide(turn: Turn, request: DelayRequest) -> bool:
    return may_decide(turn.session, turn.actor.officer.id, request_matter(request), turn.today)


def _too_late(turn: Turn, request: DelayRequest) -> None:
    """Somebody else decided at the same moment."""
    turn.answer("usage", reason=f"#{request.milestone_id}번: {already(turn, request)}", example=None)


def show_waiting(turn: Turn) -> None:
    """What waits for the speaker: requests and reports of completion, the oldest first, with their buttons."""
    within = reach(turn.session, turn.actor, Action.DECIDE, turn.today)
    found = [one for one in requests.waiting(turn.session, within) if _may_decide(turn, one)]
    reports = confirm.waiting(turn, within)
    lines = [request_line(one, turn.today, turn.office.rules.calendar) for one in found] + [
        confirm.line(turn, one) for one in reports
    ]
    rows = [row for one in found for row in decision_rows(one)[:1]] + [confirm.row(one) for one in reports]
    shown = lines[:MOST_SHOWN]
    more = len(lines) - len(shown)
    hint = f"이 밖에 {more}건이 더 있습니다. 위의 건을 정하신 뒤 다시 열어 주십시오." if more else ""
    text = titled(turn, "결정을 기다리는 건", len(lines), shown, "결정을 기다리는 건이 없습니다.", hint)
    turn.say(Message(text, rows[:MOST_SHOWN]))


def press_open(turn: Turn, _press: Press) -> None:
    """The button under the daily message: the list comes as a message of its own."""
    show_waiting(turn)


BUTTONS = {"approve": press_approve, "reject": press_reject, "talk": press_talk, "confirm": press_confirm}
APPROVE = Command(
    name="approve",
    effect=approve,
    action=Action.DECIDE,
    buttons={**BUTTONS, "return": press_return, "waiting": press_open},
    on_milestone=frozenset({"approve", "reject", "talk", "confirm", "return"}),
)
REJECT = Command(
    name="reject",
    effect=reject,
    action=Action.DECIDE,
    on_milestone=frozenset({"reject"}),
    dialogues={DIALOGUE: carry_on},
)
