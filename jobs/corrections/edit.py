"""고침: what is registered says what it should have said from the start. What the document printed stays known, so that the same
document, read again, finds its task and entry and says nothing new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobs.authority.permissions import Deed
from jobs.corrections import fields
from jobs.milestones import changes
from jobs.people.assignment import give_up_planned
from store import milestones
from store.models import Assignment, AuditEntry, Milestone, Officer, Series, Task
from store.states import AssignmentKind, DelayState, MilestoneState, Precision

EDITED, MISREAD, OFFICERS = "edited", "misread", "officers-edited"
PRINTED = frozenset(
    {"no", "title", "area"}
)  # columns by which a document's task is known, or that it may say otherwise


@dataclass(frozen=True)
class Said:
    """A time as it is to be: what the plan's words mean."""

    start: date | None
    due: date | None
    precision: Precision


def edit_task(
    deed: Deed, task: Task, values: Mapping[str, object], *, action: str = EDITED, reason: str | None = None
) -> AuditEntry:
    """Title, number, area, departments, partners, budgets, period: whatever of it."""
    known = {key: getattr(task, key) for key in values if key in PRINTED}
    if "department_id" in values:
        known["department"] = task.department.name if task.department else None
    kept = known | task.printed
    more: dict[str, object] = {"printed": kept} if kept != task.printed else {}
    return fields.put(deed, task, action, {**values, **more}, reason=reason)


def edit_words(deed: Deed, found: Milestone | Series, values: dict[str, object]) -> list[AuditEntry]:
    """Title or printed wording; of a series also of its turns that are still open."""
    if isinstance(found, Series):
        entries = [fields.put(deed, found, EDITED, values)]
        turns = [one for one in found.task.milestones if one.series_id == found.id]
        open_turns = [one for one in turns if one.state is MilestoneState.PLANNED]
        return [*entries, *(changes.remark(deed, one, EDITED, values) for one in open_turns)]
    known = {key: getattr(found, key) for key in values if key == "title"}
    kept = known | found.printed
    more: dict[str, object] = {"printed": kept} if kept != found.printed else {}
    return [changes.remark(deed, found, EDITED, values | more)]


def misread(
    deed: Deed, milestone: Milestone, said: Said, *, reason: str | None = None, expr: str | None = None
) -> AuditEntry:
    """잘못 읽힘: the plan said this from the start, so that no delay is counted. A day to which it was put off since stays,
    unless the plan's own lies behind it. `expr`: a newer document's words for it; else the document goes on saying what it
    was read to say."""
    values: dict[str, object] = {"original_due_on": said.due, "remind_from": deed.now}
    was_put_off = any(one.state is DelayState.APPLIED for one in milestone.delays)
    stays = (
        was_put_off and milestone.due_on is not None and said.due is not None and said.due <= milestone.due_on
    )
    if not stays:
        values |= {"start_on": said.start, "due_on": said.due, "precision": said.precision}
        values |= changes.begun_anew(milestone)
    if expr is not None:
        values["expr"] = expr
    else:
        had = milestone.original_due_on or milestone.start_on
        kept = {"day": had.isoformat() if had else None} | milestone.printed
        values |= {"printed": kept} if kept != milestone.printed else {}
    return changes.apply(deed, milestone, MISREAD, values, reason=reason)


def put_officers(
    deed: Deed, task: Task, people: Sequence[Officer], *, action: str = OFFICERS, undoes_id: int | None = None
) -> AuditEntry:
    """From today on these answer for it: the first one is accountable, the others may report."""
    before = milestones.of_task(task, deed.today)
    wanted = {
        one.id: AssignmentKind.DEPUTY if place else AssignmentKind.LEAD for place, one in enumerate(people)
    }
    stay = {one.officer_id for one in before if wanted.get(one.officer_id) is one.kind}
    for one in before:
        if one.officer_id not in stay:
            one.until_on = deed.today - timedelta(days=1)
    give_up_planned(deed, task, set(AssignmentKind))
    task.assignments += [
        Assignment(task_id=task.id, officer=one, kind=wanted[one.id], from_on=deed.today)
        for one in people
        if one.id not in stay
    ]
    deed.session.flush()
    entry = deed.record(
        action,
        f"task:{task.id}",
        before={"officers": [one.officer_id for one in before]},
        after={"officers": list(wanted)},
        undoes_id=undoes_id,
    )
    fields.shown_anew(deed, task)
    return entry
