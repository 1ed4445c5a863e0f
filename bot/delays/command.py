"""/delay ID WHEN [reason] and the button 연기: another due day, with a reason; the original date is kept."""

from datetime import date, timedelta

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.line import standing
from bot.chat.turn import Press, Turn, UsageError, button, note
from bot.delays import request
from bot.delays.request import CATCH_UP, CODES, code_rows, postpone
from bot.speech.dates import MOST_DAYS, Doubt, Shift, Value, judge, month_end_after, read
from bot.speech.reading import Understood
from bot.texts import doubt_words, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import changes
from jobs.rules.calendar import WorkCalendar
from reports.texts.states import REASON_WORDS
from store.deliveries import Html
from store.models import Dialogue, Milestone
from store.states import DelayReason, MilestoneState, Precision

DIALOGUE, STOP = "delay", "delaystop"
CHOICES = {
    "delay3d": Shift(days=3),
    "delay1w": Shift(days=7),
    "delay2w": Shift(days=14),
}
WHY = tuple(f"why{place}" for place in range(len(CODES)))  # the reasons of the list, by their place in it


def act(turn: Turn, found: Understood) -> None:
    """Postpone each that is named; what was not said is asked."""
    for milestone in [turn.milestone(one, Action.CHANGE) for one in found.ids]:
        _wish(turn, milestone, found)


def _wish(turn: Turn, milestone: Milestone, found: Understood) -> None:
    _ensure_open(turn, milestone)
    value = found.shift or found.day
    if value is None:
        offer(turn, milestone, doubt_words.question(found.question))
        return
    reason, basis = note(found.words or ""), _from_today(found.basis)
    code = CODES[found.code] if found.code is not None else None
    if reason is None and code is None:
        propose(turn, milestone, value, None, basis)
    else:
        _take(turn, milestone, value, reason, code, basis)


def propose(
    turn: Turn, milestone: Milestone, value: Value, reason: str | None, basis: str | None = None
) -> None:
    """Postpone to that day; a day off or a doubtful one is asked back with choices, a missing reason is asked."""
    judged = judge(value, turn.ahead())
    if judged.choices:
        offer_days(turn, milestone, doubt_words.question(judged.question) or "", judged.choices, reason)
    else:
        _take(turn, milestone, value, reason, basis=basis)


def _take(
    turn: Turn,
    milestone: Milestone,
    value: Value,
    reason: str | None,
    code: DelayReason | None = None,
    basis: str | None = None,
) -> None:
    """Postpone to that day where it can be; a missing reason is asked. Raises UsageError; see checked_day."""
    day = checked_day(turn, milestone, value)
    if day is None:
        return
    if isinstance(value, Shift):
        basis = basis or counted_from(milestone, value, turn.today)
    if reason is None and code is None:
        _ask_reason(turn, milestone, day, basis)
    else:
        postpone(turn, milestone, day, reason or (REASON_WORDS.kept(code) if code else ""), code, basis)


def offer_days(
    turn: Turn, milestone: Milestone, question: str, days: tuple[date, ...], reason: str | None
) -> None:
    """Ask which of the days is meant; the reason that was told already waits in the dialogue."""
    turn.ask(DIALOGUE, "day", milestone, **{"reason": reason} if reason else {})
    keyboard = [
        [button(render.long_day(day), "delayday", day.toordinal(), milestone.revision)] for day in days
    ]
    turn.answer("delay_which_day", keyboard, milestone=milestone, question=question)


def press_day(turn: Turn, press: Press) -> None:
    """One of the days that were offered: `id` is the day, the milestone and the reason stand in the dialogue."""
    asked = turn.asked
    if asked is None or asked.kind != DIALOGUE or asked.step != "day" or asked.milestone_id is None:
        turn.answer("cancelled", was_asked=False)
        return
    milestone = open_milestone(turn, asked.milestone_id)
    day = date.fromordinal(min(max(press.id, 1), date.max.toordinal()))
    _take(turn, milestone, day, asked.data.get("reason"))


def press_delay(turn: Turn, press: Press) -> None:
    milestone = _open_pressed(turn, press)
    if milestone is not None:
        offer(turn, milestone)


def press_choice(turn: Turn, press: Press) -> None:
    """+3일, +1주, +2주 or 월말: the day is known, the reason is asked."""
    milestone = _open_pressed(turn, press)
    if milestone is not None:
        _take(turn, milestone, choices(milestone, turn)[press.verb], None)


def press_other(turn: Turn, press: Press) -> None:
    milestone = _open_pressed(turn, press)
    if milestone is not None:
        turn.ask(DIALOGUE, "date", milestone)
        turn.answer("delay_ask_date", [[_stop_button()]], milestone=milestone)


