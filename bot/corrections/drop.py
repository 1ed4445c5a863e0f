"""/drop ID REASON: what was registered by mistake is withdrawn; number, row and history stay."""

from bot.chat.command import Command, example_of, misused
from bot.chat.turn import Turn, note, one_number
from bot.corrections.targets import named, target, task_of, tell
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.corrections import withdrawal
from reports.texts.speaking import in_each


def drop(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("corrections.one-to-drop"), example_of("drop"))
    found, reason = target(turn, number), note(rest)
    if reason is None:
        raise misused("corrections.why-dropped", "drop")
    shown = in_each(lambda: named(found))
    entries = withdrawal.drop(turn.deed, found, reason)
    told = tell(turn, task_of(found), lambda: [say("corrections.told.dropped", name=shown())], reason)
    count = len(entries) - 1
    turn.registered("dropped", entries[-1], name=shown(), count=count, reason=reason, told=told)


COMMAND = Command(name="drop", effect=drop, action=Action.EDIT)
