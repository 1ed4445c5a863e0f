"""What the words of somebody known mean, and what follows: a command, an answer to what was asked, a card.

To an open question a day answers for a day and a sentence for a reason; 네 and 아니요 answer a card.
"""

from collections.abc import Callable, Sequence
from typing import Final

from bot.chat import line
from bot.chat.command import Command
from bot.chat.turn import SAMPLE_NUMBER, RefusedError, Turn, UnseenError, UsageError
from bot.delays import command
from bot.delays.request import CATCH_UP
from bot.privacy import guard
from bot.routing import proposal
from bot.routing.registry import BY_INTENT, BY_NAME, DIALOGUES
from bot.speech.answers import (
    is_cancelling,
    is_greeting,
    is_number,
    is_small_talk,
    yes_or_no,
)
from bot.speech.dates import read
from bot.speech.reading import CHANGING, NOTE_MOST, Certainty
from bot.speech.understand import INTENTS, Intent, Understood, is_pleasantry, understand
from bot.texts import doubt_words
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, has, may
from plans.text.characters import clean
from store import cards, deliveries, milestones
from store.deliveries import Html
from store.models import Dialogue, Milestone
from store.states import DeliveryKind, MilestoneState

MOST_SHOWN = 3  # items with their buttons under an answer to words that name no act
DATE, WORDS, ANYTHING = "a day or a length", "a sentence", "whatever is typed"
WANTED: Final = {
    (command.DIALOGUE, "date"): DATE,
    (command.DIALOGUE, "day"): DATE,
    (command.DIALOGUE, "fix"): DATE,
    (command.DIALOGUE, "reason"): WORDS,
    (proposal.DIALOGUE, proposal.ANSWERS_DAY): DATE,
    (proposal.DIALOGUE, proposal.ANSWERS_SPAN): DATE,
    (CATCH_UP, "words"): WORDS,
}
"""What each question takes; one that is not named takes whatever is not surely about something else."""
STEPS: Final = {DATE: "-day", WORDS: "-reason"}
_FOR: Final[dict[Action | None, str]] = {
    **dict.fromkeys((Action.OVERVIEW, Action.REPORT, Action.UNREACHED), "managers"),
    **dict.fromkeys((Action.DECIDE, Action.NUDGE), "superiors"),
    Action.AUDIT: "auditors",
}
"""Whom a command is for; where it is not named, the planning office."""


def guarded(turn: Turn, effect: Callable[[], None]) -> None:
    """The effect, or where the person asked for what cannot be done, the reason and no change at all."""
    try:
        with turn.session.begin_nested():
            effect()
    except UsageError as error:
        is_dropped, _ = guard.take_unkept()
        if is_dropped:
            turn.answer("words_not_kept", was_done=False)
            return
        if error.ends_dialogue:
            turn.forget_asked()
        example = error.example and error.example.replace(SAMPLE_NUMBER, turn.sample_number())
        answer = turn.refuse if isinstance(error, RefusedError) else turn.answer
        answer("usage", reason=error.reason, example=example)
        return
    is_dropped, is_left_out = guard.take_unkept()
    if is_dropped:
        turn.answer("words_not_kept", was_done=True)
    elif is_left_out:
        turn.answer("words_left_out", count=NOTE_MOST)


def speak(turn: Turn, text: str) -> None:
    """What somebody known wrote: an answer to what was asked or shown, a command, or plain words."""
    asked = turn.asked
    if _is_settled(turn, asked, text):
        return
    found = understand(text, turn.today, turn.office.rules.calendar)
    if asked is not None and fits(turn, asked, text, found):
        guarded(turn, lambda: DIALOGUES[asked.kind](turn, asked, text))
        return
    if asked is not None and is_small_talk(text):
        turn.answer("still_waiting", what=named(asked))
        return
    if (
        found.intent is Intent.ASK
        and found.ids
        and is_number(text)
        and (card := proposal.lacking(turn)) is not None
    ):
        guarded(turn, lambda: proposal.pick(turn, card, found.ids[0]))
        return
    carry_out(turn, found, text)
    if asked is not None and turn.asked is asked:
        turn.answer("still_waiting", what=named(asked))


