"""The picture that the ledger owes: drawn when it is sent, of what its reader may see then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import and_
from sqlalchemy.orm import Session

from bot import guard
from bot.access import Action, Actor, reach
from bot.texts import render
from bot.turn import Office
from reports import scope as scopes
from reports.scope import ScopeKind
from store import links, officers

if TYPE_CHECKING:
    from reports.pictures import Picture

NAME = "추진상황.png"


def file_of(
    session: Session, wanted: dict[str, str], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """Name and content; None where the scope or its reader is gone.

    The drawing library is loaded with the first picture: it takes over a second, which no start should wait for.
    """
    scope = scopes.find(session, ScopeKind(wanted["kind"]), int(wanted["id"]), office.name)
    link = links.of_officer(session, int(wanted["officer"]))
    if scope is None or link is None:
        return None
    local = now.astimezone(office.zone)
    held = tuple(officers.roles(session, link.officer_id, local.date()))
    reached = reach(session, Actor(link.officer, link, held), Action.OVERVIEW, local.date())
    inside = and_(reached, scopes.condition(scope, local.date()))
    as_of = f"기준 {local.year}. {render.moment(now, office.zone)} ({office.zone.key})"
    charting, pictures = import_module("reports.charting"), import_module("reports.pictures")
    found = charting.picture_of(
        session,
        local,
        f"[추진상황] {guard.scope(scope).name}",
        as_of,
        inside,
        reported_is_done=not office.rules.approval.confirm_done,
    )
    content: bytes = pictures.png(_scrubbed(found))
    return NAME, content


def _scrubbed(found: Picture) -> Picture:
    """The picture without what no message may have in it."""
    projects = [replace(one, name=guard.clean(one.name)) for one in found.projects]
    return replace(found, title=guard.clean(found.title), projects=projects)
