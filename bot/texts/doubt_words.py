"""Why a text or a day in it is asked back, in words: the sentences of `bot/texts/ko/speech/`."""

from __future__ import annotations

from bot.texts.render import label
from plans.time.typed.meanings import Doubt


def told(one: Doubt) -> str:
    """The sentence of a doubt, with that of another one in it."""
    facts = {name: told(fact) if isinstance(fact, Doubt) else fact for name, fact in one.facts.items()}
    return label(f"speech.doubt.{one.code}", **facts)


def question(one: Doubt | None) -> str | None:
    """The same of a reading that may have none."""
    return told(one) if one is not None else None
