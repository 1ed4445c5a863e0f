"""A new request in chat: the planning office sends the empty form, a day and a scope; what it would mean is shown, put right
once, and opened."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.asks import shown, vocabulary, whose, worded
from bot.asks.worded import refusals
from bot.chat import sheets
from bot.chat.turn import Press, Turn, UsageError, button, ensure_words, note
from bot.privacy import guard
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import kind as kinds
from jobs.asks import opening
from jobs.asks.opening import COLLECTION, Opening, steps_of
from plans.sheet.grid import Grid
from plans.sheet.question import Form, corrected, read_form
from plans.text.characters import number_of
from reports import asks as listing
from reports.ask_words import kind_name, kind_said
from reports.hours import hour_of
from store import asks, officers, uploads
from store.deliveries import Message
from store.models import Dialogue, PlanUpload
from store.states import UploadState

NEW, FIX, DAY = "ask-new", "ask-fix", "ask-day"
OPEN, DROP, CHANGE, CONFIRMED, AGAIN, START = (
    "asknew",
    "asknewno",
    "asknewfix",
    "asknewstep",
    "asklike",
    "askbegin",
)
HOURS, MINUTES = 24, 60
KIND = "asknewkind"
MOST_DIGITS = 3  # of a number of rows
STEM_MOST = 80


def ensure_planner(turn: Turn) -> None:
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"))


def press_start(turn: Turn, _press: Press) -> None:
    """[새 요청]: the form is asked for."""
    ensure_planner(turn)
    ensure_words("reply")
    turn.ask(NEW, NEW)
    turn.answer("ask_new")


def receive(turn: Turn, name: str, grid: Grid, said: str) -> None:
    """The empty form came; `said`: the day and the scope that stood under it, if any."""
    ensure_planner(turn)
    with refusals():
        form = read_form(grid)
    title = (form.title or name.rpartition(".")[0] or name)[:STEM_MOST]
    turn.forget_asked()
    _keep(turn, name, Opening(title=title, form=form, due_on=turn.today), said)


def again(turn: Turn, press: Press) -> None:
    """[같은 요청 다시]: the same of the same departments, for another day."""
    ensure_planner(turn)
    of = whose.ask_of(turn, press.id)
    _keep(turn, of.title, opening.again(of, listing.form_of(of), turn.today), "")


def _keep(turn: Turn, name: str, made: Opening, said: str) -> None:
    upload = uploads.keep(turn.session, turn.actor.officer.id, name, {"ask": _dumped(made, None)}, turn.now)
    if said:
        with_said = _with_day(turn, made, said)
        upload.draft = {"ask": _dumped(with_said, with_said.due_on)}
        turn.say(_preview(turn, upload))
    else:
        _ask_day(turn, upload)


def _ask_day(turn: Turn, upload: PlanUpload) -> None:
    turn.ask(DAY, DAY, upload=upload.id)
    made = _loaded(upload)
    turn.answer("ask_day", title=made.title, count=len(made.form.asked), has_scope=bool(_scope(made)))


def carry_day(turn: Turn, asked: Dialogue, text: str) -> None:
    """7.20 도로과, 공원과."""
    upload = _upload(turn, int(asked.data["upload"]))
    made = _with_day(turn, _loaded(upload), text)
    turn.forget_asked()
    upload.draft = {"ask": _dumped(made, made.due_on)}
    turn.say(_preview(turn, upload))


def _with_day(turn: Turn, made: Opening, said: str) -> Opening:
    """The day stands first, whom it is asked of behind it; of nobody named everybody, or whom it was asked of before."""
    found = read(said, turn.ahead())
    if found is None or not isinstance(found.value, date):
        raise UsageError(say("asks.no-day"), example=label("asks.day-example"))
    rest = found.rest.strip()
    values: dict[str, Any] = {"due_on": found.value}
    clock = vocabulary.CLOCK.match(rest)
    if clock is not None:
        values["due_minute"], rest = minute_of(clock[1]), rest[clock.end() :].strip()
    return _scoped(turn, _replaced(made, values), rest) if rest else _replaced(made, values)


def minute_of(text: str) -> int:
    """14:00 -> the minute of the day. Raises UsageError."""
    hour, _, minute = text.partition(":")
    numbers = number_of(hour), number_of(minute)
    if numbers[0] is None or numbers[1] is None or numbers[0] >= HOURS or numbers[1] >= MINUTES:
        raise UsageError(say("asks.no-time"), example="14:00")
    return numbers[0] * MINUTES + numbers[1]


def _scoped(turn: Turn, made: Opening, text: str) -> Opening:
    """Departments and bureaus by name, apart by commas; 전 부서 for all."""
    names = [one.strip() for one in text.split(",") if one.strip()]
    if " ".join(text.casefold().split()) in vocabulary.EVERYBODY:
        names = []
    known = {one: officers.department(turn.session, one) for one in names}
    departments = tuple(found.name for found in known.values() if found is not None)
    bureaus = tuple(one for one, found in known.items() if found is None)
    return _replaced(made, {"departments": departments, "bureaus": bureaus})


def _replaced(made: Opening, values: dict[str, Any]) -> Opening:
    return Opening(**{**made.__dict__, **values})


def _scope(made: Opening) -> list[str]:
    return [*made.bureaus, *made.departments]


def _dumped(made: Opening, due_on: date | None) -> dict[str, Any]:
    """As the draft keeps it; `due_on` None: not told yet."""
    return {
        "title": made.title,
        "form": made.form.model_dump(mode="json"),
        "due_on": due_on.isoformat() if due_on else None,
        "departments": list(made.departments),
        "bureaus": list(made.bureaus),
        "opens_on": made.opens_on.isoformat() if made.opens_on else None,
        "due_minute": made.due_minute,
        "basis": made.basis,
        "rows": list(made.rows),
        "steps": list(made.steps) if made.steps is not None else None,
        "kind": made.kind,
        "like": made.like,
    }


def _loaded(upload: PlanUpload) -> Opening:
    kept = upload.draft["ask"]
    day, opens = kept["due_on"], kept["opens_on"]
    return Opening(
        title=kept["title"],
        form=Form.model_validate(kept["form"]),
        due_on=date.fromisoformat(day) if day else date.max,
        departments=kept["departments"],
        bureaus=kept["bureaus"],
        opens_on=date.fromisoformat(opens) if opens else None,
        due_minute=kept["due_minute"],
        basis=kept["basis"],
        rows=(kept["rows"][0], kept["rows"][1]),
        steps=kept["steps"],
        kind=kept.get("kind", COLLECTION),  # drafts of before have none
        like=kept["like"],
    )


def _upload(turn: Turn, number: int) -> PlanUpload:
    """The draft that still waits, and is the speaker's. Raises UsageError."""
    ensure_planner(turn)
    return sheets.own(turn, number, "ask", say("asks.draft-over"), ends_dialogue=True)


