"""What the words of somebody known mean, and what follows: a command, an answer to what was asked, a card."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Message

from bot.chat import heard, line
from bot.chat.arguments import NOTE_MOST, RefusedError, UsageError, clean
from bot.chat.command import Command
from bot.chat.turn import SAMPLE_NUMBER, Turn
from bot.delays.wish import CATCH_UP
from bot.privacy import guard
from bot.routing import answers, proposal
from bot.routing.registry import BY_NAME, DIALOGUES
from bot.speech.reading import CHANGING, Certainty
from bot.speech.understand import Intent, Understood, is_pleasantry, understand
from bot.standing.remarks import add_note
from jobs.authority.access import Action, has, may
from store import cards, deliveries, milestones
from store.models import Dialogue, Milestone
from store.states import MilestoneState

LAPSED = "앞서 여쭌 내용은 시간이 지나 취소되었습니다. 바뀐 것은 없습니다."
MOST_SHOWN = 3  # items with their buttons under an answer to words that name no act
PROPOSED = CHANGING | {Intent.UNDO, Intent.AWAY, Intent.HANDOVER}


def guarded(turn: Turn, effect: Callable[[], None]) -> None:
    """The effect, or where the person asked for what cannot be done, the reason and no change at all."""
    try:
        with turn.session.begin_nested():
            effect()
    except UsageError as error:
        guard.take_left_out()
        if guard.take_dropped():
            turn.answer("words_not_kept", was_done=False)
            return
        if error.ends_dialogue:
            turn.forget_asked()
        example = error.example and error.example.replace(SAMPLE_NUMBER, turn.sample_number())
        say = turn.refuse if isinstance(error, RefusedError) else turn.answer
        say("usage", reason=str(error), example=example)
        return
    if guard.take_dropped():
        turn.answer("words_not_kept", was_done=True)
    elif guard.take_left_out():
        turn.answer("words_left_out", count=NOTE_MOST)


def speak(turn: Turn, message: Message) -> None:
    """What somebody known wrote: an answer to what was asked or shown, a command, or plain words."""
    text, answered = heard.said(message), message.reply_to_message
    turn.topic, turn.answered_id = heard.topic_of(message), answered.message_id if answered else None
    asked = turn.asked
    if _is_settled(turn, asked, text):
        return
    found = understand(text, turn.today, turn.office.rules.calendar)
    if asked is not None and answers.fits(turn, asked, text, found):
        guarded(turn, lambda: DIALOGUES[asked.kind](turn, asked, text))
        return
    if asked is not None and answers.is_small_talk(text):
        turn.answer("still_waiting", what=answers.named(asked))
        return
    is_number = text.strip(" #＃번.").isdecimal()
    if is_number and found.ids and (card := proposal.lacking(turn)) is not None:
        guarded(turn, lambda: proposal.pick(turn, card, found.ids[0]))
        return
    carry_out(turn, found, text)
    if asked is not None and turn.asked is asked:
        turn.answer("still_waiting", what=answers.named(asked))


def _is_settled(turn: Turn, asked: Dialogue | None, text: str) -> bool:
    """A word of yes, no or 취소 that belongs to what was asked, else to the newest card."""
    if asked is not None:
        if answers.is_cancelling(text):
            turn.forget_asked()
            turn.answer("cancelled", was_asked=True, keeps_request=asked.kind == CATCH_UP)
        return answers.is_cancelling(text)
    is_no = answers.is_no(text)
    if not is_no and not answers.is_yes(text):
        return False
    card = cards.newest(turn.session, turn.actor.officer.id, turn.actor.link.chat_id, turn.topic)
    if card is None or not card.is_open:
        return False
    if is_no:
        guarded(turn, lambda: proposal.say_no(turn, card))
    elif turn.now - card.drawn_at > proposal.ANSWERED_WITHIN:
        guarded(turn, lambda: proposal.show_again(turn, card))
    else:
        guarded(turn, lambda: proposal.say_yes(turn, card))
    return True


def carry_out(turn: Turn, found: Understood, text: str) -> None:
    """What was read in the text: done at once, shown as a card, or answered."""
    is_card = found.certainty is Certainty.CARD or found.intent in CHANGING
    if found.intent in PROPOSED and is_card:
        _propose(turn, found, text)
    elif found.intent in BY_NAME:
        _command(
            turn, BY_NAME[found.intent], found.arguments if found.certainty is not Certainty.CARD else ""
        )
    elif found.intent == Intent.ASK and (found.ids or items_answered(turn)):
        _show_items(turn, found, text)
    else:
        _not_understood(turn, found, text)


def _propose(turn: Turn, found: Understood, text: str) -> None:
    if not has(turn.actor, Action.CHANGE):
        turn.refuse("refused", reason=_not_for_you(BY_NAME["done"]))
        return
    replied = items_answered(turn) if not found.ids else []
    is_asked = found.certainty is Certainty.ASK and found.intent == Intent.DELAY and bool(found.ids)
    if (
        found.acts and found.intent == Intent.NOTE and len(found.ids) == 1
    ):  # its number may be a series' as well
        guarded(turn, lambda: add_note(turn, f"{found.ids[0]} {found.words}"))
    elif (found.acts or is_asked) and all(_is_visible(turn, one) for one in found.ids):
        guarded(turn, lambda: proposal.carry_out(turn, found))
    else:
        guarded(turn, lambda: proposal.show(turn, found, clean(text), replied))


def _is_visible(turn: Turn, number: int) -> bool:
    found = milestones.get(turn.session, number)
    return found is not None and may(turn.session, turn.actor, Action.VIEW, found, turn.today)


def items_answered(turn: Turn) -> list[int]:
    """The open items of the bot's message that somebody answers to: a reminder of theirs."""
    if turn.answered_id is None:
        return []
    digest = deliveries.digest_at(turn.session, turn.actor.link.chat_id, turn.answered_id)
    if digest is None or digest.officer_id != turn.actor.officer.id:
        return []
    ids = [one.milestone_id for one in digest.items if one.milestone_id is not None]
    return [one.id for one in milestones.by_ids(turn.session, dict.fromkeys(ids)) if _is_open(one)]


