"""/edit ID FIELD VALUE: what is registered is put right. A due day asks whether it was misread or really moves, so that no
approval is gone around."""

from collections.abc import Callable
from datetime import date

from bot.chat.command import Command, misused
from bot.chat.fields import field_at
from bot.chat.names import party
from bot.chat.newcomers import adding
from bot.chat.turn import Keyboard, Press, Turn, UsageError, button, note, numbered
from bot.corrections.targets import Target, named, target, task_of, tell
from bot.corrections.vocabulary import FIELDS, MISREAD, MOVED
from bot.delays import command as delays
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from jobs.corrections import edit as corrections
from jobs.corrections import written
from jobs.corrections.edit import Said
from jobs.corrections.written import UnreadableError
from plans.sheet.columns import APART, NOTHING
from plans.text.characters import clean
from reports.texts.speaking import in_each
from store import milestones
from store.models import AuditEntry, Dialogue, Milestone
from store.states import MilestoneState, Precision

DIALOGUE, FIX, MOVE = "edit", "editfix", "editmove"


def edit(turn: Turn, text: str) -> None:
    found = numbered(clean(text))
    field, value = field_at(found.rest, FIELDS)
    if len(found.ids) != 1 or field is None or not value:
        raise misused(
            "corrections.edit.arguments", "edit", choices=", ".join(words("corrections.field").values())
        )
    chosen = target(turn, found.ids[0])
    if field == "due":
        _ask_way(turn, chosen, value)
        return
    _put(turn, chosen, field, value)


def _put(turn: Turn, chosen: Target, field: str, value: str) -> None:
    """Put it right and say from what to what."""
    before = task_of(chosen)
    held = [one.officer for one in milestones.of_task(before, turn.today)]
    was = in_each(lambda: _shown(turn, chosen, field))
    entries = _entries(turn, chosen, field, value)

    def facts() -> dict[str, object]:
        what = words("corrections.field")[field]
        return {"field": what, "was": was(), "now": _shown(turn, chosen, field)}

    told = tell(
        turn,
        task_of(chosen),
        lambda: [say("corrections.told.edited", name=named(chosen), **facts())],
        also=held,
    )
    turn.registered("edited", entries[-1], name=_about(chosen, field), told=told, **facts())


def _entries(turn: Turn, chosen: Target, field: str, value: str) -> list[AuditEntry]:
    """Raises UsageError where the value cannot be that."""
    if field == "officers":
        return _officers(turn, chosen, value)
    try:
        return written.read(turn.deed, chosen, field, value)()
    except UnreadableError as error:
        raise _refusal(error) from error


def _refusal(error: UnreadableError) -> UsageError:
    facts = dict(error.facts)
    if error.code in {"no-day", "one-day"}:
        told = {"reason": plan_words.reason(facts["reason"])} if "reason" in facts else {}
        return misused(f"corrections.edit.{error.code}", "edit", **told)
    if error.code == "no-department":
        choices = guard.words(", ".join(facts["choices"]))
        facts = {"name": guard.words(str(facts["name"])), "choices": choices}
    example = label("corrections.edit.example-budget") if error.code == "no-amount" else None
    return UsageError(say(f"corrections.edit.{error.code}", **facts), example=example)


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
        chosen_ones = written.departments if field == "related" else written.partners
        listed = chosen_ones(turn.session, task)
        return guard.words(", ".join(listed) or label("corrections.nothing"), task)
    return guard.words(str(getattr(task, field) or label("corrections.nothing")), task)


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


# --- the due day


def _time(turn: Turn, chosen: Target, text: str) -> tuple[Said, str]:
    """The time at the front of the text and what follows it. Raises UsageError for none, or several."""
    try:
        return written.time(chosen, text, turn.today)
    except UnreadableError as error:
        raise _refusal(error) from error


def _ask_way(turn: Turn, chosen: Target, value: str) -> None:
    """Misread, or moved? Said already, it is done at once."""
    if not isinstance(chosen, Milestone):
        raise UsageError(say("corrections.edit.of-milestone", number=chosen.id))
    said, rest = _time(turn, chosen, value)
    for way, known in ((misread, MISREAD), (move, MOVED)):
        for one in known:
            if rest.lower().startswith(one):
                way(turn, chosen, said, note(rest[len(one) :]))
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
    _take(turn, asked, misread if press.verb == FIX else move)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The answer in words."""
    for way, known in ((misread, MISREAD), (move, MOVED)):
        if text.strip().lower().startswith(known):
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


def misread(turn: Turn, milestone: Milestone, said: Said, reason: str | None) -> None:
    """The plan said so from the start. Nobody says that of the own task: it would be a delay that nobody approved."""
    if turn.actor.officer in [one.officer for one in milestones.assignees(milestone, turn.today)]:
        raise UsageError(say("corrections.edit.own", number=milestone.id), ends_dialogue=True)
    if milestone.state is MilestoneState.CANCELLED:
        raise UsageError(say("corrections.withdrawn", number=milestone.id), ends_dialogue=True)
    was = in_each(lambda: _day(turn, milestone))
    entry = corrections.misread(turn.deed, milestone, said, reason=reason)

    def facts() -> dict[str, object]:
        what = words("corrections.field")["original"]
        return {"name": named(milestone), "field": what, "was": was(), "now": _day(turn, milestone)}

    told = tell(turn, milestone.task, lambda: [say("corrections.told.edited", **facts())], reason)
    turn.registered("edited", entry, told=told, **facts())


def move(turn: Turn, milestone: Milestone, said: Said, reason: str | None) -> None:
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