def _is_settled(turn: Turn, asked: Dialogue | None, text: str) -> bool:
    """A word of yes, no or 취소 that belongs to what was asked, else to the newest card."""
    if asked is not None:
        if is_cancelling(text):
            turn.forget_asked()
            turn.answer("cancelled", was_asked=True, keeps_request=asked.kind == CATCH_UP)
        return is_cancelling(text)
    said = yes_or_no(text)
    if said is None:
        return False
    card = cards.newest(turn.session, turn.actor.officer.id, turn.actor.link.chat_id, turn.topic_id)
    if card is None or not card.is_open:
        return False
    if not said:
        guarded(turn, lambda: proposal.say_no(turn, card))
    elif turn.now - card.drawn_at > proposal.ANSWERED_WITHIN:
        guarded(turn, lambda: proposal.show_again(turn, card))
    else:
        guarded(turn, lambda: proposal.say_yes(turn, card))
    return True


def carry_out(turn: Turn, found: Understood, text: str) -> None:
    """What was read in the text: done at once, shown as a card, or answered."""
    is_card = found.certainty is Certainty.CARD or found.intent in CHANGING
    if found.intent in proposal.ACTS and is_card:
        _propose(turn, found, text)
    elif found.intent in BY_INTENT:
        _command(
            turn,
            _for_speaker(turn, found.intent, text),
            found.arguments if found.certainty is not Certainty.CARD else "",
        )
    elif found.intent == Intent.ASK and (found.ids or items_answered(turn)):
        _show_items(turn, found, text)
    else:
        _not_understood(turn, found, text)


def _propose(turn: Turn, found: Understood, text: str) -> None:
    replied = items_answered(turn) if not found.ids else []
    is_asked = found.certainty is Certainty.ASK and found.intent == Intent.DELAY and bool(found.ids)
    if found.acts or is_asked:
        guarded(turn, lambda: _act(turn, found, text, replied))
    else:
        guarded(turn, lambda: proposal.show(turn, found, clean(text), replied))


def _act(turn: Turn, found: Understood, text: str, replied: Sequence[int]) -> None:
    """Carry it out; where an item is not the speaker's to see, the card asks which is meant."""
    try:
        proposal.ACTS[found.intent](turn, found)
    except UnseenError:
        if (
            found.intent == Intent.NOTE and len(found.ids) == 1
        ):  # it may be a series' number: there is no choice
            raise
        proposal.show(turn, found, clean(text), replied)


def _is_visible(turn: Turn, number: int) -> bool:
    found = milestones.get(turn.session, number)
    return found is not None and may(turn.session, turn.actor, Action.VIEW, found, turn.today)


def items_answered(turn: Turn) -> list[int]:
    """The open items of the bot's message that somebody answers to: a reminder of theirs."""
    if turn.answered_id is None:
        return []
    digest = deliveries.standing_at(
        turn.session, turn.actor.link.chat_id, turn.answered_id, DeliveryKind.DIGEST
    )
    if digest is None or digest.officer_id != turn.actor.officer.id:
        return []
    ids = [one.milestone_id for one in digest.items if one.milestone_id is not None]
    return [one.id for one in milestones.by_ids(turn.session, dict.fromkeys(ids)) if _is_open(one)]


def _is_open(milestone: Milestone) -> bool:
    return milestone.state is MilestoneState.PLANNED


def _show_items(turn: Turn, found: Understood, text: str) -> None:
    """No act is read: the items with their buttons; without numbers of the speaker's own, the nearest open ones."""
    ids = [one for one in found.ids if _is_visible(turn, one)] or items_answered(turn)
    shown = list(milestones.by_ids(turn.session, ids))
    shown = shown or _near(turn)
    changing = [
        one for one in shown[:MOST_SHOWN] if may(turn.session, turn.actor, Action.CHANGE, one, turn.today)
    ]
    sparing = line.sparing_from(turn.today, turn.office.rules)
    rows = [row for one in changing if (row := line.action_row(one, turn.today, sparing))]
    lines = [line.line(one, turn.today, turn.office.rules.calendar) for one in shown[:MOST_SHOWN]]
    turn.answer(
        "ask",
        rows,
        question=doubt_words.question(found.question),
        lines=lines,
        has_buttons=bool(rows),
        is_guess=not found.ids,
    )


