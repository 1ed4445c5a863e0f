"""What a text is read as: the result that chat, command line and tests share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from plans.time.days import Shift


class Intent(StrEnum):
    """What somebody wants with a text; a command that is not among them gives its own name."""

    DONE = "done"
    DELAY = "delay"
    PROGRESS = "progress"
    NOTE = "note"
    UNDO = "undo"
    AWAY = "away"
    HANDOVER = "handover"
    STATUS = "status"
    MY = "my"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    HELP = "help"
    ASK = "ask"  # something is meant that must be asked back
    NONE = "none"  # nothing is asked of the bot


CHANGING: Final = frozenset({Intent.DONE, Intent.DELAY, Intent.PROGRESS, Intent.NOTE})
"""What is done to items."""


class Certainty(StrEnum):
    """What follows from a reading."""

    ACT = "done at once"
    CARD = "shown with its slots and done after a tap"
    ASK = "asked back"


@dataclass(frozen=True)
class Understood:
    """The reading of a text; what was read is kept where it is unsure, too.

    `day`: of a completion, a new due day, the first day of an absence; of a delay either `day` or `shift` (from the
    milestone's own due day). `words`: the reason or note, whole; `document`: what stands behind 문서번호. `question`: what is doubtful, with `choices` of days.
    `parts`: several acts of one text, which is their card. `arguments`: what stands behind a command's name, as typed.
    """

    intent: str
    ids: tuple[int, ...] = ()
    day: datetime.date | None = None
    shift: Shift | None = None
    percent: int | None = None
    words: str | None = None
    document: str | None = None
    certainty: Certainty = Certainty.CARD
    question: str | None = None
    choices: tuple[datetime.date, ...] = ()
    until: datetime.date | None = None
    basis: str | None = None
    parts: tuple[Understood, ...] = ()
    arguments: str = ""

    @property
    def acts(self) -> bool:
        return self.certainty is Certainty.ACT

    def as_json(self) -> dict[str, object]:
        """The reading as the contract has it."""
        is_reason = self.intent == Intent.DELAY
        return {
            "intent": str(self.intent),
            "ids": list(self.ids),
            "date": self.day.isoformat() if self.day else None,
            "shift": {"days": self.shift.days, "months": self.shift.months} if self.shift else None,
            "percent": self.percent,
            "note": None if is_reason else self.words,
            "reason": self.words if is_reason else None,
            "question": None if self.acts else self.question or ASKS.get(self.intent),
            "acts": self.acts,
        }


ASKS: Final[dict[str, str]] = {
    Intent.DONE: "완료로 등록할까요?",
    Intent.DELAY: "기한을 연기할까요?",
    Intent.PROGRESS: "진행률을 적을까요?",
    Intent.NOTE: "메모로 남길까요?",
    Intent.UNDO: "직전 등록을 되돌릴까요?",
    Intent.AWAY: "부재로 등록할까요?",
    Intent.HANDOVER: "담당자 변경을 알릴까요?",
    Intent.ASK: "무엇을 하시려는지 알려 주십시오.",
}
"""What the card of an intent asks."""


def asking(question: str, ids: tuple[int, ...] = (), choices: tuple[datetime.date, ...] = ()) -> Understood:
    """Something is meant, and must be asked back."""
    return Understood(Intent.ASK, ids, question=question, choices=choices, certainty=Certainty.ASK)
