"""What a newer document says otherwise than the store: each point becomes a question, nothing is taken over."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.plans.identity import NOT_OF_ITS_TASK
from jobs.plans.registration import Said
from plans.draft import MilestoneDraft, PlanDraft, TaskDraft, Window
from plans.text.spelling import alike
from reports.texts.hidden_titles import hidden_title, shown_title
from store import differences, milestones, officers, plans, rounds
from store.models import Department, Difference, Milestone, Plan, Task
from store.states import DifferenceKind, DifferenceState, MilestoneKind, MilestoneState

LIKE = 0.6  # from this likeness on two names may be one


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
        self._area_aliases = plans.area_aliases(session)
        self._otherwise: dict[
            Task, dict[str, str]
        ] = {}  # known tasks -> column -> what the document says of it
        self._compared: dict[Task, TaskDraft] = {}

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
        is_settled = there.state is MilestoneState.CANCELLED or str(said) == there.printed.get("day")
        if is_settled or said == had or (said == there.due_on and window.due is not None):
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

    def renamed(self, there: Milestone, entry: MilestoneDraft, number: int) -> None:
        """The same time under other words: the document calls it otherwise. `number`: which one of that title it is."""
        was, title = [hidden_title()] * 2 if there.is_secret else (there.title, entry.title)
        line = Said.of("renamed", **_about(there), was=was, current=title)
        key = f"{there.id}:{entry.title}"[:240]
        value: dict[str, Any] = {"title": entry.title, "number": number}
        self._ask(DifferenceKind.RENAMED, key, there.task, value, line, there.id)

    def people(self, task: Task, draft: TaskDraft, today_ids: set[int]) -> None:
        """Other officers than those who answer for the task: perhaps a hand-over."""
        names = {" ".join(one.name.split()) for one in draft.officers}
        held = {one.officer.name for one in task.assignments if one.id in today_ids}
        if names and names != held:
            value: dict[str, Any] = {"officers": [one.model_dump() for one in draft.officers]}
            listed = ", ".join(sorted(names))
            line = Said.of("officers", **_about(task), people=sorted(held), names=sorted(names))
            self._ask(DifferenceKind.OFFICERS, f"{task.id}:{listed}"[:250], task, value, line)

    def task(self, task: Task, draft: TaskDraft, department: Department | None) -> None:
        """Title, department or area of a known task may stand otherwise in the document; `department`: the known one that
        the document means. What a person has put right since is no question: the document still says what it said."""
        had = {
            "title": task.title,
            "department": task.department.name if task.department else None,
            "area": task.area,
        }
        area = self._area_aliases.get(draft.area or "", draft.area)
        said = {"title": draft.title, "department": draft.department, "area": area}
        is_other = {
            "title": plans.squeeze(task.title) != plans.squeeze(draft.title),
            "department": department is None or department.id != task.department_id,
            "area": task.area is not None and area != task.area,
        }
        self._compared[task] = draft
        found = {
            key: value
            for key, value in said.items()
            if value and is_other[key] and value != had[key] and not _was_printed(task, key, value)
        }
        if found:
            self._otherwise[task] = found

    def tasks(self) -> None:
        """The questions about known tasks, once all of them were compared: a department or an area that is called otherwise
        wherever it stands is one question, whatever else differs one for each task."""
        for key in ("department", "area"):
            for old, new in self._renamed(key):
                told = [
                    task
                    for task, found in self._otherwise.items()
                    if found.get(key) == new and _held(task, key) == old
                ]
                self._ask_name(key, told[0], old, new)
                for task in told:
                    del self._otherwise[task][key]
        for task, found in self._otherwise.items():
            if found:
                words = ":".join(found.values())
                line = Said.of("task-otherwise", **_about(task), changes=_changes(task, found))
                self._ask(DifferenceKind.TASK, f"{task.id}:{words}"[:250], task, dict(found), line)
        self._otherwise.clear()

    def _renamed(self, key: str) -> Iterator[tuple[str, str]]:
        """Old and new name where every task of the old one, all through the document, has the same new one, which nobody
        knows or which is much like the old one."""
        said: dict[str, set[str]] = defaultdict(set)
        for task, draft in self._compared.items():
            if (old := _held(task, key)) is not None and getattr(draft, key):
                said[old].add(self._otherwise.get(task, {}).get(key, old))
        known = self._known(key)
        for old, names in said.items():
            [*others] = names
            if (
                len(others) == 1
                and others[0] != old
                and (others[0] not in known or alike(old, others[0]) >= LIKE)
            ):
                yield old, others[0]

    def _known(self, key: str) -> set[str]:
        if key == "area":
            return set(rounds.areas(self.session))
        return set(officers.department_names(self.session))

    def _ask_name(self, key: str, task: Task, old: str, new: str) -> None:
        value = {"new": new, "known": old, "way": f"{key}-renamed"}
        line = Said.of(f"{key}-renamed", name=old, current=new)
        self._ask(DifferenceKind.DEPARTMENT, f"{key}:{old}:{new}"[:250], task, value, line)

    def missing(self, task: Task, seen: set[int]) -> None:
        """A registered entry that the document no longer has, unless it is over anyway."""
        for milestone in task.milestones:
            is_listed = milestone.kind is not MilestoneKind.OCCURRENCE and milestone.id not in seen
            is_listed = is_listed and not milestone.printed.keys() & NOT_OF_ITS_TASK
            if is_listed and not milestones.is_closed(milestone):
                key = f"{milestone.id}:{self.source_name}"[:250]
                line = Said.of("missing", **_about(milestone))
                self._ask(DifferenceKind.MISSING, key, task, {}, line, milestone.id)

    def department(self, task: Task, new: str, known: str) -> None:
        """A department nobody knew, with a name much like a known one's."""
        line = Said.of("department", name=new, current=known)
        self._ask(DifferenceKind.DEPARTMENT, f"{new}:{known}", task, {"new": new, "known": known}, line)

    def team(self, task: Task, team: str | None) -> None:
        """A team that the document names behind the task's department: nobody belongs to one by that. Whose officers are in
        it already is no question."""
        held = (one.officer.membership for one in task.assignments)
        if team is None or task.department is None or any(one and one.team.name == team for one in held):
            return

        def key() -> str:  # a new task has no number yet
            return f"{DifferenceKind.TEAM.value}:{task.id}:{team}"

        if task.id is None or key() not in self._asked:
            where = task.department.name
            self.lines.append(Said.of("team", title=shown_title(task), department=where, team=team))
            self._questions.append(Question(DifferenceKind.TEAM, key, task, {"team": team}))

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


def _held(task: Task, key: str) -> str | None:
    """What is registered of the column."""
    if key == "department":
        return task.department.name if task.department else None
    held: str | None = getattr(task, key)
    return held


def _was_printed(task: Task, key: str, value: str) -> bool:
    """The document has always said so; a person has put it right."""
    return plans.squeeze(str(task.printed.get(key) or "")) == plans.squeeze(value)


def _changes(task: Task, found: dict[str, str]) -> list[tuple[str, str | None, str]]:
    """Column, what is registered, what the document says; a secret task shows neither."""
    return [
        (key, None if task.is_secret else _held(task, key), hidden_title() if task.is_secret else said)
        for key, said in found.items()
    ]
