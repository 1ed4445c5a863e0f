"""/stop: no more messages until /start."""

from __future__ import annotations

from bot.chat.command import Command
from bot.chat.turn import Turn
from store import links, reachability
from store.states import LinkState


def stop(turn: Turn, _text: str) -> None:
    links.pause(turn.actor.link, LinkState.STOPPED, turn.now)
    reachability.look_again(turn.session, turn.today, [turn.actor.officer.id])
    turn.deed.record("stopped", f"officer:{turn.actor.officer.id}")
    turn.answer("stopped")


COMMAND = Command(name="stop", korean=("알림중지",), summary="알림 멈추기", effect=stop)
