"""/bind and /unbind belong into the group that is meant; here, in private, they only say so."""

from __future__ import annotations

from bot.chat.arguments import UsageError
from bot.chat.command import Command
from bot.chat.turn import Turn
from jobs.authority.access import Action


def elsewhere(_turn: Turn, _text: str) -> None:
    raise UsageError(
        "이 명령은 연결하실 단체방에서 보내 주십시오. 먼저 그 단체방에 이 봇을 초대해 주십시오.",
        example="/bind 기획예산실",
    )


BIND = Command(
    name="bind",
    summary="단체방을 부서에 연결(그 단체방에서)",
    effect=elsewhere,
    action=Action.GROUPS,
)
UNBIND = Command(
    name="unbind",
    summary="단체방 연결 끊기(그 단체방에서)",
    effect=elsewhere,
    action=Action.GROUPS,
)