def _near(turn: Turn) -> list[Milestone]:
    """The speaker's open items, the nearest first."""
    mine = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in mine if _is_open(one)]


def _for_speaker(turn: Turn, name: str, text: str) -> Command:
    """Who asks in plain words for what only managers see means the own items."""
    one, said = BY_INTENT[name], text.strip()
    is_typed = said.startswith(("/", "／")) or said.partition(" ")[0] in one.korean
    is_managers = one.action is Action.OVERVIEW and not has(turn.actor, Action.OVERVIEW)
    return BY_NAME["my"] if is_managers and not is_typed else one


def _command(turn: Turn, one: Command, arguments: str) -> None:
    if one.action is not None and not has(turn.actor, one.action):
        turn.refuse("refused", reason=_not_for_you(one))
        return
    guarded(turn, lambda: one.effect(turn, arguments))
    turn.wants_menu = turn.wants_menu or one.name in {"start", "help"}


def _not_understood(turn: Turn, found: Understood, text: str) -> None:
    """A greeting is returned; what else names no act gets the speaker's nearest items with their buttons."""
    is_command = text.lstrip().startswith(("/", "／"))
    if is_cancelling(text):
        turn.answer("cancelled", was_asked=turn.forget_asked())
    elif is_pleasantry(text):
        turn.answer("pleasantry", is_greeting=is_greeting(text))
    elif is_command:
        _answer_unknown(turn, label("routing.no-command"), is_command=True)
    elif turn.asked is None and turn.forget_asked():
        _answer_unknown(turn, label("routing.lapsed"))
    elif _near(turn):
        _show_items(turn, found, text)
    else:
        asks = doubt_words.question(found.question) if found.intent == Intent.ASK else None
        _answer_unknown(turn, asks or label("routing.not-understood"))


def _answer_unknown(turn: Turn, reason: str, *, is_command: bool = False) -> None:
    """That it was not understood, and what would be: of a command the list of them, else an example."""
    turn.answer("unknown", reason=reason, number=turn.sample_number(), is_command=is_command)


def _not_for_you(command: Command) -> Html:
    """Why a command is refused, with those whom it is for."""
    return say(f"routing.for.{_FOR.get(command.action, 'planners')}", name=command.name)


# --- what can answer an open question


def fits(turn: Turn, asked: Dialogue, text: str, found: Understood) -> bool:
    """The text can be the answer to what was asked."""
    wanted = WANTED.get((asked.kind, asked.step), ANYTHING)
    if text.lstrip().startswith("/"):
        return False
    if wanted == DATE:
        return not found.ids and read(text, turn.ahead()) is not None
    is_other = bool(found.ids) and found.ids != (asked.milestone_id,)
    if wanted == WORDS:
        return not (
            is_other
            or found.acts
            or (found.intent in BY_INTENT and found.intent not in CHANGING)
            or is_small_talk(text)
        )
    is_act = found.acts and found.intent in {*CHANGING, Intent.UNDO, "approve", "reject", *INTENTS.values()}
    is_about_other = is_other and found.intent in {Intent.DONE, Intent.DELAY}
    return not ((is_act and (bool(found.ids) or found.intent == Intent.UNDO)) or is_about_other)


def named(asked: Dialogue) -> str:
    """What was asked, as the word that it still waits says it: #127 연기 날짜."""
    number = f"#{asked.milestone_id} " if asked.milestone_id is not None else ""
    step = STEPS.get(WANTED.get((asked.kind, asked.step), ""), "") if asked.kind == command.DIALOGUE else ""
    names = words("routing.asked")
    return number + names.get(asked.kind + step, names["other"])
