"""Which task somebody means: by a number of ours, a task's or one of its entries', or as the document prints it (4-1-②)."""

import re
from dataclasses import dataclass
from typing import Final

from bot.chat.turn import Turn, UnseenError, UsageError, numbered
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import say
from jobs.authority.permissions import Action, may_task, reach
from plans.text.characters import clean
from reports.texts.hidden_titles import shown_title
from store import milestones, tasks
from store.deliveries import Html
from store.models import Task

NO_MOST = 40  # characters that the store has for a document's number
LISTED = 5
# 4-1-②, 2-3-4, 브랜드1: figures and dashes, or a word that ends in a figure; spaces only around the dashes.
_PRINTED: Final = re.compile(
    r"[#＃]?(?P<no>\w{1,12}(?:\s?[-‐-―−－]\s?\w{1,4}){1,4}|[^\W\d_]{1,12}\d{1,3})(?=[\s,]|$)[\s,]*"
)


@dataclass(frozen=True)
class Named:
    """A number of ours, or the document's, and what follows it."""

    number: int | None
    printed: str
    rest: str

    @property
    def said(self) -> str:
        """As messages name it."""
        return guard.words(self.printed) if self.number is None else f"#{self.number}"


def named_in(text: str) -> Named | None:
    """What the text begins with; None where that is no number, or several. Raises UsageError for a signed one."""
    text = clean(text)
    found = re.match(_PRINTED, text)
    if found is not None:
        return Named(None, found["no"][:NO_MOST], text[found.end() :].strip())
    numbers = numbered(text)
    return Named(numbers.ids[0], "", numbers.rest) if len(numbers.ids) == 1 else None


def task_of(turn: Turn, named: Named, action: Action) -> Task:
    """The task that is meant. Raises UnseenError where the speaker may not do the action to it (an unknown number and
    somebody else's read the same), UsageError where several plans have one of that number."""
    if named.number is not None:
        task = tasks.holding(turn.session, named.number)
        if task is None or not may_task(turn.session, turn.actor, action, task.id, turn.today):
            raise UnseenError(say("chat.error.unseen", number=named.number))
        return task
    # A secret one is not found by the document's number: that names it to whoever has the document.
    condition = reach(turn.session, turn.actor, action, turn.today)
    found = tasks.printed(turn.session, named.printed, condition, Task.is_secret.is_(False))
    if not found:
        raise UnseenError(say("chat.error.unseen-no", said=named.said))
    if len(found) > 1:
        raise UsageError(_which(named.said, found))
    return found[0]


def _which(said: str, found: list[Task]) -> Html:
    """The same number stands in several plans: which, with our own."""
    shown = [
        say("chat.error.one-of-several", task=one, title=render.cut(shown_title(one), 40), plan=one.plan)
        for one in found[:LISTED]
    ]
    return render.joined([say("chat.error.several-of-no", said=said, count=len(found)), *shown])


def task_line(one: Task, turn: Turn) -> Html:
    """A task in a list: with its department, who answers for it, and how much of it is open."""
    return render.text(
        "task_line",
        task=one,
        department=one.department.name if one.department else None,
        people=[each.officer.name for each in milestones.of_task(one, turn.today)],
        open=sum(not milestones.is_closed(each) for each in one.milestones),
    )
