"""The hand-over pack (인수인계서): open items, the next 90 days, delays with their reasons."""

from datetime import date, timedelta

from bot.chat.line import line
from bot.chat.turn import Turn
from bot.privacy import guard
from bot.texts import message_length, render
from bot.texts.render import labels
from jobs.authority.permissions import standing_of, viewable
from jobs.people import handover
from reports.texts.hidden_titles import shown_title
from reports.texts.speaking import speaking
from store import chat_links, deliveries, handovers, milestones
from store.deliveries import Html, Message
from store.models import Handover, Milestone
from store.states import DelayState, DeliveryKind, MilestoneState

AHEAD = timedelta(days=90)


def text(turn: Turn, row: Handover) -> Html:
    """The whole pack as Telegram HTML."""
    rows = _visible(turn, row)
    opened = [one for one in rows if one.state is MilestoneState.PLANNED]
    return render.text(
        "pack",
        row=row,
        total=len(rows),
        open=len(opened),
        tasks=len({one.task_id for one in rows}),
        sections=_sections(turn, opened),
        delays=[_delay(one, turn.today) for one in rows if _applied(one)],
        done=sum(one.state is MilestoneState.DONE for one in rows),
    )


def _visible(turn: Turn, row: Handover) -> list[Milestone]:
    """What the successor has from it and may see today: a task may have gone on to somebody else since."""
    assert row.successor is not None
    rows = handover.taken_over(turn.session, row)
    reader = standing_of(turn.session, row.successor, turn.today)
    seen = viewable(turn.session, reader, [one.id for one in rows], turn.today)
    return [one for one in rows if one.id in seen]


def _sections(turn: Turn, opened: list[Milestone]) -> list[tuple[str, list[str]]]:
    today, calendar = turn.today, turn.office.rules.calendar
    late = [one for one in opened if milestones.is_overdue(one, today)]
    soon = [one for one in opened if one.due_on and today <= one.due_on <= today + AHEAD]
    later = [one for one in opened if one not in late and one not in soon]
    titled = zip(labels("people.pack"), (late, soon, later), strict=True)
    return [(title, [line(one, today, calendar) for one in rows]) for title, rows in titled if rows]


def _applied(milestone: Milestone) -> bool:
    return any(one.state is DelayState.APPLIED for one in milestone.delays)


def _delay(milestone: Milestone, today: date) -> str:
    latest = [one for one in milestone.delays if one.state is DelayState.APPLIED][-1]
    days = f"{render.near_day(latest.old_due_on, today)} → {render.near_day(latest.new_due_on, today)}"
    why = guard.words(latest.reason, milestone)
    return f"#{milestone.id} {render.cut(shown_title(milestone), 40)}: {days}, {render.cut(why, 80)}"


def send(turn: Turn, row: Handover) -> None:
    """To the successor at once, where he can be written to; else it waits until he links."""
    link = chat_links.active(turn.session, row.to_officer_id) if row.to_officer_id is not None else None
    if link is None:
        return
    with speaking(link.officer.language):
        parts = message_length.split(text(turn, row))
    for part, one in enumerate(parts, start=1):
        deliveries.add(
            turn.session,
            DeliveryKind.EVENT,
            "handover-pack",
            link.chat_id,
            turn.now,
            officer_id=link.officer_id,
            cause=f"handover:{row.id}",
            part=part,
            message=Message(one, []),
        )
    row.pack_shown_at = turn.now


def show(turn: Turn, row: Handover) -> None:
    """As the answer to the successor's own press."""
    turn.say(Message(text(turn, row), []))
    row.pack_shown_at = turn.now


def show_waiting(turn: Turn) -> None:
    """After linking: the packs that wait for the person."""
    for row in handovers.untold(turn.session):
        if row.to_officer_id == turn.actor.officer.id:
            show(turn, row)
