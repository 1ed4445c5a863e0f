"""What a newer document says otherwise than the store: each point becomes a question, nothing is taken over."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.plans.registration import Said
from plans.draft import MilestoneDraft, PlanDraft, TaskDraft, Window
from reports.texts.states import shown_title
from store import differences, milestones, officers, plans
from store.models import Difference, Milestone, Plan, Task
from store.states import DifferenceKind, DifferenceState, MilestoneKind, MilestoneState


@dataclass(frozen=True)
class Question:
    """A question that is put when the document is registered. `key` waits for the number of a new task."""

    kind: DifferenceKind
    key: Callable[[], str]
    task: Task
    value: dict[str, Any]
    milestone_id: int | None = None


class Differ:
    """Compares one document with what is registered, writing nothing. `lines` tells the questions that are new."""

    def __init__(self, session: Session, draft: PlanDraft, source_name: str, now: datetime) -> None:
        self.session = session
        self.draft = draft
        self.source_name = source_name
        self.now = now
        self.lines: list[Said] = []
        self._questions: list[Question] = []
        self._asked = differences.keys(session)
        self._others: dict[tuple[int, str], list[Task]] | None = None

    def _ask(
        self,
        kind: DifferenceKind,
        key: str,
        task: Task,
        value: dict[str, Any],
        said: Said,
        milestone_id: int | None = None,
    ) -> None:
        full_key = f"{kind.value}:{key}"
        if full_key not in self._asked:
            self._asked.add(full_key)
            self.lines.append(said)
            self._questions.append(Question(kind, lambda: full_key, task, value, milestone_id))

    def put(self) -> None:
        """Keep the questions, once everything they are about has its number."""
        self.session.add_all(
            Difference(
                key=one.key(),
                kind=one.kind,
                plan_id=one.task.plan_id,
                task_id=one.task.id,
                milestone_id=one.milestone_id,
                source_name=self.source_name,
                value=one.value,
                state=DifferenceState.OPEN,
                created_at=self.now,
            )
            for one in self._questions
        )
        self._questions.clear()

    def date(self, there: Milestone, entry: MilestoneDraft, window: Window) -> None:
        """Another due day (or start of an open-ended entry) than the plan had: correct the plan, or a delay."""
        said = window.due or window.start
        had = there.original_due_on or (there.start_on if window.due is None else None)
        if said == had or (said == there.due_on and window.due is not None):
            return
        value = window.model_dump(mode="json") | {"expr": entry.expr}
        line = Said.of("date", **_about(there), was=had, day=said)
        self._ask(DifferenceKind.DATE, f"{there.id}:{said}", there.task, value, line, there.id)

    def done(self, there: Milestone, entry: MilestoneDraft) -> None:
        """The document tells it as done, and no officer has reported it."""
        if entry.done and there.state is MilestoneState.PLANNED:
            day = there.due_on or there.start_on
            value: dict[str, Any] = {"done_on": day.isoformat() if day else None}
            line = Said.of("done", **_about(there))
            self._ask(DifferenceKind.DONE, f"{there.id}", there.task, value, line, there.id)

    def people(self, task: Task, draft: TaskDraft, today_ids: set[int]) -> None:
        """Other officers than those who answer for the task: perhaps a hand-over."""
        names = {" ".join(one.name.split()) for one in draft.officers}
        held = {one.officer.name for one in task.assignments if one.id in today_ids}
        if names and names != held:
            value: dict[str, Any] = {"officers": [one.model_dump() for one in draft.officers]}
            listed = ", ".join(sorted(names))
            line = Said.of("officers", **_about(task), people=sorted(held), names=sorted(names))
            self._ask(DifferenceKind.OFFICERS, f"{task.id}:{listed}"[:250], task, value, line)

    def task(self, task: Task, draft: TaskDraft) -> None:
        """The same document read again by a newer reader gives the task another title or department."""
        had = task.department.name if task.department else None
        said = draft.department or had
        if plans.squeeze(task.title) == plans.squeeze(draft.title) and _same_office(had, said):
            return
        value: dict[str, Any] = {"title": draft.title, "department": said}
        line = Said.of("task", **_about(task), what=draft.title, place=said)
        self._ask(DifferenceKind.TASK, f"{task.id}:{said}:{draft.title}"[:250], task, value, line)

    def missing(self, task: Task, seen: set[int]) -> None:
        """A registered entry that the document no longer has, unless it is over anyway."""
        for milestone in task.milestones:
            is_listed = milestone.kind is not MilestoneKind.OCCURRENCE and milestone.id not in seen
            if is_listed and not milestones.is_closed(milestone):
                key = f"{milestone.id}:{self.source_name}"[:250]
                line = Said.of("missing", **_about(milestone))
                self._ask(DifferenceKind.MISSING, key, task, {}, line, milestone.id)

    def department(self, task: Task, new: str, known: str) -> None:
        """A department nobody knew, with a name much like a known one's."""
        line = Said.of("department", name=new, current=known)
        self._ask(DifferenceKind.DEPARTMENT, f"{new}:{known}", task, {"new": new, "known": known}, line)

    def twin(self, task: Task, plan: Plan) -> None:
        """The same task of the same department in another active plan: one promise, or two?"""
        if task.department is None or task.department.id is None:
            return
        if self._others is None:
            self._others = self._tasks_of_others(plan)
        same = self._others.get((task.department.id, plans.squeeze(task.title)))
        if same:
            other = same[0]
            self.lines.append(Said.of("twin", title=shown_title(task), number=other.id))
            key = lambda: f"{DifferenceKind.TWIN.value}:{task.id}:{other.id}"  # noqa: E731
            self._questions.append(Question(DifferenceKind.TWIN, key, task, {"task_id": other.id}))

    def _tasks_of_others(self, plan: Plan) -> dict[tuple[int, str], list[Task]]:
        """Tasks of other active plans by department and title; read once, however many are new."""
        query = select(Task).join(Plan).where(plans.is_in_use(), Task.same_as_id.is_(None))
        found: dict[tuple[int, str], list[Task]] = defaultdict(list)
        for one in self.session.scalars(query.order_by(Task.id)):
            if one.department_id is not None and one.plan_id != plan.id:
                found[one.department_id, plans.squeeze(one.title)].append(one)
        return found


def _about(thing: Milestone | Task) -> dict[str, Any]:
    return {"number": thing.id, "title": shown_title(thing)}


def _same_office(one: str | None, other: str | None) -> bool:
    return officers.close_up(one or "") == officers.close_up(other or "")
