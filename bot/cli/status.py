"""`gihan status`: the managers' view without chat, as a table, as JSON, as a picture."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.cli import tables
from bot.cli.files import write
from bot.cli.options import AsJson, Config, PlanName, opened
from bot.cli.wrong_use import OwnError
from bot.settings import Settings
from bot.texts import render
from bot.texts.render import label
from reports import charting
from reports import scope as scopes
from reports.drawing.apart import drawn
from reports.overview import DetailedStatus, overview
from reports.status import status as count
from store import plans
from store.models import Plan

ScopeName = Annotated[str | None, typer.Option("--scope", help=label("cli.option.scope"))]
Detail = Annotated[bool, typer.Option("--detail", help=label("cli.option.detail"))]
PictureFile = Annotated[Path | None, typer.Option("--picture", help=label("cli.option.picture"))]


def status(
    plan: PlanName = None,
    scope: ScopeName = None,
    detail: Detail = False,
    picture: PictureFile = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session:
        settings, now = desk.settings, desk.now
        check_plan(session, plan)
        named = scope_named(session, scope)
        within = [plans.named(session, plan)] if plan is not None else []
        within += [scopes.condition(named, now.date())] if named is not None else []
        reported_is_done = not settings.approval.confirm_done
        counted = count(
            session, now, now.date(), settings.organisation.timezone, *within,
            with_twins=plan is not None, reported_is_done=reported_is_done,
        )  # fmt: skip
        if detail:
            name = named.name if named is not None else settings.organisation.name
            lists = overview(session, now, *within)
            counted = DetailedStatus(**counted.model_dump(), scope=name, **lists.model_dump())
        if picture is not None:
            title = label("cli.status.title", name=named.name if named else settings.organisation.name)
            write(picture, _drawn(session, settings, now, title, within))
    tables.print_status(counted, as_json=as_json)


def _drawn(
    session: Session, settings: Settings, now: datetime, title: str, within: list[ColumnElement[bool]]
) -> bytes:
    """The picture."""
    zone = settings.organisation.zone
    as_of = label("cli.status.as-of", year=now.year, moment=render.moment(now, zone), zone=zone.key)
    done = not settings.approval.confirm_done
    return drawn(charting.picture_of(session, now, title, as_of, *within, reported_is_done=done))


def scope_named(session: Session, name: str | None) -> scopes.Scope | None:
    """Raises BadParameter for a name that nothing has, or several things."""
    if name is None:
        return None
    found = scopes.named(session, name)
    if len(found) != 1:
        raise OwnError(label(f"cli.status.{'several' if found else 'unknown'}", name=name))
    return found[0]


def check_plan(session: Session, name: str | None) -> None:
    """A name that no plan has is a slip, not an empty office."""
    known = list(session.scalars(select(Plan).order_by(Plan.id)))
    found = name is None or session.scalar(select(Plan.id).where(plans.named(session, name)).limit(1))
    if known and not found:
        listed = ", ".join(f"{one.id} {one.title}" for one in known)
        raise OwnError(label("cli.status.no-plan", name=name, known=listed))
