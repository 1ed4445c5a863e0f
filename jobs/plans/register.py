"""A plan draft -> the store: what is new is added, what is there already stays as the officers left it."""

import difflib
from collections import Counter
from collections.abc import Mapping, Set
from datetime import date

from jobs.authority.permissions import Deed
from jobs.milestones import changes, hold
from jobs.plans import doubles, goals, quarter_document, series, start, year_end
from jobs.plans.differ import Differ
from jobs.plans.identity import KnownTasks, identity_of, renamed, same_place
from jobs.plans.registration import DraftError, Registration
from jobs.texts import line
from plans.draft import MilestoneDraft, PlanDraft, TaskDraft, Window
from plans.entries.suspensions import is_suspension
from plans.fields.people import office_and_team
from plans.preview import proposed_year
from plans.time.recurrence import read_rule
from plans.time.routines import quota_a_year
from plans.version import READER
from store import milestones, numbers, officers, plans
from store.directory import Directory
from store.models import Assignment, Department, Milestone, Officer, Plan, Series, Task
from store.states import (
    AssignmentKind,
    MilestoneKind,
    MilestoneState,
    PastReview,
    PlanState,
    Precision,
    RoleName,
)

LIKE = 0.6  # from this likeness on two department names may be one department (difflib)
MOST_NEW_DEPARTMENTS = 200  # in one document
MOST_LIKES = 50  # of them are compared with the known ones: comparing is slow
KIND_OF = {Task: "task", Milestone: "milestone", Series: "series"}  # of numbers that people see
SHORT_MOST = 40  # characters that the columns of numbers, ranks and states take


def own_task(draft: PlanDraft) -> TaskDraft | None:
    """The planning office's own dates of the document (총괄부서 자체 일정) as a task; None where it has none."""
    if not draft.own:
        return None
    return TaskDraft(no=None, title=line("registered.own-task"), department=None, milestones=draft.own)


