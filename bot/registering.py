"""A plan draft -> the store: what is new is added, what is there already stays as the officers left it."""

from __future__ import annotations

import difflib
from collections import Counter
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot import quarters
from bot.differing import Differ
from bot.matching import KnownTasks, identity_of
from bot.registration import RegisterError, Registration
from jobs import changes, planlife, series
from jobs.policy import Rules
from plans.draft import MilestoneDraft, PlanDraft, TaskDraft, Window
from store import audit, numbers, officers, plans
from store.audit import Who
from store.models import Assignment, Department, Milestone, Plan, Series, Task
from store.states import (
    AssignmentKind,
    MilestoneKind,
    MilestoneState,
    PastReview,
    PlanState,
    Precision,
)

LIKE = 0.6  # from this likeness on two department names may be one department (difflib)
SHORT_MOST = 40  # characters that the columns of numbers, ranks and states take


class Registrar:
    """Registers one draft in the caller's transaction. `is_active` None: by the plan's year."""

    def __init__(
        self,
        session: Session,
        draft: PlanDraft,
        source_name: str,
        now: datetime,
        rules: Rules,
        who: Who,
        *,
        is_active: bool | None = None,
    ) -> None:
        self.session = session
        self.draft = draft
        self.source_name = source_name
        self.now = now
        self.rules = rules
        self.who = who
        self.today = rules.calendar.local_date(now)
        self.is_active = is_active
        self.differ = Differ(session, draft, source_name, now)
        self.had_departments = bool(officers.department_names(session))
        self.likes: dict[str, str] = {}  # a new department -> the known one whose name is much like it

    def run(self, *, is_partial: bool = False) -> Registration:
        """Raises RegisterError for a draft without a year or without tasks.

        `is_partial`: the draft is a part of the plan, so what it does not have is not missing from it.
        """
        if self.draft.plan_year is None:
            raise RegisterError(
                "문서에서 계획 연도를 찾지 못했습니다. --year 2026 처럼 연도를 적어 주십시오."
            )
        if not self.draft.tasks:
            raise RegisterError("문서에서 과제를 찾지 못했습니다. 계획 문서가 맞는지 확인해 주십시오.")
        plan = plans.find(self.session, self.draft.title, self.draft.plan_year)
        result = self._begin(plan)
        known = KnownTasks(self._known_tasks(result, plan), self.draft.tasks)
        for position, draft in enumerate(self.draft.tasks, 1):
            task = known.take(draft)
            if task is None:
                self._add_milestones(self._add_task(draft, position, result), draft, result)
            else:
                result.tasks_known += 1
                quarters.fill_in(task, draft)
                seen = self._add_milestones(task, draft, result)
                if not is_partial:
                    self.differ.people(task, draft, self._current_assignments(task))
                    self.differ.missing(task, seen)
        result.differences = self.differ.lines
        self._record(result)
        quarters.take_draft(self.session, self.draft, self.source_name, self.who, self.now, result)
        return result

    def add_entry(self, task: Task, entry: MilestoneDraft) -> Registration:
        """One entry more for a registered task, numbered after those of the same name."""
        result = Registration(task.plan_id, task.plan.state, is_new=False)
        if entry.kind in {"recurring", "ongoing"}:
            self._add_series(task, entry, result)
        identity = identity_of(entry.title)
        number = max((one.window_no for one in task.milestones if one.identity == identity), default=0)
        for offset, window in enumerate(entry.windows, 1):
            self._add_milestone(task, entry, window, identity, number + offset, result)
        self._record(result)
        return result

    def _begin(self, plan: Plan | None) -> Registration:
        if plan is not None:
            return self._again(plan)
        assert self.draft.plan_year is not None
        active = self.is_active if self.is_active is not None else self.draft.plan_year >= self.today.year
        plan = Plan(
            title=self.draft.title,
            year=self.draft.plan_year,
            organisation=self.draft.organisation,
            state=PlanState.ACTIVE if active else PlanState.ARCHIVED,
            source_name=self.source_name,
            imported_at=self.now,
        )
        self.session.add(plan)
        self.session.flush()
        return Registration(plan.id, plan.state, is_new=True)

    def _again(self, plan: Plan) -> Registration:
        """A plan that is there; an explicit wish to have it active or archived is followed."""
        before = plan.state
        result = Registration(plan.id, plan.state, is_new=False)
        if self.is_active is True and before is not PlanState.ACTIVE:
            result.past = planlife.activate(self.session, plan, self.who, self.now, self.rules)
        elif self.is_active is False and before is not PlanState.ARCHIVED:
            planlife.archive(self.session, plan, self.who, self.now)
        result.state, result.is_state_changed = plan.state, plan.state is not before
        return result

    def _known_tasks(self, result: Registration, plan: Plan | None) -> list[Task]:
        return plans.tasks(self.session, plan) if plan is not None and not result.is_new else []

    def _add_task(self, draft: TaskDraft, position: int, result: Registration) -> Task:
        department = self._department(draft.department, result) if draft.department else None
        period = draft.period
        task = Task(
            id=numbers.allocate(self.session, "task"),
            plan_id=result.plan_id,
            position=position,
            no=draft.no[:SHORT_MOST] if draft.no else None,
            title=draft.title,
            department=department,
            status=draft.status[:SHORT_MOST] if draft.status else None,
            start_on=period.start if period else None,
            end_on=period.end if period else None,
            is_open_ended=bool(period and period.open_ended),
            related=draft.related,
            budgets=[one.model_dump() for one in draft.budgets],
        )
        quarters.fill_in(task, draft)
        self.session.add(task)
        self.session.flush()
        result.tasks_added += 1
        result.new_task_ids.append(task.id)
        if department is not None:
            result.departments.add(department.id)
        self._assign(task, draft, result)
        if result.state is PlanState.ACTIVE:
            self.differ.twin(task)
        if department is not None and department.name in self.likes:
            self.differ.department(task, department.name, self.likes[department.name])
        return task

    def _department(self, name: str, result: Registration) -> Department:
        """The department by name or alias; one that is new beside known ones is told."""
        known = officers.department(self.session, name)
        if known is not None:
            return known
        names = officers.department_names(self.session)
        new = officers.ensure_department(self.session, name)
        if self.had_departments:
            result.unknown_departments.append(new.name)
            like = difflib.get_close_matches(new.name, names, n=1, cutoff=LIKE)
            self.likes |= {new.name: like[0]} if like else {}
        return new

    def _current_assignments(self, task: Task) -> set[int]:
        return {
            one.id
            for one in task.assignments
            if one.from_on <= self.today and (one.until_on is None or one.until_on >= self.today)
        }

    def _assign(self, task: Task, draft: TaskDraft, result: Registration) -> None:
        """The first officer named is accountable, the others may report."""
        seen: set[int] = set()
        for named in draft.officers:
            officer = officers.ensure(self.session, named.name, task.department, named.rank)
            if officer.id in seen:
                continue
            kind = AssignmentKind.DEPUTY if seen else AssignmentKind.LEAD
            self.session.add(Assignment(task_id=task.id, officer=officer, kind=kind, from_on=self.today))
            seen.add(officer.id)
        result.officers |= seen

    def _add_milestones(self, task: Task, draft: TaskDraft, result: Registration) -> set[int]:
        """Gives the ids of the milestones that were there before and that the document still has."""
        seen: set[int] = set()
        known = {(one.identity, one.window_no): one for one in task.milestones}
        known_series = {plans.squeeze(one.title + one.expr) for one in plans.series(self.session, task)}
        counted: Counter[str] = Counter()
        for entry in draft.milestones:
            if entry.kind in {"recurring", "ongoing"}:
                if plans.squeeze(entry.title + entry.expr) not in known_series:
                    self._add_series(task, entry, result)
                continue
            identity = identity_of(entry.title)
            for window in entry.windows:
                counted[identity] += 1
                there = known.get((identity, counted[identity]))
                if there is None:
                    self._add_milestone(task, entry, window, identity, counted[identity], result)
                else:
                    result.milestones_known += 1
                    seen.add(there.id)
                    self.differ.date(there, entry, window)
                    self.differ.done(there, entry)
        return seen

    def _add_series(self, task: Task, entry: MilestoneDraft, result: Registration) -> None:
        assert self.draft.plan_year is not None
        year = self.draft.plan_year
        row = Series(
            id=numbers.allocate(self.session, "series"),
            task_id=task.id,
            title=entry.title,
            expr=entry.expr,
            section=entry.section,
            line=entry.line,
            rrule=entry.rrule,
            start_on=max(date(year, 1, 1), self.today),
            until_on=date(year, 12, 31),
            remind_from=self.now,
        )
        self.session.add(row)
        self.session.flush()
        result.series_added += 1
        if result.state is PlanState.ACTIVE:
            for occurrence in series.materialise(self.session, row, self.today):
                occurrence.next_remind_on = changes.next_look(occurrence, self.today, self.rules)

    def _add_milestone(
        self,
        task: Task,
        entry: MilestoneDraft,
        window: Window,
        identity: str,
        number: int,
        result: Registration,
    ) -> None:
        """First day: what lies before the import is never owed; what is past waits for the planning office."""
        is_past = not entry.done and window.due is not None and window.due < self.today
        waits = is_past and result.state is PlanState.ACTIVE
        milestone = Milestone(
            id=numbers.allocate(self.session, "milestone"),
            task_id=task.id,
            identity=identity,
            window_no=number,
            title=entry.title,
            expr=entry.expr,
            section=entry.section,
            line=entry.line,
            kind=MilestoneKind.OPEN if window.due is None else MilestoneKind.DATED,
            precision=Precision(window.precision),
            start_on=window.start,
            original_due_on=window.due,
            due_on=window.due,
            state=MilestoneState.DONE if entry.done else MilestoneState.PLANNED,
            done_on=(window.due or window.start) if entry.done else None,
            remind_from=None if is_past or entry.done else self.now,
            past_review=PastReview.OPEN if waits else None,
        )
        if result.state is PlanState.ACTIVE:
            milestone.next_remind_on = changes.next_look(milestone, self.today, self.rules)
        self.session.add(milestone)
        result.milestones_added += 1
        result.done_already += entry.done
        result.past += waits

    def _record(self, result: Registration) -> None:
        if result.tasks_added or result.milestones_added or result.series_added:
            audit.record(
                self.session,
                self.who,
                self.now,
                "imported",
                f"plan:{result.plan_id}",
                after={
                    "source": self.source_name,
                    "state": result.state.value,
                    "tasks": result.tasks_added,
                    "milestones": result.milestones_added,
                    "series": result.series_added,
                },
            )
        self.session.flush()
