"""The workbook of items that the ledger owes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.turn import Office
from reports import items as listing
from store import items


def book_of(session: Session, wanted: dict[str, Any], office: Office, now: datetime) -> tuple[str, bytes]:
    """Every item, with its counts."""
    from reports.item_files import workbook  # noqa: PLC0415 - openpyxl takes long to load

    rows = listing.rows(session, items.listed(session), office.zone, now)
    return wanted["name"], workbook(rows, office.zone, now)
