"""What whoever plays a bot and its stand-in together can do for the page besides Telegram: the made-up town.

The sandbox knows nothing of the bot it serves; where nobody plays a town, the page offers none of this.
"""

from typing import Protocol

from sandbox.shapes import Json


class TownError(Exception):
    """What the town cannot do; the text is for people."""


class Town(Protocol):
    """Called beside the server's own thread, one at a time."""

    def speak(self, language: str) -> None:
        """The bot speaks that language from now on to everybody who has chosen none."""

    def offer(self, language: str) -> Json:
        """Whom one can play: `roles` (code and word), `departments`, `people` (name and department)."""

    def invite(self, name: str, department: str, role: str) -> str:
        """The code with which the person registers. Raises TownError."""

    def begin_anew(self, language: str) -> None:
        """All is as at the beginning, soon: the server ends and another takes its place. Raises TownError."""