def press_fix_day(turn: Turn, press: Press) -> None:
    """A day chosen inside the window refines it: audited, not a delay. The day stands in the dialogue."""
    milestone = _open_pressed(turn, press)
    asked = turn.asked
    if milestone is None or asked is None or asked.step != "fix" or asked.milestone_id != milestone.id:
        turn.answer("cancelled", was_asked=False)
        return
    day = date.fromisoformat(asked.data["day"])
    turn.forget_asked()
    entry = changes.move(
        turn.deed_for(milestone), milestone, due_on=day, reason=label("delays.noted.fixed"), action="fix-day"
    )
    turn.registered("fixed_day", entry, milestone=milestone)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The next text of somebody who was asked for the date or the reason."""
    assert asked.milestone_id is not None
    try:
        milestone = open_milestone(turn, asked.milestone_id)
    except UsageError as error:
        error.ends_dialogue = True  # asking again would not help
        raise
    if asked.step == "fix":
        asked.step = "date"
    if asked.step == "reason":
        _take_reason(turn, asked, milestone, text)
    else:
        _take_date(turn, milestone, text)


def press_reason(turn: Turn, press: Press) -> None:
    """A reason from the list: it is the code and, where nothing is written, the words as well."""
    milestone = _open_pressed(turn, press)
    if milestone is None:
        return
    asked = turn.asked
    if asked is None or asked.step != "reason" or asked.milestone_id != milestone.id:
        turn.answer("cancelled", was_asked=False)
        return
    day, code = date.fromisoformat(asked.data["day"]), CODES[int(press.verb.removeprefix("why"))]
    _take(turn, milestone, day, None, code, asked.data.get("basis"))


def _take_date(turn: Turn, milestone: Milestone, text: str) -> None:
    when = read(text, turn.ahead())
    if when is None:
        raise UsageError(say("delays.error.no-day"), example=good_example(turn, milestone))
    asked = turn.asked
    told = note(when.rest) or (asked.data.get("reason") if asked else None)
    propose(turn, milestone, when.value, told, _from_today(when.basis))


def _take_reason(turn: Turn, asked: Dialogue, milestone: Milestone, text: str) -> None:
    reason = note(text)
    if reason is None:
        raise UsageError(say("delays.error.no-reason"), example=label("delays.example.reason"))
    day = date.fromisoformat(asked.data["day"])
    try:
        _take(turn, milestone, day, reason, basis=asked.data.get("basis"))
    except UsageError as error:
        error.ends_dialogue = True  # the chosen day has passed in the meantime
        raise


def checked_day(turn: Turn, milestone: Milestone, value: Value) -> date | None:
    """The new due day; None where a question was asked instead. Raises UsageError for a day that cannot be."""
    if isinstance(value, Doubt):
        raise UsageError(
            say("delays.error.doubt", reason=doubt_words.told(value)), example=good_example(turn, milestone)
        )
    day = counted(milestone, value, turn.today) if isinstance(value, Shift) else value
    reason = objection(milestone, day, turn.today)
    if reason is not None and day >= turn.today and is_inside_window(milestone, day):
        _offer_fixing(turn, milestone, day)
        return None
    if reason is not None:
        raise UsageError(reason, example=good_example(turn, milestone))
    return day


def _offer_fixing(turn: Turn, milestone: Milestone, day: date) -> None:
    turn.ask(DIALOGUE, "fix", milestone, day=day.isoformat())
    keyboard = [[button(label("delays.button.fix", day=day), "fixday", milestone.id, milestone.revision)]]
    turn.answer("usage", keyboard, reason=inside_reason(milestone, day), example=None)


def open_milestone(turn: Turn, number: int) -> Milestone:
    """The milestone, open and with a due day. Raises UsageError where it cannot be postponed."""
    milestone = turn.milestone(number, Action.CHANGE)
    _ensure_open(turn, milestone)
    return milestone


def _ensure_open(turn: Turn, milestone: Milestone) -> None:
    number = milestone.id
    if milestone.state is not MilestoneState.PLANNED:
        raise UsageError(
            say("delays.error.closed", number=number, state=standing(milestone, turn.today)),
            ends_dialogue=True,
        )
    if milestone.due_on is None:
        raise UsageError(say("delays.error.no-due-day", number=number))


def _open_pressed(turn: Turn, press: Press) -> Milestone | None:
    return open_milestone(turn, press.id) if stale.pressed(turn, press) is not None else None


def offer(turn: Turn, milestone: Milestone, question: str | None = None) -> None:
    """The usual new days as buttons; `question` says why they are asked."""
    turn.ensure_asks()
    number, revision = milestone.id, milestone.revision
    offered = [
        button(label(f"delays.button.{verb}", day=day), verb, number, revision)
        for verb, day in choices(milestone, turn).items()
    ]
    other = button(label("delays.button.other"), "delayother", number, revision)
    keyboard = [offered[:2], offered[2:], [other, _stop_button()]]
    turn.answer("delay_choose", keyboard, milestone=milestone, question=question)


def _ask_reason(turn: Turn, milestone: Milestone, day: date, basis: str | None = None) -> None:
    turn.ask(DIALOGUE, "reason", milestone, day=day.isoformat(), **{"basis": basis} if basis else {})
    made = [
        button(REASON_WORDS[code], f"why{place}", milestone.id, milestone.revision)
        for place, code in enumerate(CODES)
    ]
    keyboard = [*code_rows(made), [_stop_button()]]
    turn.answer("delay_ask_reason", keyboard, milestone=milestone, due_on=day, basis=basis)


def _stop_button() -> dict[str, str]:
    return button(label("delays.button.stop"), STOP)


def press_stop(turn: Turn, _press: Press) -> None:
    """[그만두기], as if 취소 were typed."""
    asked = turn.asked
    is_about_delay = asked is not None and asked.kind == DIALOGUE
    turn.answer("cancelled", was_asked=is_about_delay and turn.forget_asked())


# --- new due days: what a length means for one milestone, what speaks against a day, what is offered


def counted(milestone: Milestone, length: Shift, today: date) -> date:
    """From the due day; of an overdue item from today."""
    assert milestone.due_on is not None
    return length.from_day(max(milestone.due_on, today))


def counted_from(milestone: Milestone, length: Shift, today: date) -> str:
    """From where it was counted, for the answer that shows the day."""
    assert milestone.due_on is not None
    return label(
        f"delays.counted.{'today' if milestone.due_on < today else 'due'}",
        period=label("speech.length", shift=length),
    )


def _from_today(words: str | None) -> str | None:
    """The same of a day that was told by such words."""
    return label("delays.counted.words", text=words) if words else None


def choices(milestone: Milestone, turn: Turn) -> dict[str, date]:
    """The days offered by buttons, by their verbs: working days. An overdue item counts from today."""
    assert milestone.due_on is not None
    base, calendar = max(milestone.due_on, turn.today), turn.office.rules.calendar
    days = {verb: calendar.next_or_same(shift.from_day(base)) for verb, shift in CHOICES.items()}
    return days | {"delayme": _last_working_day(base, calendar)}


def _last_working_day(base: date, calendar: WorkCalendar) -> date:
    """Of the month, where it is still to come; else of the next one."""
    day = calendar.previous_or_same(month_end_after(base))
    return day if day > base else calendar.previous_or_same(month_end_after(month_end_after(base)))


def objection(milestone: Milestone, day: date, today: date) -> Html | None:
    """Why the day cannot be a later due day, in a sentence; None where nothing speaks against it."""
    due = milestone.due_on
    assert due is not None
    if day < today:
        return say("delays.error.past", day=day)
    if day <= due:
        return say("delays.error.not-later", day=day, current=due)
    if day > max(due, today) + timedelta(days=MOST_DAYS):
        return say("delays.error.far", day=day)
    return None


def is_inside_window(milestone: Milestone, day: date) -> bool:
    """The day refines a month or the like instead of putting it off."""
    return (
        milestone.precision not in {Precision.DAY, Precision.RANGE}
        and milestone.start_on is not None
        and milestone.due_on is not None
        and milestone.start_on <= day <= milestone.due_on
    )


def inside_reason(milestone: Milestone, day: date) -> Html:
    return say("delays.error.inside", day=day, current=milestone.due_on, what=milestone.expr)


def good_example(turn: Turn, milestone: Milestone) -> str:
    """An answer that would be taken, in the form that fits: a date alone where one was asked."""
    assert milestone.due_on is not None
    day = max(milestone.due_on, turn.today) + timedelta(days=7)
    if turn.asked is not None:
        return label("delays.example.day", day=day)
    return label("delays.example.delay", number=milestone.id, day=day)


COMMAND = Command(
    name="delay",
    action=Action.CHANGE,
    buttons={
        "delay": press_delay,
        **dict.fromkeys(CHOICES, press_choice),
        "delayme": press_choice,
        "delayother": press_other,
        "delayday": press_day,
        STOP: press_stop,
        "fixday": press_fix_day,
        **dict.fromkeys(WHY, press_reason),
        **request.BUTTONS,
    },
    on_milestone=frozenset({"delay", *CHOICES, "delayme", "delayother", "fixday", *WHY, *request.BUTTONS}),
    dialogues={DIALOGUE: carry_on, CATCH_UP: request.take_catch_up},
)
