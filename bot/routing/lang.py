"""/lang: which languages are spoken and understood."""

from __future__ import annotations

from bot.chat.command import Command
from bot.chat.turn import Turn


def lang(turn: Turn, _text: str) -> None:
    turn.answer("languages", number=turn.sample_number())


COMMAND = Command(name="lang", korean=("언어",), summary="안내 언어", effect=lang, in_menu=False)
