"""Chats and their messages, as they stand and as they were before each edit."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.shapes import Json

ChatType = Literal["private", "group", "supergroup"]
BotStatus = Literal["member", "kicked"]


@dataclass(frozen=True)
class Content:
    """What an edit can change: text (or caption), its entities, the inline keyboard."""

    text: str
    entities: tuple[Json, ...] = ()
    keyboard: tuple[tuple[Json, ...], ...] = ()

    def public(self) -> Json:
        """The content as the control API shows it."""
        return {
            "text": self.text,
            "entities": list(self.entities),
            "keyboard": [list(row) for row in self.keyboard] or None,
        }


@dataclass
class Message:
    """One message; `attachment` holds a document or photo, `service` what Telegram itself tells."""

    id: int
    sender: Json
    date: int
    content: Content
    attachment: Json = field(default_factory=dict)
    service: Json = field(default_factory=dict)
    reply_to: int | None = None
    edit_date: int | None = None
    revisions: list[tuple[int, Content]] = field(default_factory=list)

    def edit(self, content: Content, at: int) -> None:
        """Replace the content, keeping the old one among the revisions."""
        self.revisions.append((self.edit_date or self.date, self.content))
        self.content, self.edit_date = content, at

    @property
    def is_text_edited(self) -> bool:
        """Whether the text was ever another; Telegram's apps mark no change of the keyboard alone."""
        return any(content.text != self.content.text for _, content in self.revisions)

    def public(self) -> Json:
        """The message as the control API shows it."""
        return {
            "message_id": self.id,
            "from": {
                "id": self.sender["id"],
                "name": self.sender["first_name"],
                "is_bot": self.sender["is_bot"],
            },
            "date": self.date,
            **self.content.public(),
            "edited": self.is_text_edited,
            "edit_date": self.edit_date,
            "reply_to": self.reply_to,
            "attachment": self.attachment or None,
            "service": self.service or None,
            "revisions": [{"date": date, **content.public()} for date, content in self.revisions],
        }


@dataclass
class Chat:
    """A private chat, a group or a supergroup, with its messages by their id."""

    id: int
    type: ChatType
    title: str | None = None
    members: list[int] = field(default_factory=list)
    bot_status: BotStatus = "member"
    migrated_to: int | None = None
    is_closed: bool = False
    """Taken off the page."""
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    version: int = 0
    """Version of the world at the last change in here."""
    action: str | None = None
    """Last chat action, such as "typing"; gone with the next message."""

    @property
    def is_private(self) -> bool:
        """Whether it is a chat of one person with the bot."""
        return self.type == "private"

    def next_message_id(self) -> int:
        """A new message id; ids count per chat and are never used again."""
        self.last_message_id += 1
        return self.last_message_id
