"""What the words of somebody known mean, and what follows: a command, an answer to what was asked, plain words."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Message

from bot import calls, guard, heard
from bot.access import Action, has
from bot.arguments import NOTE_MOST, RefusedError, UsageError, clean
from bot.commands import plain
from bot.commands.base import Command
from bot.commands.registry import BY_NAME, DIALOGUES
from bot.phrases import Intent, Understood, is_pleasantry, is_unclear, understand
from bot.postponing import CATCH_UP
from bot.turn import SAMPLE_NUMBER, Turn
from reports import scope as scopes
from store import dialogues
from store.models import Dialogue

LAPSED = "앞서 여쭌 내용은 시간이 지나 취소되었습니다. 바뀐 것은 없습니다."
SPOKEN = {"done", "delay", "progress", "note", "undo"}  # commands whose plain words are read by phrases alone
DECIDING = {"approve", "reject"}  # whose plain words with a number count in the middle of a dialogue
CANCEL_WORDS = {"취소", "그만", "아니오", "아니요"}


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
            dialogues.end(turn.session, turn.actor.officer.id)
        example = error.example and error.example.replace(SAMPLE_NUMBER, turn.sample_number())
        say = turn.refuse if isinstance(error, RefusedError) else turn.answer
        say("usage", reason=str(error), example=example)
        return
    if guard.take_dropped():
        turn.answer("words_not_kept", was_done=True)
    elif guard.take_left_out():
        turn.answer("words_left_out", count=NOTE_MOST)


def speak(turn: Turn, message: Message) -> None:
    """What somebody known wrote: a command, the answer to what was asked, or plain words."""
    text = heard.said(message)
    called = calls.read(text)
    if calls.is_slashed(text):
        _called(turn, text, called)
        return
    found = understand(text, turn.today, turn.office.rules.calendar)
    asked = dialogues.current(turn.session, turn.actor.officer.id, turn.now)
    if asked is not None and plain.answers_which(asked.kind, found):
        guarded(turn, lambda: plain.pick(turn, asked, found.ids[0]))
    elif asked is not None and asked.kind != plain.DIALOGUE and not _interrupts(found, called):
        guarded(turn, lambda: _carry_on(turn, asked, text))
    elif found.question is not None and called is not None and called.command.name not in SPOKEN:
        _command(turn, called)
    elif asked is None and found.intent is Intent.ASK and dialogues.end(turn.session, turn.actor.officer.id):
        turn.answer("unknown", reason=LAPSED, number=turn.sample_number())
    else:
        _plain(turn, found, message, called)


def _called(turn: Turn, text: str, called: calls.Call | None) -> None:
    if called is None:
        _not_understood(turn, text)
    else:
        _command(turn, called)


def _plain(turn: Turn, found: Understood, message: Message, called: calls.Call | None) -> None:
    """What plain words ask for: a change, a list, or nothing."""
    text, name = heard.said(message), found.intent.value
    if text.strip() in CANCEL_WORDS or (found.intent is Intent.NONE and called is None):
        _not_understood(turn, text)
    elif found.intent in plain.CHANGING or found.intent is Intent.ASK:
        _change(turn, found, message)
    elif found.intent in plain.PEOPLE:
        guarded(turn, lambda: plain.PEOPLE[found.intent](turn, found, text))
    else:
        _command(turn, _listed(turn, name, called))


def _listed(turn: Turn, name: str, called: calls.Call | None) -> calls.Call:
    """The list that is asked for; of a scope where the word behind names one: 현황 도로과."""
    if called is not None and (name not in BY_NAME or scopes.named(turn.session, clean(called.arguments))):
        return called
    return calls.Call(BY_NAME[name], "")


def _change(turn: Turn, found: Understood, message: Message) -> None:
    if not has(turn.actor, Action.CHANGE):
        if found.intent is Intent.ASK:
            _not_understood(turn, heard.said(message))
        else:
            turn.refuse("refused", reason=_not_for_you(BY_NAME["done"]))
        return
    answered = message.reply_to_message
    replied = plain.items_of(turn, answered.message_id) if answered is not None else []
    if is_unclear(found) and not replied:
        _not_understood(turn, heard.said(message))
        return
    guarded(turn, lambda: plain.act(turn, found, heard.said(message), replied))


def _carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The answer to what was asked, or the word that it is not wanted any more."""
    if text.strip() in CANCEL_WORDS:
        dialogues.end(turn.session, turn.actor.officer.id)
        turn.answer("cancelled", was_asked=True, keeps_request=asked.kind == CATCH_UP)
    else:
        DIALOGUES[asked.kind](turn, asked, text)


def _command(turn: Turn, phrase: calls.Call) -> None:
    command = phrase.command
    if command.action is not None and not has(turn.actor, command.action):
        turn.refuse("refused", reason=_not_for_you(command))
        return
    guarded(turn, lambda: command.effect(turn, phrase.arguments))
    turn.wants_menu = turn.wants_menu or command.name in {"start", "help"}


def _not_understood(turn: Turn, text: str) -> None:
    if text.strip() in CANCEL_WORDS:
        was_asked = dialogues.end(turn.session, turn.actor.officer.id)
        turn.answer("cancelled", was_asked=was_asked)
        return
    if dialogues.end(turn.session, turn.actor.officer.id):
        reason = LAPSED
    elif text.lstrip().startswith("/"):
        reason = "없는 명령입니다."
    elif is_pleasantry(text):
        turn.answer("pleasantry")
        return
    else:
        reason = "말씀을 이해하지 못했습니다. 바뀐 것은 없습니다."
    turn.answer("unknown", reason=reason, number=turn.sample_number())


def _not_for_you(command: Command) -> str:
    """Why a command is refused, with those whom it is for."""
    if command.action in {Action.OVERVIEW, Action.REPORT, Action.UNREACHED}:
        return f"/{command.name} 는 팀장·부서장·기획실 등 관리자만 이용하실 수 있습니다."
    if command.action in {Action.DECIDE, Action.NUDGE}:
        return f"/{command.name} 는 팀장·부서장·국장과 기획실에서만 이용하실 수 있습니다."
    if command.action is Action.AUDIT:
        return f"/{command.name} 는 기획실과 감사에서만 이용하실 수 있습니다."
    return f"/{command.name} 는 기획실에서만 이용하실 수 있습니다."


def _interrupts(found: Understood, called: calls.Call | None) -> bool:
    """The words are surely about something else than what was asked before."""
    is_decision = called is not None and called.command.name in DECIDING
    return plain.interrupts(found) or (
        is_decision and called is not None and any(char.isdigit() for char in called.arguments[:6])
    )
