"""What the first message of a week says besides: a reader's own counts, and for those above the counts of what they oversee."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import button
from bot.texts import render
from bot.texts.render import label
from jobs.owed.managers_week import COUNTS, overseen
from jobs.rules.calendar import WorkCalendar
from reports.week import own_counts, week_counts
from store import yearround
from store.deliveries import Html
from store.models import Delivery, DeliveryItem, Officer


def status_button() -> dict[str, str]:
    return button(label("digest.button.status"), "status", 1)


def overseen_lines(
    session: Session, items: Sequence[DeliveryItem], reader: Officer, today: date
) -> list[Html]:
    """One line for each department that the reader leads, or for the whole organisation."""
    if not any(one.rule == COUNTS for one in items):
        return []
    return [
        render.text(
            "week_line",
            name=one.name if one else label("digest.whole"),
            counts=week_counts(session, today, one.id if one else None),
        )
        for one in overseen(session, reader.id, today)
    ]


def kept_line(session: Session, digest: Delivery, calendar: WorkCalendar) -> Html:
    """The reader's own counts as they were when the message was first made, however it is edited later."""
    assert digest.officer is not None and digest.day is not None
    if "week" not in digest.payload:
        line = own_line(session, digest.officer, digest.day, calendar)
        digest.payload = digest.payload | {"week": line}
    return render.kept(digest.payload, "week")


def own_line(session: Session, reader: Officer, day: date, calendar: WorkCalendar) -> Html:
    """The reader's own counts on the first working day of a week; empty on any other day, and for whom they would
    say nothing."""
    if calendar.first_of_week(day) != day:
        return render.NOTHING
    counts = own_counts(session, day, reader.id)
    going = yearround.of_officer(session, reader.id, day)
    if counts.is_empty and not going:
        return render.NOTHING
    return render.text("week_own", counts=counts, going=len(going))
