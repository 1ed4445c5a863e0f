"""Command menus: what the bot set with setMyCommands, by scope and language, and which one a person sees."""

from dataclasses import dataclass, field

from sandbox.chats import Chat
from sandbox.shapes import Json

Key = tuple[str, int | None, int | None, str]
"""Scope type, chat id, user id, language code ("" = every language)."""


@dataclass
class Commands:
    """All menus."""

    by_scope: dict[Key, list[Json]] = field(default_factory=dict)

    def shown_to(self, chat: Chat, person_id: int, language: str) -> list[Json]:
        """The menu that a person sees in a chat: the narrowest scope that has one, own language first.

        Source: core.telegram.org/bots/api#determining-list-of-commands
        """
        for scope, chat_id, user_id in _scopes(chat, person_id):
            for code in (language, ""):
                found = self.by_scope.get((scope, chat_id, user_id, code))
                if found:
                    return found
        return []


def _scopes(chat: Chat, person_id: int) -> list[tuple[str, int | None, int | None]]:
    own: tuple[str, int | None, int | None] = ("chat", chat.id, None)
    if chat.is_private:
        return [own, ("all_private_chats", None, None), ("default", None, None)]
    return [
        ("chat_member", chat.id, person_id),
        own,
        ("all_group_chats", None, None),
        ("default", None, None),
    ]
