"""/edit ID FIELD VALUE: what is registered is put right. A due day asks whether it was misread or really moves, so that no
approval is gone around."""

import difflib
from collections.abc import Callable
from datetime import date

from bot.chat.command import Command, misused
from bot.chat.names import party
from bot.chat.newcomers import adding
from bot.chat.turn import Keyboard, Press, Turn, UsageError, button, note, numbered
from bot.corrections.targets import Target, named, target, task_of, tell
from bot.corrections.vocabulary import APART, FIELDS, MISREAD, MOVED, NOTHING
from bot.delays import command as delays
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from jobs.corrections import edit as corrections
from jobs.corrections.edit import Said
from jobs.milestones import share
from jobs.plans.register import SHORT_MOST
from plans.fields.money import read_budgets
from plans.text.characters import clean
from plans.time.timeline import CannotSay, Context, Reading, read_prefix
from store import milestones, officers
from store.models import AuditEntry, Department, Dialogue, Milestone, Task
from store.states import MilestoneState, Precision

DIALOGUE, FIX, MOVE = "edit", "editfix", "editmove"
TEXT_MOST = 300
MUCH_LIKE = 0.65  # from this likeness on a department that nobody knows is rather a slip

Put = Callable[[Turn, Target, str], list[AuditEntry]]


def edit(turn: Turn, text: str) -> None:
    found = numbered(clean(text))
    word, _, value = found.rest.partition(" ")
    field = FIELDS.get(word)
    if len(found.ids) != 1 or field is None or not value.strip():
        raise misused(
            "corrections.edit.arguments", "edit", choices=", ".join(words("corrections.field").values())
        )
    chosen = target(turn, found.ids[0])
    if field == "due":
        _ask_way(turn, chosen, value.strip())
        return
    _put(turn, chosen, field, value.strip())


def _put(turn: Turn, chosen: Target, field: str, value: str) -> None:
    """Put it right and say from what to what."""
    what, before = words("corrections.field")[field], task_of(chosen)
    held = [one.officer for one in milestones.of_task(before, turn.today)]
    was = _shown(turn, chosen, field)
    entries = PUTS[field](turn, chosen, value)
    now = _shown(turn, chosen, field)
    line = say("corrections.told.edited", name=named(chosen), field=what, was=was, now=now)
    told = tell(turn, task_of(chosen), [line], also=held)
    turn.registered(
        "edited", entries[-1], name=_about(chosen, field), field=what, was=was, now=now, told=told
    )


def _about(chosen: Target, field: str) -> str:
    """What bears the field: a milestone's task where the field is the task's."""
    return named(chosen if field in {"title", "expr"} else task_of(chosen))


def _shown(turn: Turn, chosen: Target, field: str) -> str:
    """The field's value in words, as it may go out."""
    task = task_of(chosen)
    if field in {"title", "expr"}:
        return guard.words(str(getattr(chosen, field, "")), task)
    if field == "department":
        return guard.words(task.department.name if task.department else label("corrections.nothing"))
    if field == "officers":
        held = [one.officer for one in milestones.of_task(task, turn.today)]
        return ", ".join(guard.named(one) for one in held) or label("corrections.nothing")
    if field == "period":
        days = (render.near_day(one, turn.today) if one else "" for one in (task.start_on, task.end_on))
        return label("corrections.period", start=next(days), end=next(days))
    if field == "budgets":
        return label("corrections.budgets", budgets=task.budgets)
    if field in {"related", "partners"}:
        listed = _departments(turn, task) if field == "related" else _partners(turn, task)
        return guard.words(", ".join(listed) or label("corrections.nothing"), task)
    return guard.words(str(getattr(task, field) or label("corrections.nothing")), task)


# --- one way for each field


