"""/note ID TEXT and /progress ID PERCENT [note]: remarks on an open milestone.

A note on a late one is its reason as well, on what goes on all year its news; a percentage is shown, never part of a rate.
"""

from bot.chat.command import Command, misused
from bot.chat.line import standing
from bot.chat.turn import Turn, UsageError, ensure_words, note
from bot.digest import yearround
from bot.speech.reading import Intent, Understood
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.milestones import changes, hold
from store.models import Milestone
from store.states import MilestoneState


def open_milestone(turn: Turn, number: int, action: Action = Action.CHANGE) -> Milestone:
    """The milestone, still to be done. Raises UsageError where it is not, or not for the speaker."""
    milestone = turn.milestone(number, action)
    if milestone.state is not MilestoneState.PLANNED:
        now = standing(milestone, turn.today)
        raise UsageError(say("standing.settled", number=number, state=now))
    return milestone


def remark(turn: Turn, milestone: Milestone, action: str, values: dict[str, object]) -> None:
    """Write it down and answer; words about something late are the reason for it as well."""
    words = values.get("note")
    is_late = milestone.due_on is not None and milestone.due_on < turn.today
    if action == "note" and isinstance(words, str) and is_late:
        values = values | hold.explained(milestone, words)
    was_progress, was_note = milestone.progress, milestone.note
    entry = changes.remark(turn.deed_for(milestone), milestone, action, values)
    turn.registered(
        "remarked",
        entry,
        milestone=milestone,
        was_progress=was_progress,
        was_note=was_note,
        has_progress="progress" in values,
        has_note="note" in values,
        is_reason="explained_due_on" in values,
    )


def act(turn: Turn, found: Understood) -> None:
    """A note or a percentage on each that is named; what goes on all year takes a note as well."""
    is_note = found.intent == Intent.NOTE
    chosen = [
        None if is_note and yearround.find(turn, one) is not None else open_milestone(turn, one)
        for one in found.ids
    ]
    if is_note:
        ensure_words("note")
    words = note(found.words or "", is_optional=True)
    if is_note and words is None:
        raise misused("standing.no-note", "note")
    values: dict[str, object] = {} if words is None else {"note": words}
    if found.percent is not None:
        values["progress"] = found.percent
    for number, milestone in zip(found.ids, chosen, strict=True):
        if milestone is None:
            yearround.tell(turn, number, words or "")
        else:
            remark(turn, milestone, str(found.intent), values)


NOTE = Command(
    name="note",
    action=Action.CHANGE,
    on_milestone=frozenset({"note"}),
    buttons={
        yearround.AS_PLANNED: yearround.press_as_planned,
        yearround.IN_WORDS: yearround.press_in_words,
        yearround.ONCE: yearround.press_once,
        yearround.LESS: yearround.press_less,
    },
    dialogues={yearround.DIALOGUE: yearround.carry_on},
)
PROGRESS = Command(
    name="progress",
    action=Action.CHANGE,
    on_milestone=frozenset({"progress"}),
)
