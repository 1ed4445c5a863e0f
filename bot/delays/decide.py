"""/approve, /reject and the buttons under a request: what waits for the speaker's decision is decided, once."""

from bot.chat.command import Command, example_of
from bot.chat.deciders import deciders_words
from bot.chat.lists import titled
from bot.chat.turn import (
    ROWS_MOST,
    Press,
    RefusedError,
    Turn,
    UsageError,
    button,
    note,
    one_number,
)
from bot.completion import confirm, reopen
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
from bot.speech.answers import ALL_WORDS
from bot.texts.render import NOTHING, label, say
from jobs.authority.approval import Matter, may_decide, request_matter
from jobs.authority.permissions import Action, reach
from jobs.milestones import delays, reopening
from store import requests
from store.deliveries import Html, Message
from store.models import DelayRequest, Dialogue, Milestone
from store.states import DelayState, MilestoneState

DIALOGUE = "reject"
MOST_SHOWN = ROWS_MOST
MOST_AT_ONCE = 30  # requests of one [모두 승인]: what a message has room for
MOST_LEFT_OUT = ROWS_MOST - 1  # of them with a button to leave it out
ALL, ALL_NOW = "approveall", "approvenow"


def approve(turn: Turn, text: str) -> None:
    """With a number: that one; 전체: all, after one question; alone: the list of what waits for the speaker."""
    is_all = text.strip().casefold() in ALL_WORDS
    if is_all and _all_decidable(turn):
        _ask_all(turn)
        return
    if is_all or not text.strip():
        show_waiting(turn)
        return
    milestone = _named(turn, text, example_of("approve"), rest_wanted=False)[0]
    if milestone.state is MilestoneState.REPORTED:
        confirm.confirm(turn, milestone)
        return
    if reopening.is_asked(milestone):
        reopen.grant(turn, milestone)
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
    if reopening.is_asked(milestone):
        reopen.decline(turn, milestone, reason)
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


def press_all(turn: Turn, press: Press) -> None:
    """[모두 승인]: what would be approved, each to be left out by a button. `id`: which are left out, one bit each;
    `revision`: the newest request that counts."""
    found = _all_decidable(turn)
    if not found:
        raise UsageError(say("delays.decision.empty"))
    if press.revision:
        turn.rewrite_pressed(
            _choice(turn, _marked(found, press.revision, press.id), press.revision, press.id)
        )
    else:
        _ask_all(turn)


def _ask_all(turn: Turn) -> None:
    """What would be approved, as of now."""
    found = _all_decidable(turn)
    newest = max(one.id for one in found)
    turn.say(_choice(turn, _marked(found, newest, 0), newest, 0))


def _all_decidable(turn: Turn) -> list[DelayRequest]:
    """The first requests that the speaker may approve as they are, the oldest first."""
    within = reach(turn.session, turn.actor, Action.DECIDE, turn.today)
    found = [one for one in requests.waiting(turn.session, within) if _may_decide(turn, one)]
    mine = turn.actor.officer.id
    return [one for one in found if one.new_due_on >= turn.today and one.requested_by_id != mine][
        :MOST_AT_ONCE
    ]


def _marked(found: list[DelayRequest], newest: int, left_out: int) -> list[tuple[DelayRequest, bool]]:
    """Those up to the newest, and whether each stands."""
    known = [one for one in found if one.id <= newest]
    return [(one, not left_out >> place & 1) for place, one in enumerate(known)]


def _choice(turn: Turn, shown: list[tuple[DelayRequest, bool]], newest: int, left_out: int) -> Message:
    lines = [request_line(one, turn.today, turn.office.rules.calendar) for one, stands in shown if stands]
    rows = []
    for place, (one, stands) in enumerate(shown[:MOST_LEFT_OUT]):
        shown_as = label(f"delays.button.{'leave-out' if stands else 'take-in'}", number=one.milestone_id)
        rows.append([button(shown_as, ALL, left_out ^ 1 << place, newest)])
    if lines:
        rows.append([button(label("delays.button.approve-all", count=len(lines)), ALL_NOW, left_out, newest)])
    title = label("delays.decision.all-title")
    hint = label("delays.decision.reject-first") if len(shown) > MOST_LEFT_OUT else ""
    return Message(titled(turn, title, len(lines), lines, label("delays.decision.none-left"), hint), rows)


