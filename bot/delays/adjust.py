"""/adjust ID TYPE reason: a change of goal, budget or content is opened as an adjustment (공약조정)."""

from collections.abc import Mapping
from typing import Any

from bot.chat.command import Command, example_of, misused
from bot.chat.turn import Turn, UsageError, note, one_number
from bot.indicators import goals
from bot.texts.render import say
from jobs.authority.permissions import Action, may_task
from jobs.milestones import adjustment
from jobs.milestones.adjustment import AdjustmentError, Opened
from reports.texts.states import ADJUSTMENT_STEP_WORDS, ADJUSTMENT_TYPE_WORDS
from store.deliveries import Html
from store.models import Milestone, Task
from store.states import AdjustmentType

SHORT = {
    "예산": AdjustmentType.BUDGET,
    "연도": AdjustmentType.PERIOD,
    "폐기": AdjustmentType.EXCLUDE,
}


def adjust(turn: Turn, text: str) -> None:
    if goals.is_meant(text):
        proposed = goals.propose(turn, text)
        if proposed is not None:
            say_opened(turn, *proposed)
        return
    number, rest = one_number(text, say("delays.adjustment.no-item"), example_of("adjust"))
    task, milestone = _target(turn, number)
    word, _, behind = rest.partition(" ")
    kind, rest = (SHORT[word], behind) if word in SHORT else ADJUSTMENT_TYPE_WORDS.read(rest)
    if kind is None:
        listed = list(ADJUSTMENT_TYPE_WORDS.values())
        raise misused("delays.adjustment.no-kind", "adjust", choices=listed)
    reason = note(rest)
    if reason is None:
        raise misused("delays.adjustment.no-reason", "adjust")
    try:
        opened = adjustment.open_one(turn.deed, task, milestone, kind, reason)
    except AdjustmentError as error:
        raise UsageError(refusal(error), ends_dialogue=True) from error
    say_opened(turn, opened)


def refusal(error: AdjustmentError) -> Html:
    """Why the step cannot be taken."""
    named: dict[str, Mapping[Any, str]] = {
        "kind": ADJUSTMENT_TYPE_WORDS,
        "step": ADJUSTMENT_STEP_WORDS,
        "current": ADJUSTMENT_STEP_WORDS,
    }
    facts = {key: named[key][one] if key in named else one for key, one in error.facts.items()}
    return say(f"delays.adjustment.refused.{error.code}", **facts)


def say_opened(turn: Turn, opened: Opened, why: str = "") -> None:
    """Answer, and tell who runs it. `why`: what made an adjustment of it."""
    made = opened.adjustment
    facts: dict[str, object] = {
        "adjustment": made,
        "about": made.milestone or made.task,
        "can_undo": made.milestone is not None,
        "task": made.task,
    }
    kind = ADJUSTMENT_TYPE_WORDS
    rows = turn.undo_rows([opened.entry] if made.milestone is not None else [])
    turn.answer("adjustment_opened", rows, **facts, kind=kind[made.type], why=why)
    changes = goals.changes_of(turn.session, made)
    told = facts | {"kind": lambda: kind[made.type], "opener": turn.actor.officer, "changes": changes}
    turn.tell_planners(opened.entry.action, "adjustment_notice", **told)


def _target(turn: Turn, number: int) -> tuple[Task, Milestone | None]:
    """The milestone of the number with its task, or the task itself: a promise may have no milestone."""
    task = turn.session.get(Task, number)
    if task is not None and may_task(turn.session, turn.actor, Action.CHANGE, number, turn.today):
        return task, None
    milestone = turn.milestone(number, Action.CHANGE)
    return milestone.task, milestone


COMMAND = Command(
    name="adjust",
    effect=adjust,
    action=Action.CHANGE,
    on_milestone=frozenset({"adjust"}),
)
