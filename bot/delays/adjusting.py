"""공약조정: a wish that changes the promise itself is opened for the planning office and changes nothing by itself."""

from __future__ import annotations

from datetime import date

from bot.chat.arguments import UsageError
from bot.chat.line import undo_keyboard
from bot.chat.turn import Turn
from bot.texts import render
from store import adjustments, milestones, officers
from store.models import Adjustment, Milestone, Task
from store.states import AdjustmentStep, AdjustmentType, RoleName
from store.words import ADJUSTMENT_TYPE_WORDS

OPENED = "adjustment-opened"


def open_for_period(turn: Turn, milestone: Milestone, day: date, reason: str, last_year: int) -> None:
    """A wish past the plan's year: no delay, whoever asks and however short."""
    why = f"{render.long_day(day)}은 계획 연도({last_year}년)를 넘어 연기가 아닌 공약조정 대상입니다."
    open_adjustment(turn, milestone.task, milestone, AdjustmentType.PERIOD, reason, why=why, wished=day)


def open_adjustment(
    turn: Turn,
    task: Task,
    milestone: Milestone | None,
    kind: AdjustmentType,
    reason: str,
    *,
    why: str = "",
    wished: date | None = None,
) -> None:
    """Open it once for a milestone, or with None for the task as a whole, and tell who runs it.

    Raises UsageError where one of the kind is on its way.
    """
    number = milestone.id if milestone is not None else task.id
    known = adjustments.on_its_way(turn.session, task, milestone, kind)
    if known is not None:
        raise UsageError(
            f"{why} #{number}번의 {ADJUSTMENT_TYPE_WORDS[kind]} 조정은 이미 조정 #{known.id}번으로"
            " 올라가 있습니다. 기획실과 협의해 주시기 바랍니다. 바뀐 것은 없습니다.".strip(),
            ends_dialogue=True,
        )
    made = adjustments.open_one(
        turn.session, task, milestone, kind, reason, turn.actor.officer.id, turn.now, wished_due_on=wished
    )
    entry = turn.deed.record(
        OPENED,
        milestones.subject(milestone.id) if milestone is not None else f"task:{task.id}",
        after={"adjustment": made.id, "type": kind.value, "wished_due_on": wished},
        revision=milestone.revision if milestone is not None else None,
        reason=reason,
    )
    turn.answer(
        "adjustment_opened",
        undo_keyboard([entry] if milestone is not None else []),
        **_facts(made),
        why=why,
        minutes=turn.office.links.undo_minutes,
    )
    for planner in officers.holders(turn.session, RoleName.PLANNER, turn.today):
        if planner.id != turn.actor.officer.id:
            turn.tell(planner.id, OPENED, "adjustment_notice", **_facts(made), opener=turn.actor.officer)


def _facts(made: Adjustment) -> dict[str, object]:
    return {
        "adjustment": made,
        "about": made.milestone or made.task,
        "can_undo": made.milestone is not None,
        "task": made.task,
        "kind": ADJUSTMENT_TYPE_WORDS[made.type],
    }


def withdraw(turn: Turn, number: int) -> str:
    """철회 by undo; what it was, in words. Raises UsageError where the planning office has taken it up."""
    made = turn.session.get_one(Adjustment, number)
    if made.step is not AdjustmentStep.PROPOSED:
        raise UsageError(f"조정 #{number}번은 기획실에서 이미 검토하고 있어 되돌릴 수 없습니다.")
    made.step = AdjustmentStep.WITHDRAWN
    return f"{ADJUSTMENT_TYPE_WORDS[made.type]} 조정 #{number}번"
