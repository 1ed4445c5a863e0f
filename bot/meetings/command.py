"""/meeting: what is held when — planned by the planning office in one line; anybody adds to the agenda, departments bring
material, what was decided becomes items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.chat.command import Command, misused
from bot.chat.lists import Pages
from bot.chat.turn import Press, RefusedError, Turn, UsageError, ensure_words, note, numbered
from bot.items.entering import entry_of
from bot.meetings import panels, sheets, shown, vocabulary, whose
from bot.meetings.worded import plan_of, refusals
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.meetings import panels as panel_steps
from jobs.meetings import steps
from jobs.meetings.rules import item_kind
from plans.time.occasions import minute_in
from store import officers
from store.models import Department, Dialogue, MeetingTime

ASKED = "meeting-words"


def meeting(turn: Turn, text: str) -> None:
    """Alone: the list. With a number: that meeting, or what the words behind it say. Else a new one, by the planning office."""
    found = numbered(text)
    if not text.strip():
        PAGES.show(turn)
        return
    if not found.ids:
        _plan(turn, text)
        return
    of = whose.meeting_of(turn, found.ids[0])
    rest = vocabulary.NUMBER.sub("", text.strip(), count=1)
    if not rest:
        turn.say(shown.message(turn, of))
        return
    word, _, more = rest.partition(" ")
    step = STEPS.get(word.casefold())
    if step is None:
        raise UsageError(say("meetings.how"), example=label("meetings.example-topic", number=of.id))
    step(turn, of, more.strip())


def _plan(turn: Turn, text: str) -> None:
    if not whose.is_planner(turn):
        raise misused("meetings.which", "meeting")
    ensure_words("note")
    wanted = plan_of(turn.session, text, turn.today)
    with refusals():
        made = steps.plan(turn.deed, wanted)
    said = label("meetings.added", number=made[0].id, count=len(made), last=made[-1].held_on)
    turn.say(shown.message(turn, made[0], said))


def _ensure_planner(turn: Turn) -> None:
    if not whose.is_planner(turn):
        raise RefusedError(say("meetings.planners-only"))


def _topic(turn: Turn, of: MeetingTime, text: str) -> None:
    ensure_words("note")
    where = turn.actor.officer.department
    with refusals():
        done = steps.add_topic(
            turn.deed, of.id, note(text, is_optional=True) or "", where, is_office=whose.is_planner(turn)
        )
    turn.say(shown.message(turn, done, label("meetings.topic-added")))


def _topic_off(turn: Turn, of: MeetingTime, text: str) -> None:
    found = numbered(text)
    if len(found.ids) != 1:
        raise UsageError(say("meetings.how"), example=label("meetings.example-off", number=of.id))
    with refusals():
        done = steps.drop_topic(turn.deed, of.id, found.ids[0], is_office=whose.is_planner(turn))
    turn.say(shown.message(turn, done, label("meetings.topic-off")))


def _named(turn: Turn, text: str) -> tuple[Department | None, str]:
    """The department in front, where one is named."""
    before = officers.department_before(turn.session, text)
    return before if before is not None else (None, text)


def _give(turn: Turn, of: MeetingTime, text: str) -> None:
    ensure_words("note")
    named, rest = _named(turn, text)
    part = whose.part_for(turn, of, named)
    said = (
        note(rest if named is not None and named.id == part.department_id else text, is_optional=True) or ""
    )
    is_own = part in whose.own(turn, of)
    with refusals():
        done = steps.give(turn.deed, of.id, part.department_id, said, is_on_behalf=not is_own)
    turn.say(shown.message(turn, done, label("meetings.given", department=part.department.name)))


def _attend(turn: Turn, of: MeetingTime, text: str) -> None:
    named, rest = _named(turn, text)
    counted = vocabulary.COUNTED.fullmatch(rest.strip())
    if counted is None:
        raise UsageError(say("meetings.how-attend"), example=label("meetings.example-attend", number=of.id))
    part = whose.part_for(turn, of, named)
    with refusals():
        done = steps.attend(turn.deed, of.id, part.department_id, int(counted[1]), int(counted[2]))
    turn.say(shown.message(turn, done, label("meetings.attended")))


def _decide(turn: Turn, of: MeetingTime, text: str) -> None:
    _ensure_planner(turn)
    entry = entry_of(turn, text, label("meetings.example-decide", number=of.id), item_kind(of.meeting.kind))
    with refusals():
        made = steps.decide(turn.deed, of.id, entry)
    fresh = whose.meeting_of(turn, of.id)
    turn.say(shown.message(turn, fresh, label("meetings.decided", number=made.id, due=made.due_on)))


def _move(turn: Turn, of: MeetingTime, text: str) -> None:
    _ensure_planner(turn)
    found = read(text, turn.ahead())
    if found is None or not isinstance(found.value, date):
        raise UsageError(say("meetings.how-move"), example=label("meetings.example-move", number=of.id))
    reason = note(found.rest, is_optional=True) or ""
    with refusals():
        done = steps.move(turn.deed, of.id, found.value, reason, minute_in(text.removesuffix(found.rest)))
    turn.say(shown.message(turn, done, label("meetings.moved")))


def _cancel(turn: Turn, of: MeetingTime, text: str, *, is_all: bool = False) -> None:
    _ensure_planner(turn)
    with refusals():
        gone = steps.cancel(turn.deed, of.id, note(text, is_optional=True) or "", is_all=is_all)
    turn.say(shown.message(turn, gone[0], label("meetings.cancelled", count=len(gone))))


def _cancel_all(turn: Turn, of: MeetingTime, text: str) -> None:
    _cancel(turn, of, text, is_all=True)


def _pack(turn: Turn, of: MeetingTime, text: str, kind: str = "packbook", ending: str = "xlsx") -> None:
    """Of all; of the 분과 that is named."""
    _ensure_planner(turn)
    panel = panels.named(turn.session, of, text) if text else None
    name = label("meetings.file", number=of.id, ending=ending)
    what = render.text("file_caption", what=label("meetings.file-title", title=of.meeting.title))
    turn.send_file(kind, what, number=of.id, name=name, panel=panel.id if panel is not None else None)


def _request(turn: Turn, of: MeetingTime, text: str) -> None:
    """자료를 받을 요청."""
    _ensure_planner(turn)
    found = numbered(text)
    if len(found.ids) != 1:
        raise UsageError(say("meetings.how-request"), example=label("meetings.example-request", number=of.id))
    with refusals():
        done = steps.ask_by(turn.deed, of.id, found.ids[0])
    turn.say(shown.message(turn, done, label("meetings.requested", number=found.ids[0])))


def _panel(turn: Turn, of: MeetingTime, text: str) -> None:
    _ensure_planner(turn)
    turn.say(panels.seat(turn, of, text))


def _panel_off(turn: Turn, of: MeetingTime, text: str) -> None:
    _ensure_planner(turn)
    with refusals():
        done = panel_steps.drop(turn.deed, of.id, text)
    turn.say(shown.message(turn, done, label("meetings.panel-off")))


def _opinion(turn: Turn, of: MeetingTime, text: str) -> None:
    _ensure_planner(turn)
    turn.say(panels.opine(turn, of, text))


def _opinions(turn: Turn, of: MeetingTime, text: str) -> None:
    """The sheet goes out, of all or of the 분과 that is named."""
    _ensure_planner(turn)
    panels.send_sheet(turn, of, text)


STEPS: dict[str, Callable[[Turn, MeetingTime, str], None]] = {
    **dict.fromkeys(vocabulary.TOPIC, _topic),
    **dict.fromkeys(vocabulary.TOPIC_OFF, _topic_off),
    **dict.fromkeys(vocabulary.MATERIAL, _give),
    **dict.fromkeys(vocabulary.DECIDE, _decide),
    **dict.fromkeys(vocabulary.ATTEND, _attend),
    **dict.fromkeys(vocabulary.MOVE, _move),
    **dict.fromkeys(vocabulary.CANCEL, _cancel),
    **dict.fromkeys(vocabulary.CANCEL_ALL, _cancel_all),
    **dict.fromkeys(vocabulary.PACK, _pack),
    **dict.fromkeys(vocabulary.REQUEST, _request),
    **dict.fromkeys(vocabulary.PANEL, _panel),
    **dict.fromkeys(vocabulary.PANEL_OFF, _panel_off),
    **dict.fromkeys(vocabulary.OPINION, _opinion),
    **dict.fromkeys(vocabulary.SHEET, _opinions),
}
"""What the word behind a number does."""


# --- what was pressed


def press_view(turn: Turn, press: Press) -> None:
    turn.say(shown.message(turn, whose.meeting_of(turn, press.id)))


PAGES = Pages(shown.page)


def _asks(step: str) -> Callable[[Turn, Press], None]:
    """The button asks for the words of a step."""

    def press_one(turn: Turn, press: Press) -> None:
        of = whose.meeting_of(turn, press.id)
        if step == shown.DECIDE:
            _ensure_planner(turn)
        ensure_words("note")
        turn.ask(ASKED, "text", meeting=of.id, step=step)
        turn.answer("meeting_ask", number=of.id, title=of.meeting.title, step=step)

    return press_one


ASKING = {shown.TOPIC: _topic, shown.GIVE: _give, shown.DECIDE: _decide}


def carry_words(turn: Turn, asked: Dialogue, text: str) -> None:
    of = whose.meeting_of(turn, int(asked.data["meeting"]))
    turn.forget_asked()
    ASKING[asked.data["step"]](turn, of, text)


def press_book(turn: Turn, press: Press) -> None:
    _pack(turn, whose.meeting_of(turn, press.id), "")


def press_paper(turn: Turn, press: Press) -> None:
    _pack(turn, whose.meeting_of(turn, press.id), "", "packpaper", "docx")


def press_sheet(turn: Turn, press: Press) -> None:
    _opinions(turn, whose.meeting_of(turn, press.id), "")


COMMAND = Command(
    name="meeting",
    effect=meeting,
    buttons={
        shown.VIEW: press_view,
        shown.PAGE: PAGES.show_or_turn,
        shown.TOPIC: _asks(shown.TOPIC),
    },
    dialogues={ASKED: carry_words},
)
GIVING = Command(
    name="meeting-giving",
    action=Action.MATERIAL,
    buttons={shown.GIVE: _asks(shown.GIVE)},
    in_menu=False,
)
"""What a department presses."""
HOLDING = Command(
    name="meeting-holding",
    action=Action.MEETINGS,
    buttons={
        shown.DECIDE: _asks(shown.DECIDE),
        shown.BOOK: press_book,
        shown.PAPER: press_paper,
        shown.SHEET: press_sheet,
        sheets.TAKE: sheets.press_take,
        sheets.DROP: sheets.press_drop,
    },
    in_menu=False,
)
"""What the planning office presses."""
