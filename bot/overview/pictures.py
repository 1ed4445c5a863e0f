"""The picture of a scope and its year's table that the ledger owes: made when sent, of what the reader may see then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bot.chat.turn import Office
from bot.privacy import guard
from bot.texts.render import label
from jobs.authority.permissions import Action, acting, reach
from reports import charting
from reports import scope as scopes
from reports.drawing.apart import drawn
from reports.pictures import Picture
from reports.scope import Scope, ScopeKind
from reports.year import year_table
from store import chat_links

Wanted = dict[str, str]


def file_of(session: Session, wanted: Wanted, office: Office, now: datetime) -> tuple[str, bytes] | None:
    """Name and content; None where the scope or its reader is gone."""
    seen = _seen(session, wanted, office, now)
    if seen is None:
        return None
    scope, inside = seen
    local = now.astimezone(office.zone)
    as_of = label("overview.as-of", year=local.year, at=now, zone=office.zone)
    found = charting.picture_of(
        session,
        local,
        label("overview.picture-of", scope=guard.scope(scope)),
        as_of,
        inside,
        reported_is_done=not office.rules.approval.confirm_done,
    )
    return label("overview.picture-file"), drawn(_scrubbed(found))


def _scrubbed(found: Picture) -> Picture:
    """The picture without what no message may have in it."""
    projects = [replace(one, name=guard.clean(one.name)) for one in found.projects]
    return replace(found, title=guard.clean(found.title), projects=projects)


def year_of(session: Session, wanted: Wanted, office: Office, now: datetime) -> tuple[str, bytes] | None:
    """The same of the year's table, as a spreadsheet."""
    seen = _seen(session, wanted, office, now)
    if seen is None:
        return None
    scope, inside = seen
    local = now.astimezone(office.zone)
    done = not office.rules.approval.confirm_done
    table = year_table(
        session,
        local.year,
        guard.scope(scope).name,
        local,
        office.zone.key,
        inside,
        reported_is_done=done,
        hides_secret=True,
    )
    from reports import year_sheet  # noqa: PLC0415 - openpyxl takes long to load

    return label("overview.year-file", year=local.year), year_sheet.xlsx(table)


def _seen(
    session: Session, wanted: Wanted, office: Office, now: datetime
) -> tuple[Scope, ColumnElement[bool]] | None:
    """The scope, and the condition for those of its tasks that its reader may see now."""
    scope = scopes.find(session, ScopeKind(wanted["kind"]), int(wanted["id"]), office.name)
    link = chat_links.of_officer(session, int(wanted["officer"]))
    if scope is None or link is None:
        return None
    today = now.astimezone(office.zone).date()
    reached = reach(session, acting(session, link, today), Action.OVERVIEW, today)
    return scope, and_(reached, scopes.condition(scope, today))
