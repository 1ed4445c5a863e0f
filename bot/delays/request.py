"""A wish for another day: what becomes of it, what its approvers see and who hears of it, the buttons under it."""

from datetime import date, timedelta

from bot.chat.command import PressEffect
from bot.chat.deciders import tell_result
from bot.chat.turn import Keyboard, Press, Turn, UsageError, Words, buttons, note
from bot.delays.adjust import refusal, say_opened
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority import approval
from jobs.authority.approval import Asked
from jobs.authority.permissions import Action
from jobs.milestones import delays
from jobs.milestones.adjustment import AdjustmentError, Opened
from jobs.milestones.delays import Applied, Requested
from jobs.rules.calendar import WorkCalendar
from jobs.rules.guess_reason import guess
from reports.texts.hidden_titles import shown_title
from reports.texts.states import REASON_WORDS, ROLE_WORDS
from store import matters, requests
from store.deliveries import Html, Message
from store.models import DelayRequest, Dialogue, Milestone, Officer
from store.states import DelayReason, DelayState, MilestoneState, RoleName

EVENT = "approval-request"
CODES = tuple(DelayReason)  # a button carries the place in this list
CODES_A_ROW = 3
CATCH_UP = "catch-up"  # the dialogue that waits for the catch-up plan
NOTHING_TO_SAY = {"없음", "없습니다", "건너뛰기", "나중에", "none", "nothing", "skip", "later"}


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
    deed = turn.deed_for(milestone)
    try:
        outcome = delays.wish(deed, milestone, day, reason, code)
    except AdjustmentError as error:
        why = render.joined([_why_adjusted(turn, milestone, day), refusal(error)], " ")
        raise UsageError(why, ends_dialogue=True) from error
    if isinstance(outcome, Opened):
        say_opened(turn, outcome, _why_adjusted(turn, milestone, day))
    elif isinstance(outcome, Applied):
        _say_applied(turn, outcome, basis)
    else:
        _say_requested(turn, outcome, basis)


def _why_adjusted(turn: Turn, milestone: Milestone, day: date) -> Html:
    last_year = approval.wish_of(milestone, day, turn.today).last_year
    return say("delays.error.next-year", day=day, year=last_year)


def _say_applied(turn: Turn, outcome: Applied, basis: str | None) -> None:
    request = outcome.request
    turn.answer(
        "delayed",
        turn.undo_rows([outcome.entry]) + ([] if request.reason_code else _code_row(request)),
        **_told(turn, request),
        replaced=_replaced(turn, outcome),
        basis=basis,
        days=f"{_days(request):+d}",
        times=sum(one.state is DelayState.APPLIED for one in request.milestone.delays),
    )


def _say_requested(turn: Turn, outcome: Requested, basis: str | None) -> None:
    """Its approvers are asked, and the requester is asked for the catch-up plan."""
    request, asked = outcome.request, outcome.asked
    wants_plan = turn.office.rules.approval.catch_up_plan and guard.takes_in()
    assert request.level is not None
    told = _told(turn, request)
    turn.answer(
        "delay_requested",
        ([] if request.reason_code else _code_row(request)) + _own_row(request, with_skip=wants_plan),
        **told,
        replaced=_replaced(turn, outcome),
        basis=basis,
        wished=request.new_due_on,
        days=_days(request),
        times=len(request.milestone.delays),
        asked=who_is_asked(asked, request.level),
        wants_plan=wants_plan,
    )
    for officer in asked.people if asked else []:
        hand_request(turn, request, officer.id, told)


def _told(turn: Turn, request: DelayRequest) -> dict[str, object]:
    """What the requester and the approvers are told alike."""
    return {
        "milestone": request.milestone,
        "old": request.old_due_on,
        "reason": reason_words(request),
        "is_day_off": not turn.office.rules.calendar.is_working(request.new_due_on),
        "touched": approval.touched(request.milestone, request.old_due_on, request.new_due_on),
        "today": turn.today,
    }


def _days(request: DelayRequest) -> int:
    return (request.new_due_on - request.old_due_on).days


def _replaced(turn: Turn, outcome: Applied | Requested) -> date | None:
    """The day of the request that gave way, whose requester hears of it."""
    if outcome.replaced is None:
        return None
    _tell_replaced(turn, outcome.replaced)
    return outcome.replaced.new_due_on


