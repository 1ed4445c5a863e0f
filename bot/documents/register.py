"""The register as a sheet: it goes out with stable numbers, and what was filled in comes back, shown before it counts."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from bot.chat.turn import Press, Turn, UsageError, button
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, has
from jobs.corrections import sheet
from jobs.corrections.sheet import Change, Changes
from plans.sheet.register import RegisterSheet, Row
from reports.texts.hidden_titles import shown_title
from store import uploads
from store.deliveries import Html, Message
from store.models import PlanUpload
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
    faults = [*plan_words.faults(found.faults), *map(_refused, made.refused)]
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
    upload = turn.session.get(PlanUpload, press.id)
    if upload is None or upload.state is not UploadState.WAITING or "register" not in upload.draft:
        raise UsageError(say("documents.upload.over"))
    if not has(turn.actor, Action.PLANS):
        raise UsageError(say("documents.upload.refused"))
    made = sheet.compare(turn.deed, ROWS.validate_python(upload.draft["register"]))
    upload.state = UploadState.REGISTERED
    entries = sheet.take(turn.deed, made.found)
    if not entries:
        raise UsageError(say("documents.register.nothing"))
    turn.registered("register_taken", entries[-1], count=len(entries))


def told(one: Change) -> Html:
    """#112 설계 용역 · 완료일: 없음 → 2026. 6. 28."""
    title = say("corrections.named", number=one.milestone.id, title=shown_title(one.milestone))
    what = words("documents.register.column")[one.what]
    was, now = (_shown(one, value) for value in (one.was, one.now))
    return say("corrections.told.edited", name=title, field=what, was=was, now=now)


def _shown(one: Change, value: object) -> str:
    if value is None:
        return label("corrections.nothing")
    return (
        guard.words(str(value), one.milestone)
        if one.what == "note"
        else label(f"documents.register.{one.what}", said=value)
    )


def _refused(one: tuple[int, str]) -> str:
    number, code = one
    return label(f"documents.register.refused.{code}", number=number)


def refusals(made: Changes) -> list[str]:
    """Rows that change nothing, and why."""
    return [_refused(one) for one in made.refused]
