"""One update -> one effect, in one transaction with its inbox row: who speaks, what is meant, what follows."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session
from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Update

from bot import buttons, calls, groups, guard, menus, packs
from bot.access import Action, Actor, actor_of, has
from bot.arguments import RefusedError, UsageError, clean
from bot.commands import plain
from bot.commands import start as start_command
from bot.commands.base import Command
from bot.commands.evidence import receive_photo
from bot.commands.registry import BY_NAME, DIALOGUES, PRESSES
from bot.commands.upload import Attachment, receive
from bot.digest import VERB as DIGEST_VERB
from bot.digest import turn_page
from bot.menus import Menu
from bot.phrases import Intent, Understood, is_pleasantry, is_unclear, understand
from bot.postponing import CATCH_UP
from bot.privacy import KEEPS_TYPED
from bot.texts import render
from bot.turn import SAMPLE_NUMBER, Office, Turn
from bot.views import refresh_pressed
from jobs.clock import Clock, real_now
from reports import scope as scopes
from store import audit, deliveries, dialogues, inbox, invites, links, reachability
from store.audit import Who
from store.deliveries import Message as Answer
from store.engine import Store
from store.errors import BUSY
from store.models import Dialogue
from store.states import DeliveryKind, LinkState

CODE = re.compile(
    r"(?<![\w-])[\w-]{22}(?![\w-])", re.ASCII
)  # as store.invites makes them, wherever it stands
log = logging.getLogger(__name__)
T = TypeVar("T")

LAPSED = "앞서 여쭌 내용은 시간이 지나 취소되었습니다. 바뀐 것은 없습니다."

CHANGING = {
    "done",
    "undo",
    "fixday",
    "approve",
    "reject",
    "confirm",
}  # presses after which a list looks different
MOST_CODES = 20  # looked up in one message of a group
BUSY_TRIES = 5  # each waits for the store's own time-out first
BUSY_PAUSE_S = 1.0
TRIES = 2  # an update that breaks twice is put aside with its error, and its sender is told
SPOKEN = {"done", "delay", "progress", "note", "undo"}  # commands whose plain words are read by phrases alone
DECIDING = {"approve", "reject"}  # whose plain words with a number count in the middle of a dialogue
CANCEL_WORDS = {"취소", "그만", "아니오", "아니요"}
GONE = {ChatMember.BANNED, ChatMember.LEFT}


@dataclass(frozen=True)
class Incoming:
    """An update as the inbox keeps it, with the file it brings."""

    inbox_id: int
    update: Update
    attachment: Attachment | None = None


class Dispatcher:
    """Handles updates of the inbox. Both ways run in a thread and may be called at once for several chats."""

    def __init__(self, store: Store, office: Office, clock: Clock) -> None:
        self.store = store
        self.office = office
        self.clock = clock

    def handle(self, inbox_id: int, update: Update, attachment: Attachment | None = None) -> Menu | None:
        """The effect of the update and the mark that it is handled, together or not at all.

        Gives the chat's new command menu where it changed. Nothing happens on a second call.
        """
        for last_try in [False] * (TRIES - 1) + [True]:
            try:
                (menu,) = self._when_free(lambda: self._handle([Incoming(inbox_id, update, attachment)]))
            except BUSY:
                raise  # the store is busy or gone: the update stays owed and is offered again
            except Exception as error:
                log.exception("action=handle-failed inbox=%d", inbox_id)
                if last_try:
                    self._put_aside(inbox_id, update, error)
            else:
                return menu
        return None

    def handle_all(self, incoming: Sequence[Incoming]) -> list[Menu | Exception | None]:
        """The same for some updates of different chats: in a rush they share one transaction, and one wait for the
        disk. Where one of them breaks or brings a file, each is handled by itself, and stops nobody else's."""
        if len(incoming) > 1 and not any(one.attachment for one in incoming):
            try:
                return [*self._handle(incoming)]
            except Exception as error:
                log.info("action=handled-apart count=%d error=%s", len(incoming), type(error).__name__)
        return [self._apart(one) for one in incoming]

    def _apart(self, one: Incoming) -> Menu | Exception | None:
        try:
            return self.handle(one.inbox_id, one.update, one.attachment)
        except Exception as error:
            return error

    def _handle(self, incoming: Sequence[Incoming]) -> list[Menu | None]:
        menus, handled = [], []
        with self.store.write() as session:
            for one in incoming:
                talked = self._talk(session, one)
                menus.append(talked.menu if talked else None)
                handled += [one.inbox_id] if talked else []
                session.flush()
                session.expunge_all()  # the next one sees what stands in the store, as if it were alone
        for number in handled:
            log.info("action=handled inbox=%d", number)
        return menus

    def _talk(self, session: Session, one: Incoming) -> _Conversation | None:
        """The effect of one update; None where there was one before."""
        row = inbox.take(session, one.inbox_id)
        if row is None:
            return None
        with guard.speaking(self.office.privacy):
            conversation = _Conversation(session, self.clock.now(), self.office, f"inbox:{one.inbox_id}")
            conversation.attachment = one.attachment
            conversation.take(one.update)
            inbox.mark_handled(row, real_now())
            if not guard.takes_in():
                inbox.forget_words(row)
        return conversation

    def _when_free(self, work: Callable[[], T]) -> T:
        """The work, tried again while another process holds the store. Raises one of BUSY in the end."""
        for _ in range(BUSY_TRIES - 1):
            try:
                return work()
            except BUSY as error:
                log.warning("action=store-busy error=%s", type(error.orig).__name__)
                time.sleep(BUSY_PAUSE_S)
        return work()

    def outdated_menus(self) -> list[Menu]:
        """Menus of linked chats whose people hold other roles now: granted or ended since the menu was set."""
        today = self.office.rules.calendar.local_date(self.clock.now())
        with self.store.write() as session:
            return menus.outdated(session, today)

    def forget_menu(self, chat_id: int) -> None:
        """The menu could not be set: the next message tries again."""
        with self.store.write() as session:
            menus.forget(session, chat_id)

    def may_send_documents(self, chat_id: int, user_id: int) -> bool:
        """Whether a document of that sender is worth fetching at all."""
        today = self.office.rules.calendar.local_date(self.clock.now())
        with self.store.read() as session:
            actor = actor_of(session, chat_id, user_id, today)
            return self.office.privacy in KEEPS_TYPED and actor is not None and has(actor, Action.PLANS)

    def _put_aside(self, inbox_id: int, update: Update, error: Exception) -> None:
        with self.store.write() as session:
            row = inbox.take(session, inbox_id)
            if row is None:
                return
            inbox.mark_failed(row, real_now(), f"{type(error).__name__}: {error}")
            if self.office.privacy not in KEEPS_TYPED:
                inbox.forget_words(row)
            if update.effective_chat is not None and update.effective_chat.type == Chat.PRIVATE:
                text = render.text("apology", number=inbox_id)
                owe(session, update.effective_chat.id, self.clock.now(), f"inbox:{inbox_id}", text)


