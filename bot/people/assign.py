"""/assign ID NAME: who answers for a task from today on; the list of tasks that nobody answers for, and that of a team's."""

from datetime import date

from sqlalchemy import ColumnElement

from bot.chat import tasks
from bot.chat.command import Command, example_of, misused
from bot.chat.lists import Pages, page_of, paging, titled
from bot.chat.names import Party, party
from bot.chat.newcomers import NewcomerError, adding, pass_on
from bot.chat.tasks import Named, named_in, task_line
from bot.chat.turn import Press, Turn, UnseenError, UsageError, button
from bot.delays.open_decisions import decisions_passed_on
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, has, may_link, reach
from jobs.corrections import edit
from jobs.owed import office_notices
from jobs.people import assignment
from plans.text.characters import clean
from reports.texts.hidden_titles import shown_title
from store import chat_links, milestones, teams
from store import tasks as stored_tasks
from store.deliveries import Html, Message
from store.models import Department, Officer, Task, Team
from store.states import AssignmentKind

DEPUTY_WORDS = {"부담당", "부담당자", "추가", "deputy"}
MOVE_TOO = "movetoo"
MOST_SHOWN = 20


def assign(turn: Turn, text: str) -> None:
    if not clean(text):
        VACANT.show(turn)
        return
    if held := teams.named(turn.session, clean(text)):
        _show_team(turn, held)
        return
    what = named_in(text)
    if what is None or not what.rest:
        raise misused("people.assign.arguments", "assign")
    task = _task(turn, what)
    try:
        named = party(turn.session, what.rest, example=example_of("assign"), add=adding(turn))
    except NewcomerError as error:
        pass_on(turn, error, f"/assign {what.number or task.id} {what.rest}")
        return
    officer = named.one()
    if named.is_nobody:
        raise misused("people.assign.nobody", "assign")
    if officer is None:
        _ask_which(turn, task, named)
        return
    _give(turn, task, officer, AssignmentKind.DEPUTY if named.rest in DEPUTY_WORDS else AssignmentKind.LEAD)


def task_of(turn: Turn, number: int) -> Task:
    """The task that has the number, or something of it. Raises UsageError out of reach."""
    return _task(turn, Named(number, "", ""))


def _task(turn: Turn, named: Named) -> Task:
    try:
        return tasks.task_of(turn, named, Action.ASSIGN)
    except UnseenError:
        raise misused("people.assign.not-yours", "assign", said=named.said) from None


def _ask_which(turn: Turn, task: Task, named: Party) -> None:
    keyboard = [[choice(one, "assignto", task.id)] for one in named.people[:8]]
    what = f"#{task.id} {render.cut(shown_title(task), 40)}"
    turn.answer("choose_person", keyboard, name=named.name, is_team=named.is_team, what=what)


def choice(officer: Officer, verb: str, number: int) -> dict[str, str]:
    """A button that means this one of several people of a name, with department and team."""
    team = teams.team_of(officer)
    shown = label(
        "people.who", department=officer.department, team=team.name if team else "", officer=officer
    )
    return button(shown, verb, number, officer.id)


def press_choice(turn: Turn, press: Press) -> None:
    officer = turn.session.get(Officer, press.revision)
    if officer is None:
        raise misused("people.list-changed", "assign")
    _give(turn, task_of(turn, press.id), officer, AssignmentKind.LEAD)


def _give(turn: Turn, task: Task, officer: Officer, kind: AssignmentKind) -> None:
    with decisions_passed_on(turn):
        given = assignment.assign(turn.deed, task, officer, kind)
    is_linked = chat_links.active(turn.session, officer.id) is not None
    may_invite = not is_linked and may_link(turn.session, turn.actor, officer, turn.today)
    keyboard = [] if not may_invite else [[button(label("people.link.make"), "invlink", officer.id)]]
    if is_elsewhere(turn, task, officer) and officer.department is not None:
        shown = label("people.assign.move-too", department=officer.department)
        keyboard += [[button(shown, MOVE_TOO, task.id, officer.department.id)]]
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
        turn.tell_of(
            task, officer.id, "assigned", "assigned_notice", task=task, is_deputy=is_deputy, count=_open(task)
        )
    away = {one.id: one for one in [*given.before, *(one for _day, one in given.planned)]}
    for one in away.values():
        if one.id != turn.actor.officer.id:
            by = turn.actor.officer
            turn.tell_of(task, one.id, "assigned", "assigned_away", task=task, by=by, officer=officer)