def _title(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    if isinstance(chosen, Task):
        return [corrections.edit_task(turn.deed, chosen, {"title": _text(value)})]
    return corrections.edit_words(turn.deed, chosen, {"title": _text(value)})


def _expr(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    if isinstance(chosen, Task):
        raise UsageError(say("corrections.edit.of-milestone", number=chosen.id))
    return corrections.edit_words(turn.deed, chosen, {"expr": _text(value)})


def _department(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    found = known_department(turn, value)
    return [corrections.edit_task(turn.deed, task_of(chosen), {"department_id": found.id})]


def known_department(turn: Turn, name: str) -> Department:
    """The department of that name; one that nobody knows is made. Raises UsageError where it is much like a known one."""
    found = officers.department(turn.session, name)
    if found is not None:
        return found
    names = officers.department_names(turn.session)
    like = difflib.get_close_matches(officers.close_up(name), names, n=3, cutoff=MUCH_LIKE)
    if like:
        shown = guard.words(officers.close_up(name))
        raise UsageError(
            say("corrections.edit.no-department", name=shown, choices=guard.words(", ".join(like)))
        )
    return officers.ensure_department(turn.session, name)


def _related(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    task = task_of(chosen)
    return [corrections.edit_task(turn.deed, task, {"related": [*_list(value), *_partners(turn, task)]})]


def _partners_put(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    task = task_of(chosen)
    return [corrections.edit_task(turn.deed, task, {"related": [*_departments(turn, task), *_list(value)]})]


def _departments(turn: Turn, task: Task) -> list[str]:
    """Of those that the task names besides its own: the departments (관련부서)."""
    return [one for one in task.related if _is_department(turn, one)]


def _partners(turn: Turn, task: Task) -> list[str]:
    """The others (협업기관)."""
    return [one for one in task.related if not _is_department(turn, one)]


def _is_department(turn: Turn, name: str) -> bool:
    return share.is_everybody(name) or officers.department(turn.session, name) is not None


def _officers(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    if value in NOTHING:
        return [corrections.put_officers(turn.deed, task_of(chosen), [])]
    people = []
    for part in filter(None, APART.split(value)):
        found = party(
            turn.session, part, example=label("corrections.edit.example-officers"), add=adding(turn)
        )
        one = found.one()
        if one is None or found.rest:
            raise UsageError(say("corrections.edit.which-person", name=guard.name(part)))
        people.append(one)
    return [corrections.put_officers(turn.deed, task_of(chosen), list(dict.fromkeys(people)))]


def _budgets(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    found = [] if value in NOTHING else [one.model_dump() for one in read_budgets(value)]
    if not found and value not in NOTHING:
        raise UsageError(say("corrections.edit.no-amount"), example=label("corrections.edit.example-budget"))
    return [corrections.edit_task(turn.deed, task_of(chosen), {"budgets": found})]


def _period(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    task, said = task_of(chosen), _time(turn, chosen, value)[0]
    values = {"start_on": said.start, "end_on": said.due, "is_open_ended": said.due is None}
    return [corrections.edit_task(turn.deed, task, values)]


def _area(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    area = None if value in NOTHING else _text(value)
    return [corrections.edit_task(turn.deed, task_of(chosen), {"area": area})]


def _no(turn: Turn, chosen: Target, value: str) -> list[AuditEntry]:
    no = None if value in NOTHING else value[:SHORT_MOST]
    return [corrections.edit_task(turn.deed, task_of(chosen), {"no": no})]


PUTS: dict[str, Put] = {
    "title": _title, "expr": _expr, "department": _department, "related": _related, "partners": _partners_put,
    "officers": _officers, "budgets": _budgets, "period": _period, "area": _area, "no": _no,
}  # fmt: skip


def _text(value: str) -> str:
    if len(value) > TEXT_MOST:
        raise UsageError(say("corrections.edit.long", count=TEXT_MOST))
    return value


def _list(value: str) -> list[str]:
    return [] if value in NOTHING else [one for one in APART.split(value) if one]


# --- the due day


def _time(turn: Turn, chosen: Target, text: str) -> tuple[Said, str]:
    """The time at the front of the text and what follows it. Raises UsageError for none, or several."""
    day = chosen.original_due_on if isinstance(chosen, Milestone) else None
    plan = task_of(chosen).plan
    found = read_prefix(text, Context(day.year if day else plan.year or turn.today.year))
    if isinstance(found, CannotSay):
        raise misused("corrections.edit.no-day", "edit", reason=plan_words.reason(found.reason))
    if len(found.windows) != 1:
        raise misused("corrections.edit.one-day", "edit")
    return _said(found), text[found.end :].strip(" ,:·")


def _said(found: Reading) -> Said:
    [window] = found.windows
    return Said(window.start, window.due, Precision(window.precision))


def _ask_way(turn: Turn, chosen: Target, value: str) -> None:
    """Misread, or moved? Said already, it is done at once."""
    if not isinstance(chosen, Milestone):
        raise UsageError(say("corrections.edit.of-milestone", number=chosen.id))
    said, rest = _time(turn, chosen, value)
    for way, known in ((_misread, MISREAD), (_move, MOVED)):
        for one in known:
            if rest.startswith(one):
                way(turn, chosen, said, note(rest.removeprefix(one)))
                return
    data = {
        "start": _iso(said.start),
        "due": _iso(said.due),
        "precision": said.precision.value,
        "reason": note(rest),
    }
    turn.ask(DIALOGUE, "way", chosen, **data)
    turn.answer("edit_which_way", _ways(chosen), milestone=chosen, day=said.due or said.start)


def _ways(milestone: Milestone) -> Keyboard:
    return [
        [button(label(f"corrections.button.{verb}"), verb, milestone.id, milestone.revision)]
        for verb in (FIX, MOVE)
    ]


def press_way(turn: Turn, press: Press) -> None:
    asked = turn.asked
    if asked is None or asked.kind != DIALOGUE or asked.milestone_id != press.id:
        turn.answer("cancelled", was_asked=False)
        return
    _take(turn, asked, _misread if press.verb == FIX else _move)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The answer in words."""
    for way, known in ((_misread, MISREAD), (_move, MOVED)):
        if text.strip().startswith(known):
            _take(turn, asked, way)
            return
    raise UsageError(say("corrections.edit.which-way"))


Way = Callable[[Turn, Milestone, Said, str | None], None]


def _take(turn: Turn, asked: Dialogue, way: Way) -> None:
    assert asked.milestone_id is not None
    data, milestone = dict(asked.data), turn.milestone(asked.milestone_id, Action.EDIT)
    turn.forget_asked()
    said = Said(_date(data["start"]), _date(data["due"]), Precision(data["precision"]))
    way(turn, milestone, said, data["reason"])


def _misread(turn: Turn, milestone: Milestone, said: Said, reason: str | None) -> None:
    """The plan said so from the start. Nobody says that of the own task: it would be a delay that nobody approved."""
    if turn.actor.officer in [one.officer for one in milestones.assignees(milestone, turn.today)]:
        raise UsageError(say("corrections.edit.own", number=milestone.id), ends_dialogue=True)
    if milestone.state is MilestoneState.CANCELLED:
        raise UsageError(say("corrections.withdrawn", number=milestone.id), ends_dialogue=True)
    what, was = words("corrections.field")["original"], _day(turn, milestone)
    entry = corrections.misread(turn.deed, milestone, said, reason=reason)
    now = _day(turn, milestone)
    line = say("corrections.told.edited", name=named(milestone), field=what, was=was, now=now)
    told = tell(turn, milestone.task, [line], reason)
    turn.registered("edited", entry, name=named(milestone), field=what, was=was, now=now, told=told)


def _move(turn: Turn, milestone: Milestone, said: Said, reason: str | None) -> None:
    """The promise moves: the way of a delay, with its reason and whoever approves it."""
    if said.due is None:
        raise UsageError(say("delays.error.no-due-day", number=milestone.id), ends_dialogue=True)
    delays.open_milestone(turn, milestone.id)
    delays.propose(turn, milestone, said.due, reason)


def _day(turn: Turn, milestone: Milestone) -> str:
    day = milestone.original_due_on or milestone.start_on
    return render.near_day(day, turn.today) if day else label("corrections.nothing")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COMMAND = Command(
    name="edit",
    effect=edit,
    action=Action.EDIT,
    buttons={FIX: press_way, MOVE: press_way},
    on_milestone=frozenset({FIX, MOVE}),
    dialogues={DIALOGUE: carry_on},
)
