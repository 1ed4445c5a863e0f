"""/add: a milestone or a task by hand, for what stands in no document."""

from bot.chat.command import Command, misused
from bot.chat.line import line
from bot.chat.turn import Turn, UsageError
from bot.texts import plan_words
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.plans.register import Registrar
from plans.draft import MilestoneDraft, OfficerDraft, PlanDraft, TaskDraft
from plans.text.characters import ID_DIGITS, clean, number_of
from plans.time.either import read_prefix
from plans.time.timeline import CannotSay, Context, Reading
from store import milestones
from store.models import Milestone, Task

TASK_WORDS = ("과제", "task")
TITLE_MOST = 200
TASK_PARTS = 3


def add(turn: Turn, text: str) -> None:
    words = clean(text)
    first, _, named = words.partition(" ")
    if named and first.lower() in TASK_WORDS:
        _add_task(turn, named.strip())
        return
    number, _, rest = words.lstrip("#").partition(" ")
    found_id = number_of(number, ID_DIGITS)
    task = turn.session.get(Task, found_id) if found_id is not None else None
    if task is None:
        raise misused("documents.add.no-task", "add")
    found = _when(turn, task, rest)
    title = rest[found.end :].strip(" :,-")
    if not title or len(title) > TITLE_MOST:
        raise misused("documents.add.no-title", "add", count=TITLE_MOST)
    _register(turn, task, title, rest[: found.end].strip(), found)


def _when(turn: Turn, task: Task, text: str) -> Reading:
    found = read_prefix(text, Context(task.plan.year or turn.today.year))
    if isinstance(found, CannotSay):
        raise misused("documents.add.unread", "add", reason=plan_words.reason(found.reason))
    return found


def _register(turn: Turn, task: Task, title: str, expr: str, found: Reading) -> None:
    """The same way a document's entry takes, so that the same rules hold for it."""
    entry = MilestoneDraft(
        title=title,
        expr=expr,
        line=0,
        section=label("documents.add.source"),
        kind=found.kind,
        windows=list(found.windows),
        rrule=found.rrule,
    )
    before = {one.id for one in task.milestones}
    draft = TaskDraft(no=task.no, title=task.title, department=None, milestones=[entry])
    plan = PlanDraft(plan_year=task.plan.year or turn.today.year, title=task.plan.title, organisation=None)
    plan.tasks.append(draft)
    Registrar(turn.deed, plan, label("documents.add.source")).add_entry(task, entry)
    turn.session.expire(task, ["milestones"])
    new = [milestones.get(turn.session, one.id) for one in task.milestones if one.id not in before]
    turn.answer("added", task=task, title=title, expr=expr, lines=_lines(turn, [one for one in new if one]))


def _lines(turn: Turn, new: list[Milestone]) -> list[str]:
    return [line(one, turn.today, turn.office.rules.calendar, with_people=True) for one in new[:5]]


def _add_task(turn: Turn, words: str) -> None:
    parts = words.split(" ", TASK_PARTS - 1)
    if len(parts) < TASK_PARTS or len(parts[2]) > TITLE_MOST:
        raise UsageError(say("documents.add.no-parts"), example=label("documents.add.example-task"))
    department, officer, title = parts
    draft = TaskDraft(no=None, title=title, department=department, officers=[OfficerDraft(name=officer)])
    year = turn.today.year
    plan = PlanDraft(
        plan_year=year,
        title=label("documents.add.plan", year=year),
        organisation=turn.office.name,
        tasks=[draft],
    )
    result = Registrar(turn.deed, plan, label("documents.add.source")).run(is_partial=True)
    if not result.tasks_added:
        raise UsageError(say("documents.add.twice"), example=label("documents.add.example-task"))
    task = turn.session.get_one(Task, result.new_task_ids[0])
    turn.answer("added", task=task, title="", expr="", lines=[])


COMMAND = Command(
    name="add",
    effect=add,
    action=Action.PLANS,
)