def _preview(turn: Turn, upload: PlanUpload) -> Message:
    """What would be asked, of whom, and what that means that week; with [열기]."""
    made = _loaded(upload)
    with refusals():
        found = opening.outlook(turn.session, made, turn.today)
    [busiest] = officers.by_ids(turn.session, [found.busiest[0]]) if found.busiest else [None]
    steps = steps_of(made)
    confirms = asks.CONFIRM in steps
    text = render.text(
        "ask_draft",
        title=made.title,
        basis=made.basis,
        due=made.due_on,
        hour=hour_of(made.due_minute),
        opens=made.opens_on if made.opens_on and made.opens_on > turn.today else None,
        count=len(found.departments),
        scope=", ".join(_scope(made)),
        rows_wanted=shown.rows_said(*made.rows),
        fields=worded.fields(made.form),
        examples=len(made.form.examples),
        kind=kind_name(made.kind),
        confirms=confirms,
        signs=asks.SIGN in steps,
        evaluates=asks.EVALUATE in steps,
        chooses=asks.SELECT in steps,
        people=found.people,
        questions=found.fields,
        busiest=busiest,
        most=found.busiest[1] if found.busiest else 0,
        week_asks=found.asked_that_week,
        week_milestones=found.due_that_week,
        vacant=list(found.vacant),
    )
    step = label("asks.button.without-confirm" if confirms else "asks.button.with-confirm")
    return Message(
        text,
        [
            [
                button(label("asks.button.open"), OPEN, upload.id),
                button(label("asks.button.fix"), CHANGE, upload.id),
            ],
            [
                button(step, CONFIRMED, upload.id),
                button(label("asks.button.kind", name=kind_name(_next_kind(made))), KIND, upload.id),
            ],
            [button(label("asks.button.drop"), DROP, upload.id)],
        ],
    )


