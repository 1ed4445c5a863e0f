"""What the planning office's decision on a difference does to the store; each gives the sentence to answer with."""

from datetime import date, timedelta

from bot.chat.turn import Turn, UsageError
from bot.corrections import edit as editing
from bot.delays.open_decisions import decisions_passed_on
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.corrections import edit, names
from jobs.corrections.edit import Said
from jobs.milestones import changes, completion, delays, mark_secret
from jobs.people import roster
from jobs.people.assignment import give_up_planned
from jobs.plans import doubles, retitled
from store import milestones, officers, teams
from store.models import Assignment, Difference, Milestone, Officer, Task
from store.states import AssignmentKind, MilestoneState, Precision


def correct_date(turn: Turn, difference: Difference) -> str:
    """The plan itself was wrong: its date is the new one from the start, and no delay is counted."""
    milestone = _planned(turn, difference)
    value = difference.value
    due = date.fromisoformat(value["due"]) if value["due"] else None
    start = date.fromisoformat(value["start"]) if value["start"] else None
    values: dict[str, object] = {
        "start_on": start,
        "original_due_on": due,
        "due_on": due,
        "precision": Precision(value["precision"]),
        "expr": value["expr"],
        "remind_from": turn.now,
    }
    changes.apply(turn.deed, milestone, "corrected", values, reason=difference.source_name)
    day = due or start
    return say("documents.review.said.corrected", day=day)


def record_delay(turn: Turn, difference: Difference) -> str:
    """The promise moved: the original date is kept and a delay is counted, with the document as its reason."""
    milestone = _planned(turn, difference)
    if milestone.due_on is None or not difference.value["due"]:
        raise UsageError(say("documents.review.said.no-due-day"))
    due, old = date.fromisoformat(difference.value["due"]), milestone.due_on
    reason = label("documents.review.reason.delay", source=difference.source_name)
    delays.apply(turn.deed, milestone, due, reason)
    return say("documents.review.said.delayed", was=old, day=due)


def misread(turn: Turn, difference: Difference) -> None:
    """잘못 읽힘, said of a day that came back with the register: as /edit has it."""
    value = difference.value
    start, due = (date.fromisoformat(value[key]) for key in ("start", "due"))
    said = Said(start, due, Precision(value["precision"]))
    editing.misread(turn, _planned(turn, difference), said, _of_sheet(difference))


def move(turn: Turn, difference: Difference) -> None:
    """실제 변경: the way of a delay, with whoever approves it."""
    due = date.fromisoformat(difference.value["due"])
    said = Said(due, due, Precision.DAY)
    editing.move(turn, _planned(turn, difference), said, _of_sheet(difference))


def _of_sheet(difference: Difference) -> str:
    return label("documents.review.reason.sheet", source=difference.source_name)


def mark_done(turn: Turn, difference: Difference) -> str:
    milestone = _planned(turn, difference)
    written = difference.value.get("done_on")
    day = min(date.fromisoformat(written), turn.today) if written else turn.today
    note = label("documents.review.reason.done", source=difference.source_name)
    completion.finish(turn.deed, milestone, day, note, is_confirmed=True)
    return say("documents.review.said.done", day=day)


def drop(turn: Turn, difference: Difference) -> str:
    milestone = _planned(turn, difference)
    reason = difference.source_name
    changes.cancel(turn.deed, milestone, reason=reason)
    return say("documents.review.said.dropped")


def rename(turn: Turn, difference: Difference) -> str:
    """The entry bears the document's title; a done one, too: it is the same one."""
    milestone, value = difference.milestone, difference.value
    assert milestone is not None
    if milestone.state is MilestoneState.CANCELLED:
        raise UsageError(say("documents.review.said.moved", number=milestone.id))
    retitled.retitle(turn.deed, milestone, value["title"], value["number"], difference.source_name)
    return say("documents.review.said.retitled")


def hand_over(turn: Turn, difference: Difference) -> str:
    """The document's officers answer from today on, the ones before until yesterday."""
    task = difference.task
    before = current_officers(turn, task)
    for one in task.assignments:
        if milestones.holds(one, turn.today):
            one.until_on = turn.today - timedelta(days=1)
    planned = give_up_planned(turn.deed, task, set(AssignmentKind))
    for position, named in enumerate(difference.value["officers"]):
        officer = officers.ensure(turn.session, named["name"], task.department, named["rank"])
        kind = AssignmentKind.DEPUTY if position else AssignmentKind.LEAD
        task.assignments.append(Assignment(task_id=task.id, officer=officer, kind=kind, from_on=turn.today))
    turn.session.flush()
    written = [one["name"] for one in difference.value["officers"]]
    turn.deed.record(
        "handed-over",
        f"task:{task.id}",
        before={"officers": ", ".join(one.name for one in before)},
        after={"officers": ", ".join(written)},
        reason=difference.source_name,
    )
    changes.look_again(turn.deed, task.milestones)
    changed = say("documents.review.said.handed-over", names=[guard.name(one) for one in written])
    given_up = [say("people.assign.planned-given-up", day=day, officer=one) for day, one in planned]
    return render.joined([changed, *given_up], " ")


