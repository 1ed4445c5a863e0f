"""/seen ID (확인함, 7일 뒤): its officer knows; nothing more is said of it for a week, and never past its last day."""

import re

from bot.chat import stale
from bot.chat.command import Command, example_of
from bot.chat.turn import Press, Turn, UsageError, one_number
from bot.standing import again
from bot.standing.hold import review_day
from bot.standing.remarks import open_milestone
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.milestones import changes
from jobs.milestones.changes import timeline_of
from jobs.rules.reminder_days import SEEN_DAYS, SEEN_TIMES, seen_until
from plans.text.characters import ID_DIGITS
from store import deliveries, milestones
from store.detours import NUDGE
from store.models import Delivery, Milestone
from store.states import DeliveryKind, ItemState

NUMBER = re.compile(rf"#([0-9]{{3,{ID_DIGITS}}})(?![0-9])")  # as messages name an item
VERB = "seen"


def seen(turn: Turn, text: str) -> None:
    """With a day: until then."""
    number, rest = one_number(text, say("standing.one-to-spare"), example_of("seen"))
    milestone = open_milestone(turn, number)
    if rest:
        again.put_off(turn, milestone, review_day(rest, turn.ahead(), example_of("seen"))[0])
    else:
        _spare(turn, milestone)


def press(turn: Turn, pressed: Press) -> None:
    if stale.pressed(turn, pressed) is not None:
        _spare(turn, open_milestone(turn, pressed.id))


def react(turn: Turn, message_id: int) -> None:
    """👍 under a message about one item: as if its [확인함] were pressed. Where that cannot be, a reminder is answered
    with the reason; under any other message the sign was meant otherwise."""
    delivery = deliveries.standing_at(turn.session, turn.actor.link.chat_id, message_id)
    number = _only_item(turn, delivery) if delivery is not None and _is_readers(turn, delivery) else None
    if delivery is None or number is None:
        return
    try:
        with turn.session.begin_nested():
            _spare(turn, open_milestone(turn, number))
    except UsageError as error:
        if delivery.kind is DeliveryKind.DIGEST or delivery.event == NUDGE:
            turn.answer("usage", None, reason=error.reason, example=None)


def _is_readers(turn: Turn, delivery: Delivery) -> bool:
    return delivery.officer_id == turn.actor.officer.id


def _only_item(turn: Turn, delivery: Delivery) -> int | None:
    """The one item that the message is about; None where it is about none or several."""
    if delivery.kind is DeliveryKind.DIGEST:
        held = [one for one in delivery.items if one.state is ItemState.INCLUDED]
        named = {one.milestone_id for one in held if one.subject == milestones.subject(one.milestone_id or 0)}
        others = {one.subject for one in held} - {milestones.subject(one or 0) for one in named}
        return named.pop() if len(named) == 1 and not others else None
    numbers = {int(one) for one in NUMBER.findall(delivery.payload.get("text", ""))}
    numbers |= {delivery.payload["milestone"]} if "milestone" in delivery.payload else set()
    found = milestones.by_ids(turn.session, numbers)
    return found[0].id if len(found) == 1 else None


def _spare(turn: Turn, milestone: Milestone) -> None:
    rules, times = turn.office.rules, milestone.seen_times
    until = seen_until(timeline_of(milestone), times, turn.today, rules.settings, rules.calendar)
    if until is None:
        raise UsageError(_why_not(turn, milestone))
    entry = changes.see(turn.deed_for(milestone), milestone, until=until)
    turn.registered(
        "seen",
        entry,
        milestone=milestone,
        until=until,
        today=turn.today,
        left=SEEN_TIMES - milestone.seen_times,
    )


def _why_not(turn: Turn, milestone: Milestone) -> str:
    number = milestone.id
    if milestone.due_on is None:
        return say("standing.not-spared.no-due-day", number=number)
    if milestone.seen_times >= SEEN_TIMES:
        return say("standing.not-spared.often", number=number, count=SEEN_TIMES)
    if milestone.due_on <= turn.today:
        key = "passed" if milestone.due_on < turn.today else "today"
        return say(f"standing.not-spared.{key}", number=number)
    return say("standing.not-spared.nothing", number=number, days=SEEN_DAYS)


COMMAND = Command(
    name="seen",
    effect=seen,
    action=Action.CHANGE,
    buttons={VERB: press, again.VERB: again.press, again.ON_DAY: again.press_day},
    on_milestone=frozenset({"seen", VERB, again.VERB, again.ON_DAY}),
    dialogues={again.DIALOGUE: again.carry_on},
)
