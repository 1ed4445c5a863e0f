"""The files of a meeting that the ledger owes: its pack, and the sheet of opinions of citizens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.turn import Office
from store import meetings, panels
from store.models import MeetingPanel, MeetingTime

DOCX = ".docx"


def pack_of(
    session: Session, wanted: dict[str, Any], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """A workbook, or a document where its name says so; None for a meeting that is gone."""
    from reports.meetings import files, pack  # noqa: PLC0415 - openpyxl and python-docx take long to load

    of = meetings.get(session, int(wanted["number"]))
    if of is None:
        return None
    name = str(wanted["name"])
    writer = files.document if name.endswith(DOCX) else files.workbook
    return name, writer(pack.build(session, of, now, office.zone, panel=_panel(session, wanted, of)))


def _panel(session: Session, wanted: dict[str, Any], of: MeetingTime) -> MeetingPanel | None:
    """The 분과 that is meant; None: all, or one that has gone since."""
    number = wanted.get("panel")
    return next((one for one in panels.of_meeting(session, of.meeting_id) if one.id == number), None)


def opinions_of(
    session: Session, wanted: dict[str, Any], _office: Office, _now: datetime
) -> tuple[str, bytes] | None:
    """The sheet of opinions (의견서); None for a meeting that is gone."""
    from reports.meetings import opinion_files  # noqa: PLC0415 - openpyxl takes long to load

    of = meetings.get(session, int(wanted["number"]))
    if of is None:
        return None
    return str(wanted["name"]), opinion_files.sheet(session, of, _panel(session, wanted, of))
