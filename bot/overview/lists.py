"""/my: the speaker's own open milestones."""

from __future__ import annotations

from bot.chat.command import Command
from bot.chat.lists import MY
from bot.chat.turn import Turn


def my(turn: Turn, _text: str) -> None:
    MY.show(turn)


COMMAND = Command(
    name="my",
    korean=("내일정", "내 일정"),
    summary="내 소관 일정",
    effect=my,
    buttons={MY.verb: MY.turn_page},
)
