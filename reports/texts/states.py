"""What stored codes are called, in whatever room they are said; the words lie in
`<language>/states.toml`, a table a kind of code, and are those of the language that is spoken when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from reports import texts
from reports.texts.speaking import speaking
from store.outcomes import Outcome
from store.states import (
    Adding,
    AdjustmentDecision,
    AdjustmentStep,
    AdjustmentType,
    DelayReason,
    Direction,
    Gate,
    IndicatorKind,
    IndicatorPeriod,
    ItemKind,
    ItemStage,
    Judgement,
    MeetingKind,
    MilestoneState,
    PledgeStatus,
    RoleName,
)

T_Code = TypeVar("T_Code", bound=StrEnum)


class CodeWords(Mapping[T_Code, str], Generic[T_Code]):
    """What each code of the kind is called."""

    def __init__(self, kind: type[T_Code]) -> None:
        self._kind = kind
        self._key = f"states.{kind.__name__}"

    def __getitem__(self, code: T_Code) -> str:
        return texts.words(self._key)[code]

    def __iter__(self) -> Iterator[T_Code]:
        return iter(self._kind)

    def __len__(self) -> int:
        return len(self._kind)

    def kept(self, code: T_Code) -> str:
        """The word as it is stored where words are: in the organisation's language, whoever says it."""
        with speaking(None):
            return self[code]

    def read(self, text: str) -> tuple[T_Code | None, str]:
        """The code whose word begins the text, in whatever language, and what follows it; None where none does."""
        said = text.strip().casefold()
        for word, code in sorted(self.codes().items(), key=lambda one: -len(one[0])):
            if said == word.casefold() or said.startswith(f"{word.casefold()} "):
                return code, text.strip()[len(word) :].strip()
        return None, text

    def codes(self) -> dict[str, T_Code]:
        """The code of each word, in whatever language it is said."""
        return {word: self._kind(code) for word, code in texts.CATALOGUE.codes(self._key).items()}


def as_planned() -> str:
    """As it is stored."""
    with speaking(None):
        return texts.line("states.as-planned")


REASON_WORDS = CodeWords(DelayReason)
GATE_WORDS = CodeWords(Gate)
ADJUSTMENT_TYPE_WORDS = CodeWords(AdjustmentType)
ADJUSTMENT_STEP_WORDS = CodeWords(AdjustmentStep)
ADJUSTMENT_DECISION_WORDS = CodeWords(AdjustmentDecision)
STATE_WORDS = CodeWords(MilestoneState)
ROLE_WORDS = CodeWords(RoleName)
PLEDGE_WORDS = CodeWords(PledgeStatus)
ITEM_KIND_WORDS = CodeWords(ItemKind)
ITEM_STAGE_WORDS = CodeWords(ItemStage)
OUTCOME_WORDS = CodeWords(Outcome)
MEETING_KIND_WORDS = CodeWords(MeetingKind)
INDICATOR_KIND_WORDS = CodeWords(IndicatorKind)
INDICATOR_PERIOD_WORDS = CodeWords(IndicatorPeriod)
ADDING_WORDS = CodeWords(Adding)
DIRECTION_WORDS = CodeWords(Direction)
JUDGEMENT_WORDS = CodeWords(Judgement)


def outcome_word(code: str) -> str:
    """What an outcome of an item is called; one of the settings is called as it stands there."""
    return OUTCOME_WORDS[Outcome(code)] if code in set(Outcome) else code