def put_in_team(turn: Turn, difference: Difference) -> str:
    """The team is the department's, and those of the task's officers belong to it who are in none yet."""
    department = difference.task.department
    if department is None:
        raise UsageError(say("documents.review.said.no-department"))
    team = teams.ensure(turn.session, department, str(difference.value["team"]))
    people = without_team(turn, difference.task)
    with decisions_passed_on(turn):
        for one in people:
            roster.join(turn.deed, one, team, None, reason=difference.source_name)
    names = [guard.named(one) for one in people]
    return say("documents.review.said.team", team=guard.inert(teams.full_name(team)), names=names)


def without_team(turn: Turn, task: Task) -> list[Officer]:
    """The task's officers of its department who belong to no team."""
    found = current_officers(turn, task)
    return [one for one in found if one.membership is None and one.department_id == task.department_id]


def bind(turn: Turn, difference: Difference) -> str:
    """One promise in two plans: the older registration is reminded and answered, the newer one follows it."""
    task, other = difference.task, turn.session.get_one(Task, int(difference.value["task_id"]))
    there = {(one.identity, one.window_no, one.due_on): one for one in other.milestones}
    bound = 0
    for milestone in task.milestones:
        twin = there.get((milestone.identity, milestone.window_no, milestone.due_on))
        if twin is not None and twin.twin_of_id is None:
            changes.follow(turn.deed, milestone, twin)
            bound += 1
    task.same_as_id = other.id
    if other.is_secret:
        mark_secret.mark(turn.deed, task, is_secret=True)
    turn.deed.record("bound", f"task:{task.id}", after={"same_as": other.id, "count": bound})
    return say("documents.review.said.bound", count=bound)


def make_one(turn: Turn, difference: Difference) -> str:
    """The second of two entries is withdrawn; the first one stays."""
    return say("documents.review.said.one", number=doubles.make_one(turn.deed, difference))


def correct_task(turn: Turn, difference: Difference) -> str:
    """The task's title, department and area are those of the document; settled quarters keep what they were settled with."""
    said = difference.value
    values: dict[str, object] = {key: said[key] for key in ("title", "area") if said.get(key)}
    if said.get("department"):
        values["department_id"] = officers.ensure_department(turn.session, said["department"]).id
    edit.edit_task(turn.deed, difference.task, values, action="corrected", reason=difference.source_name)
    return say("documents.review.said.task")


def merge(turn: Turn, difference: Difference) -> str:
    """Two names of one department, or the new name of a department or an area: by `way`."""
    way, new, known = (difference.value.get(key) for key in ("way", "new", "known"))
    if way == "area-renamed":
        if names.rename_area(turn.deed, str(known), str(new)) is None:
            raise UsageError(say("documents.review.said.department-moved"))
        return say("documents.review.said.renamed", name=known, current=new)
    there, other = (officers.department(turn.session, str(one)) for one in (known, new))
    if there is None or (other is not None and other.id == there.id):
        raise UsageError(say("documents.review.said.department-moved"))
    if way == "department-renamed" and other is None:
        names.rename_department(turn.deed, there, officers.close_up(str(new)))
        return say("documents.review.said.renamed", name=known, current=new)
    if other is None:
        raise UsageError(say("documents.review.said.department-moved"))
    gone, kept = (there, other) if way == "department-renamed" else (other, there)
    said = gone.name, kept.name
    names.merge_departments(turn.deed, gone, kept)
    return say("documents.review.said.merged", name=said[0], current=said[1])


def current_officers(turn: Turn, task: Task) -> list[Officer]:
    return [one.officer for one in task.assignments if milestones.holds(one, turn.today)]


def _planned(turn: Turn, difference: Difference) -> Milestone:
    """The milestone, still open. Raises UsageError where an officer closed it in the meantime."""
    assert difference.milestone_id is not None
    milestone = milestones.get(turn.session, difference.milestone_id)
    assert milestone is not None
    if milestone.state is not MilestoneState.PLANNED:
        raise UsageError(say("documents.review.said.moved", number=milestone.id))
    return milestone
