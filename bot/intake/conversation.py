"""One update of a chat or group: who speaks, and to what it leads."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session
from telegram import Chat, ChatMember, ChatMemberUpdated, Message, MessageReactionUpdated, Update

from bot.chat import buttons, heard, passed_on
from bot.chat.lists import refresh_pressed
from bot.chat.turn import Office, Turn
from bot.completion.evidence import receive_photo
from bot.digest.render import VERB as DIGEST_VERB
from bot.digest.render import turn_page
from bot.documents.upload import Attachment, receive
from bot.intake import groups, menus
from bot.intake.menus import Menu
from bot.people import pack
from bot.people.start import redeem, tell_leads, welcome, welcome_back
from bot.privacy import guard
from bot.routing.registry import PRESSES
from bot.routing.talk import guarded, speak
from bot.speech.understand import understand
from bot.standing import seen
from bot.texts import render
from jobs.authority.access import Actor, actor_of, has
from plans.characters import visible
from store import audit, deliveries, invites, links, reachability
from store.audit import Who
from store.db import meta
from store.deliveries import Html
from store.deliveries import Message as Answer
from store.states import DeliveryKind, LinkState

CODE = re.compile(
    r"(?<![\w-])[\w-]{22}(?![\w-])", re.ASCII
)  # as store.invites makes them, wherever it stands
CHANGING = {
    "done",
    "undo",
    "fixday",
    "approve",
    "reject",
    "confirm",
}  # presses after which a list looks different
STRANGER_MOST, GROUP_MOST = (
    20,
    200,
)  # answers a day to a stranger's chat, and to a group that somebody known asked in
MOST_CODES = 20  # looked up in one message of a group
GONE = {ChatMember.BANNED, ChatMember.LEFT}


def owe(
    session: Session, chat_id: int, now: datetime, cause: str, text: Html, topic_id: int | None = None
) -> None:
    """Owe a chat an answer where nobody linked is behind it: one at a time and some a day, whatever is poured in."""
    if not deliveries.may_answer_nameless(session, chat_id, now, STRANGER_MOST):
        return
    message = Answer(text, [])
    deliveries.add(
        session, DeliveryKind.REPLY, "answer", chat_id, now, cause=cause, message=message, topic_id=topic_id
    )


class Conversation:
    """What one update means, inside its transaction."""

    def __init__(self, session: Session, now: datetime, office: Office, cause: str) -> None:
        self.session = session
        self.now = now
        self.office = office
        self.cause = cause
        self.menu: Menu | None = None
        self.attachment: Attachment | None = None
        self.was_away = False  # the person could not be reached until this update
        self.topic_id: int | None = None  # in which it was written, and is answered

    def take(self, update: Update) -> None:
        written = update.message or update.edited_message
        self.topic_id = heard.topic_of(written) if written is not None else None
        if update.my_chat_member is not None:
            self._membership(update.my_chat_member)
        elif update.callback_query is not None:
            self._press(update)
        elif update.message is not None:
            self._message(update.message)
        elif update.edited_message is not None:
            self._edited(update.edited_message)
        elif update.message_reaction is not None:
            self._reacted(update.message_reaction)

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
        audit.Act(self.session, who, self.now).record(
            "bot-changed", f"officer:{officer.id}", before=before, after=after
        )
        link.bot_id = self.office.bot_id

    def _turn(self, actor: Actor, pressed: int | None = None) -> Turn:
        return Turn(
            self.session,
            self.now,
            self.office,
            actor,
            self.cause,
            pressed,
            self.topic_id,
            was_away=self.was_away,
        )

    def _owe(self, chat_id: int, template: str, **facts: object) -> None:
        owe(self.session, chat_id, self.now, self.cause, render.text(template, **facts), self.topic_id)

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
            welcome_back(self._turn(actor))

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
        guarded(turn, lambda: effect(turn, press))
        if press.verb in CHANGING:
            refresh_pressed(turn)
        self._keep_menu(turn)

    def _message(self, message: Message) -> None:
        if message.chat.type != Chat.PRIVATE:
            self._in_group(message)
            return
        if message.from_user is None or self._is_for_another(message):
            return
        actor = self._actor(message.chat.id, message.from_user.id)
        if actor is None:
            self._stranger(message)
            return
        turn = self._turn(actor)
        self._listen(turn, message)
        self._keep_menu(turn)

    def _listen(self, turn: Turn, message: Message) -> None:
        """What somebody known sent. A document is only read, whoever wrote it: its [등록] is the sender's own act."""
        if (message.document is not None or message.photo) and not guard.takes_in():
            turn.refuse("no_uploads")
        elif message.document is not None:
            guarded(turn, lambda: receive(turn, self.attachment))
        elif message.photo:
            guarded(turn, lambda: receive_photo(turn, message))
        elif heard.is_passed_on(message):
            passed_on.answer(turn, heard.words_of(message))
        elif not visible(message.text or "").strip():
            turn.answer("not_text")
        else:
            speak(turn, message)

    def _is_for_another(self, message: Message) -> bool:
        """A command that names another bot; none does as long as our own name is not known."""
        named = heard.addressee(message)
        own = meta.get(self.session, meta.BOT_USERNAME) if named is not None else None
        return named is not None and own is not None and named.lower() != own.lower()

    def _edited(self, message: Message) -> None:
        """What was written before has had its effect: it is told how things stand now, and nothing is done again.
        A code that an edit brought into a group is void as well."""
        words = heard.words_of(message)
        if message.chat.type != Chat.PRIVATE:
            self._void_all(message)
            return
        known = message.from_user and self._actor(message.chat.id, message.from_user.id)
        if known and words and not self._is_for_another(message):
            passed_on.answer(self._turn(known), words, is_edited=True)

    def _reacted(self, change: MessageReactionUpdated) -> None:
        """👍 under one's own message of the bot about one item is [확인함]; anything else means nothing."""
        if change.chat.type != Chat.PRIVATE or change.user is None or not heard.is_thumb_up(change):
            return
        actor = self._actor(change.chat.id, change.user.id)
        if actor is not None:
            seen.react(self._turn(actor), change.message_id)

    def _stranger(self, message: Message) -> None:
        """Nothing is told but how to be linked. A good code links."""
        today, calendar = self.office.rules.calendar.local_date(self.now), self.office.rules.calendar
        said = "" if heard.is_passed_on(message) else message.text or ""
        phrase = understand(said, today, calendar)
        assert message.from_user is not None
        if phrase.intent == "start" and phrase.arguments:
            actor = redeem(
                self.session,
                self.office,
                phrase.arguments,
                message.chat.id,
                message.from_user.id,
                message.from_user.full_name or "",
                self.now,
                self.cause,
            )
            if actor is not None:
                turn = self._turn(actor)
                welcome(turn, "등록되었습니다")
                pack.show_waiting(turn)
                tell_leads(turn)
                self._set_menu(actor)
                return
        self._owe(message.chat.id, "stranger")

    def _in_group(self, message: Message) -> None:
        """A bound group's counts, else only the word to write privately; a code posted here is void at once."""
        if groups.migrate(self._room(), message):
            return
        text, voided = heard.words_of(message), self._void_all(message)
        if not voided and (heard.is_passed_on(message) or self._is_for_another(message)):
            return
        answer = groups.command(self._room(), message, text) if not voided else None
        if answer is not None:
            self._say_in_group(message.chat.id, answer)
        elif voided or text.startswith("/"):
            is_anonymous = groups.is_anonymous(message) and not voided
            self._owe(message.chat.id, "group", is_anonymous=is_anonymous, code_voided=bool(voided))

    def _room(self) -> groups.Room:
        today = self.office.rules.calendar.local_date(self.now)
        return groups.Room(self.session, self.now, today, self.cause, self.topic_id)

    def _say_in_group(self, chat_id: int, answer: groups.Answer) -> None:
        most, is_known = STRANGER_MOST if answer.is_refusal else GROUP_MOST, not answer.is_refusal
        if not deliveries.may_answer_nameless(self.session, chat_id, self.now, most, many_at_once=is_known):
            return
        event = "refused" if answer.is_refusal else "answer"
        message = Answer(answer.text, [])
        deliveries.add(
            self.session, DeliveryKind.REPLY, event, chat_id, self.now,
            cause=self.cause, message=message, topic_id=self.topic_id,
        )  # fmt: skip

    def _void_all(self, message: Message) -> list[str]:
        """The codes that stand in the message, void from now on."""
        links_in_text = [one.url or "" for one in message.entities]
        codes = CODE.findall(" ".join([heard.words_of(message), *links_in_text]))
        return [code for code in codes[:MOST_CODES] if self._void(code)]

    def _void(self, word: str) -> bool:
        found = invites.find(self.session, word) if word else None
        return found is not None and invites.void(found, self.now)

    def _keep_menu(self, turn: Turn) -> None:
        """Set the chat's menu anew where it was asked for, or where the person's roles are others now."""
        if turn.wants_menu or turn.actor.link.menu_roles != menus.key(turn.actor):
            self._set_menu(turn.actor)

    def _set_menu(self, actor: Actor) -> None:
        self.menu = menus.menu(actor)
