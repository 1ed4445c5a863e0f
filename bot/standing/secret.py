"""/secret: the planning office says which tasks have no title in chat (비공개), and lifts it."""

from bot.chat.command import Command, example_of, misused
from bot.chat.lists import titled
from bot.chat.tasks import named_in
from bot.chat.turn import Turn
from bot.standing.watch import OFF_WORDS, live_task
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.milestones.mark_secret import mark, secrets
from store.deliveries import Message

MOST_SHOWN = 50


def secret(turn: Turn, text: str) -> None:
    """Alone: the list. With a number of a task or one of its milestones: secret, or with 해제 no longer."""
    if not text.strip():
        _show(turn)
        return
    found = named_in(text)
    if found is None or found.rest not in {"", *OFF_WORDS}:
        raise misused("standing.one-secret", "secret")
    task, is_secret = live_task(turn, found), found.rest not in OFF_WORDS
    is_new = mark(turn.deed, task, is_secret=is_secret)
    turn.answer("secret", task=task, is_secret=is_secret, is_new=is_new)


def _show(turn: Turn) -> None:
    tasks = secrets(turn.session)
    empty, hint = say("standing.no-secrets", example=example_of("secret")), say("standing.lift")
    lines = [" · ".join(f"#{one.id}" for one in tasks[:MOST_SHOWN])] if tasks else []
    turn.say(Message(titled(turn, say("standing.secrets"), len(tasks), lines, empty, hint), []))


COMMAND = Command(
    name="secret",
    effect=secret,
    action=Action.SECRETS,
)
