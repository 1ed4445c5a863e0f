"""Who takes part: the bot itself and the persons who chat with it."""

from dataclasses import dataclass

from sandbox.shapes import Json

FIRST_PERSON_ID = 700_000_001


@dataclass(frozen=True)
class Bot:
    """The one bot of the sandbox; its id is the number before the colon of the token."""

    token: str
    username: str
    name: str

    @property
    def id(self) -> int:
        """Telegram's user id of the bot."""
        return int(self.token.split(":", 1)[0])

    def user(self) -> Json:
        """The bot as the `User` object of its messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> Json:
        """The bot as getMe answers it."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass
class Person:
    """Somebody with a Telegram account; the id of the private chat is the id of the person."""

    id: int
    name: str
    username: str | None = None
    label: str = ""
    department: str = ""
    start_code: str | None = None
    language: str = "ko"
    is_started: bool = False
    is_blocked: bool = False
    is_deactivated: bool = False
    is_gone: bool = False
    """Taken off the page: to the bot an account that was deleted."""

    def user(self) -> Json:
        """The person as Telegram's `User` object."""
        found: Json = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }
        if self.username:
            found["username"] = self.username
        return found

    def public(self) -> Json:
        """The person as the control API shows them."""
        return {
            "id": self.id,
            "name": self.name,
            "username": self.username,
            "label": self.label,
            "department": self.department,
            "start_code": self.start_code,
            "started": self.is_started,
            "blocked": self.is_blocked,
            "deactivated": self.is_deactivated,
        }