def press_step(turn: Turn, press: Press) -> None:
    """[팀장 확인 넣기], [팀장 확인 빼기]."""
    upload = _upload(turn, press.id)
    made = _loaded(upload)
    before = steps_of(made)
    is_in = asks.CONFIRM in before
    steps = [one for one in before if one != asks.CONFIRM] if is_in else [*before, asks.CONFIRM]
    upload.draft = {"ask": {**upload.draft["ask"], "steps": list(steps)}}
    turn.rewrite_pressed(_preview(turn, upload))


def _next_kind(made: Opening) -> str:
    """The kind after this one; those that are due at an hour only where one was told."""
    keys = [key for key, one in kinds.known().items() if made.due_minute is not None or not one.is_timed]
    at = keys.index(made.kind) if made.kind in keys else -1
    return keys[(at + 1) % len(keys)]


def press_kind(turn: Turn, press: Press) -> None:
    """[종류: 제안으로]: another kind, with the steps of that one."""
    upload = _upload(turn, press.id)
    made = _loaded(upload)
    upload.draft = {"ask": {**upload.draft["ask"], "kind": _next_kind(made), "steps": None}}
    turn.rewrite_pressed(_preview(turn, upload))


def press_fix(turn: Turn, press: Press) -> None:
    """[고치기]: what is wrong is asked for, all of it at once."""
    upload = _upload(turn, press.id)
    ensure_words("reply")
    first = _loaded(upload).form.asked[0].name
    turn.ask(FIX, FIX, upload=upload.id)
    turn.answer("ask_fix", name=first)


def carry_fix(turn: Turn, asked: Dialogue, text: str) -> None:
    """제목 …; 기한 7.20; 대상 도로과, 공원과; 건수 1-3; 금액=수:백만원."""
    upload = _upload(turn, int(asked.data["upload"]))
    made = _loaded(upload)
    for said in (one.strip() for one in vocabulary.NEXT_ROW.split(text)):
        if said:
            made = _fixed(turn, made, said)
    upload.draft = {"ask": _dumped(made, made.due_on)}
    preview = _preview(turn, upload)
    turn.forget_asked()
    turn.say(preview)


def _fixed(turn: Turn, made: Opening, said: str) -> Opening:
    first, _, rest = said.partition(" ")
    what = vocabulary.PARTS.get(first.casefold())
    rest = rest.strip()
    if what is None or not rest:
        with refusals():
            return _replaced(made, {"form": corrected(made.form, said)})
    if what == "to":
        return _scoped(turn, made, rest)
    if what == "rows":
        return _replaced(made, {"rows": rows_of(rest)})
    if what == "kind":
        kind = kind_said(rest, kinds.known())
        if kind is None:
            raise UsageError(say("asks.refusal.no-kind", said=guard.words(rest)))
        return _replaced(made, {"kind": kind, "steps": None})
    if what == "hour":
        return _replaced(made, {"due_minute": minute_of(rest)})
    if what in {"due_on", "opens_on"}:
        found = read(rest, turn.ahead())
        if found is None or not isinstance(found.value, date):
            raise UsageError(say("asks.no-day"), example=label("asks.day-example"))
        return _replaced(made, {what: found.value})
    return _replaced(made, {what: note(rest) or getattr(made, what)})


def rows_of(text: str) -> tuple[int, int | None]:
    """3 -> exactly so many; 3+ -> at least; 1-3 -> from … to. Raises UsageError."""
    first, _, last = text.strip().partition("-")
    least = number_of(first.removesuffix("+"), MOST_DIGITS)
    most = number_of(last, MOST_DIGITS) if last else (None if text.endswith("+") else least)
    if least is None or (last and most is None):
        raise UsageError(say("asks.refusal.rows"))
    return least, most


def press_open(turn: Turn, press: Press) -> None:
    """[열기]: the request begins; a second press changes nothing."""
    upload = _upload(turn, press.id)
    made = _loaded(upload)
    with refusals():
        opened = opening.open_(turn.deed, made)
    upload.state = UploadState.REGISTERED
    turn.say(shown.message(turn, opened, label("asks.opened", number=opened.id)))
    turn.send_file("askform", render.text("file_caption", what=opened.title), number=opened.id)


def press_drop(turn: Turn, press: Press) -> None:
    _upload(turn, press.id).state = UploadState.DROPPED
    turn.answer("cancelled", was_asked=True)
