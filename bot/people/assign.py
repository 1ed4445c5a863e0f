"""/assign ID NAME: who answers for a task from today on; and the list of tasks that nobody answers for."""

from datetime import date

from bot.chat.command import Command, example_of, misused
from bot.chat.names import Party, party
from bot.chat.newcomers import NewcomerError, adding, pass_on
from bot.chat.turn import Press, Turn, button, numbered
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, may, may_link
from jobs.owed import office_notices
from jobs.people import assignment
from plans.text.characters import clean
from reports.texts.states import shown_title
from store import chat_links, milestones
from store.deliveries import Html
from store.models import Officer, Task
from store.states import AssignmentKind

DEPUTY_WORDS = {"부담당", "부담당자", "추가"}
MOST_SHOWN = 20


def assign(turn: Turn, text: str) -> None:
    found = numbered(clean(text))
    if not found.ids and not found.rest:
        _show_vacant(turn)
        return
    if len(found.ids) != 1 or not found.rest:
        raise misused("people.assign.arguments", "assign")
    task = task_of(turn, found.ids[0])
    try:
        named = party(turn.session, found.rest, example=example_of("assign"), add=adding(turn))
    except NewcomerError as error:
        pass_on(turn, error, f"/assign {found.ids[0]} {found.rest}")
        return
    officer = named.one()
    if named.is_nobody:
        raise misused("people.assign.nobody", "assign")
    if officer is None:
        _ask_which(turn, task, named)
        return
    _give(turn, task, officer, AssignmentKind.DEPUTY if named.rest in DEPUTY_WORDS else AssignmentKind.LEAD)


def task_of(turn: Turn, number: int) -> Task:
    """The task of that number, or of the milestone of that number. Raises UsageError out of reach."""
    task = turn.session.get(Task, number)
    first = task.milestones[0] if task is not None and task.milestones else None
    milestone = milestones.get(turn.session, number) if task is None else first
    if milestone is None or not may(turn.session, turn.actor, Action.ASSIGN, milestone, turn.today):
        raise misused("people.assign.not-yours", "assign", number=number)
    return milestone.task


def _ask_which(turn: Turn, task: Task, named: Party) -> None:
    keyboard = [[choice(one, "assignto", task.id)] for one in named.people[:8]]
    turn.answer(
        "choose_person", keyboard, name=named.name, what=f"#{task.id} {render.cut(shown_title(task), 40)}"
    )


def choice(officer: Officer, verb: str, number: int) -> dict[str, str]:
    """A button that means this one of several people of a name."""
    return button(
        label("people.who", department=officer.department, officer=officer), verb, number, officer.id
    )


def press_choice(turn: Turn, press: Press) -> None:
    officer = turn.session.get(Officer, press.revision)
    if officer is None:
        raise misused("people.list-changed", "assign")
    _give(turn, task_of(turn, press.id), officer, AssignmentKind.LEAD)


def _give(turn: Turn, task: Task, officer: Officer, kind: AssignmentKind) -> None:
    given = assignment.assign(turn.deed, task, officer, kind)
    is_linked = chat_links.active(turn.session, officer.id) is not None
    may_invite = not is_linked and may_link(turn.session, turn.actor, officer, turn.today)
    keyboard = [] if not may_invite else [[button(label("people.link.make"), "invlink", officer.id)]]
    is_deputy = kind is AssignmentKind.DEPUTY
    turn.answer(
        "assigned",
        keyboard,
        task=task,
        officer=officer,
        is_linked=is_linked,
        is_deputy=is_deputy,
        lines=planned_lines(given.planned),
    )
    if officer.id != turn.actor.officer.id:
        turn.tell(
            officer.id, "assigned", "assigned_notice", task=task, is_deputy=is_deputy, count=_open(task)
        )
    away = {one.id: one for one in [*given.before, *(one for _day, one in given.planned)]}
    for one in away.values():
        if one.id != turn.actor.officer.id:
            turn.tell(one.id, "assigned", "assigned_away", task=task, by=turn.actor.officer, officer=officer)


def planned_lines(planned: list[tuple[date, Officer]]) -> list[Html]:
    """What was planned with the task and will not be."""
    return [say("people.assign.planned-given-up", day=day, officer=officer) for day, officer in planned]


def _open(task: Task) -> int:
    return sum(not milestones.is_closed(one) for one in task.milestones)


def _show_vacant(turn: Turn) -> None:
    tasks = [
        one
        for one in office_notices.vacant_tasks(turn.session, turn.today)
        if may(turn.session, turn.actor, Action.ASSIGN, one.milestones[0], turn.today)
    ]
    shown = [{"task": one, "open": _open(one)} for one in tasks[:MOST_SHOWN]]
    turn.answer("vacant", shown=shown, count=len(tasks), moment=render.moment(turn.now, turn.office.zone))


def press_vacant(turn: Turn, _press: Press) -> None:
    _show_vacant(turn)


COMMAND = Command(
    name="assign",
    effect=assign,
    action=Action.ASSIGN,
    buttons={"assignto": press_choice, "vacantopen": press_vacant},
)
