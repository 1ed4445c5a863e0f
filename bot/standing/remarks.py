"""What /note and /progress share: the open milestone they are about, the remark, the answer."""

from __future__ import annotations

from bot.chat import stale
from bot.chat.arguments import UsageError
from bot.chat.line import undo_keyboard
from bot.chat.turn import Turn
from jobs.authority.access import Action
from jobs.milestones import changes, hold
from store.models import Milestone
from store.states import MilestoneState


def open_milestone(turn: Turn, number: int, action: Action = Action.CHANGE) -> Milestone:
    """The milestone, still to be done. Raises UsageError where it is not, or not for the speaker."""
    milestone = turn.milestone(number, action)
    if milestone.state is not MilestoneState.PLANNED:
        standing = stale.standing(milestone, turn.today)
        raise UsageError(f"#{number}번은 이미 처리되어 있습니다({standing}). 바뀐 것은 없습니다.")
    return milestone


def remark(turn: Turn, milestone: Milestone, action: str, values: dict[str, object]) -> None:
    """Write it down and answer; words about something late are the reason for it as well."""
    words = values.get("note")
    is_late = milestone.due_on is not None and milestone.due_on < turn.today
    if action == "note" and isinstance(words, str) and is_late:
        values = values | hold.explained(milestone, words)
    was_progress, was_note = milestone.progress, milestone.note
    entry = changes.remark(turn.deed_for(milestone), milestone, action, values)
    turn.answer(
        "remarked",
        undo_keyboard([entry]),
        milestone=milestone,
        was_progress=was_progress,
        was_note=was_note,
        has_progress="progress" in values,
        has_note="note" in values,
        is_reason="explained_due_on" in values,
        minutes=turn.office.links.undo_minutes,
    )