def press_all_now(turn: Turn, press: Press) -> None:
    """Those that stand are approved; each requester hears of it."""
    chosen = [one for one, stands in _marked(_all_decidable(turn), press.revision, press.id) if stands]
    approved, entries = [], []
    for one in chosen:
        matter = request_matter(one)
        if (entry := delays.approve(turn.deed_deciding(matter), one)) is not None:
            approved.append(one)
            entries.append(entry)
            _tell_approved(turn, one, matter)
    if not approved:
        raise UsageError(say("delays.decision.empty"))
    turn.answer("approved_all", turn.undo_rows(entries), requests=approved)


def press_reject(turn: Turn, press: Press) -> None:
    if (request := _pressed(turn, press)) is not None:
        _ask_reason(turn, request)


def press_talk(turn: Turn, press: Press) -> None:
    """협의 후: the request stays open and stands in the speaker's next daily message."""
    request = _pressed(turn, press)
    if request is None:
        return
    matter = request_matter(request)
    delays.talk_first(turn.deed_deciding(matter), request)
    turn.answer("talk_first", milestone=request.milestone, requester=request.requested_by)
    result_to(
        turn,
        request,
        lambda: say("delays.result.talk", by=turn.decider(matter)),
        lambda: say("delays.result.until-then"),
    )


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The reason of a refusal."""
    reason = note(text)
    if reason is None:
        raise UsageError(say("delays.decision.no-reason"), example=label("delays.example.reject"))
    turn.forget_asked()
    assert asked.milestone_id is not None
    milestone = turn.milestone(asked.milestone_id, Action.DECIDE)
    if asked.step == "back":
        confirm.send_back(turn, milestone, reason)
        return
    if asked.step == "keep":
        reopen.decline(turn, milestone, reason)
        return
    request = requests.get(turn.session, int(asked.data["request"]))
    if request is not None and _is_decidable(turn, request):
        _reject(turn, request, reason)


def _approve(turn: Turn, request: DelayRequest) -> None:
    if request.new_due_on < turn.today:
        raise UsageError(say("delays.decision.too-late", day=request.new_due_on))
    matter = request_matter(request)
    entry = delays.approve(turn.deed_deciding(matter), request)
    if entry is None:
        _too_late(turn, request)
        return
    turn.registered(
        "approved", entry, milestone=request.milestone, request=request, requester=request.requested_by
    )
    _tell_approved(turn, request, matter)


def _tell_approved(turn: Turn, request: DelayRequest, matter: Matter) -> None:
    milestone = request.milestone
    day, first = next_reminder(milestone, turn.today), milestone.original_due_on
    result_to(
        turn,
        request,
        lambda: say(
            "delays.result.approved",
            day=request.new_due_on,
            by=turn.decider(matter),
            at=turn.now,
            zone=turn.office.zone,
        ),
        lambda: say("delays.result.original", day=first) if first else NOTHING,
        lambda: say("delays.result.reminder", day=day) if day else NOTHING,
    )
    update_requests(turn, request)


def _reject(turn: Turn, request: DelayRequest, reason: str) -> None:
    matter = request_matter(request)
    entry = delays.reject(turn.deed_deciding(matter), request, reason)
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
    why = guard.words(reason, request)
    result_to(
        turn,
        request,
        lambda: say("delays.result.rejected", by=turn.decider(matter), reason=why),
        lambda: say("delays.result.kept", day=request.old_due_on),
        lambda: say("delays.result.again"),
    )
    update_requests(turn, request)


def _ask_reason(turn: Turn, request: DelayRequest) -> None:
    turn.ask(DIALOGUE, "delay", request.milestone, request=str(request.id))
    turn.answer("reject_ask_reason", milestone=request.milestone, what=say("delays.decision.reason"))


def press_return(turn: Turn, press: Press) -> None:
    """[보완 요청]: what is missing is asked."""
    milestone = turn.milestone(press.id, Action.DECIDE)
    if confirm.is_waiting(turn, milestone):
        turn.ask(DIALOGUE, "back", milestone)
        turn.answer("reject_ask_reason", milestone=milestone, what=say("delays.decision.missing"))


def press_keep(turn: Turn, press: Press) -> None:
    """[반려] of a wish to open again what is done: why is asked."""
    milestone = turn.milestone(press.id, Action.DECIDE)
    if reopen.is_waiting(turn, milestone):
        turn.ask(DIALOGUE, "keep", milestone)
        turn.answer("reject_ask_reason", milestone=milestone, what=say("delays.decision.reason"))


def press_reopen(turn: Turn, press: Press) -> None:
    reopen.grant(turn, turn.milestone(press.id, Action.DECIDE))


def press_confirm(turn: Turn, press: Press) -> None:
    confirm.confirm(turn, turn.milestone(press.id, Action.DECIDE))


def _named(turn: Turn, text: str, example: str, *, rest_wanted: bool) -> tuple[Milestone, str]:
    """The milestone that the words name, and what follows the number."""
    number, rest = one_number(text, say("delays.decision.no-number"), example, is_all=not rest_wanted)
    return turn.milestone(number, Action.DECIDE), rest


def _waiting(turn: Turn, milestone: Milestone) -> DelayRequest | None:
    """The milestone's request, if the speaker may decide it now; None where an answer was given instead."""
    found = requests.pending(turn.session, milestone.id) or requests.newest(turn.session, milestone.id)
    if found is None:
        raise UsageError(say("delays.decision.nothing", number=milestone.id))
    return found if _is_decidable(turn, found) else None