def _not_for_you(command: Command) -> str:
    """Why a command is refused, with those whom it is for."""
    if command.action in {Action.OVERVIEW, Action.UNREACHED}:
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


def owe(session: Session, chat_id: int, now: datetime, cause: str, text: str) -> None:
    """Owe a chat an answer where nobody linked is behind it: one at a time, whatever is poured in."""
    if deliveries.has_nameless_waiting(session, chat_id):
        return
    message = Answer(text, [])
    deliveries.add(session, DeliveryKind.REPLY, "answer", chat_id, now, cause=cause, message=message)


class _Conversation:
    """What one update means, inside its transaction."""

    def __init__(self, session: Session, now: datetime, office: Office, cause: str) -> None:
        self.session = session
        self.now = now
        self.office = office
        self.cause = cause
        self.menu: Menu | None = None
        self.attachment: Attachment | None = None
        self.was_away = False  # the person could not be reached until this update

    def take(self, update: Update) -> None:
        if update.my_chat_member is not None:
            self._membership(update.my_chat_member)
        elif update.callback_query is not None:
            self._press(update)
        elif update.message is not None:
            self._message(update.message)

    def _actor(self, chat_id: int, user_id: int) -> Actor | None:
        actor = actor_of(self.session, chat_id, user_id, self.office.rules.calendar.local_date(self.now))
        if actor is not None and actor.link.state in {LinkState.BLOCKED, LinkState.OTHER_BOT}:
            links.resume(actor.link, self.now)  # who writes has unblocked us, or started the new bot
            self.was_away = True
        if actor is not None and actor.link.bot_id != self.office.bot_id:
            self._move_to_this_bot(actor)
        return actor

    def _move_to_this_bot(self, actor: Actor) -> None:
        """The person is known by the chat and wrote to the new bot: no new code is needed."""
        officer, link = actor.officer, actor.link
        who = Who(officer.id, officer.name, f"telegram:{self.cause}", self.cause)
        before, after = {"bot_id": link.bot_id}, {"bot_id": self.office.bot_id}
        audit.record(
            self.session, who, self.now, "bot-changed", f"officer:{officer.id}", before=before, after=after
        )
        link.bot_id = self.office.bot_id

    def _turn(self, actor: Actor, pressed: int | None = None) -> Turn:
        return Turn(self.session, self.now, self.office, actor, self.cause, pressed, was_away=self.was_away)

    def _owe(self, chat_id: int, template: str, **facts: object) -> None:
        owe(self.session, chat_id, self.now, self.cause, render.text(template, **facts))

    def _guarded(self, turn: Turn, effect: Callable[[], None]) -> None:
        """The effect, or where the person asked for what cannot be done, the reason and no change at all."""
        try:
            with self.session.begin_nested():
                effect()
        except UsageError as error:
            if guard.take_dropped():
                turn.answer("words_not_kept", was_done=False)
                return
            if error.ends_dialogue:
                dialogues.end(self.session, turn.actor.officer.id)
            example = error.example and error.example.replace(SAMPLE_NUMBER, turn.sample_number())
            say = turn.refuse if isinstance(error, RefusedError) else turn.answer
            say("usage", reason=str(error), example=example)
            return
        if guard.take_dropped():
            turn.answer("words_not_kept", was_done=True)

    def _membership(self, change: ChatMemberUpdated) -> None:
        """A private chat was blocked or unblocked, or a group has put the bot out."""
        if change.chat.type != Chat.PRIVATE:
            groups.removed(self._room(), change)
            return
        link = links.of_chat(self.session, change.chat.id, change.from_user.id)
        if link is None:
            return
        if change.new_chat_member.status in GONE:
            links.pause(link, LinkState.BLOCKED, self.now)
            today = self.office.rules.calendar.local_date(self.now)
            reachability.look_again(self.session, today, [link.officer_id])
        elif link.state is LinkState.BLOCKED:
            links.resume(link, self.now)
            actor = self._actor(change.chat.id, change.from_user.id)
            assert actor is not None
            start_command.welcome(self._turn(actor), "다시 연결되었습니다")

    def _press(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        message, press = query.message, buttons.read(query.data)
        if message is None or message.chat.type != Chat.PRIVATE:
            return
        actor = self._actor(message.chat.id, query.from_user.id)
        if actor is None:
            self._owe(message.chat.id, "stranger")
            return
        turn = self._turn(actor, message.message_id)
        if press is not None and press.verb == DIGEST_VERB:
            turn_page(turn, press)
            return
        known = PRESSES.get(press.verb) if press else None
        if press is None or known is None:
            turn.answer("refused", reason="이 버튼은 더 이상 쓸 수 없습니다.")
            return
        command, effect = known
        if command.action is not None and not has(actor, command.action):
            turn.refuse("refused", reason="이 버튼을 쓸 권한이 없습니다.")
            return
        self._guarded(turn, lambda: effect(turn, press))
        if press.verb in CHANGING:
            refresh_pressed(turn)
        self._keep_menu(turn)

    def _message(self, message: Message) -> None:
        if message.chat.type != Chat.PRIVATE:
            self._in_group(message)
            return
        if message.from_user is None:
            return
        actor = self._actor(message.chat.id, message.from_user.id)
        if actor is None:
            self._stranger(message)
            return
        turn = self._turn(actor)
        if (message.document is not None or message.photo) and not guard.takes_in():
            turn.refuse("no_uploads")
        elif message.document is not None:
            self._guarded(turn, lambda: receive(turn, self.attachment))
        elif message.photo:
            file_id, caption = message.photo[-1].file_id, message.caption or ""
            self._guarded(turn, lambda: receive_photo(turn, file_id, caption))
        elif message.text is None:
            turn.answer("not_text")
        else:
            self._text(turn, message)
        self._keep_menu(turn)

    def _text(self, turn: Turn, message: Message) -> None:
        text = message.text or ""
        called = calls.read(text)
        if calls.is_slashed(text):
            self._called(turn, text, called)
            return
        found = understand(text, turn.today, self.office.rules.calendar)
        asked = dialogues.current(self.session, turn.actor.officer.id, self.now)
        if asked is not None and plain.answers_which(asked.kind, found):
            self._guarded(turn, lambda: plain.pick(turn, asked, found.ids[0]))
        elif asked is not None and asked.kind != plain.DIALOGUE and not _interrupts(found, called):
            self._guarded(turn, lambda: self._carry_on(turn, asked, text))
        elif found.question is not None and called is not None and called.command.name not in SPOKEN:
            self._command(turn, called)
        elif (
            asked is None
            and found.intent is Intent.ASK
            and dialogues.end(self.session, turn.actor.officer.id)
        ):
            turn.answer("unknown", reason=LAPSED, number=turn.sample_number())
        else:
            self._plain(turn, found, message, called)

    def _called(self, turn: Turn, text: str, called: calls.Call | None) -> None:
        if called is None:
            self._not_understood(turn, text)
        else:
            self._command(turn, called)

    def _plain(self, turn: Turn, found: Understood, message: Message, called: calls.Call | None) -> None:
        """What plain words ask for: a change, a list, or nothing."""
        text, name = message.text or "", found.intent.value
        if text.strip() in CANCEL_WORDS or (found.intent is Intent.NONE and called is None):
            self._not_understood(turn, text)
        elif found.intent in plain.CHANGING or found.intent is Intent.ASK:
            self._change(turn, found, message)
        elif found.intent in plain.PEOPLE:
            self._guarded(turn, lambda: plain.PEOPLE[found.intent](turn, found, text))
        else:
            self._command(turn, self._listed(name, called))

    def _listed(self, name: str, called: calls.Call | None) -> calls.Call:
        """The list that is asked for; of a scope where the word behind names one: 현황 도로과."""
        if called is not None and (
            name not in BY_NAME or scopes.named(self.session, clean(called.arguments))
        ):
            return called
        return calls.Call(BY_NAME[name], "")

    def _change(self, turn: Turn, found: Understood, message: Message) -> None:
        if not has(turn.actor, Action.CHANGE):
            if found.intent is Intent.ASK:
                self._not_understood(turn, message.text or "")
            else:
                turn.refuse("refused", reason=_not_for_you(BY_NAME["done"]))
            return
        answered = message.reply_to_message
        replied = plain.items_of(turn, answered.message_id) if answered is not None else []
        if is_unclear(found) and not replied:
            self._not_understood(turn, message.text or "")
            return
        self._guarded(turn, lambda: plain.act(turn, found, message.text or "", replied))

    def _carry_on(self, turn: Turn, asked: Dialogue, text: str) -> None:
        """The answer to what was asked, or the word that it is not wanted any more."""
        if text.strip() in CANCEL_WORDS:
            dialogues.end(self.session, turn.actor.officer.id)
            turn.answer("cancelled", was_asked=True, keeps_request=asked.kind == CATCH_UP)
        else:
            DIALOGUES[asked.kind](turn, asked, text)

    def _command(self, turn: Turn, phrase: calls.Call) -> None:
        command = phrase.command
        if command.action is not None and not has(turn.actor, command.action):
            turn.refuse("refused", reason=_not_for_you(command))
            return
        self._guarded(turn, lambda: command.effect(turn, phrase.arguments))
        turn.wants_menu = turn.wants_menu or command.name in {"start", "help"}

    def _not_understood(self, turn: Turn, text: str) -> None:
        if text.strip() in CANCEL_WORDS:
            was_asked = dialogues.end(self.session, turn.actor.officer.id)
            turn.answer("cancelled", was_asked=was_asked)
            return
        if dialogues.end(self.session, turn.actor.officer.id):
            reason = LAPSED
        elif text.lstrip().startswith("/"):
            reason = "없는 명령입니다."
        elif is_pleasantry(text):
            turn.answer("pleasantry")
            return
        else:
            reason = "말씀을 이해하지 못했습니다. 바뀐 것은 없습니다."
        turn.answer("unknown", reason=reason, number=turn.sample_number())

    def _stranger(self, message: Message) -> None:
        """Nothing is told but how to be linked. A good code links."""
        phrase = calls.read(message.text or "")
        assert message.from_user is not None
        if phrase is not None and phrase.command is BY_NAME["start"] and phrase.arguments:
            actor = start_command.redeem(
                self.session,
                self.office,
                phrase.arguments,
                message.chat.id,
                message.from_user.id,
                message.from_user.full_name,
                self.now,
                self.cause,
            )
            if actor is not None:
                turn = self._turn(actor)
                start_command.welcome(turn, "등록되었습니다")
                packs.show_waiting(turn)
                start_command.tell_leads(turn)
                self._set_menu(actor)
                return
        self._owe(message.chat.id, "stranger")

    def _in_group(self, message: Message) -> None:
        """A bound group's counts, else only the word to write privately; a code posted here is void at once."""
        if groups.migrate(self._room(), message):
            return
        text = message.text or message.caption or ""
        links_in_text = [one.url or "" for one in message.entities]
        codes = CODE.findall(" ".join([text, *links_in_text]))
        voided = [code for code in codes[:MOST_CODES] if self._void(code)]
        answer = groups.command(self._room(), message, text) if not voided else None
        if answer is not None:
            self._say_in_group(message.chat.id, answer)
        elif voided or text.startswith("/"):
            is_anonymous = groups.is_anonymous(message) and not voided
            self._owe(message.chat.id, "group", is_anonymous=is_anonymous, code_voided=bool(voided))

    def _room(self) -> groups.Room:
        today = self.office.rules.calendar.local_date(self.now)
        return groups.Room(self.session, self.now, today, self.cause)

    def _say_in_group(self, chat_id: int, answer: groups.Answer) -> None:
        event = "refused" if answer.is_refusal else "answer"
        message = Answer(answer.text, [])
        deliveries.add(
            self.session, DeliveryKind.REPLY, event, chat_id, self.now, cause=self.cause, message=message
        )

    def _void(self, word: str) -> bool:
        found = invites.find(self.session, word) if word else None
        return found is not None and invites.void(found, self.now)

    def _keep_menu(self, turn: Turn) -> None:
        """Set the chat's menu anew where it was asked for, or where the person's roles are others now."""
        if turn.wants_menu or turn.actor.link.menu_roles != menus.key(turn.actor):
            self._set_menu(turn.actor)

    def _set_menu(self, actor: Actor) -> None:
        self.menu = menus.menu(actor)
