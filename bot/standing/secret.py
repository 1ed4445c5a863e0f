"""/secret: the planning office says which tasks have no title in chat (비공개), and lifts it."""

from __future__ import annotations

from bot.chat.command import Command, example_of
from bot.chat.lists import titled
from bot.chat.turn import Turn, UsageError, numbered
from bot.standing.watch import OFF_WORD, task_of
from jobs.authority.access import Action
from jobs.milestones.secret import mark, secrets
from store.deliveries import Message

MOST_SHOWN = 50


def secret(turn: Turn, text: str) -> None:
    """Alone: the list. With a number of a task or one of its milestones: secret, or with 해제 no longer."""
    found = numbered(text)
    if not found.ids and not text.strip():
        _show(turn)
        return
    if len(found.ids) != 1 or found.rest not in {"", OFF_WORD}:
        raise UsageError(
            f"과제나 일정의 번호 하나만 적어 주십시오. 해제하시려면 번호 다음에 “{OFF_WORD}”를 적어 주십시오.",
            example=example_of("secret"),
        )
    task, is_secret = task_of(turn, found.ids[0]), found.rest != OFF_WORD
    is_new = mark(turn.deed, task, is_secret=is_secret)
    turn.answer("secret", task=task, is_secret=is_secret, is_new=is_new)


def _show(turn: Turn) -> None:
    tasks = secrets(turn.session)
    empty, hint = f"비공개 과제가 없습니다. 예) {example_of('secret')}", f"해제: “/secret 번호 {OFF_WORD}”"
    lines = [" · ".join(f"#{one.id}" for one in tasks[:MOST_SHOWN])] if tasks else []
    turn.say(Message(titled(turn, "비공개 과제", len(tasks), lines, empty, hint), []))


COMMAND = Command(
    name="secret",
    effect=secret,
    action=Action.SECRETS,
)