def _pressed(turn: Turn, press: Press) -> DelayRequest | None:
    """The request of the button, if the speaker may decide it now; None where an answer was given instead."""
    turn.milestone(press.id, Action.DECIDE)
    found = requests.get(turn.session, press.revision)
    if found is None or found.milestone_id != press.id:
        raise UsageError(say("delays.decision.nothing", number=press.id))
    return found if _is_decidable(turn, found) else None


def _is_decidable(turn: Turn, request: DelayRequest) -> bool:
    """It waits, and the speaker stands high enough. Raises RefusedError where not; says what overtook it."""
    if request.requested_by_id == turn.actor.officer.id:
        raise RefusedError(say("delays.decision.own"))
    if request.state is not DelayState.PENDING:
        _too_late(turn, request)
        return False
    if not requests.still_wants(request):
        delays.lapse(turn.deed, request)
        update_requests(turn, request)
        _answer(turn, request, overtaken(request.milestone))
        return False
    if not _may_decide(turn, request):
        who = deciders_words(turn, request_matter(request))
        raise RefusedError(say("delays.decision.others", number=request.milestone_id, people=who))
    return True


def _may_decide(turn: Turn, request: DelayRequest) -> bool:
    return may_decide(turn.session, turn.actor.officer.id, request_matter(request), turn.today)


def _too_late(turn: Turn, request: DelayRequest) -> None:
    """Somebody else decided at the same moment."""
    _answer(turn, request, already(turn, request))


def _answer(turn: Turn, request: DelayRequest, said: Html) -> None:
    numbered = say("delays.outcome.numbered", number=request.milestone_id, said=said)
    turn.answer("usage", reason=numbered, example=None)


def show_waiting(turn: Turn) -> None:
    """What waits for the speaker: requests and reports of completion, the oldest first, with their buttons."""
    within = reach(turn.session, turn.actor, Action.DECIDE, turn.today)
    found = [one for one in requests.waiting(turn.session, within) if _may_decide(turn, one)]
    reports, wishes = confirm.waiting(turn, within), reopen.waiting(turn, within)
    calendar = turn.office.rules.calendar
    lines = [request_line(one, turn.today, calendar) for one in found]
    lines += [confirm.line(turn, one) for one in reports]
    lines += [reopen.line(turn.session, one, turn.today, calendar) for one in wishes]
    rows = [row for one in found for row in decision_rows(one, turn.today)[:1]]
    rows += [*map(confirm.row, reports), *map(reopen.row, wishes)]
    shown = lines[:MOST_SHOWN]
    more = len(lines) - len(shown)
    hint = label("delays.decision.more", count=more) if more else ""
    title, empty = label("delays.decision.title"), label("delays.decision.empty")
    text = titled(turn, title, len(lines), shown, empty, hint)
    turn.say(Message(text, rows[:MOST_SHOWN]))


def press_open(turn: Turn, _press: Press) -> None:
    """The button under the daily message: the list comes as a message of its own."""
    show_waiting(turn)


BUTTONS = {
    **{"approve": press_approve, "reject": press_reject, "talk": press_talk, "confirm": press_confirm},
    **{"return": press_return, "reopen": press_reopen, "keepdone": press_keep},
}
APPROVE = Command(
    name="approve",
    effect=approve,
    action=Action.DECIDE,
    buttons={**BUTTONS, "waiting": press_open, ALL: press_all, ALL_NOW: press_all_now},
    on_milestone=frozenset(BUTTONS),
)
REJECT = Command(
    name="reject",
    effect=reject,
    action=Action.DECIDE,
    on_milestone=frozenset({"reject"}),
    dialogues={DIALOGUE: carry_on},
)
