"""/add: a milestone or a task by hand, for what stands in no document."""

from __future__ import annotations

from bot.chat.command import Command, example_of
from bot.chat.line import line
from bot.chat.turn import Turn, UsageError
from bot.privacy import guard
from jobs.authority.access import Action
from jobs.plans.register import Registrar
from plans.characters import ID_DIGITS, clean, number_of
from plans.draft import MilestoneDraft, OfficerDraft, PlanDraft, TaskDraft
from plans.time.timeline import CannotSay, Context, Reading, read_prefix
from store import milestones
from store.models import Milestone, Task

TASK_EXAMPLE = "/add 과제 도로과 김하늘 보행로 정비"
TASK_WORD = "과제"
TITLE_MOST = 200
TASK_PARTS = 3


def add(turn: Turn, text: str) -> None:
    words = clean(text)
    if words.startswith(f"{TASK_WORD} "):
        _add_task(turn, words.removeprefix(TASK_WORD).strip())
        return
    number, _, rest = words.lstrip("#").partition(" ")
    found_id = number_of(number, ID_DIGITS)
    task = turn.session.get(Task, found_id) if found_id is not None else None
    if task is None:
        raise UsageError(
            "과제 번호와 시기, 일정 이름을 적어 주십시오. 과제 번호는 /task 로 볼 수 있습니다."
            f" 새 과제는 {TASK_EXAMPLE} 처럼 적습니다.",
            example=example_of("add"),
        )
    found = _when(turn, task, rest)
    title = rest[found.end :].strip(" :,-")
    if not title or len(title) > TITLE_MOST:
        raise UsageError(
            f"시기 다음에 일정 이름을 {TITLE_MOST}자 안으로 적어 주십시오.", example=example_of("add")
        )
    _register(turn, task, title, rest[: found.end].strip(), found)


def _when(turn: Turn, task: Task, text: str) -> Reading:
    found = read_prefix(text, Context(task.plan.year or turn.today.year))
    if isinstance(found, CannotSay):
        raise UsageError(f"시기를 읽지 못했습니다({found.reason}).", example=example_of("add"))
    return found


def _register(turn: Turn, task: Task, title: str, expr: str, found: Reading) -> None:
    """The same way a document's entry takes, so that the same rules hold for it."""
    entry = MilestoneDraft(
        title=title,
        expr=expr,
        line=0,
        section="직접 등록",
        kind=found.kind,
        windows=list(found.windows),
        rrule=found.rrule,
    )
    before = {one.id for one in task.milestones}
    draft = TaskDraft(no=task.no, title=task.title, department=None, milestones=[entry])
    plan = PlanDraft(plan_year=task.plan.year or turn.today.year, title=task.plan.title, organisation=None)
    plan.tasks.append(draft)
    Registrar(turn.deed, plan, "직접 등록", wording=guard).add_entry(task, entry)
    turn.session.expire(task, ["milestones"])
    new = [milestones.get(turn.session, one.id) for one in task.milestones if one.id not in before]
    turn.answer("added", task=task, title=title, expr=expr, lines=_lines(turn, [one for one in new if one]))


def _lines(turn: Turn, new: list[Milestone]) -> list[str]:
    return [line(one, turn.today, turn.office.rules.calendar, with_people=True) for one in new[:5]]


def _add_task(turn: Turn, words: str) -> None:
    parts = words.split(" ", TASK_PARTS - 1)
    if len(parts) < TASK_PARTS or len(parts[2]) > TITLE_MOST:
        raise UsageError("부서, 담당자, 과제 이름을 차례로 적어 주십시오.", example=TASK_EXAMPLE)
    department, officer, title = parts
    draft = TaskDraft(no=None, title=title, department=department, officers=[OfficerDraft(name=officer)])
    year = turn.today.year
    plan = PlanDraft(
        plan_year=year, title=f"{year}년 직접 등록", organisation=turn.office.name, tasks=[draft]
    )
    result = Registrar(turn.deed, plan, "직접 등록", wording=guard).run(is_partial=True)
    if not result.tasks_added:
        raise UsageError(
            "같은 이름의 과제가 이미 있습니다. /find 로 번호를 찾아보십시오.", example=TASK_EXAMPLE
        )
    task = turn.session.get_one(Task, result.new_task_ids[0])
    turn.answer("added", task=task, title="", expr="", lines=[])


COMMAND = Command(
    name="add",
    effect=add,
    action=Action.PLANS,
)
