"""Who decides a matter, in words."""

from __future__ import annotations

from bot.chat.invites import ROLE_WORDS
from bot.chat.turn import Turn
from bot.texts import render
from jobs.authority import line
from jobs.authority.line import Matter
from store.states import RoleName


def deciders_words(turn: Turn, matter: Matter) -> str:
    """The lowest role that may decide it, as the subject of a sentence."""
    found = line.deciders(turn.session, matter, turn.today)
    return render.josa(ROLE_WORDS[found[0].role if found else RoleName.PLANNER], "이/가")
