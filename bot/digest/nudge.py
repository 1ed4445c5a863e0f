"""What the officers are asked when somebody above wants to know how a milestone stands, as it stands then."""

from datetime import date

from sqlalchemy.orm import Session

from bot.chat.line import action_row, line
from bot.chat.turn import button
from bot.texts import render
from bot.texts.render import label
from jobs.rules.calendar import WorkCalendar
from store import milestones
from store.deliveries import Message
from store.models import Delivery, Milestone
from store.states import MilestoneState

VERB = "nudge"
MOST_BUTTONS = 5  # under one daily message


def message(session: Session, delivery: Delivery, today: date, calendar: WorkCalendar) -> Message | None:
    """None where it was settled while the message waited for the working hours."""
    milestone = milestones.get(session, delivery.payload["milestone"])
    if milestone is None or milestone.state is not MilestoneState.PLANNED:
        return None
    row = action_row(milestone, today)
    is_late = any("|late|" in one["data"] for one in row)
    text = render.text(
        "nudge_notice", by=delivery.payload["by"], line=line(milestone, today, calendar), is_late=is_late
    )
    return Message(text, [row])


def due_today(session: Session, delivery: Delivery, today: date, calendar: WorkCalendar) -> Message | None:
    """What was entered and is due today; None where it was settled meanwhile, or the day is over."""
    milestone = milestones.get(session, delivery.payload["milestone"])
    if milestone is None or milestone.state is not MilestoneState.PLANNED or milestone.due_on != today:
        return None
    return Message(
        render.text("due_today", line=line(milestone, today, calendar)), [action_row(milestone, today)]
    )


def rows(late: list[Milestone]) -> list[list[dict[str, str]]]:
    """A button for each of the first lines that tell somebody above of something late."""
    return [
        [button(label("digest.button.nudge", number=one.id), VERB, one.id)] for one in late[:MOST_BUTTONS]
    ]
