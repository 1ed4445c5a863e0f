"""/review: where a newer document disagrees with what is registered; the planning office decides on each, once."""

from collections.abc import Callable
from datetime import date

from bot.chat.command import Command
from bot.chat.lists import Pages, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.documents import settle_differences
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from reports.texts.hidden_titles import shown_title
from store import differences
from store.deliveries import Html, Message
from store.models import Difference, Task
from store.states import DifferenceKind, DifferenceState

VERB = "review"
PER_PAGE = 5
KEEP = "difkeep"

Decide = Callable[[Turn, Difference], str | None]  # None: it has answered itself

# verb -> what it does and says; each kind of difference has its choices, "keep" comes last
CHOICES: dict[DifferenceKind, dict[str, Decide]] = {
    DifferenceKind.DATE: {
        "diffix": settle_differences.correct_date,
        "difdelay": settle_differences.record_delay,
    },
    DifferenceKind.DONE: {"difdone": settle_differences.mark_done},
    DifferenceKind.OFFICERS: {"difhand": settle_differences.hand_over},
    DifferenceKind.MISSING: {"difdrop": settle_differences.drop},
    DifferenceKind.DEPARTMENT: {"difmerge": settle_differences.merge, "difname": settle_differences.merge},
    DifferenceKind.TASK: {"diftask": settle_differences.correct_task},
    DifferenceKind.TWIN: {"difbind": settle_differences.bind},
    DifferenceKind.DOUBLE: {"difone": settle_differences.make_one},
    DifferenceKind.RENAMED: {"diftitle": settle_differences.rename},
    DifferenceKind.TEAM: {"difteam": settle_differences.put_in_team},
}
# A due day that the register said otherwise when it came back.
OF_SHEET: dict[str, Decide] = {
    "difmisread": settle_differences.misread,
    "difmove": settle_differences.move,
}


def _choices(difference: Difference) -> dict[str, Decide]:
    return OF_SHEET if difference.value.get("sheet") else CHOICES[difference.kind]


def page(turn: Turn, wanted: int) -> Message:
    waiting = differences.waiting(turn.session)
    shown, current, pages = page_of(waiting, wanted, PER_PAGE)
    lines = [_line(turn, one, number) for number, one in enumerate(shown, 1)]
    title, empty, hint = (label(f"documents.review.{one}") for one in ("title", "empty", "hint"))
    text = titled(turn, title, len(waiting), lines, empty, hint, current, pages)
    keyboard = [_row(one, number) for number, one in enumerate(shown, 1)]
    return Message(text, keyboard + paging(VERB, current, pages))


def press_decision(turn: Turn, press: Press) -> None:
    difference = turn.session.get(Difference, press.id)
    if difference is None or difference.state is not DifferenceState.OPEN:
        turn.answer("usage", reason=say("documents.review.decided"), example=None)
        return
    if press.verb == KEEP:
        said: str | None = say("documents.review.kept")
        state = DifferenceState.KEPT
    else:
        choice = _choices(difference).get(press.verb)
        if choice is None:
            raise UsageError(say("documents.review.no-choice"))
        said, state = choice(turn, difference), DifferenceState.TAKEN
    difference.state, difference.settled_at = state, turn.now
    if said is not None:
        turn.answer("reviewed", name=_name(difference), said=said)
    turn.rewrite_pressed(page(turn, 1))


def _row(difference: Difference, number: int) -> list[dict[str, str]]:
    labels, keeps = words("documents.review.button"), words("documents.review.keep")
    is_renamed = "way" in difference.value
    verbs = ["difname"] if is_renamed else [*_choices(difference)]
    row = [button(f"{number}. {labels[verb]}", verb, difference.id) for verb in verbs]
    keep = keeps["other"] if is_renamed else keeps.get(difference.kind, keeps["other"])
    return [*row, button(keep, KEEP, difference.id)]


def _name(difference: Difference) -> str:
    milestone = difference.milestone
    return (
        f"#{milestone.id} {shown_title(milestone)}"
        if milestone
        else f"#{difference.task_id} {shown_title(difference.task)}"
    )


def _line(turn: Turn, difference: Difference, number: int) -> str:
    return render.text(
        "difference",
        number=number,
        name=_name(difference),
        task=difference.task,
        source=difference.source_name,
        what=_what(turn, difference),
    )


def _what(turn: Turn, difference: Difference) -> str:
    """The disagreement in words: what is registered, what the document says."""
    value, milestone = difference.value, difference.milestone
    if difference.kind is DifferenceKind.DATE and milestone is not None:
        said = value["due"] or value["start"]
        kind = "sheet-date" if value.get("sheet") else "date"
        return say(
            f"documents.review.what.{kind}",
            was=milestone.due_on or milestone.start_on,
            day=date.fromisoformat(said),
            what="" if milestone.is_secret else value["expr"],
            today=turn.today,
        )
    if difference.kind is DifferenceKind.OFFICERS:
        held = [guard.named(one) for one in settle_differences.current_officers(turn, difference.task)]
        names = [guard.name(one["name"]) for one in value["officers"]]
        return say("documents.review.what.officers", people=held, names=names)
    if difference.kind is DifferenceKind.TEAM:
        people = [guard.named(one) for one in settle_differences.without_team(turn, difference.task)]
        where = difference.task.department
        printed = f"{where.name} {value['team']}" if where else value["team"]
        return say("documents.review.what.team", team=guard.inert(printed), people=people)
    if difference.kind is DifferenceKind.DEPARTMENT:
        way = value.get("way", "department")
        return say(f"documents.review.what.{way}", name=value["new"], current=value["known"])
    if difference.kind is DifferenceKind.TASK:
        return render.joined(_task_lines(difference.task, value), "\n   ")
    if difference.kind is DifferenceKind.DOUBLE:
        titles = [guard.words(one, difference.task) for one in value["titles"]]
        return say("documents.review.what.double", number=value["one"], titles=titles, line=value["line"])
    if difference.kind is DifferenceKind.RENAMED and milestone is not None:
        title = guard.words(value["title"], difference.task)
        return say("documents.review.what.renamed", was=shown_title(milestone), title=title)
    return say(f"documents.review.what.{difference.kind}", number=value.get("task_id"))


def _task_lines(task: Task, value: dict[str, str]) -> list[Html]:
    """Title, department and area: what is registered and what the document says, where they differ."""
    none = label("documents.review.what.nothing")
    had = {"title": shown_title(task), "department": task.department.name if task.department else none}
    had["area"] = task.area or none
    return [
        say(f"documents.review.what.task-{key}", was=guard.words(was), title=guard.words(value[key], task))
        for key, was in had.items()
        if value.get(key) and value[key] != was
    ]


PAGES = Pages(page)
COMMAND = Command(
    name="review",
    effect=PAGES.show,
    action=Action.PLANS,
    buttons={
        VERB: PAGES.turn_page,
        "reviewopen": PAGES.show,
        KEEP: press_decision,
        **{verb: press_decision for choices in [*CHOICES.values(), OF_SHEET] for verb in choices},
    },
)
