"""A wish for another date: at once, to an approver, or an adjustment; and the message an approver gets of it."""

from __future__ import annotations

from datetime import date

from bot.chat import buttons
from bot.chat.line import undo_keyboard
from bot.chat.turn import Turn
from bot.delays import adjusting
from bot.delays.request import (
    already,
    approval_subject,
    code_button,
    count,
    hand_request,
    reason_words,
    title,
    touched_names,
    update_requests,
    who_is_asked,
)
from bot.privacy import guard
from jobs.authority import line
from jobs.authority.line import Way
from jobs.milestones import changes, delay_requests
from jobs.rules.reasons import guess
from store import reminders, requests
from store.models import DelayRequest, Milestone
from store.states import DelayReason, DelayState, RoleName

CATCH_UP = "catch-up"  # the dialogue that waits for the catch-up plan


def postpone(
    turn: Turn,
    milestone: Milestone,
    day: date,
    reason: str,
    code: DelayReason | None = None,
    basis: str | None = None,
) -> None:
    """Do with the wish what the rules say, and answer. `basis`: from where the day was counted, where it was."""
    wish = line.wish_of(milestone, day, turn.today)
    way = line.way(wish, turn.office.rules.approval)
    turn.forget_asked()
    if way is Way.ADJUSTMENT:
        adjusting.open_for_period(turn, milestone, day, reason, wish.last_year)
        return
    replaced = _withdraw_old(turn, milestone)
    if way is Way.AT_ONCE:
        _at_once(turn, milestone, day, reason, code, replaced, basis)
    else:
        _ask(turn, milestone, day, reason, code, RoleName(way.value), replaced, basis)


def _at_once(
    turn: Turn,
    milestone: Milestone,
    day: date,
    reason: str,
    code: DelayReason | None,
    replaced: date | None,
    basis: str | None,
) -> None:
    """The delay takes effect: new due day, request on record, answer, digests brought up to date."""
    assert milestone.due_on is not None
    old = milestone.due_on
    entry = changes.delay(
        turn.deed_for(milestone),
        milestone,
        due_on=day,
        reason=reason,
        code=code,
    )
    turn.session.flush()
    turn.answer(
        "delayed",
        undo_keyboard([entry]) + ([] if code else _code_row(milestone.delays[-1])),
        milestone=milestone,
        old=old,
        days=f"{(day - old).days:+d}",
        reason=reason_words(milestone.delays[-1]),
        basis=basis,
        times=sum(one.state is DelayState.APPLIED for one in milestone.delays),
        is_day_off=not turn.office.rules.calendar.is_working(day),
        minutes=turn.office.links.undo_minutes,
        touched=touched_names(line.touched(milestone, day), turn.today),
        replaced=replaced,
    )


def _ask(
    turn: Turn,
    milestone: Milestone,
    day: date,
    reason: str,
    code: DelayReason | None,
    needed: RoleName,
    replaced: date | None,
    basis: str | None,
) -> None:
    """The request is on record, its approvers are asked, and the requester is asked for the catch-up plan."""
    level = line.lowest_level(turn.session, milestone, needed, turn.actor.officer.id, turn.today)
    request = delay_requests.ask(
        turn.deed_for(milestone),
        milestone,
        due_on=day,
        reason=reason,
        code=code,
        level=level,
    )
    asked = line.asked(turn.session, line.request_matter(request), turn.today)
    wants_plan = turn.office.rules.approval.catch_up_plan and guard.takes_in()
    turn.answer(
        "delay_requested",
        ([] if code else _code_row(request)) + _own_row(request, with_skip=wants_plan),
        milestone=milestone,
        request=request,
        days=(day - request.old_due_on).days,
        reason=reason_words(request),
        basis=basis,
        times=count(milestone),
        asked=who_is_asked(asked, level),
        wants_plan=wants_plan,
        replaced=replaced,
        touched=touched_names(line.touched(milestone, day), turn.today),
        is_day_off=not turn.office.rules.calendar.is_working(day),
    )
    for officer in asked.people if asked else []:
        hand_request(turn, request, officer.id)


def _withdraw_old(turn: Turn, milestone: Milestone) -> date | None:
    """A newer wish replaces the one that waits; gives the date that was wished for then."""
    old = requests.pending(turn.session, milestone.id)
    if old is None or not delay_requests.withdraw(turn.deed, old, "delay-replaced"):
        return None
    update_requests(turn, old)
    if old.requested_by_id != turn.actor.officer.id:
        turn.tell(
            old.requested_by_id,
            "approval-result",
            "approval_result",
            title=title(milestone),
            said=f"{guard.named(turn.actor.officer)} 님이 새 날짜로 신청하여 앞서 신청하신 건은 거두었습니다.",
            lines=[],
        )
    return old.new_due_on


def withdraw(turn: Turn, request: DelayRequest) -> None:
    """취소 of a request that waits; where it was decided first, say so."""
    if not delay_requests.withdraw(turn.deed, request, "delay-withdrawn"):
        turn.answer("usage", reason=already(turn, request), example=None)
        return
    asked = turn.asked
    if asked is not None and asked.kind == CATCH_UP:
        turn.forget_asked()
    update_requests(turn, request)
    reminders.cancel_notices(turn.session, approval_subject(request))
    turn.answer("delay_withdrawn", milestone=request.milestone, request=request)


def _own_row(request: DelayRequest, *, with_skip: bool) -> list[list[dict[str, str]]]:
    number = request.milestone_id
    asked = [("만회대책 적기", "writeplan"), ("없이 보내기", "skipplan")] if with_skip else []
    row = [buttons.button(label, verb, number, request.id) for label, verb in asked]
    return (
        [row, [buttons.button("신청 취소", "withdraw", number, request.id)]]
        if row
        else [[buttons.button("신청 취소", "withdraw", number, request.id)]]
    )


def _code_row(request: DelayRequest) -> list[list[dict[str, str]]]:
    """The reason's code, asked after the fact: what the words sound like first, the whole list behind a button."""
    suggested = guess(request.reason)
    row = [code_button(request, suggested, prefix="사유 분류: ")] if suggested else []
    return [
        [*row, buttons.button("다른 분류" if row else "사유 분류", "codes", request.milestone_id, request.id)]
    ]