def _is_open(milestone: Milestone) -> bool:
    return milestone.state is MilestoneState.PLANNED


def _show_items(turn: Turn, found: Understood, text: str) -> None:
    """No act is read: the items with their buttons; without numbers of the speaker's own, the nearest open ones."""
    if not has(turn.actor, Action.CHANGE):
        _not_understood(turn, found, text)
        return
    ids = [one for one in found.ids if _is_visible(turn, one)] or items_answered(turn)
    shown = list(milestones.by_ids(turn.session, ids))
    shown = shown or _near(turn)
    changing = [
        one for one in shown[:MOST_SHOWN] if may(turn.session, turn.actor, Action.CHANGE, one, turn.today)
    ]
    rows = [row for one in changing if (row := line.action_row(one))]
    lines = [line.line(one, turn.today, turn.office.rules.calendar) for one in shown[:MOST_SHOWN]]
    turn.answer("ask", rows, question=found.question, lines=lines, is_guess=not found.ids)


def _near(turn: Turn) -> list[Milestone]:
    """The speaker's open items, the nearest first."""
    mine = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in mine if _is_open(one)]


def _command(turn: Turn, command: Command, arguments: str) -> None:
    if command.action is not None and not has(turn.actor, command.action):
        turn.refuse("refused", reason=_not_for_you(command))
        return
    guarded(turn, lambda: command.effect(turn, arguments))
    turn.wants_menu = turn.wants_menu or command.name in {"start", "help"}


def _not_understood(turn: Turn, found: Understood, text: str) -> None:
    """A greeting is returned; what else names no act gets the speaker's nearest items with their buttons."""
    is_command = text.lstrip().startswith(("/", "／"))
    if answers.is_cancelling(text):
        turn.answer("cancelled", was_asked=turn.forget_asked())
    elif is_pleasantry(text):
        turn.answer("pleasantry", is_greeting=answers.is_greeting(text))
    elif is_command:
        turn.answer("unknown", reason="없는 명령입니다.", number=turn.sample_number())
    elif turn.asked is None and turn.forget_asked():
        turn.answer("unknown", reason=LAPSED, number=turn.sample_number())
    elif has(turn.actor, Action.CHANGE) and _near(turn):
        _show_items(turn, found, text)
    else:
        reason = found.question if found.intent == Intent.ASK and found.question else NOT_UNDERSTOOD
        turn.answer("unknown", reason=reason, number=turn.sample_number())


NOT_UNDERSTOOD = "말씀을 이해하지 못했습니다. 바뀐 것은 없습니다."


def _not_for_you(command: Command) -> str:
    """Why a command is refused, with those whom it is for."""
    if command.action in {Action.OVERVIEW, Action.REPORT, Action.UNREACHED}:
        return f"/{command.name} 는 팀장·부서장·기획실 등 관리자만 이용하실 수 있습니다."
    if command.action in {Action.DECIDE, Action.NUDGE}:
        return f"/{command.name} 는 팀장·부서장·국장과 기획실에서만 이용하실 수 있습니다."
    if command.action is Action.AUDIT:
        return f"/{command.name} 는 기획실과 감사에서만 이용하실 수 있습니다."
    return f"/{command.name} 는 기획실에서만 이용하실 수 있습니다."
