"""/reopen ID REASON (다시 열기): what is done is owed again; its officer asks, whoever decides over it does it at once."""

from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bot.chat.command import Command, example_of, misused
from bot.chat.deciders import deciders_words, tell_result
from bot.chat.line import standing
from bot.chat.turn import RefusedError, Turn, UsageError, Words, buttons, note, one_number
from bot.completion import confirm
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority import approval
from jobs.authority.permissions import Action, may
from jobs.milestones import reopening
from jobs.rules.calendar import WorkCalendar
from store import matters, milestones
from store.deliveries import Html, Message
from store.models import Milestone
from store.states import MilestoneState

EVENT, RESULT = "reopen-request", "reopen-result"


def open_again(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("completion.reopen.no-number"), example_of("reopen"))
    milestone, decides = _to_open(turn, number)
    reason = note(rest)
    if reason is None:
        raise misused("completion.reopen.no-reason", "reopen")
    if milestone.state is MilestoneState.REPORTED:
        _take_back(turn, milestone, reason)
    elif decides:
        _reopen(turn, milestone, reason)
    else:
        _ask(turn, milestone, reason)


def _to_open(turn: Turn, number: int) -> tuple[Milestone, bool]:
    """The milestone that is done, and whether the speaker decides on it. Raises UsageError for any other."""
    known = milestones.get(turn.session, number)
    decides = known is not None and may(turn.session, turn.actor, Action.DECIDE, known, turn.today)
    milestone = turn.milestone(number, Action.REOPEN)
    if milestone.state not in {MilestoneState.DONE, MilestoneState.REPORTED}:
        raise UsageError(
            say("completion.reopen.not-done", number=number, state=standing(milestone, turn.today))
        )
    if reopening.is_asked(milestone) and not decides:
        raise UsageError(say("completion.reopen.asked-before", number=number))
    return milestone, decides


def _take_back(turn: Turn, milestone: Milestone, reason: str) -> None:
    """A report that nobody has confirmed is its reporter's to take back; others send it back."""
    if milestone.reported_by_id != turn.actor.officer.id:
        raise UsageError(say("completion.reopen.reported", number=milestone.id))
    since = milestone.reported_at or turn.now
    entry = reopening.take_back(turn.deed_for(milestone), milestone, reason)
    turn.registered("reopened", entry, milestone=milestone, reason=reason)
    by = guard.named(turn.actor.officer)
    confirm.update(turn, milestone, since, lambda: say("undo.report", by=by))


def _ask(turn: Turn, milestone: Milestone, reason: str) -> None:
    entry = reopening.ask(turn.deed_for(milestone), milestone, reason)
    asked = approval.asked(turn.session, reopening.matter(turn.session, milestone, turn.today), turn.today)
    people = asked.people if asked else []
    for officer in people:
        hand(turn, milestone, officer.id)
    names = [guard.named(one) for one in people]
    turn.answer("reopen_asked", turn.undo_rows([entry]), milestone=milestone, reason=reason, names=names)


def _reopen(turn: Turn, milestone: Milestone, reason: str | None) -> None:
    """At once, or as it was asked; whoever asked or answers for it hears of it."""
    wish = reopening.asked(turn.session, milestone) if reopening.is_asked(milestone) else None
    said = reason or (wish.reason if wish else None) or ""
    matter = reopening.matter(turn.session, milestone, turn.today) if wish is not None else None
    deed = turn.deed_deciding(matter) if matter is not None else turn.deed

    def by() -> str:
        return turn.decider(matter) if matter is not None else guard.named(turn.actor.officer)

    since = milestone.reopen_at
    entry = reopening.reopen(deed, milestone, said)
    turn.registered("reopened", entry, milestone=milestone, reason=said)
    tell_result(
        turn,
        milestone,
        wish.actor_id if wish else None,
        RESULT,
        lambda: say("completion.reopen.result", by=by(), reason=guard.words(said, milestone)),
        lambda: say("completion.reopen.then", number=milestone.id),
    )
    if since is not None:
        update(turn, milestone, since, lambda: say("completion.reopen.opened", by=by()))


# --- what whoever decides sees


def grant(turn: Turn, milestone: Milestone) -> None:
    """[다시 열기] under the request, or /approve."""
    if is_waiting(turn, milestone):
        _reopen(turn, milestone, None)