class Registrar:
    """Compares one draft with the store, and registers it in the caller's transaction. `is_active` None: by the
    plan's year. `awaits_start`: a new plan's officers hear nothing yet (jobs/plans/start.py).
    Comparing writes nothing, so a preview needs no more than a reading session."""

    def __init__(
        self,
        deed: Deed,
        draft: PlanDraft,
        source_name: str,
        *,
        is_active: bool | None = None,
        awaits_start: bool = False,
    ) -> None:
        self.deed = deed
        self.session, self.now, self.today, self.rules = deed.session, deed.now, deed.today, deed.rules
        self.draft = draft
        self.own = own_task(draft)
        self.source_name = source_name
        self.is_active = is_active
        self.awaits_start = awaits_start
        self.differ = Differ(deed.session, draft, source_name, deed.now)
        named = (one.name for task in draft.tasks for one in task.officers)
        self.directory = Directory(deed.session, named)
        self._teams: dict[
            int, str
        ] = {}  # by the task's position: what the document names behind the department
        self.tasks = [self._in_department(at, one) for at, one in enumerate(draft.tasks, 1)]
        self.tasks += [self.own] if self.own is not None else []
        self.is_reread = False  # the plan was registered by an older reader: what it read otherwise is asked
        self.had_departments = bool(self.directory.names)
        self.likes: dict[str, str] = {}  # a new department -> the known one whose name is much like it
        self._rows: list[
            tuple[Task, Task | Milestone | Series]
        ] = []  # new ones in their order, with their task
        self._assignments: list[tuple[Task, Assignment]] = []
        self._goals: list[tuple[Task, TaskDraft]] = []
        self._looks: dict[tuple[object, ...], date | None] = {}
        self._new_departments = 0

    def _in_department(self, position: int, draft: TaskDraft) -> TaskDraft:
        """With the department alone where the document names a team behind it: that is only proposed. A department that is
        called so as a whole is left alone."""
        whole = draft.department or ""
        name, team = office_and_team(whole)
        if team is None or self.directory.department(whole) is not None:
            return draft
        self._teams[position] = team
        return draft.model_copy(update={"department": name})

    def run(self, *, is_partial: bool = False) -> Registration:
        """Register it. Raises DraftError for a draft without a year or without tasks.

        `is_partial`: the draft is a part of the plan, so what it does not have is not missing from it.
        """
        plan, result = self._compared(is_partial=is_partial)
        self._set_state(plan, result)
        plan.reader = plan.reader if is_partial else READER
        self.session.add(plan)
        self._keep(plan, result)
        self._record(result)
        self._take_quarter(result, keeps=True)
        return result

    def preview(self) -> Registration:
        """What registering would do. Raises the same."""
        _, result = self._compared(is_partial=False)
        self._take_quarter(result, keeps=False)
        return result

    def add_entry(self, task: Task, entry: MilestoneDraft) -> Registration:
        """One entry more for a registered task, numbered after those of the same name."""
        self.awaits_start = task.plan.awaits_start
        result = Registration(task.plan_id, task.plan.state, is_new=False)
        if entry.kind in {"recurring", "ongoing"}:
            self._add_series(task, entry, result)
        identity = identity_of(entry.title)
        number = max((one.window_no for one in task.milestones if one.identity == identity), default=0)
        for offset, window in enumerate(entry.windows, 1):
            self._add_milestone(task, entry, window, identity, number + offset, result)
        self._keep(task.plan, result)
        self._record(result)
        return result

    def _compared(self, *, is_partial: bool) -> tuple[Plan, Registration]:
        """The plan, which may be new, and what becomes of it; what is new waits in `_rows`."""
        if self.draft.plan_year is None:
            raise DraftError("no-year", year=proposed_year(self.draft))
        if not self.draft.tasks:
            raise DraftError("no-tasks")
        there = plans.find(self.session, self.draft.title, self.draft.plan_year)
        plan = there or self._new_plan()
        result = self._beginning(plan, is_new=there is None)
        tasks = plans.tasks(self.session, there) if there is not None else []
        series = plans.series_of(self.session, there) if there is not None else {}
        self.is_reread = there is not None and there.reader < READER and not is_partial
        known = KnownTasks(tasks, self.tasks)
        for position, draft in enumerate(self.tasks, 1):
            task = known.take(draft) or known.take_numbered(draft)
            task = task or (known.take_like(draft) if self.is_reread else None)
            if task is None:
                task = self._add_task(plan, draft, position, result)
                self._goals.append((task, draft))
                self._add_milestones(task, draft, result, {}, set())
                self.differ.team(task, self._teams.get(position))
                continue
            result.tasks_known += draft is not self.own
            if task.withdrawn_on is not None:
                continue
            quarter_document.fill_in(task, draft)
            self._goals.append((task, draft))
            names = {plans.squeeze(one.title + one.expr) for one in series.get(task.id, [])}
            by_name = {(one.identity, one.window_no): one for one in task.milestones}
            seen = self._add_milestones(task, draft, result, by_name, names, is_whole=not is_partial)
            if not is_partial:
                said = self.directory.department(draft.department) if draft.department else task.department
                self.differ.task(task, draft, said)
                self.differ.people(task, draft, self._current_assignments(task))
                self.differ.missing(task, seen)
                self.differ.team(task, self._teams.get(position))
        self.differ.tasks()
        result.differences = self.differ.lines
        return plan, result

    def _new_plan(self) -> Plan:
        assert self.draft.plan_year is not None
        active = self.is_active if self.is_active is not None else self.draft.plan_year >= self.today.year
        return Plan(
            title=self.draft.title,
            year=self.draft.plan_year,
            organisation=self.draft.organisation,
            state=PlanState.ACTIVE if active else PlanState.ARCHIVED,
            source_name=self.source_name,
            imported_at=self.now,
            reader=READER,
            awaits_start=active and self.awaits_start,
        )

    def _beginning(self, plan: Plan, *, is_new: bool) -> Registration:
        """A plan that is there stays as it is; an explicit wish to have it active or archived is followed."""
        self.awaits_start = plan.awaits_start
        if is_new:
            return Registration(0, plan.state, is_new=True)
        wanted = {True: PlanState.ACTIVE, False: PlanState.ARCHIVED, None: plan.state}[self.is_active]
        result = Registration(plan.id, wanted, is_new=False, is_state_changed=wanted is not plan.state)
        if result.is_state_changed and wanted is PlanState.ACTIVE:
            result.past = year_end.count_past(self.session, plan, self.today)
        return result

    def _set_state(self, plan: Plan, result: Registration) -> None:
        if result.is_state_changed and result.state is PlanState.ACTIVE:
            year_end.activate(self.deed, plan)
        elif result.is_state_changed:
            year_end.archive(self.deed, plan)

    def _add_task(self, plan: Plan, draft: TaskDraft, position: int, result: Registration) -> Task:
        department = self._department(draft.department, result) if draft.department else None
        period = draft.period
        task = Task(
            position=position,
            no=draft.no[:SHORT_MOST] if draft.no else None,
            title=draft.title,
            department=department,
            status=draft.status[:SHORT_MOST] if draft.status else None,
            start_on=period.start if period else None,
            end_on=period.end if period else None,
            is_open_ended=bool(period and period.open_ended),
            is_secret=False,
            is_office=draft is self.own,
            related=draft.related,
            budgets=[one.model_dump() for one in draft.budgets],
        )
        quarter_document.fill_in(task, draft)
        self._rows.append((task, task))
        if draft is self.own:
            self._assign_office(task)
            return task
        result.tasks_added += 1
        self._assign(task, draft)
        if result.state is PlanState.ACTIVE:
            self.differ.twin(task, plan)
        if department is not None and department.name in self.likes:
            self.differ.department(task, department.name, self.likes[department.name])
        return task

    def _department(self, name: str, result: Registration) -> Department:
        """The department by name or alias; one that is new beside known ones is told."""
        known = self.directory.department(name)
        if known is not None:
            return known
        self._new_departments += 1
        if self._new_departments > MOST_NEW_DEPARTMENTS:
            raise DraftError("many-departments", count=MOST_NEW_DEPARTMENTS)
        names = [one for one in self.directory.names if len(one) <= SHORT_MOST]
        new = self.directory.add_department(name)
        if self.had_departments:
            result.unknown_departments.append(new.name)
            is_short = len(new.name) <= SHORT_MOST and self._new_departments <= MOST_LIKES
            like = difflib.get_close_matches(new.name, names, n=1, cutoff=LIKE) if is_short else []
            self.likes |= {new.name: like[0]} if like else {}
        return new

    def _current_assignments(self, task: Task) -> set[int]:
        return {one.id for one in task.assignments if milestones.holds(one, self.today)}

    def _assign(self, task: Task, draft: TaskDraft) -> None:
        """The first officer named is accountable, the others may report."""
        seen: list[Officer] = []
        for named in draft.officers:
            officer = self.directory.officer(named.name, task.department, named.rank)
            if officer in seen:
                continue
            kind = AssignmentKind.DEPUTY if seen else AssignmentKind.LEAD
            self._assignments.append((task, Assignment(officer=officer, kind=kind, from_on=self.today)))
            seen.append(officer)

    def _assign_office(self, task: Task) -> None:
        """The planning office's own dates are its people's, the first of them accountable; where nobody is one yet, the
        task stands among those without an officer."""
        for officer in officers.holders(self.session, RoleName.PLANNER, self.today):
            kind = AssignmentKind.DEPUTY if task.department is not None else AssignmentKind.LEAD
            if task.department is None:
                task.department = officer.department
            self._assignments.append((task, Assignment(officer=officer, kind=kind, from_on=self.today)))

    def _add_milestones(
        self,
        task: Task,
        draft: TaskDraft,
        result: Registration,
        known: Mapping[tuple[str, int], Milestone],
        known_series: Set[str],
        *,
        is_whole: bool = False,
    ) -> set[int]:
        """Gives the ids of the milestones that were there before and that the document still has. `is_whole`: the draft has
        all of a registered task, so that what it does not have may be called otherwise there."""
        seen: set[int] = set()
        new: list[tuple[MilestoneDraft, Window, str, int]] = []
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
                if there is None and self.is_reread:
                    there = same_place(task, draft, entry, window, seen)
                if there is None and is_whole:
                    new.append((entry, window, identity, counted[identity]))
                elif there is None:
                    self._add_milestone(task, entry, window, identity, counted[identity], result)
                else:
                    result.milestones_known += 1
                    seen.add(there.id)
                    self.differ.date(there, entry, window)
                    self.differ.done(there, entry)
        for entry, window, identity, number in new:
            there = renamed(task, draft, window, entry.title, seen)
            if there is None:
                self._add_milestone(task, entry, window, identity, number, result)
            else:
                result.milestones_known += 1
                seen.add(there.id)
                self.differ.renamed(there, entry, number)
                self.differ.done(there, entry)
        return seen

    def _add_series(self, task: Task, entry: MilestoneDraft, result: Registration) -> None:
        assert self.draft.plan_year is not None
        year = self.draft.plan_year
        rule = read_rule(entry.rrule) if entry.rrule else None
        rests = entry.kind == "ongoing" and is_suspension(entry.title, entry.expr)
        begins = max(date(year, 1, 1), self.today)
        row = Series(
            title=entry.title,
            expr=entry.expr,
            section=entry.section,
            line=entry.line,
            rrule=entry.rrule if rule is not None and rule.comes_due else None,
            quota=quota_a_year(entry.expr) if entry.rrule is None else None,
            start_on=begins,
            until_on=begins + hold.LONGEST if rests else date(year, 12, 31),
            remind_from=self.now,
            is_suspension=rests,
        )
        self._rows.append((task, row))
        result.series_added += 1

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
        is_past = not entry.done and milestones.lies_before(window.due, self.today)
        waits = is_past and result.state is PlanState.ACTIVE
        milestone = Milestone(
            identity=identity,
            window_no=number,
            title=entry.title,
            expr=entry.expr,
            section=entry.section,
            line=entry.line,
            kind=MilestoneKind.OPEN if window.due is None else MilestoneKind.DATED,
            precision=Precision(window.precision),
            start_on=window.start,
            original_due_on=entry.original_due or window.due,
            due_on=window.due,
            state=MilestoneState.DONE if entry.done else MilestoneState.PLANNED,
            done_on=(window.due or window.start) if entry.done else None,
            remind_from=None if is_past or entry.done else start.remind_from(self.deed, window.due),
            past_review=PastReview.OPEN if waits else None,
            before_start=waits,
        )
        if result.state is PlanState.ACTIVE and not self.awaits_start:
            milestone.next_remind_on = self._next_look(milestone)
        self._rows.append((task, milestone))
        result.milestones_added += 1
        result.done_already += entry.done
        result.past += waits

    def _next_look(self, milestone: Milestone) -> date | None:
        """Worked out once for all that are due alike: a plan has thousands of entries and a dozen months."""
        alike = changes.timeline_of(milestone), milestone.remind_from, milestone.state
        if alike not in self._looks:
            self._looks[alike] = self._look(milestone)
        return self._looks[alike]

    def _look(self, milestone: Milestone) -> date | None:
        """As changes.next_look has it of one that has its task already."""
        if milestone.state is not MilestoneState.PLANNED or milestone.remind_from is None:
            return None
        floor = self.rules.calendar.local_date(milestone.remind_from)
        return changes.look_day(changes.timeline_of(milestone), floor, self.today, self.rules)

    def _keep(self, plan: Plan, result: Registration) -> None:
        """Write what is new, in few statements: everybody else's answers wait meanwhile."""
        self.session.add_all(self.directory.new)
        self.session.flush()
        result.plan_id = plan.id
        kinds = [KIND_OF[type(row)] for _, row in self._rows]
        for (task, row), number in zip(self._rows, numbers.allocate_all(self.session, kinds), strict=True):
            row.id = number
            if isinstance(row, Task):
                row.plan_id = plan.id
                result.new_task_ids.append(number)
            else:
                row.task_id = task.id
        self.session.add_all(row for _, row in self._rows)
        self.session.flush()
        for task, assignment in self._assignments:
            assignment.task_id = task.id
        self.session.add_all(one for _, one in self._assignments)
        self.session.flush()
        if result.state is PlanState.ACTIVE and not plan.awaits_start:
            self._begin_series([row for _, row in self._rows if isinstance(row, Series)])
        goals.keep(self.deed, plan.id, self._goals)
        self.differ.put()
        self.session.add_all(doubles.questions(self.deed, self._rows, self.source_name))
        self.session.flush()

    def _begin_series(self, rows: list[Series]) -> None:
        """The first turns of some; those of more come a page at a time with the next ticks."""
        for row in rows[: series.PAGE]:
            for occurrence in series.materialise(self.session, row, self.today):
                occurrence.next_remind_on = changes.next_look(occurrence, self.today, self.rules)

    def _take_quarter(self, result: Registration, *, keeps: bool) -> None:
        quarter_document.take_draft(self.deed, self.draft, self.source_name, result, keeps=keeps)

    def _record(self, result: Registration) -> None:
        if result.tasks_added or result.milestones_added or result.series_added:
            self.deed.record(
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
