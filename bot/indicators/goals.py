"""A changed target in chat (/adjust 지표 7 …): proposed by whoever answers for it, in force once the planning office decides."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.chat.turn import RefusedError, Turn, UsageError, note
from bot.indicators import shown, vocabulary, whose, worded
from bot.indicators.worded import refusals
from bot.texts.render import label, say
from jobs.indicators import steps
from jobs.milestones.adjustment import Opened
from store import indicators
from store.deliveries import Html
from store.indicators import Rows, Target
from store.models import Adjustment, Indicator


def is_meant(text: str) -> bool:
    """Whether the words are about an indicator, not about a task."""
    return vocabulary.INDICATOR.match(text.strip()) is not None


def propose(turn: Turn, text: str) -> tuple[Opened, Html] | None:
    """지표 번호 [기간] 새 목표 사유: what was opened, with old -> new in words. Of a department's own indicator the planning
    office's word is enough: it is told at once, and nothing is opened (None)."""
    named = vocabulary.NUMBERED.match(vocabulary.INDICATOR.sub("", text.strip(), count=1))
    if named is None:
        raise UsageError(say("indicators.which"), example=label("indicators.example-adjust"))
    number, rest = int(named["number"]), named["rest"] or ""
    of = whose.indicator_of(turn, number)
    _ensure_may(turn, of)
    period, behind = worded.target_period(rest, turn.today)
    amount, _, said = behind.partition(" ")
    reason = note(said)
    if not amount or reason is None:
        raise UsageError(say("indicators.no-target-or-reason"), example=label("indicators.example-adjust"))
    year, month = period or (turn.today.year, None)
    with refusals():
        made, opened = steps.adjust(
            turn.deed, number, worded.target_of(of.kind, amount, of.unit), year, reason, month
        )
    if opened is None:
        turn.say(shown.message(turn, whose.indicator_of(turn, number), say("indicators.target-changed")))
        return None
    rows = indicators.rows_of(turn.session, whose.indicator_of(turn, number))
    found = next(one for one in rows.proposed if one.adjustment_id == made.adjustment_id)
    return opened, _change(rows, found)


def _ensure_may(turn: Turn, of: Indicator) -> None:
    """Its officers propose a task's; what needs nobody else's word is the planning office's alone."""
    if of.task_id is None and not whose.is_planner(turn):
        raise RefusedError(say("indicators.target-of-office", number=of.id))
    if not whose.may_enter(turn, of):
        raise RefusedError(say("indicators.not-yours", number=of.id))


def changes_of(session: Session, made: Adjustment) -> list[Html]:
    """What the adjustment makes of targets, old -> new; of one that was refused nothing."""
    found = []
    for one in indicators.of_adjustment(session, made.id):
        rows = indicators.rows_of(session, one)
        mine = [each for each in (*rows.proposed, *rows.targets) if each.adjustment_id == made.id]
        found += [_change(rows, each) for each in mine]
    return found


def _change(rows: Rows, target: Target) -> Html:
    before = [one for one in rows.targets if (one.year, one.month) == (target.year, target.month)]
    if target in before:
        before = before[: before.index(target)]
    one = rows.indicator
    return say(
        "indicators.change",
        number=one.id,
        name=worded.name_of(one),
        year=target.year,
        month=target.month,
        before=_told(before[-1], one) if before else None,
        now=_told(target, one),
    )


def _told(target: Target, one: Indicator) -> str:
    return worded.told(worded.count_of(target), one.unit)