def decline(turn: Turn, milestone: Milestone, reason: str | None) -> None:
    """반려, with a reason: it stays done."""
    if not is_waiting(turn, milestone):
        return
    if reason is None:
        raise misused("completion.reopen.why-not", "reject")
    matter = reopening.matter(turn.session, milestone, turn.today)
    since = matter.since
    entry = reopening.decline(turn.deed_deciding(matter), milestone, reason)
    why = guard.words(reason, milestone)
    turn.registered(
        "completion_decided", entry, milestone=milestone, said=say("completion.reopen.kept", reason=why)
    )
    tell_result(
        turn,
        milestone,
        matter.by_id,
        RESULT,
        lambda: say("completion.reopen.declined", by=turn.decider(matter), reason=why),
    )
    update(turn, milestone, since, lambda: say("completion.reopen.refused", by=turn.decider(matter)))


def is_waiting(turn: Turn, milestone: Milestone) -> bool:
    """It was asked, and the speaker may decide; where it moved on since, that is said. Raises RefusedError for the
    speaker's own wish, and where somebody else decides."""
    if not reopening.is_asked(milestone):
        state = standing(milestone, turn.today)
        said = say("completion.reopen.nothing", number=milestone.id, state=state)
        turn.answer("usage", reason=said, example=None)
        return False
    matter = reopening.matter(turn.session, milestone, turn.today)
    if matter.by_id == turn.actor.officer.id:
        raise RefusedError(say("completion.reopen.own"))
    if not approval.may_decide(turn.session, turn.actor.officer.id, matter, turn.today):
        people = deciders_words(turn, matter)
        raise RefusedError(say("completion.reopen.others", number=milestone.id, people=people))
    return True


def hand(turn: Turn, milestone: Milestone, officer_id: int) -> None:
    """The message with [다시 열기] [반려]."""
    delivery = turn.hand(officer_id, EVENT, lambda: request_message(turn, milestone, None))
    if delivery is not None:
        delivery.payload = delivery.payload | {"about": reopening.subject(milestone)}


def request_message(turn: Turn, milestone: Milestone, outcome: str | None) -> Message:
    wish = reopening.asked(turn.session, milestone)
    text = render.text(
        "reopen_request",
        milestone=milestone,
        task=milestone.task,
        reporter=guard.name(wish.actor) if wish else "",
        reason=guard.words(wish.reason or "", milestone) if wish else "",
        outcome=outcome,
        today=turn.today,
    )
    return Message(text, [] if outcome else [row(milestone)])


def row(milestone: Milestone) -> list[dict[str, str]]:
    drawn = [
        (verb, label(f"completion.button.{verb}", number=milestone.id)) for verb in ("reopen", "keepdone")
    ]
    return buttons(milestone.id, milestone.revision, *drawn)


def update(turn: Turn, milestone: Milestone, since: datetime, outcome: Words | None) -> None:
    """The messages about the wish of that instant show how it stands."""
    for delivery in matters.about(turn.session, EVENT, since, reopening.subject(milestone)):
        turn.revise(delivery, lambda: request_message(turn, milestone, outcome() if outcome else None))


def waiting(turn: Turn, *conditions: ColumnElement[bool]) -> list[Milestone]:
    """Wishes that wait for the speaker's decision, the oldest first."""
    found = milestones.search(turn.session, *conditions, Milestone.reopen_at.is_not(None))
    mine = [one for one in found if reopening.is_asked(one) and _may_decide(turn, one)]
    return sorted(mine, key=lambda one: (one.reopen_at or turn.now, one.id))


def _may_decide(turn: Turn, milestone: Milestone) -> bool:
    matter = reopening.matter(turn.session, milestone, turn.today)
    return approval.may_decide(turn.session, turn.actor.officer.id, matter, turn.today)


def line(session: Session, milestone: Milestone, day: date, calendar: WorkCalendar) -> Html:
    """The wish in a list of what waits, as of that day."""
    wish, at = reopening.asked(session, milestone), milestone.reopen_at
    waited = (day - calendar.local_date(at)).days if at else 0
    reason = guard.words(wish.reason or "", milestone) if wish else ""
    return render.text("reopen_line", milestone=milestone, waited=waited, reason=reason, today=day)


COMMAND = Command(
    name="reopen",
    effect=open_again,
    action=Action.REOPEN,
    on_milestone=frozenset({"reopen"}),
)