def is_elsewhere(turn: Turn, task: Task, officer: Officer) -> bool:
    """The officer is of another department than the task, whose line of escalation it keeps unless it moves, too."""
    return officer.department_id not in {None, task.department_id} and has(turn.actor, Action.EDIT)


def press_move_too(turn: Turn, press: Press) -> None:
    """The task is the other department's, with whoever stands above there."""
    task, department = task_of(turn, press.id), turn.session.get(Department, press.revision)
    if department is None or not has(turn.actor, Action.EDIT):
        raise misused("people.list-changed", "assign")
    entry = edit.edit_task(turn.deed, task, {"department_id": department.id})
    turn.registered("task_moved", entry, task=task, department=department)


def planned_lines(planned: list[tuple[date, Officer]]) -> list[Html]:
    """What was planned with the task and will not be."""
    return [say("people.assign.planned-given-up", day=day, officer=officer) for day, officer in planned]


def _open(task: Task) -> int:
    return sum(not milestones.is_closed(one) for one in task.milestones)


def vacant_page(turn: Turn, wanted: int) -> Message:
    """Tasks in reach that nobody answers for."""
    found = office_notices.vacant_tasks(turn.session, turn.today, _mine(turn))
    rows, current, pages = page_of(found, wanted, MOST_SHOWN)
    hint = say("people.assign.vacant-hint", number=rows[0].id) if rows else render.NOTHING
    empty, title = say("people.assign.none-vacant"), say("people.assign.vacant")
    lines = [task_line(one, turn) for one in rows]
    text = titled(turn, title, len(found), lines, empty, hint, page=current, pages=pages)
    return Message(text, paging(VERB, current, pages))


def _show_team(turn: Turn, held: list[Team]) -> None:
    if len(held) > 1:
        names = [teams.full_name(one) for one in held]
        raise UsageError(say("people.assign.which-team", names=names), example=f"/assign {names[0]}")
    turn.say(_team_page(turn, held[0], 1))


def _team_page(turn: Turn, team: Team, wanted: int) -> Message:
    """The team's tasks in reach, each with who answers for it."""
    within = _mine(turn), teams.is_of(team.id, turn.today)
    found = stored_tasks.search(turn.session, *within)
    rows, current, pages = page_of(found, wanted, MOST_SHOWN)
    name = teams.full_name(team)
    title, empty = say("people.assign.of-team", team=name), say("people.assign.none-of-team", team=name)
    lines = [task_line(one, turn) for one in rows]
    hint = say("people.assign.team-hint", number=rows[0].id, team=team.name) if rows else render.NOTHING
    text = titled(turn, title, len(found), lines, empty, hint, page=current, pages=pages)
    return Message(text, paging(TEAM, current, pages, team.id))


def _press_team(turn: Turn, press: Press) -> None:
    team = turn.session.get(Team, press.revision)
    if team is None:
        raise misused("people.list-changed", "assign")
    turn.rewrite_pressed(_team_page(turn, team, press.id))


def _mine(turn: Turn) -> ColumnElement[bool]:
    return reach(turn.session, turn.actor, Action.ASSIGN, turn.today)


VACANT = Pages(vacant_page)
VERB, TEAM = "vacantopen", "teamtasks"


COMMAND = Command(
    name="assign",
    effect=assign,
    action=Action.ASSIGN,
    buttons={
        MOVE_TOO: press_move_too,
        "assignto": press_choice,
        VERB: VACANT.show_or_turn,
        TEAM: _press_team,
    },
)
