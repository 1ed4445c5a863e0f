"""The pack of a meeting that the ledger owes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.turn import Office
from store import meetings

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
    return name, writer(pack.build(session, of, now, office.zone))
