"""/delay ID WHEN [reason] and the button 연기: another due day, with a reason; the original date is kept."""

from __future__ import annotations

from datetime import date, timedelta

from bot import buttons, stale
from bot.access import Action
from bot.arguments import UsageError, note, numbered
from bot.buttons import Press
from bot.commands import requested
from bot.commands.base import Command
from bot.dates import DateFault, Shift, month_end_after, read
from bot.delay_requests import CODES, code_rows
from bot.items import undo_keyboard
from bot.postponing import CATCH_UP, postpone
from bot.texts import render
from bot.turn import Turn
from jobs import changes
from store import dialogues
from store.models import Dialogue, Milestone
from store.states import MilestoneState, Precision
from store.words import REASON_WORDS

EXAMPLE = "/delay 112 7.20 의회 일정"
DIALOGUE = "delay"
MOST_DAYS = 366  # a longer postponement is a slip of the pen or a change of the plan
CHOICES = {
    "delay3d": ("+3일", Shift(days=3)),
    "delay1w": ("+1주", Shift(days=7)),
    "delay2w": ("+2주", Shift(days=14)),
}
WHY = tuple(f"why{place}" for place in range(len(CODES)))  # the reasons of the list, by their place in it


def delay(turn: Turn, text: str) -> None:
    found = numbered(text)
    if len(found.ids) != 1:
        raise UsageError("연기할 일정 번호 하나와 새 기한, 사유를 적어 주십시오.", example=EXAMPLE)
    milestone = _open(turn, found.ids[0])
    if not found.rest:
        _offer(turn, milestone)
        return
    when = read(found.rest, turn.today, shifts=True)
    if when is None:
        raise UsageError(
            "새 기한을 읽지 못했습니다. 번호 다음에 날짜를 적어 주십시오(2주, 월말도 됩니다).",
            example=good_example(turn, milestone),
        )
    day = checked_day(turn, milestone, when.value)
    if day is None:
        return
    reason = note(when.rest, "사유")
    if reason is None:
        _ask_reason(turn, milestone, day)
    else:
        postpone(turn, milestone, day, reason)


def press_delay(turn: Turn, press: Press) -> None:
    milestone = _open_pressed(turn, press)
    if milestone is not None:
        _offer(turn, milestone)


def press_choice(turn: Turn, press: Press) -> None:
    """+3일, +1주, +2주 or 월말: the day is known, the reason is asked."""
    milestone = _open_pressed(turn, press)
    if milestone is None:
        return
    if (day := checked_day(turn, milestone, choices(milestone, turn.today)[press.verb][1])) is not None:
        _ask_reason(turn, milestone, day)


def press_other(turn: Turn, press: Press) -> None:
    milestone = _open_pressed(turn, press)
    if milestone is not None:
        _begin(turn, milestone, "date", {})
        turn.answer("delay_ask_date", milestone=milestone)