def _tell_replaced(turn: Turn, old: DelayRequest) -> None:
    update_requests(turn, old)
    if old.requested_by_id != turn.actor.officer.id:
        turn.tell(
            old.requested_by_id,
            "approval-result",
            "approval_result",
            title=lambda: title(old.milestone),
            said=lambda: say("delays.outcome.replaced", by=guard.named(turn.actor.officer)),
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


def _own_row(request: DelayRequest, *, with_skip: bool) -> Keyboard:
    said = words("delays.button")
    asked = [("writeplan", said["plan"]), ("skipplan", said["no-plan"])] if with_skip else []
    *row, own = buttons(request.milestone_id, request.id, *asked, ("withdraw", said["withdraw"]))
    return [*([row] if row else []), [own]]


def _code_row(request: DelayRequest) -> Keyboard:
    """The reason's code, asked after the fact: what the words sound like first, the whole list behind a button."""
    suggested = guess(request.reason)
    first = []
    if suggested:
        verb, reason = _code(suggested)
        first = [(verb, label("delays.button.guess", reason=reason))]
    whole = ("codes", label(f"delays.button.{'others' if first else 'codes'}"))
    return [buttons(request.milestone_id, request.id, *first, whole)]


def _code(code: DelayReason) -> tuple[str, str]:
    """Verb and label of its button."""
    return f"code{CODES.index(code)}", REASON_WORDS[code]


def press_code(turn: Turn, press: Press) -> None:
    """사유 분류 of a delay that is on record already; [다른 분류] shows the whole list."""
    request = _request_of(turn, press)
    if press.verb == "codes":
        turn.answer(
            "delay_ask_code",
            code_rows(buttons(request.milestone_id, request.id, *map(_code, CODES))),
            milestone=request.milestone,
            request=request,
        )
        return
    delays.classify(turn.deed, request, CODES[int(press.verb.removeprefix("code"))])
    update_requests(turn, request)
    turn.answer(
        "delay_noted",
        milestone=request.milestone,
        what=say("delays.noted.reason", reason=reason_words(request)),
    )


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
    plan = note(text)
    if plan is None:
        raise UsageError(say("delays.error.no-catch-up"), example=label("delays.example.catch-up"))
    assert asked.milestone_id is not None
    turn.milestone(asked.milestone_id, Action.CHANGE)
    turn.forget_asked()
    request = requests.get(turn.session, int(asked.data["request"]))
    if request is None or request.state is not DelayState.PENDING:
        turn.answer("usage", reason=say("delays.error.catch-up-late"), example=None)
    elif plan.lower() in NOTHING_TO_SAY:
        turn.answer("catch_up_skipped")
    else:
        delays.plan_catch_up(turn.deed, request, plan)
        update_requests(turn, request)
        said = say("delays.noted.catch-up", what=guard.words(plan, request))
        turn.answer("delay_noted", milestone=request.milestone, what=said)


def _request_of(turn: Turn, press: Press) -> DelayRequest:
    """The delay of the button. Raises UsageError for one that is not the milestone's."""
    turn.milestone(press.id, Action.CHANGE)
    request = requests.get(turn.session, press.revision)
    if request is None or request.milestone_id != press.id:
        raise UsageError(say("delays.error.stale"))
    return request


# --- what its approvers see


def hand_request(
    turn: Turn, request: DelayRequest, officer_id: int, told: dict[str, object] | None = None
) -> None:
    """The message with [승인] [반려] [협의 후]."""
    delivery = turn.hand(officer_id, EVENT, lambda: request_message(turn, request, told))
    if delivery is not None:
        delivery.payload = delivery.payload | {"about": _about(request)}


def update_requests(turn: Turn, request: DelayRequest) -> None:
    """Every approver's message about the request shows how it stands now."""
    for delivery in matters.about(turn.session, EVENT, request.requested_at, _about(request)):
        turn.revise(delivery, lambda: request_message(turn, request))


def _about(request: DelayRequest) -> str:
    return f"delay:{request.id}"


def request_message(turn: Turn, request: DelayRequest, told: dict[str, object] | None = None) -> Message:
    """What an approver sees: M9 while it waits, the outcome without buttons afterwards. `told`: what is known of it."""
    milestone = request.milestone
    is_waiting = request.state is DelayState.PENDING and requests.still_wants(request)
    text = render.text(
        "approval_request",
        **(told or _told(turn, request))
        | {"reason": reason_words(request)}
        | ({} if is_waiting else {"touched": []}),
        task=milestone.task,
        original=milestone.original_due_on,
        wished=request.new_due_on,
        request=request,
        requester=request.requested_by,
        days=_days(request),
        times=number_of(request),
        outcome=None if is_waiting else outcome(turn, request),
    )
    return Message(text, decision_rows(request, turn.today) if is_waiting else [])


def request_line(request: DelayRequest, day: date, calendar: WorkCalendar) -> Html:
    """The request in a list of what waits, as of that day."""
    return render.text(
        "approval_line",
        milestone=request.milestone,
        request=request,
        requester=request.requested_by,
        days=_days(request),
        reason=reason_words(request),
        waited=(day - calendar.local_date(request.requested_at)).days,
        is_past=request.new_due_on < day,
        is_last=day <= request.new_due_on <= calendar.next_or_same(day + timedelta(days=1)),
    )


def decision_rows(request: DelayRequest, today: date) -> Keyboard:
    """The three decisions; a button carries the milestone's number and the request it was drawn for. A day that has passed
    cannot be approved."""
    number = request.milestone_id
    verbs = ("approve", "reject", "talk") if request.new_due_on >= today else ("reject", "talk")
    drawn = [(one, label(f"delays.button.{one}", number=number)) for one in verbs]
    *first, talk = buttons(number, request.id, *drawn)
    return [first, [talk]]


def outcome(turn: Turn, request: DelayRequest) -> Html:
    """What became of the request, as a sentence: who decided what, when."""
    at = render.moment(request.decided_at, turn.office.zone) if request.decided_at else ""
    by = guard.named(request.decided_by) if request.decided_by else ""
    if request.state is DelayState.APPLIED:
        return say("delays.outcome.approved", by=by, at=at) if by else say("delays.outcome.applied")
    if request.state is DelayState.REJECTED:
        return say(
            "delays.outcome.rejected", by=by, at=at, reason=guard.words(request.decision_note or "", request)
        )
    if request.state is DelayState.WITHDRAWN:
        newer = requests.pending(turn.session, request.milestone_id)
        return say("delays.outcome.withdrawn", by=by, at=at, day=newer.new_due_on if newer else None)
    return overtaken(request.milestone)


def already(turn: Turn, request: DelayRequest) -> Html:
    """The same for whoever comes too late."""
    is_decided = request.decided_by is not None and request.state in {DelayState.APPLIED, DelayState.REJECTED}
    said = outcome(turn, request)
    return say("delays.outcome.already", outcome=said) if is_decided else said


def overtaken(milestone: Milestone) -> Html:
    """Why there is nothing to decide although nobody has decided."""
    if milestone.state in {MilestoneState.DONE, MilestoneState.REPORTED}:
        return say("delays.outcome.done")
    if milestone.state is MilestoneState.PLANNED and milestone.due_on:
        return say("delays.outcome.moved", day=milestone.due_on)
    return say("delays.outcome.held")


def number_of(request: DelayRequest) -> int:
    """Which request of the milestone this is: every one counts, whatever became of it."""
    return [one.id for one in request.milestone.delays].index(request.id) + 1


def reason_words(request: DelayRequest) -> str:
    """The reason as messages say it: its code, where one was chosen, and the words."""
    label = REASON_WORDS[request.reason_code] if request.reason_code else ""
    told = request.reason if not label or label == request.reason else f"{label} — {request.reason}"
    return guard.words(told, request)


def who_is_asked(asked: Asked | None, level: RoleName) -> Html:
    """To whom the request went, and for whom they stand in."""
    if asked is None:
        return say("delays.asked.nobody")
    role, names = ROLE_WORDS[asked.role], [_named(one, asked) for one in asked.people]
    if asked.role is level:
        return say("delays.asked.role", role=role, names=names)
    if asked.away:
        absent = [guard.named(one) for one in asked.away]
        return say("delays.asked.away", role=role, names=names, people=absent)
    return say("delays.asked.missing", role=role, names=names, what=ROLE_WORDS[level])


def _named(officer: Officer, asked: Asked) -> str:
    """The person, with the absent one in whose place the request goes to him."""
    absent = asked.for_whom.get(officer.id)
    me = guard.named(officer)
    return label("chat.capacity.actor", name=me, names=[guard.name(absent.name)]) if absent else me


def result_to(turn: Turn, request: DelayRequest, said: Words, *lines: Words) -> None:
    """See tell_result."""
    tell_result(turn, request.milestone, request.requested_by_id, "approval-result", said, *lines)


def title(milestone: Milestone) -> str:
    return f"#{milestone.id} {shown_title(milestone)}"


def code_rows(made: list[dict[str, str]]) -> Keyboard:
    return [made[at : at + CODES_A_ROW] for at in range(0, len(made), CODES_A_ROW)]


def next_reminder(milestone: Milestone, today: date) -> date | None:
    """The next day on which its officer is reminded, where it is yet to come."""
    day = milestone.next_remind_on
    return day if day is not None and day > today else None


BUTTONS: dict[str, PressEffect] = {
    **{f"code{place}": press_code for place in range(len(CODES))},
    "codes": press_code,
    "withdraw": press_withdraw,
    "skipplan": press_skip,
    "writeplan": press_write,
}
