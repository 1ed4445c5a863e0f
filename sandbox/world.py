"""Everything that exists in the sandbox: persons, chats, messages, files; in memory, one world per process."""

from collections import deque
from dataclasses import dataclass, field

from sandbox import errors
from sandbox.changes import Changes
from sandbox.chats import Chat, Content, Message
from sandbox.clock import Clock
from sandbox.files import Files
from sandbox.persons import FIRST_PERSON_ID, Bot, Person
from sandbox.shapes import Json

SUPERGROUP_BASE = -1_000_000_000_000
GROUP_BASE = -4_000_000
TOASTS_KEPT = 200


@dataclass
class World:
    """Persons, chats and what was said; every visible change passes through here and is counted."""

    bot: Bot
    clock: Clock
    changes: Changes = field(default_factory=Changes)
    persons: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    toasts: deque[Json] = field(default_factory=lambda: deque(maxlen=TOASTS_KEPT))

    def add_person(self, person: Person) -> Person:
        """Let a person exist, with an empty private chat."""
        self.persons[person.id] = person
        chat = self.chats.setdefault(person.id, Chat(person.id, "private", members=[person.id]))
        self.touch(chat)
        return person

    def next_person_id(self) -> int:
        """An id that no person has yet."""
        return max((FIRST_PERSON_ID - 1, *self.persons)) + 1

    def person(self, who: int | str) -> Person | None:
        """The person with this id, username or name; None where nobody or more than one has it."""
        if isinstance(who, int):
            return self.persons.get(who)
        there = [p for p in self.persons.values() if not p.is_gone]
        named = [p for p in there if who in (p.name, p.username, f"@{p.username}", str(p.id))]
        return named[0] if len(named) == 1 else None

    def add_group(self, title: str, members: list[int]) -> Chat:
        """A new basic group with the bot in it."""
        chat = Chat(GROUP_BASE - len(self.chats), "group", title=title, members=members)
        self.chats[chat.id] = chat
        self.touch(chat)
        return chat

    def remove(self, chat: Chat) -> None:
        """Take a chat off the page; a person leaves all groups, and one that nobody is left in goes, too."""
        chat.is_closed = True
        if chat.is_private:
            person = self.persons[chat.id]
            person.is_gone = person.is_deactivated = True
            for group in [one for one in self.chats.values() if not one.is_private]:
                group.members = [one for one in group.members if one != person.id]
                group.is_closed = group.is_closed or not group.members
                self.touch(group)
        self.touch(chat)

    def touch(self, chat: Chat) -> None:
        """Note that something changed in a chat."""
        chat.version = self.changes.bump()

    def find_chat(self, chat_id: int | str | None) -> Chat:
        """The chat a call names, where the bot may know it.

        Raises: ApiError for an empty, unknown or migrated chat.
        """
        if chat_id in (None, ""):
            raise errors.bad_request(errors.CHAT_ID_EMPTY)
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not self.is_known(chat):
            raise errors.bad_request(errors.CHAT_NOT_FOUND)
        if chat.migrated_to is not None:
            raise errors.bad_request(errors.GROUP_UPGRADED, {"migrate_to_chat_id": chat.migrated_to})
        return chat

    def is_known(self, chat: Chat) -> bool:
        """Whether the bot has ever met this chat: a person who never wrote is unknown unless in a group."""
        if not chat.is_private:
            return True
        person = self.persons[chat.id]
        return person.is_started or any(
            person.id in c.members for c in self.chats.values() if not c.is_private
        )

    def writable_chat(self, chat_id: int | str | None) -> Chat:
        """The chat a call names, where the bot may write in it.

        Raises: ApiError as Telegram refuses: not found, blocked, deactivated, not started, kicked.
        """
        chat = self.find_chat(chat_id)
        if chat.is_private:
            _check_person(self.persons[chat.id])
        elif chat.bot_status == "kicked":
            raise errors.forbidden(f"bot was kicked from the {chat.type} chat")
        return chat

    def post(self, chat: Chat, sender: Json, content: Content, **extra: Json | int | None) -> Message:
        """A new message in a chat; `extra` are further fields of Message."""
        message = Message(chat.next_message_id(), sender, self.clock.unix(), content, **extra)  # type: ignore[arg-type]
        chat.messages[message.id] = message
        chat.action = None
        self.touch(chat)
        return message

    def toast(self, toast: Json) -> None:
        """Remember what answerCallbackQuery shows to the person who pressed."""
        self.toasts.append({**toast, "version": self.changes.bump()})


def _check_person(person: Person) -> None:
    if person.is_deactivated:
        raise errors.forbidden(errors.USER_DEACTIVATED)
    if not person.is_started:
        raise errors.forbidden(errors.CANNOT_INITIATE)
    if person.is_blocked:
        raise errors.forbidden(errors.BOT_BLOCKED)
