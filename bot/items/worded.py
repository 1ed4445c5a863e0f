"""What the rules of an item refuse, what its kinds and outcomes are called, and how such words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.chat.turn import UsageError
from bot.texts import plan_words
from bot.texts.render import say
from jobs.items.rules import outcomes
from jobs.items.sheet import Words
from jobs.items.steps import ItemError
from jobs.settings import ItemSettings
from plans.errors import PlanError
from reports.texts.states import ITEM_KIND_WORDS, ITEM_STAGE_WORDS, OUTCOME_WORDS, outcome_word
from store.deliveries import Html
from store.officers import alike
from store.states import ItemKind, ItemStage


@contextmanager
def refusals() -> Iterator[None]:
    """What the rules of an item refuse, or a sheet that cannot be read, is told to whoever asked."""
    try:
        yield
    except ItemError as error:
        raise UsageError(refusal(error)) from error
    except PlanError as error:
        raise UsageError(plan_words.refusal(error)) from error


def refusal(error: ItemError) -> Html:
    """The sentence of a step that cannot be taken."""
    facts = dict(error.facts)
    if isinstance(state := facts.get("state"), ItemStage):
        facts["state"] = ITEM_STAGE_WORDS[state]
    if isinstance(choices := facts.get("choices"), list):
        facts["choices"] = [outcome_word(one) for one in choices]
    return say(f"items.refusal.{error.code}", **facts)


def kind_of(text: str) -> ItemKind | None:
    """The kind of that name or code, in whatever language."""
    return _kinds().get(alike(text))


def outcome_of(text: str, settings: ItemSettings) -> str | None:
    """The outcome of that name or code, in whatever language."""
    return _outcomes(settings).get(alike(text))


def outcome_before(text: str, settings: ItemSettings) -> tuple[str | None, str]:
    """The outcome with whose name the text begins, and what follows."""
    words = text.split()
    for count in range(min(len(words), 4), 0, -1):
        if (found := outcome_of(" ".join(words[:count]), settings)) is not None:
            return found, " ".join(words[count:])
    return None, text


def kind_before(text: str) -> tuple[ItemKind | None, str]:
    """The same of a kind."""
    words = text.split()
    for count in range(min(len(words), 2), 0, -1):
        if (found := kind_of(" ".join(words[:count]))) is not None:
            return found, text.split(maxsplit=count)[count] if len(words) > count else ""
    return None, text


def sheet_words(settings: ItemSettings, kind: ItemKind) -> Words:
    """What a sheet may say; `kind`: of rows that name none."""
    return Words(_kinds(), _outcomes(settings), kind)


def outcome_words(settings: ItemSettings) -> list[str]:
    """What an item may end with, as it is offered."""
    return [outcome_word(one) for one in outcomes(settings)]


def kind_words() -> Sequence[str]:
    return list(ITEM_KIND_WORDS.values())


def _kinds() -> dict[str, ItemKind]:
    return {alike(one.value): one for one in ItemKind} | {
        alike(word): code for word, code in ITEM_KIND_WORDS.codes().items()
    }


def _outcomes(settings: ItemSettings) -> dict[str, str]:
    known = {alike(word): str(code) for word, code in OUTCOME_WORDS.codes().items()}
    return known | {alike(one): one for one in outcomes(settings)}
