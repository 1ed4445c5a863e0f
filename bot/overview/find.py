"""/find TEXT: what lies within reach and has the words in what names it: tasks, pledges, milestones."""

from bot.chat.command import Command, misused
from bot.chat.line import line
from bot.chat.lists import titled
from bot.chat.tasks import task_line
from bot.chat.turn import Turn
from bot.privacy import guard
from bot.texts import message_length, render
from bot.texts.render import say
from jobs.authority.permissions import Action, reach
from plans.text.characters import clean
from reports.texts.hidden_titles import shown_title
from store import milestones, plans, tasks
from store.deliveries import Message
from store.models import Milestone, Task

MOST_SHOWN = 15
WORDS_MOST = 100


def find(turn: Turn, text: str) -> None:
    words = [plans.squeeze(word) for word in clean(text)[:WORDS_MOST].split()]
    words = [word for word in words if word]
    if not words:
        raise misused("overview.no-words", "find")
    condition = reach(turn.session, turn.actor, Action.VIEW, turn.today)
    found = [one for one in milestones.search(turn.session, condition) if _has(one, words)]
    seen = {one.task_id for one in found}
    bare = [one for one in tasks.search(turn.session, condition) if one.id not in seen and _names(one, words)]
    total = len(bare) + len(found)
    lines = [task_line(one, turn) for one in bare[:MOST_SHOWN]]
    lines += [
        line(one, turn.today, turn.office.rules.calendar, with_people=True) for one in found[:MOST_SHOWN]
    ]
    page = message_length.pages(lines, MOST_SHOWN)[0]
    title, empty = (
        say("overview.search", said=guard.words(render.cut(clean(text), 30))),
        say("overview.none-found"),
    )
    hint = say("overview.first-found", count=len(page)) if len(page) < total else ""
    turn.say(Message(titled(turn, title, total, page, empty, hint), []))


def _names(task: Task, words: list[str]) -> bool:
    """The same of a task itself; of a secret one nothing is known but its number."""
    told = "" if task.is_secret else f"{task.pledge_no or ''}{task.pledge or ''}"
    named = plans.squeeze(f"{shown_title(task)}{task.shown_no or ''}{told}")
    return all(word in named for word in words)


def _has(milestone: Milestone, words: list[str]) -> bool:
    """Every word stands somewhere in what names the milestone, however it is spaced."""
    number = milestone.task.shown_no or ""
    named = plans.squeeze(f"{shown_title(milestone)}{shown_title(milestone.task)}{number}")
    return all(word in named for word in words)


COMMAND = Command(
    name="find",
    effect=find,
    action=Action.VIEW,
)
