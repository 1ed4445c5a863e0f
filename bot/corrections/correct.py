"""/correct: what is settled is put right with a reason, a quarter's row or a closed request's; both values stay (정정)."""

from bot.asks import correcting, whose
from bot.asks.vocabulary import REQUEST
from bot.chat.command import Command
from bot.chat.turn import Turn
from bot.rounds import correct as quarters
from jobs.authority.permissions import Action


def correct(turn: Turn, text: str) -> None:
    """요청 7 도로과 2 금액 35 / 사유, else a quarter's row."""
    said = REQUEST.match(text.strip())
    if said is None:
        quarters.correct(turn, text)
        return
    correcting.correct(turn, whose.ask_of(turn, int(said[1])), text.strip()[said.end() :].strip())


COMMAND = Command(
    name="correct",
    effect=correct,
    action=Action.ROUNDS,
)
