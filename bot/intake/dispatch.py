"""One update -> one effect, in one transaction with its inbox row: who speaks, and to what it leads."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session
from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    Update,
)

from bot.asks import sheets
from bot.chat import passed_on
from bot.chat.invites import code_of_link
from bot.chat.lists import refresh_pressed
from bot.chat.turn import Office, Turn, read_press
from bot.chat.update import Written, is_thumb_up
from bot.completion.evidence import receive_photo
from bot.digest.daily_message import VERB as DIGEST_VERB
from bot.digest.daily_message import turn_page
from bot.documents import drafts
from bot.documents.upload import Attachment, receive
from bot.intake import groups, menus
from bot.intake.groups import Room
from bot.intake.menus import Menu
from bot.people import pack
from bot.people.start import redeem, tell_leads, welcome, welcome_back
from bot.privacy import guard
from bot.privacy.levels import KEEPS_TYPED
from bot.routing.registry import PRESSES
from bot.routing.talk import guarded, speak
from bot.speech.understand import understand
from bot.standing import seen
from bot.texts import render
from bot.texts.render import label
from jobs.authority.permissions import Action, Actor, Deed, actor_of, has
from jobs.clock import Clock, real_now
from jobs.plans.register import Registrar
from jobs.plans.registration import RegisterError
from plans.preview import with_proposed_year
from plans.text.characters import visible
from reports.texts.speaking import speaking, turn_to, typed_in
from store import audit, chat_links, dialogues, forms, inbox, reachability
from store.audit import Who
from store.db import meta
from store.db.engine import Store
from store.db.errors import BUSY
from store.states import LinkState

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_TRIES = 5  # each waits for the store's own time-out first
BUSY_PAUSE_S = 1.0
NO_GROUP = 0  # chats of groups have numbers below it
SLOW_S = 5.0  # everybody else waits for a transaction that lasts longer
TRIES = 2  # an update that breaks twice is put aside with its error, and its sender is told
# Presses after which a list looks different.
CHANGING = {"done", "undo", "fixday", "approve", "reject", "confirm"}
GONE = {ChatMember.BANNED, ChatMember.LEFT}


@dataclass(frozen=True)
class Incoming:
    """An update as the inbox keeps it, with the file it brings."""

    inbox_id: int
    update: Update
    attachment: Attachment | None = None

    @property
    def cause(self) -> str:
        return f"inbox:{self.inbox_id}"


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
                    self.put_aside(inbox_id, error)
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
        talks: list[Conversation | None] = []
        with self.store.write() as session:
            begun_at = time.monotonic()
            for one in incoming:
                talks.append(self._talk(session, one))
                session.flush()
                session.expunge_all()  # the next one sees what stands in the store, as if it were alone
        if (took_s := time.monotonic() - begun_at) > SLOW_S:
            log.warning("action=slow-transaction inbox=%d seconds=%d", incoming[0].inbox_id, took_s)
        for one, talked in zip(incoming, talks, strict=True):
            if talked is not None:
                log.info("action=handled inbox=%d", one.inbox_id)
        return [one.menu if one is not None else None for one in talks]

    def _talk(self, session: Session, one: Incoming) -> Conversation | None:
        """The effect of one update; None where there was one before."""
        row = inbox.take(session, one.inbox_id)
        if row is None:
            return None
        with guard.speaking(self.office.privacy), speaking(None):
            conversation = Conversation(session, self.clock.now(), self.office, one)
            conversation.take()
            inbox.mark_handled(row, real_now())
            if self.office.privacy not in KEEPS_TYPED:
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
        with self.store.write() as session:
            return menus.outdated(session, self.today())

    def forget_menu(self, chat_id: int) -> None:
        """The menu could not be set: the next message tries again."""
        with self.store.write() as session:
            menus.forget(session, chat_id)

    def today(self) -> date:
        return self.office.rules.calendar.local_date(self.clock.now())

    def may_send_documents(self, chat_id: int, user_id: int) -> bool:
        """Whether a document of that sender is worth fetching at all."""
        with self.store.read() as session:
            actor = actor_of(session, chat_id, user_id, self.today())
            may = actor is not None and (has(actor, Action.PLANS) or has(actor, Action.REPLY))
            return self.office.privacy in KEEPS_TYPED and may

    def is_of_request(self, chat_id: int, user_id: int, caption: str) -> bool:
        """Whether a document of that sender is a sheet of a request: of who registers no plans always, of the planning office
        where the words under it say so, or the form was asked for."""
        with self.store.read() as session:
            actor = actor_of(session, chat_id, user_id, self.today())
            if actor is None or not has(actor, Action.PLANS):
                return True
            asked = dialogues.current(session, actor.officer.id, self.clock.now())
            return sheets.is_meant(caption, asked.kind if asked is not None else None)

    def known_forms(self) -> dict[str, str]:
        """What documents are read by, of what was answered about forms of tables."""
        with self.store.read() as session:
            return forms.times(session)

    def looked_at(self, attachment: Attachment) -> Attachment:
        """The document with what registering it would do: compared before its turn, while nobody waits for it."""
        if attachment.draft is None:
            return attachment
        now, rules, nobody = self.clock.now(), self.office.rules, Who(None, "", "", "")
        try:
            with guard.speaking(self.office.privacy), self.store.read() as session:
                deed = Deed(session, nobody, now, rules)
                draft = drafts.accepted(session, with_proposed_year(attachment.draft))
                registrar = Registrar(deed, draft, attachment.name)
                return replace(attachment, draft=draft, preview=registrar.preview())
        except RegisterError as error:
            return replace(attachment, draft=None, fault=drafts.refusal(error))

    def put_aside(self, inbox_id: int, error: Exception) -> None:
        """It broke and is not tried again: kept with its error, and whoever wrote it is told. Raises one of BUSY."""
        self._end(inbox_id, f"{type(error).__name__}: {error}", "apology")

    def give_up(self, inbox_id: int, attempts: int) -> None:
        """It was begun often enough and outlived by no process. Raises one of BUSY."""
        log.error("action=given-up inbox=%d attempts=%d", inbox_id, attempts)
        self._end(inbox_id, inbox.GIVEN_UP, "given_up")

    def _end(self, inbox_id: int, error: str, template: str) -> None:
        with self.store.write() as session:
            row = inbox.take(session, inbox_id)
            if row is None:
                return
            inbox.mark_failed(row, real_now(), error)
            if self.office.privacy not in KEEPS_TYPED:
                inbox.forget_words(row)
            if row.chat_id is not None and row.chat_id > NO_GROUP:
                room = Room(session, self.clock.now(), self.today(), self.office.zone, f"inbox:{inbox_id}")
                link = chat_links.of_chat(session, row.chat_id, row.chat_id)
                with speaking(link.officer.language if link else None):
                    room.owe(row.chat_id, render.text(template, number=inbox_id))


class Conversation:
    """What one update means, inside its transaction. `menu`: of the chat, where it is another from now on."""

    def __init__(self, session: Session, now: datetime, office: Office, one: Incoming) -> None:
        self.session = session
        self.now = now
        self.today = office.rules.calendar.local_date(now)
        self.office = office
        self.incoming = one
        self.menu: Menu | None = None
        self.was_away = False  # the person could not be reached until this update
        message = one.update.message or one.update.edited_message
        self.written = Written.of(message) if message is not None else None
        topic_id = self.written.topic_id if self.written is not None else None
        self.room = Room(session, now, self.today, office.zone, one.cause, topic_id)

    def take(self) -> None:
        update, written = self.incoming.update, self.written
        if update.my_chat_member is not None:
            self._membership(update.my_chat_member)
        elif update.callback_query is not None:
            self._press(update.callback_query)
        elif update.message is not None and written is not None:
            self._message(update.message, written)
        elif update.edited_message is not None and written is not None:
            self._edited(update.edited_message, written)
        elif update.message_reaction is not None:
            self._reacted(update.message_reaction)

    def _actor(self, chat_id: int, user_id: int) -> Actor | None:
        actor = actor_of(self.session, chat_id, user_id, self.today)
        if actor is not None:
            turn_to(actor.officer.language or self._typed)
        if actor is not None and actor.link.state in {LinkState.BLOCKED, LinkState.OTHER_BOT}:
            chat_links.resume(actor.link, self.now)  # who writes has unblocked us, or started the new bot
            self.was_away = True
        if actor is not None and actor.link.bot_id != self.office.bot_id:
            self._move_to_this_bot(actor)
        return actor

    def _move_to_this_bot(self, actor: Actor) -> None:
        """The person is known by the chat and wrote to the new bot: no new code is needed."""
        before, after = {"bot_id": actor.link.bot_id}, {"bot_id": self.office.bot_id}
        subject = f"officer:{actor.officer.id}"
        act = audit.Act(self.session, self.room.who(actor), self.now)
        act.record("bot-changed", subject, before=before, after=after)
        actor.link.bot_id = self.office.bot_id

    @property
    def _typed(self) -> str | None:
        """The language of what was typed, which is that of the answer where the sender has chosen none."""
        return typed_in(self.written.words) if self.written is not None else None

    def _turn(self, actor: Actor, pressed: int | None = None) -> Turn:
        return Turn(
            self.session,
            self.now,
            self.today,
            self.office,
            actor,
            self.incoming.cause,
            pressed,
            topic_id=self.room.topic_id,
            answered_id=self.written.answered_id if self.written is not None else None,
            was_away=self.was_away,
        )

    def _membership(self, change: ChatMemberUpdated) -> None:
        """A private chat was blocked or unblocked, or a group has put the bot out or taken it in."""
        if change.chat.type != Chat.PRIVATE:
            groups.membership(self.room, change)
            return
        link = chat_links.of_chat(self.session, change.chat.id, change.from_user.id)
        if link is None:
            return
        if change.new_chat_member.status in GONE:
            chat_links.pause(link, LinkState.BLOCKED, self.now)
            reachability.look_again(self.session, self.today, [link.officer_id])
        elif link.state is LinkState.BLOCKED:
            chat_links.resume(link, self.now)
            actor = self._actor(change.chat.id, change.from_user.id)
            assert actor is not None
            welcome_back(self._turn(actor))

    def _press(self, query: CallbackQuery) -> None:
        message, press = query.message, read_press(query.data)
        if message is None or message.chat.type != Chat.PRIVATE:
            return
        actor = self._actor(message.chat.id, query.from_user.id)
        if actor is None:
            turn_to(query.from_user.language_code)
            self._turn_away(message.chat.id)
            return
        turn = self._turn(actor, message.message_id)
        if press is not None and press.verb == DIGEST_VERB:
            turn_page(turn, press)
            return
        known = PRESSES.get(press.verb) if press else None
        if press is None or known is None:
            turn.answer("refused", reason=label("intake.lapsed-button"))
            return
        command, effect = known
        if command.action is not None and not has(actor, command.action):
            turn.refuse("refused", reason=label("intake.others-button"))
            return
        guarded(turn, lambda: effect(turn, press))
        if press.verb in CHANGING:
            refresh_pressed(turn)
        self._keep_menu(turn)

    def _message(self, message: Message, written: Written) -> None:
        if message.chat.type != Chat.PRIVATE:
            self._in_group(message, written)
            return
        if message.from_user is None or self._is_for_another(written):
            return
        actor = self._actor(message.chat.id, message.from_user.id)
        if actor is None:
            self._stranger(message, written)
            return
        turn = self._turn(actor)
        self._listen(turn, message, written)
        self._keep_menu(turn)

    def _listen(self, turn: Turn, message: Message, written: Written) -> None:
        """What somebody known sent. A document is only read, whoever wrote it: its [등록] is the sender's own act."""
        if (message.document is not None or message.photo) and self.office.privacy not in KEEPS_TYPED:
            turn.refuse("no_uploads")
        elif message.document is not None:
            self._receive(turn, message.caption or "")
        elif message.photo:
            guarded(turn, lambda: receive_photo(turn, message, is_foreign=written.is_passed_on))
        elif written.is_passed_on:
            passed_on.answer(turn, written.words)
        elif not visible(message.text or "").strip():
            turn.answer("not_text")
        else:
            speak(turn, written.text)

    def _receive(self, turn: Turn, caption: str) -> None:
        sent = self.incoming.attachment
        if sent is not None and sent.grid is not None:
            name, grid = sent.name, sent.grid
            guarded(turn, lambda: sheets.receive(turn, name, grid, caption))
        else:
            guarded(turn, lambda: receive(turn, sent))

    def _is_for_another(self, written: Written) -> bool:
        """A command that names another bot; none does as long as our own name is not known."""
        named = written.addressee
        own = meta.get(self.session, meta.BOT_USERNAME) if named is not None else None
        return named is not None and own is not None and named.lower() != own.lower()

    def _edited(self, message: Message, written: Written) -> None:
        """What was written before has had its effect: it is told how things stand now, and nothing is done again.
        A code that an edit brought into a group is void as well."""
        if message.chat.type != Chat.PRIVATE:
            groups.void_codes(self.room, message)
            return
        known = message.from_user and self._actor(message.chat.id, message.from_user.id)
        if known and written.words and not self._is_for_another(written):
            passed_on.answer(self._turn(known), written.words, is_edited=True)

    def _reacted(self, change: MessageReactionUpdated) -> None:
        """👍 under one's own message of the bot about one item is [확인함]; anything else means nothing."""
        if change.chat.type != Chat.PRIVATE or change.user is None or not is_thumb_up(change):
            return
        actor = self._actor(change.chat.id, change.user.id)
        if actor is not None:
            seen.react(self._turn(actor), change.message_id)

    def _stranger(self, message: Message, written: Written) -> None:
        """Nothing is told but how to be linked. A good code links."""
        said = "" if written.is_passed_on else message.text or ""
        phrase = understand(said, self.today, self.office.rules.calendar)
        assert message.from_user is not None
        turn_to(message.from_user.language_code)
        code = phrase.arguments if phrase.intent == "start" else code_of_link(said)
        if code:
            actor = redeem(
                self.session,
                self.office,
                code,
                message.chat.id,
                message.from_user.id,
                message.from_user.full_name or "",
                self.now,
                self.incoming.cause,
            )
            if actor is not None:
                turn_to(actor.officer.language)
                turn = self._turn(actor)
                welcome(turn, label("intake.registered"))
                pack.show_waiting(turn)
                tell_leads(turn)
                self.menu = menus.menu(actor)
                return
        self._turn_away(message.chat.id)

    def _turn_away(self, chat_id: int) -> None:
        hears_alarms = chat_id == self.office.alarms_to
        self.room.owe(chat_id, render.text("stranger", hears_alarms=hears_alarms))

    def _in_group(self, message: Message, written: Written) -> None:
        """A bound group's counts, else only the word to write privately; a code posted here is void at once."""
        if groups.migrate(self.room, message):
            return
        voided = groups.void_codes(self.room, message)
        if voided or not (written.is_passed_on or self._is_for_another(written)):
            groups.answer(self.room, message, written.words, is_voided=voided)

    def _keep_menu(self, turn: Turn) -> None:
        """Set the chat's menu anew where it was asked for, or where the person's roles are others now."""
        if turn.wants_menu or turn.actor.link.menu_roles != menus.shown_for(turn.actor):
            self.menu = menus.menu(turn.actor)