def press_fix_day(turn: Turn, press: Press) -> None:
    """A day chosen inside the window refines it: audited, not a delay. The day stands in the dialogue."""
    milestone = _open_pressed(turn, press)
    asked = dialogues.current(turn.session, turn.actor.officer.id, turn.now)
    if milestone is None or asked is None or asked.step != "fix" or asked.milestone_id != milestone.id:
        turn.answer("cancelled", was_asked=False)
        return
    day = date.fromisoformat(asked.data["day"])
    dialogues.end(turn.session, turn.actor.officer.id)
    entry = changes.move(
        turn.session,
        milestone,
        turn.who_for(milestone),
        turn.now,
        turn.office.rules,
        due_on=day,
        reason="날짜 확정",
        action="fix-day",
    )
    turn.answer(
        "fixed_day", undo_keyboard([entry]), milestone=milestone, minutes=turn.office.links.undo_minutes
    )
    turn.refresh_digests([milestone.id])


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The next text of somebody who was asked for the date or the reason."""
    assert asked.milestone_id is not None
    try:
        milestone = _open(turn, asked.milestone_id)
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
    asked = dialogues.current(turn.session, turn.actor.officer.id, turn.now)
    if asked is None or asked.step != "reason" or asked.milestone_id != milestone.id:
        turn.answer("cancelled", was_asked=False)
        return
    day = checked_day(turn, milestone, date.fromisoformat(asked.data["day"]))
    code = CODES[int(press.verb.removeprefix("why"))]
    if day is not None:
        postpone(turn, milestone, day, REASON_WORDS[code], code)


def _take_date(turn: Turn, milestone: Milestone, text: str) -> None:
    when = read(text, turn.today, shifts=True)
    if when is None:
        raise UsageError(
            "날짜를 읽지 못했습니다. 새 기한을 다시 적어 주십시오(2주, 월말도 됩니다). 그만두시려면 “취소”",
            example=good_example(turn, milestone),
        )
    day = checked_day(turn, milestone, when.value)
    reason = note(when.rest, "사유")
    if day is not None and reason is not None:
        postpone(turn, milestone, day, reason)
    elif day is not None:
        _ask_reason(turn, milestone, day)


def _take_reason(turn: Turn, asked: Dialogue, milestone: Milestone, text: str) -> None:
    reason = note(text, "사유")
    if reason is None:
        raise UsageError("사유를 한 줄로 적어 주십시오.", example="시의회 일정 조정")
    try:
        day = checked_day(turn, milestone, date.fromisoformat(asked.data["day"]))
    except UsageError as error:
        error.ends_dialogue = True  # the chosen day has passed in the meantime
        raise
    if day is not None:
        postpone(turn, milestone, day, reason)


def checked_day(turn: Turn, milestone: Milestone, value: date | Shift | DateFault) -> date | None:
    """The new due day; None where a question was asked instead. Raises UsageError for a day that cannot be."""
    due = milestone.due_on
    assert due is not None
    example = good_example(turn, milestone)
    if isinstance(value, DateFault):
        raise UsageError(value.reason + " 바뀐 것은 없습니다.", example=example)
    day = value.from_day(max(due, turn.today)) if isinstance(value, Shift) else value
    if day < turn.today:
        reason = f"{render.long_day(day)}은 이미 지난 날입니다. 바뀐 것은 없습니다."
    elif day <= due and _is_inside_window(milestone, day):
        _offer_fixing(turn, milestone, day)
        return None
    elif day <= due:
        reason = f"새 기한 {render.long_day(day)}은 현재 기한 {render.long_day(due)}보다 늦어야 합니다. 바뀐 것은 없습니다."
    elif day > max(due, turn.today) + timedelta(days=MOST_DAYS):
        reason = (
            f"{render.long_day(day)}은 1년이 넘게 남은 날짜입니다. 연도를 확인해 주십시오."
            " 계획의 변경은 기획실과 협의해 주시기 바랍니다."
        )
    else:
        return day
    raise UsageError(reason, example=example)


def good_example(turn: Turn, milestone: Milestone) -> str:
    """An answer that would be taken, in the form that fits: a date alone where one was asked."""
    assert milestone.due_on is not None
    day = max(milestone.due_on, turn.today) + timedelta(days=7)
    if dialogues.current(turn.session, turn.actor.officer.id, turn.now) is not None:
        return f"{day.month}.{day.day}"
    return f"/delay {milestone.id} {day.month}.{day.day} 의회 일정"


def choices(milestone: Milestone, today: date) -> dict[str, tuple[str, date]]:
    """The days offered by buttons, with their labels. An overdue item counts from today."""
    assert milestone.due_on is not None
    base = max(milestone.due_on, today)
    days = {verb: (label, shift.from_day(base)) for verb, (label, shift) in CHOICES.items()}
    return days | {"delayme": ("월말", month_end_after(base))}


def _is_inside_window(milestone: Milestone, day: date) -> bool:
    return (
        milestone.precision not in {Precision.DAY, Precision.RANGE}
        and milestone.start_on is not None
        and milestone.due_on is not None
        and milestone.start_on <= day <= milestone.due_on
    )


def _offer_fixing(turn: Turn, milestone: Milestone, day: date) -> None:
    _begin(turn, milestone, "fix", {"day": day.isoformat()})
    label = f"📌 {render.short_day(day)}로 확정"
    keyboard = [[buttons.button(label, "fixday", milestone.id, milestone.revision)]]
    turn.answer("usage", keyboard, reason=_inside_reason(milestone, day), example=None)


def _inside_reason(milestone: Milestone, day: date) -> str:
    assert milestone.due_on is not None
    return (
        f"{render.long_day(day)}은 현재 기한 {render.long_day(milestone.due_on)}보다 늦지 않아 연기가 아닙니다."
        f" “{milestone.expr}” 안에서 날짜를 정하시는 것이면 아래 버튼을, 연기하시려면 더 늦은 날짜를 보내 주십시오."
    )


def _open(turn: Turn, number: int) -> Milestone:
    """The milestone, open and with a due day. Raises UsageError where it cannot be postponed."""
    milestone = turn.milestone(number, Action.CHANGE)
    if milestone.state is not MilestoneState.PLANNED:
        raise UsageError(
            f"#{number}번은 이미 처리되어 있어({stale.standing(milestone, turn.today)}) 연기할 수 없습니다.",
            ends_dialogue=True,
        )
    if milestone.due_on is None:
        raise UsageError(f"#{number}번은 종료일이 정해지지 않은 일정이어서 연기할 기한이 없습니다.")
    return milestone


def _open_pressed(turn: Turn, press: Press) -> Milestone | None:
    milestone = turn.milestone(press.id, Action.CHANGE)
    if stale.is_stale(press, milestone):
        stale.answer_stale(turn, press, milestone)
        return None
    return _open(turn, press.id)


def _offer(turn: Turn, milestone: Milestone) -> None:
    number, revision = milestone.id, milestone.revision
    offered = [
        buttons.button(f"{label} {render.short_day(day)}", verb, number, revision)
        for verb, (label, day) in choices(milestone, turn.today).items()
    ]
    other = buttons.button("다른 날짜", "delayother", number, revision)
    keyboard = [offered[:2], offered[2:], [other]]
    turn.answer("delay_choose", keyboard, milestone=milestone)


def _ask_reason(turn: Turn, milestone: Milestone, day: date) -> None:
    _begin(turn, milestone, "reason", {"day": day.isoformat()})
    made = [
        buttons.button(REASON_WORDS[code], f"why{place}", milestone.id, milestone.revision)
        for place, code in enumerate(CODES)
    ]
    turn.answer("delay_ask_reason", code_rows(made), milestone=milestone, due_on=day)


def _begin(turn: Turn, milestone: Milestone, step: str, data: dict[str, str]) -> None:
    until = turn.now + timedelta(minutes=turn.office.links.dialogue_minutes)
    dialogues.begin(
        turn.session, turn.actor.officer.id, DIALOGUE, step, until, milestone_id=milestone.id, data=data
    )


COMMAND = Command(
    name="delay",
    korean=("연기",),
    summary="기한 연기(사유 필요)",
    example=EXAMPLE,
    effect=delay,
    action=Action.CHANGE,
    buttons={
        "delay": press_delay,
        **dict.fromkeys(CHOICES, press_choice),
        "delayme": press_choice,
        "delayother": press_other,
        "fixday": press_fix_day,
        **dict.fromkeys(WHY, press_reason),
        **requested.BUTTONS,
    },
    on_milestone=frozenset({"delay", *CHOICES, "delayme", "delayother", "fixday", *WHY, *requested.BUTTONS}),
    dialogues={DIALOGUE: carry_on, CATCH_UP: requested.take_catch_up},
)
