"""What a text is read as: the result that chat, command line and tests share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.speech.days import Shift
from bot.speech.lexicon import Intent


@dataclass(frozen=True)
class Understood:
    """The reading of a text. `question` is what would be asked back, None when sure; `choices` are days to offer for
    it. For a delay either `date` or `shift` (from the milestone's own due day) is known, or the question asks."""

    intent: Intent
    ids: tuple[int, ...] = ()
    date: datetime.date | None = None
    shift: Shift | None = None
    percent: int | None = None
    note: str | None = None
    reason: str | None = None
    question: str | None = None
    choices: tuple[datetime.date, ...] = ()
    until: datetime.date | None = None  # the last day of an absence
    basis: str | None = None  # how the day was counted, for the answer: "오늘부터 2주 뒤"

    def as_json(self) -> dict[str, object]:
        """The reading as the contract has it."""
        return {
            "intent": self.intent.value,
            "ids": list(self.ids),
            "date": self.date.isoformat() if self.date else None,
            "shift": {"days": self.shift.days, "months": self.shift.months} if self.shift else None,
            "percent": self.percent,
            "note": self.note,
            "reason": self.reason,
            "question": self.question,
        }


def asking(question: str, ids: tuple[int, ...] = (), choices: tuple[datetime.date, ...] = ()) -> Understood:
    """Something is meant, and must be asked back."""
    return Understood(Intent.ASK, ids, question=question, choices=choices)
