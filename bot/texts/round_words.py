"""What a round of the quarterly self-check refuses, and what its states are called."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.render import say, words
from jobs.rounds.lifecycle import RoundError
from store.deliveries import Html
from store.states import EntryState, RoundState


def states() -> Mapping[str, str]:
    """What the states of a round are called, in their order."""
    return words("rounds.state")


def entry_states() -> Mapping[str, str]:
    """The same of the states of an entry."""
    return words("rounds.entry-state")


def refusal(error: RoundError) -> Html:
    """The sentence of a step that cannot be taken."""
    return say(f"rounds.refusal.{error.code}", **{name: _worded(one) for name, one in error.facts.items()})


def _worded(fact: object) -> object:
    if isinstance(fact, RoundState):
        return states()[fact]
    if isinstance(fact, EntryState):
        return entry_states()[fact]
    return "·".join(str(_worded(one)) for one in fact) if isinstance(fact, tuple) else fact
