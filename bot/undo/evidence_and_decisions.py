"""Undo of what stands beside a milestone: evidence, adjustments, decisions; and who has to hear of it."""

from bot.chat.deciders import tell_result
from bot.chat.turn import Turn, UsageError, Words
from bot.completion import confirm, reopen
from bot.delays.adjust import refusal
from bot.delays.request import result_to, update_requests
from bot.privacy import guard
from bot.texts.render import label, say
from jobs.milestones import adjustment, reopening
from jobs.milestones.adjustment import AdjustmentError
from reports.texts.hidden_titles import shown_title
from reports.texts.states import ADJUSTMENT_TYPE_WORDS
from store import audit, requests
from store.deliveries import Html
from store.models import AuditEntry, DelayRequest, Evidence, Milestone
from store.states import DelayState


def step(turn: Turn, entry: AuditEntry, milestone: Milestone) -> tuple[str, str]:
    """Take back what left the milestone as it was; gives from what to what it went."""
    if entry.action == "evidence":
        turn.session.get_one(Evidence, entry.after["evidence"]).removed_at = turn.now
        said = (label("undo.went.evidence"), label("undo.went.no-evidence"))
    elif entry.action == "adjustment-opened":
        said = (_withdraw_adjustment(turn, entry.after["adjustment"]), label("undo.went.withdrawn"))
    else:
        request = requests.get(turn.session, entry.after["request"])
        assert request is not None
        _reopen(turn, request)
        said = (label("undo.went.rejected"), label("undo.went.waiting"))
    turn.deed.record(
        "undo",
        entry.subject,
        before=entry.after,
        revision=milestone.revision,
        undoes_id=entry.id,
    )
    return said


def _withdraw_adjustment(turn: Turn, number: int) -> str:
    """What it was, in words."""
    try:
        made = adjustment.withdraw(turn.session, number)
    except AdjustmentError as error:
        raise UsageError(refusal(error)) from error
    return label("undo.went.adjustment", kind=ADJUSTMENT_TYPE_WORDS[made.type], number=number)


def tell(turn: Turn, entry: AuditEntry, milestone: Milestone) -> None:
    """After an entry of the milestone itself was put back: requests wait again, who was told is told."""
    if entry.action == "delay-approved":
        applied = [one for one in milestone.delays if one.state is DelayState.APPLIED and one.level]
        _reopen(turn, applied[-1])
    elif entry.action == "reported":
        by = guard.named(turn.actor.officer)
        _after_report(turn, entry, milestone, lambda: say("undo.report", by=by))
    elif entry.action == "report-withdrawn":
        since = milestone.reported_at or entry.at
        confirm.update(turn, milestone, since, None)
    elif entry.action in {"confirmed", "sent-back"}:
        _after_report(turn, entry, milestone, None)
    elif entry.action == reopening.ASKED:
        asked_at = audit.instant(entry.after["reopen_at"]) or entry.at
        by = guard.named(turn.actor.officer)
        reopen.update(turn, milestone, asked_at, lambda: say("undo.wish", by=by))
    elif entry.action in {"reopened", "reopen-declined"}:
        _after_reopening(turn, milestone)


def _reopen(turn: Turn, request: DelayRequest) -> None:
    """Raises UsageError where a newer request waits already."""
    if requests.pending(turn.session, request.milestone_id) is not None or not requests.reopen(
        turn.session, request
    ):
        raise UsageError(say("undo.newer-request", number=request.milestone_id))
    update_requests(turn, request)
    result_to(turn, request, lambda: say("undo.decision", by=guard.named(turn.actor.officer)))


def _after_reopening(turn: Turn, milestone: Milestone) -> None:
    """The wish waits again where there was one; whoever asked or answers for it hears of it."""
    wish = reopening.asked(turn.session, milestone) if reopening.is_asked(milestone) else None
    if milestone.reopen_at is not None:
        reopen.update(turn, milestone, milestone.reopen_at, None)
    by, asker = guard.named(turn.actor.officer), wish.actor_id if wish else None

    def said() -> Html:
        return say("undo.decision", by=by) if wish else say("undo.reopening", by=by)

    tell_result(turn, milestone, asker, reopen.RESULT, said)


def _after_report(turn: Turn, entry: AuditEntry, milestone: Milestone, outcome: Words | None) -> None:
    """The approvers' messages about the report show how it stands; an approver's undo is told to the reporter."""
    reported_at = milestone.reported_at or audit.instant(entry.after.get("reported_at")) or entry.at
    confirm.update(turn, milestone, reported_at, outcome)
    if outcome is None and milestone.reported_by_id not in {None, turn.actor.officer.id}:
        assert milestone.reported_by_id is not None
        turn.tell(
            milestone.reported_by_id,
            "completion-result",
            "approval_result",
            title=lambda: f"#{milestone.id} {shown_title(milestone)}",
            said=lambda: say("undo.decision", by=guard.named(turn.actor.officer)),
            lines=[],
        )
