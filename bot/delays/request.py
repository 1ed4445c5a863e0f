"""A request for a delay as people see it: the approver's message, what became of it, and who hears of that."""

from __future__ import annotations

from datetime import date

from bot.chat import buttons
from bot.chat.deciders import tell_result
from bot.chat.turn import Turn
from bot.privacy import guard
from bot.texts import render
from jobs.authority import approval
from jobs.authority.approval import Asked
from store import matters, requests
from store.deliveries import Message
from store.models import DelayRequest, Milestone
from store.states import DelayReason, DelayState, MilestoneState, RoleName
from store.words import REASON_WORDS, ROLE_WORDS

EVENT = "approval-request"
CODES = tuple(DelayReason)  # a button carries the place in this list
CODES_A_ROW = 3


def hand_request(turn: Turn, request: DelayRequest, officer_id: int) -> None:
    """The message with [승인] [반려] [협의 후]."""
    delivery = turn.hand(officer_id, EVENT, request_message(turn, request))
    if delivery is not None:
        delivery.payload = delivery.payload | {"about": _about(request)}


def update_requests(turn: Turn, request: DelayRequest) -> None:
    """Every approver's message about the request shows how it stands now."""
    message = request_message(turn, request)
    for delivery in matters.about(turn.session, EVENT, request.requested_at, _about(request)):
        turn.revise(delivery, message)


def _about(request: DelayRequest) -> str:
    return f"delay:{request.id}"


def request_message(turn: Turn, request: DelayRequest) -> Message:
    """What an approver sees: M9 while it waits, the outcome without buttons afterwards."""
    milestone, requester = request.milestone, request.requested_by
    is_waiting = request.state is DelayState.PENDING and requests.still_wants(request)
    text = render.text(
        "approval_request",
        milestone=milestone,
        task=milestone.task,
        request=request,
        requester=requester,
        days=(request.new_due_on - request.old_due_on).days,
        times=number_of(request),
        reason=reason_words(request),
        touched=touched_names(request, turn.today) if is_waiting else [],
        is_day_off=not turn.office.rules.calendar.is_working(request.new_due_on),
        outcome=None if is_waiting else outcome(turn, request),
    )
    return Message(text, decision_rows(request) if is_waiting else [])


def decision_rows(request: DelayRequest) -> list[list[dict[str, str]]]:
    """The three decisions; a button carries the milestone's number and the request it was drawn for."""
    number = request.milestone_id
    made = [
        buttons.button(label, verb, number, request.id)
        for verb, label in (
            ("approve", f"✅ #{number} 승인"),
            ("reject", f"↩ #{number} 반려(사유)"),
            ("talk", "담당자와 협의 후 결정"),
        )
    ]
    return [made[:2], made[2:]]


def outcome(turn: Turn, request: DelayRequest) -> str:
    """What became of the request, as a sentence: who decided what, when."""
    at = render.moment(request.decided_at, turn.office.zone) if request.decided_at else ""
    by = f"{guard.named(request.decided_by)} 님이" if request.decided_by else ""
    if request.state is DelayState.APPLIED:
        return f"{by} {at}에 승인하였습니다." if by else "이미 적용된 연기입니다."
    if request.state is DelayState.REJECTED:
        return f"{by} {at}에 반려하였습니다(사유: {guard.words(request.decision_note or '', request)})."
    if request.state is DelayState.WITHDRAWN:
        newer = requests.pending(turn.session, request.milestone_id)
        again = f" 새 신청({render.long_day(newer.new_due_on)}까지)이 결정을 기다립니다." if newer else ""
        return f"{by} {at}에 신청을 거두어 결정하실 것이 없습니다.{again}".strip()
    return overtaken(turn, request.milestone)


def already(turn: Turn, request: DelayRequest) -> str:
    """The same for whoever comes too late."""
    is_decided = request.decided_by is not None and request.state in {DelayState.APPLIED, DelayState.REJECTED}
    return f"이미 {outcome(turn, request)}" if is_decided else outcome(turn, request)


def overtaken(turn: Turn, milestone: Milestone) -> str:
    """Why there is nothing to decide although nobody has decided."""
    if milestone.state in {MilestoneState.DONE, MilestoneState.REPORTED}:
        what = "완료로 등록되어"
    elif milestone.state is MilestoneState.PLANNED and milestone.due_on:
        what = f"기한이 {render.long_day(milestone.due_on)}로 바뀌었거나 계획이 마감되어"
    else:
        what = "보류되었거나 취소되어"
    return f"그 사이에 일정이 {what} 결정하실 것이 없습니다."


def number_of(request: DelayRequest) -> int:
    """Which request of the milestone this is: every one counts, whatever became of it."""
    return [one.id for one in request.milestone.delays].index(request.id) + 1


def reason_words(request: DelayRequest) -> str:
    """The reason as messages say it: its code, where one was chosen, and the words."""
    label = REASON_WORDS[request.reason_code] if request.reason_code else ""
    told = request.reason if not label or label == request.reason else f"{label} — {request.reason}"
    return guard.words(told, request)


def who_is_asked(asked: Asked | None, level: RoleName) -> str:
    """To whom the request went, and for whom they stand in."""
    if asked is None:
        return "결정하실 분이 아직 등록되어 있지 않습니다. 등록되는 대로 안내드리며, 급하시면 기획실에 알려 주십시오."
    names = ", ".join(guard.named(one) for one in asked.people)
    word = ROLE_WORDS[asked.role]
    if asked.role is level:
        return f"{word} {names} 님께 승인을 요청하였습니다."
    if asked.away:
        absent = render.josa(", ".join(f"{guard.named(one)} 님" for one in asked.away), "이/가")
        return f"{absent} 부재 중이어서 {word} {names} 님께 승인을 요청하였습니다."
    missing = render.josa(ROLE_WORDS[level], "이/가")
    return f"{missing} 등록되어 있지 않아 {word} {names} 님께 승인을 요청하였습니다."


def touched_names(request: DelayRequest, today: date) -> list[str]:
    """What follows and is touched by the new day."""
    return [
        f"#{one.id} {render.cut(one.shown_title, 40)}({render.near_day(one.due_on, today)})"
        for one in approval.touched(request.milestone, request.old_due_on, request.new_due_on)
        if one.due_on
    ]


def result_to(turn: Turn, request: DelayRequest, said: str, *lines: str) -> None:
    """See tell_result."""
    tell_result(turn, request.milestone, request.requested_by_id, "approval-result", said, *lines)


def title(milestone: Milestone) -> str:
    return f"#{milestone.id} {milestone.shown_title}"


def code_button(request: DelayRequest, code: DelayReason, prefix: str = "") -> dict[str, str]:
    verb = f"code{CODES.index(code)}"
    return buttons.button(prefix + REASON_WORDS[code], verb, request.milestone_id, request.id)


def code_rows(made: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    return [made[at : at + CODES_A_ROW] for at in range(0, len(made), CODES_A_ROW)]


def next_reminder(milestone: Milestone, today: date) -> date | None:
    """The next day on which its officer is reminded, where it is yet to come."""
    day = milestone.next_remind_on
    return day if day is not None and day > today else None
