"""완료 확인: a report of completion is confirmed by the lead, or sent back with what is missing."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement

from bot.chat.deciders import deciders_words, tell_result
from bot.chat.line import standing
from bot.chat.turn import RefusedError, Turn, UsageError, Words, buttons
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority import approval
from jobs.authority.permissions import Deed
from jobs.milestones import completion
from store import matters, milestones
from store.deliveries import Html, Message
from store.models import Evidence, Milestone, Officer
from store.states import EvidenceKind, MilestoneState

EVENT, RESULT = "completion-request", "completion-result"


def ask(turn: Turn, milestone: Milestone) -> Html:
    """Hand the report to whoever confirms; gives who that is, as a sentence."""
    asked = approval.asked(
        turn.session, approval.report_matter(turn.session, milestone, turn.today), turn.today
    )
    if asked is None:
        return say("completion.asked.nobody")
    for officer in asked.people:
        hand(turn, milestone, officer.id)
    return say("completion.asked.people", names=[guard.named(one) for one in asked.people])


def hand(turn: Turn, milestone: Milestone, officer_id: int) -> None:
    """The message with [확인] [보완 요청]."""
    delivery = turn.hand(officer_id, EVENT, lambda: request_message(turn, milestone, None))
    if delivery is not None:
        delivery.payload = delivery.payload | {"about": completion.subject(milestone)}


def request_message(turn: Turn, milestone: Milestone, outcome: str | None) -> Message:
    reporter = turn.session.get(Officer, milestone.reported_by_id) if milestone.reported_by_id else None
    text = render.text(
        "completion_request",
        milestone=milestone,
        task=milestone.task,
        reporter=guard.named(reporter) if reporter else "",
        evidence=evidence_words(milestone),
        outcome=outcome,
        today=turn.today,
    )
    return Message(text, [] if outcome else [row(milestone)])


def row(milestone: Milestone) -> list[dict[str, str]]:
    number, revision = milestone.id, milestone.revision
    drawn = [(one, label(f"completion.button.{one}", number=number)) for one in ("confirm", "return")]
    return buttons(number, revision, *drawn)


def evidence_words(milestone: Milestone) -> list[str]:
    """The evidence that stands, in words."""
    return [evidence_word(one) for one in milestone.evidence if one.removed_at is None]


def evidence_word(one: Evidence) -> str:
    if one.kind is EvidenceKind.DOCUMENT_NO:
        return label("completion.evidence.document", number=one.value)
    return label("completion.evidence.photo")


def confirm(turn: Turn, milestone: Milestone) -> None:
    if not is_waiting(turn, milestone):
        return
    reporter, since = milestone.reported_by_id, milestone.reported_at or turn.now
    deed, by = _deciding(turn, milestone)
    entry = completion.confirm(deed, milestone)
    turn.registered("completion_decided", entry, milestone=milestone, said=say("completion.confirmed.answer"))
    tell_result(
        turn,
        milestone,
        reporter,
        RESULT,
        lambda: say("completion.confirmed.result", by=by()),
        lambda: say("completion.confirmed.then"),
    )
    update(turn, milestone, since, lambda: say("completion.confirmed.outcome", by=by()))


def send_back(turn: Turn, milestone: Milestone, reason: str | None) -> None:
    if not is_waiting(turn, milestone):
        return
    if reason is None:
        raise UsageError(say("completion.error.no-reason"), example=label("completion.error.example-reason"))
    reporter, since = milestone.reported_by_id, milestone.reported_at or turn.now
    deed, by = _deciding(turn, milestone)
    entry = completion.send_back(deed, milestone, reason)
    why = guard.words(reason, milestone)
    said = say("completion.sent-back.answer", reason=why)
    turn.registered("completion_decided", entry, milestone=milestone, said=said)
    tell_result(
        turn,
        milestone,
        reporter,
        RESULT,
        lambda: say("completion.sent-back.result", by=by(), reason=why),
        lambda: say("completion.sent-back.then"),
    )
    update(turn, milestone, since, lambda: say("completion.sent-back.outcome", by=by()))


def _deciding(turn: Turn, milestone: Milestone) -> tuple[Deed, Callable[[], str]]:
    """The deed of the decision, and by whom it is said to be made."""
    matter = approval.report_matter(turn.session, milestone, turn.today)
    return turn.deed_deciding(matter), lambda: turn.decider(matter)


def is_waiting(turn: Turn, milestone: Milestone) -> bool:
    """It was reported, and the speaker may confirm it; where it moved on since, that is said.

    Raises RefusedError for the speaker's own report, and where somebody else has to confirm it.
    """
    if milestone.state is not MilestoneState.REPORTED:
        current = standing(milestone, turn.today)
        turn.answer(
            "usage",
            reason=say("completion.error.nothing", number=milestone.id, state=current),
            example=None,
        )
        return False
    if milestone.reported_by_id == turn.actor.officer.id:
        raise RefusedError(say("completion.error.own"))
    if not _may_confirm(turn, milestone):
        people = deciders_words(turn, approval.report_matter(turn.session, milestone, turn.today))
        raise RefusedError(say("completion.error.others", number=milestone.id, people=people))
    return True


def _may_confirm(turn: Turn, milestone: Milestone) -> bool:
    matter = approval.report_matter(turn.session, milestone, turn.today)
    return approval.may_decide(turn.session, turn.actor.officer.id, matter, turn.today)


def update(turn: Turn, milestone: Milestone, since: datetime, outcome: Words | None) -> None:
    """The messages about the report that came in at `since` show how it stands."""
    for delivery in matters.about(turn.session, EVENT, since, completion.subject(milestone)):
        turn.revise(delivery, lambda: request_message(turn, milestone, outcome() if outcome else None))


def waiting(turn: Turn, *conditions: ColumnElement[bool]) -> list[Milestone]:
    """Reports that wait for a confirmation, the oldest first; the speaker's own left out."""
    if not turn.office.rules.approval.confirm_done:
        return []
    found = milestones.search(turn.session, *conditions, Milestone.state == MilestoneState.REPORTED)
    return sorted(
        (one for one in found if one.reported_at is not None and _may_confirm(turn, one)),
        key=lambda one: (one.reported_at or turn.now, one.id),
    )


def line(turn: Turn, milestone: Milestone) -> Html:
    at = milestone.reported_at
    waited = (turn.today - turn.office.rules.calendar.local_date(at)).days if at else 0
    return render.text("completion_line", milestone=milestone, waited=waited, today=turn.today)
