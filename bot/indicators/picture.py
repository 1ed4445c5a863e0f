"""The picture of an indicator that the ledger owes: made when it is sent, of what its reader may see then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.turn import Office
from bot.indicators import whose, worded
from bot.privacy import guard
from bot.texts.render import label
from jobs.authority.permissions import acting
from jobs.indicators.listing import kpi_rows
from reports.drawing.apart import drawn
from reports.indicator_picture import picture_of
from store import chat_links, indicators

PICTURE = "kpipicture"  # the kind of the file


def file_of(
    session: Session, wanted: dict[str, str], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """Name and content; None where the indicator or its reader is gone, or nothing of it can be drawn."""
    one = indicators.get(session, int(wanted["indicator"]))
    link = chat_links.of_officer(session, int(wanted["officer"]))
    if one is None or one.dropped_on is not None or link is None:
        return None
    today = office.rules.calendar.local_date(now)
    reader = whose.Reader(session, acting(session, link, today), today)
    if not (whose.may_enter(reader, one) or whose.sees(reader, one)):
        return None
    [row] = kpi_rows(session, [one], today, office.rules.indicators.bound)
    found = picture_of(row, guard.clean(worded.name_of(one)))
    return (label("indicators.picture-file", number=one.id), drawn(found)) if found is not None else None
