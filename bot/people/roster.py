"""/roster and a list of people (직원 명단) sent in chat: the empty form, what the list would change, [적용] and [취소]."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from bot.chat import sheets
from bot.chat.command import Command
from bot.chat.turn import Press, RefusedError, Turn, button
from bot.delays.open_decisions import decisions_passed_on
from bot.texts import plan_words, render
from bot.texts.render import label, say, words
from bot.texts.roster_words import told
from jobs.authority.permissions import Action, Deed, has
from jobs.people.roster import Change, take_over
from jobs.people.roster_undo import apply
from plans.sheet.roster import Roster, RosterRow
from store import uploads
from store.deliveries import Message
from store.models import PlanUpload
from store.states import UploadState

TAKE, DROP = "rostake", "rosdrop"
MOST_SHOWN = 30
FORM = "roster"  # the empty form among the files that can be asked for
ROWS: TypeAdapter[list[RosterRow]] = TypeAdapter(list[RosterRow])


def send_form(turn: Turn, _text: str) -> None:
    """The empty form, to be filled in and sent back."""
    turn.send_file(FORM, render.text("roster_form"), name=label("people.roster.file"))


def receive(turn: Turn, name: str, found: Roster) -> None:
    """What the list would change is shown, or what is wrong with its lines; nothing is entered yet."""
    changes = [] if found.faults else tried(turn.session, turn.deed, found.rows)
    lines = plan_words.faults(found.faults) or [told(one) for one in changes]
    text = render.text(
        "roster_list",
        name=name,
        is_wrong=bool(found.faults),
        lines=lines[:MOST_SHOWN],
        more=len(lines[MOST_SHOWN:]),
        count=len(lines),
    )
    if not changes:
        turn.say(Message(text, []))
        return
    rows = {"roster": ROWS.dump_python(found.rows, mode="json")}
    kept = uploads.keep(turn.session, turn.actor.officer.id, name, rows, turn.now)
    labels = words("people.roster.button")
    turn.say(Message(text, [[button(labels["take"], TAKE, kept.id), button(labels["drop"], DROP, kept.id)]]))


def tried(session: Session, deed: Deed, rows: Sequence[RosterRow]) -> list[Change]:
    """What the rows would change; nothing of it stays."""
    with session.begin_nested() as trial:
        changes = take_over(deed, rows)
        trial.rollback()
    return changes


def press_take(turn: Turn, press: Press) -> None:
    """[적용]: what the rows say otherwise by now is so from today on."""
    upload = _waiting(turn, press)
    if not has(turn.actor, Action.PLANS):
        raise RefusedError(say("documents.upload.refused"))
    with decisions_passed_on(turn):
        changes, entry = apply(turn.deed, ROWS.validate_python(upload.draft["roster"]), upload.id)
    upload.state = UploadState.REGISTERED
    people = len({(one.department, one.name) for one in changes})
    turn.tell_planners("roster-notice", "roster_office", by=turn.actor.officer, count=people)
    turn.registered("roster_taken", entry, count=len(changes), people=people)


def press_drop(turn: Turn, press: Press) -> None:
    sheets.drop(turn, _waiting(turn, press))


def _waiting(turn: Turn, press: Press) -> PlanUpload:
    return sheets.own(turn, press.id, "roster", say("people.roster.over"))


COMMAND = Command(
    name="roster",
    effect=send_form,
    action=Action.PLANS,
    buttons={TAKE: press_take, DROP: press_drop},
)
