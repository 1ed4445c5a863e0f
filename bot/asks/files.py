"""The files of a request that the planning office asks for in chat: the empty form, and all that came back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.asks import worded
from bot.chat.turn import Office
from bot.texts import render
from bot.texts.render import label
from reports import asks as listing
from store import asks
from store.models import Ask

TITLE_MOST = 60


def book_of(
    session: Session, wanted: dict[str, Any], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """One workbook of every reply."""
    of = asks.get(session, wanted["number"])
    if of is None:
        return None

    from reports import ask_files  # noqa: PLC0415 - openpyxl takes long to load

    today = office.rules.calendar.local_date(now)
    replies = asks.answers(session, of.id)
    owners = worded.owner_names(session, [one.department_id for one in replies], today)
    rows, said = asks.rows_of(session, of.id), asks.verdicts_of(session, of.id)
    found = ask_files.replies_of(of, replies, rows, owners, office.zone, now, said)
    return _name(of, "book"), ask_files.workbook(
        of, found, office.zone, now, listing.all_doubts(session, of), asks.corrections_of(session, of.id)
    )


def form_of(
    session: Session, wanted: dict[str, Any], _office: Office, _now: datetime
) -> tuple[str, bytes] | None:
    """The form as it goes out."""
    of = asks.get(session, wanted["number"])
    if of is None:
        return None

    from reports import ask_files  # noqa: PLC0415 - openpyxl takes long to load

    rows = [row for own in asks.answers(session, of.id) for row in asks.given(of, own.department_id)]
    return _name(of, "form"), ask_files.empty_form(listing.form_of(of), None, rows)


def _name(of: Ask, what: str) -> str:
    title = "".join(sign for sign in of.title if sign not in '\\/:*?"<>|')
    return label(
        "asks.file", number=of.id, title=render.cut(title, TITLE_MOST), what=label(f"asks.files.{what}")
    )
