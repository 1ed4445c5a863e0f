"""/upcoming [days]: what falls due soon in the manager's reach."""

from __future__ import annotations

from bot.chat.arguments import UsageError
from bot.chat.command import Command
from bot.chat.lists import MOST_DAYS, UPCOMING
from bot.chat.turn import Turn
from jobs.authority.access import Action
from plans.characters import number_of

DEFAULT_DAYS = 14
EXAMPLE = "/upcoming 30"


def upcoming(turn: Turn, text: str) -> None:
    words = text.strip().removesuffix("일").strip()
    days = number_of(words) if words else DEFAULT_DAYS
    if days is None or not 1 <= days <= MOST_DAYS:
        raise UsageError(f"며칠 앞까지 볼지 1~{MOST_DAYS} 사이의 숫자로 적어 주십시오.", example=EXAMPLE)
    UPCOMING.show(turn, days)


COMMAND = Command(
    name="upcoming",
    korean=("예정",),
    summary=f"앞으로 {DEFAULT_DAYS}일(또는 적은 날수) 일정",
    example=EXAMPLE,
    effect=upcoming,
    action=Action.OVERVIEW,
    buttons={UPCOMING.verb: UPCOMING.turn_page},
)
