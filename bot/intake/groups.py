"""What happens in a group: the planning office binds it, everybody in it may see its counts, nothing else is done.

A group is no private place: whoever speaks is checked, an anonymous admin is nobody, and no name is said. It is
answered as a stranger's chat is: nobody linked is behind it (`Room.owe`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from telegram import Chat, ChatMember, ChatMemberUpdated, Message

from bot.digest.group_week import group_text
from bot.texts import render
from bot.texts.render import label
from jobs.authority.permissions import Action, Actor, actor_of_user, has
from jobs.texts import kept
from store import audit, chat_links, deliveries, groups, invites, officers
from store.audit import Who
from store.deliveries import Html
from store.deliveries import Message as Reply
from store.states import DeliveryKind

COMMAND = re.compile(r"/(?P<name>[A-Za-z]+)(?:@\S+)?\s*(?P<rest>.*)", re.DOTALL)
GONE = {ChatMember.BANNED, ChatMember.LEFT}
GROUPS = {Chat.GROUP, Chat.SUPERGROUP}
# As store.invites makes them, wherever it stands.
CODE = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])", re.ASCII)
STRANGER_MOST = 20  # answers a day to a chat of somebody unknown
GROUP_MOST = 200  # to a group that somebody known asked in


@dataclass(frozen=True)
class Answer:
    """What the group is answered. `is_refusal`: the speaker may not do what was asked."""

    text: Html
    is_refusal: bool = False


@dataclass(frozen=True)
class Room:
    """One message of a chat inside its transaction, whoever is behind it."""

    session: Session
    now: datetime
    today: date
    zone: ZoneInfo
    cause: str
    topic_id: int | None = None  # the topic of a forum in which it was written

    def who(self, actor: Actor | None) -> Who:
        name = actor.officer.name if actor else kept("running.actor.telegram")
        return Who(actor.officer.id if actor else None, name, f"telegram:{self.cause}", self.cause)

    def owe(self, chat_id: int, text: Html, event: str = "answer", *, is_known: bool = False) -> None:
        """Owe a chat an answer where nobody linked is behind it: one at a time and some a day, whatever is poured in;
        `is_known`: somebody known asked in a group."""
        most = GROUP_MOST if is_known else STRANGER_MOST
        if deliveries.may_answer_nameless(self.session, chat_id, self.now, most, many_at_once=is_known):
            deliveries.add(
                self.session, DeliveryKind.REPLY, event, chat_id, self.now,
                cause=self.cause, message=Reply(text, []), topic_id=self.topic_id,
            )  # fmt: skip


def answer(room: Room, message: Message, text: str, *, is_voided: bool) -> None:
    """What a command may show here; else, for whatever looks like one, the word to write privately."""
    found = command(room, message, text) if not is_voided else None
    if found is not None:
        event = "refused" if found.is_refusal else "answer"
        room.owe(message.chat.id, found.text, event, is_known=not found.is_refusal)
    elif is_voided or text.startswith("/"):
        is_anonymous_one = is_anonymous(message) and not is_voided
        room.owe(message.chat.id, render.text("group", is_anonymous=is_anonymous_one, code_voided=is_voided))


def void_codes(room: Room, message: Message) -> bool:
    """Whether a good code stands anywhere in the message, links, captions, quotes and buttons too; from now on it is
    void."""
    codes = {one for words in _words_in(message.to_dict()) for one in CODE.findall(words)}
    found = invites.find_all(room.session, codes)
    return bool([one for one in found if invites.void(one, room.now)])


def _words_in(part: object) -> Iterator[str]:
    """Every text of a message, however deep it lies."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _words_in(one)


def is_anonymous(message: Message) -> bool:
    """Sent in the group's or a channel's name: whoever stands behind it cannot be checked."""
    return message.sender_chat is not None or message.from_user is None or message.from_user.is_bot


def migrate(room: Room, message: Message) -> bool:
    """Telegram's word that the group has become a supergroup; False for any other message."""
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new is None:
        return False
    chat_links.move_chat(room.session, old, new)
    deliveries.move_chat(room.session, old, new)
    if groups.move(room.session, old, new):
        record(room, None, "group-moved", new, {"from": old})
    return True


def membership(room: Room, change: ChatMemberUpdated) -> None:
    """The bot was put out of a group, and its binding ends; or it came in, and says what it is for."""
    is_gone = change.new_chat_member.status in GONE
    if change.old_chat_member.status in GONE and not is_gone and change.chat.type in GROUPS:
        room.owe(change.chat.id, render.text("group_joined"))
    ended = groups.end(room.session, change.chat.id, room.now) if is_gone else None
    if ended is not None:
        record(room, None, groups.UNBOUND, change.chat.id, {"department": ended.department.name})


def command(room: Room, message: Message, text: str) -> Answer | None:
    """The answer to a command that a group may give; None for all others, which belong into a private chat."""
    found = COMMAND.match(text)
    name = found["name"].lower() if found else ""
    if found is None or is_anonymous(message) or name not in {"bind", "unbind", "status"}:
        return None
    if name == "status":
        return _status(room, message)
    assert message.from_user is not None
    actor = actor_of_user(room.session, message.from_user.id, room.today)
    if actor is None or not has(actor, Action.GROUPS):
        return Answer(_usage(label("intake.group.planners")), is_refusal=True)
    return _bind(room, message, actor, found["rest"]) if name == "bind" else _unbind(room, message, actor)


def _status(room: Room, message: Message) -> Answer | None:
    group = groups.of_chat(room.session, message.chat.id)
    return Answer(group_text(room.session, group.department, room.today, room.zone)) if group else None


def _bind(room: Room, message: Message, actor: Actor, name: str) -> Answer:
    department = officers.department(room.session, name) if name.strip() else None
    if department is None:
        known = officers.department_names(room.session)[:20]
        asked = label("intake.group.which", departments=known)
        return Answer(_usage(asked, label("routing.elsewhere-example")))
    groups.bind(room.session, message.chat.id, department.id, actor.officer.id, room.now, room.topic_id)
    record(room, actor, "group-bound", message.chat.id, {"department": department.name})
    return Answer(render.text("group_bound", department=department.name, is_bound=True))


def _unbind(room: Room, message: Message, actor: Actor) -> Answer:
    ended = groups.end(room.session, message.chat.id, room.now)
    if ended is None:
        return Answer(_usage(label("intake.group.unbound")))
    record(room, actor, "group-unbound", message.chat.id, {"department": ended.department.name})
    return Answer(render.text("group_bound", department=ended.department.name, is_bound=False))


def record(room: Room, actor: Actor | None, action: str, chat_id: int, after: dict[str, object]) -> None:
    audit.Act(room.session, room.who(actor), room.now).record(action, f"group:{chat_id}", after=after)


def _usage(reason: str, example: str | None = None) -> Html:
    return render.text("usage", reason=reason, example=example)
