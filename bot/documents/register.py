"""The register as a sheet: it goes out with stable numbers, and what was filled in comes back, shown before it counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

from pydantic import TypeAdapter

from bot.chat.turn import Press, Turn, UsageError, button
from bot.corrections.targets import named, task_of, tell
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, has
from jobs.corrections import sheet
from jobs.corrections.sheet import Change, Changes, Refused
from plans.sheet.columns import APART, REGISTER_COLUMNS
from plans.sheet.register import DAYS, RegisterSheet, Row
from store import milestones, uploads
from store.deliveries import Html, Message
from store.models import Officer
from store.states import UploadState

TAKE, SEND = "regtake", "regsend"
MOST_SHOWN = 30
ROWS: TypeAdapter[list[Row]] = TypeAdapter(list[Row])


def press_send(turn: Turn, _press: Press) -> None:
    """[등록부 파일]: the whole register, to be filled in."""
    name = label("documents.register.file", day=turn.today)
    turn.send_file("register", render.text("sheet_caption"), name=name)


def receive(turn: Turn, name: str, found: RegisterSheet) -> None:
    """What the sheet would change is shown; nothing is entered yet. One that nobody changed changes nothing."""
    made = sheet.compare(turn.deed, found.rows)
    faults = [*plan_words.faults(found.faults), *map(refused, made.refused)]
    lines = [told(one) for one in made.found]
    text = render.text(
        "register_changes",
        name=name,
        lines=lines[:MOST_SHOWN],
        more=len(lines[MOST_SHOWN:]),
        count=len(lines),
        faults=faults[:MOST_SHOWN],
    )
    if not made.found:
        turn.say(Message(text, []))
        return
    kept = uploads.keep(turn.session, turn.actor.officer.id, name, _kept(found.rows), turn.now)
    turn.say(Message(text, [[button(label("documents.register.take"), TAKE, kept.id)]]))


def _kept(rows: Sequence[Row]) -> dict[str, object]:
    return {"register": ROWS.dump_python(list(rows), mode="json")}


def press_take(turn: Turn, press: Press) -> None:
    """[반영]: what the rows say otherwise by now is entered, all of it by one act that /undo takes back."""
    upload = uploads.waiting(turn.session, press.id, "register")
    if upload is None:
        raise UsageError(say("documents.upload.over"))
    if not has(turn.actor, Action.PLANS):
        raise UsageError(say("documents.upload.refused"))
    made = sheet.compare(turn.deed, ROWS.validate_python(upload.draft["register"]))
    upload.state = UploadState.REGISTERED
    held = _holders(turn, made)
    taken = sheet.take(turn.deed, made.found, upload.source_name)
    if not taken.entries and not taken.asked:
        raise UsageError(say("documents.register.nothing"))
    _tell(turn, made, held)
    review = [[button(label("documents.register.review", count=taken.asked), "reviewopen")]]
    keyboard = turn.undo_rows(taken.entries) + (review if taken.asked else [])
    facts = {"count": len(made.found) - taken.asked, "asked": taken.asked}
    turn.answer("register_taken", keyboard, **facts)


def _holders(turn: Turn, made: Changes) -> dict[int, list[Officer]]:
    """Who answers for what is corrected, before it is: they hear of it even where others do from now on."""
    tasks = {task_of(one.thing).id: task_of(one.thing) for one in made.found}
    people = {number: milestones.of_task(one, turn.today) for number, one in tasks.items()}
    return {number: [one.officer for one in some] for number, some in people.items()}


def _tell(turn: Turn, made: Changes, held: dict[int, list[Officer]]) -> None:
    """What was corrected of each task, in one message to those who answer for it; what they report themselves is no news."""
    corrected: dict[int, list[Change]] = defaultdict(list)
    tasks = {}
    for one in made.found:
        if one.what not in sheet.REPORTED and one.what != "due":
            tasks[task_of(one.thing).id] = task_of(one.thing)
            corrected[task_of(one.thing).id].append(one)
    for number, task in tasks.items():
        tell(turn, task, partial(_lines, corrected[number]), also=held[number])


def _lines(corrected: list[Change]) -> list[Html]:
    return [told(one) for one in corrected]


def told(one: Change) -> Html:
    """#112 설계 용역 · 완료일: 없음 → 2026. 6. 28."""
    was, now = (_shown(one, value) for value in (one.was, one.now))
    column = REGISTER_COLUMNS[one.what]
    return say("corrections.told.edited", name=named(one.thing), field=column, was=was, now=now)


def _shown(one: Change, value: str) -> str:
    if not value:
        return label("corrections.nothing")
    if one.what in DAYS:
        return label("documents.register.day", said=date.fromisoformat(value))
    if one.what == "percent":
        return label("documents.register.percent", said=value)
    if one.what == "officers":
        return ", ".join(guard.name(name) for name in APART.split(value) if name)
    return guard.words(value, one.thing)


def refused(one: Refused) -> str:
    """Why a row, or a column of it, changes nothing."""
    column = REGISTER_COLUMNS[one.column] if one.column else None
    return label(f"documents.register.refused.{one.code}", number=one.number, column=column)
