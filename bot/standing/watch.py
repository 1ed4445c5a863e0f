"""/watch: the planning office's watch list (집중관리), which is reminded of more often and shown first."""

from bot.chat import tasks
from bot.chat.command import Command, example_of, misused
from bot.chat.lists import Pages, page_of, paging, titled
from bot.chat.tasks import Named, named_in
from bot.chat.turn import Press, Turn, UnseenError, UsageError, button, note
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import watch
from jobs.milestones.watch import WatchError
from store.deliveries import Message
from store.models import Task
from store.states import PlanState

VERB, OFF = "watchlist", "watchoff"
PER_PAGE = 7
OFF_WORDS = frozenset({"해제", "lift"})


def put_on_watch(turn: Turn, text: str) -> None:
    """Alone: the list. With a number of a task or one of its milestones: on the list, or with 해제 off it."""
    if not text.strip():
        turn.say(page(turn, 1))
        return
    found = named_in(text)
    if found is None or not found.rest:
        raise misused("standing.one-to-watch", "watch")
    task = live_task(turn, found)
    word, _, rest = found.rest.partition(" ")
    if word in OFF_WORDS:
        _take_off(turn, task, note(rest))
        return
    reason = note(found.rest)
    assert reason is not None
    watch.watch(turn.deed, task, reason)
    settings = turn.office.rules.settings
    days = ", ".join(f"D-{one}" for one in sorted(settings.watched_before_days, reverse=True))
    turn.answer(
        "watched", task=task, reason=reason, is_on=True, days=days, every=settings.watched_after_every_days
    )


def task_of(turn: Turn, number: int) -> Task:
    """The task that has the number, or something of it. Raises UsageError where there is none."""
    return live_task(turn, Named(number, "", ""))


def live_task(turn: Turn, named: Named) -> Task:
    """The same, of an active plan, by what was typed."""
    try:
        task = tasks.task_of(turn, named, Action.VIEW)
    except UnseenError:
        task = None
    if task is None or task.plan.state is not PlanState.ACTIVE or task.withdrawn_on is not None:
        raise UsageError(say("standing.no-such-task", said=named.said))
    return task


def _take_off(turn: Turn, task: Task, reason: str | None) -> None:
    try:
        watch.unwatch(turn.deed, task, reason)
    except WatchError as error:
        raise UsageError(say(f"standing.watch.refused.{error}")) from error
    turn.answer("watched", task=task, reason=reason, is_on=False, days="", every=0)


def page(turn: Turn, wanted: int) -> Message:
    rows, current, pages = page_of(watch.watched(turn.session), wanted, PER_PAGE)
    lines = [render.text("watch_line", task=one, today=turn.today) for one in rows]
    empty, total = (
        say("standing.none-watched", example=example_of("watch")),
        len(watch.watched(turn.session)),
    )
    text = titled(turn, say("standing.watched"), total, lines, empty, page=current, pages=pages)
    keyboard = [[button(label("standing.off", number=one.id), OFF, one.id)] for one in rows]
    return Message(text, keyboard + paging(VERB, current, pages))


def press_off(turn: Turn, press: Press) -> None:
    _take_off(turn, task_of(turn, press.id), None)


PAGES = Pages(page)
COMMAND = Command(
    name="watch",
    effect=put_on_watch,
    action=Action.ROUNDS,
    buttons={VERB: PAGES.turn_page, OFF: press_off},
)
