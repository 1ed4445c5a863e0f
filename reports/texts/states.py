"""What stored codes are called, in whatever room they are said; the words lie in `ko/states.toml`, a table a kind of code."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from reports import texts
from store.states import (
    AdjustmentDecision,
    AdjustmentStep,
    AdjustmentType,
    DelayReason,
    Gate,
    MilestoneState,
    PledgeStatus,
    RoleName,
)

T_Code = TypeVar("T_Code", bound=StrEnum)


def words_of(kind: type[T_Code]) -> dict[T_Code, str]:
    """What each code of the kind is called."""
    told = texts.words(f"states.{kind.__name__}")
    return {one: told[one] for one in kind}


AS_PLANNED = texts.line("states.as-planned")
REASON_WORDS = words_of(DelayReason)
GATE_WORDS = words_of(Gate)
ADJUSTMENT_TYPE_WORDS = words_of(AdjustmentType)
ADJUSTMENT_STEP_WORDS = words_of(AdjustmentStep)
ADJUSTMENT_DECISION_WORDS = words_of(AdjustmentDecision)
STATE_WORDS = words_of(MilestoneState)
ROLE_WORDS = words_of(RoleName)
PLEDGE_WORDS = words_of(PledgeStatus)
