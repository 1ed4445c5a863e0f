"""`gihan fallback`: another way to one person, as an address of apprise. The address is never shown again."""

import sys
from datetime import date, datetime
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.chat.invites import find
from bot.chat.operator import operator
from bot.cli.faults import FallbackError
from bot.cli.options import Config, opened
from bot.cli.privacy import in_department
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.addresses import example, is_address
from store import reachability
from store.audit import Act
from store.models import Officer

STDIN = "-"  # an address on the command line stays in the shell's history


def change(
    session: Session, name: str, department: str | None, url: str | None, now: datetime, *, remove: bool
) -> str:
    """Set or remove the person's channel, or say whether there is one; gives the line to print.

    Raises FallbackError for an address apprise cannot read, InviteError where nobody or several are meant.
    """
    officer = find(session, name, department)
    if officer is None:
        raise FallbackError(label("cli.fallback.nobody", name=name))
    act = Act(session, operator(now, f"fallback:{officer.id}"), now)
    if remove:
        if not reachability.remove_channel(session, officer.id):
            return label("cli.fallback.none-to-remove", name=in_department(officer))
        act.record("fallback-removed", f"officer:{officer.id}")
        return label("cli.fallback.removed", name=in_department(officer))
    if url is None:
        return _told(session, officer)
    address = sys.stdin.readline().strip() if url == STDIN else url.strip()
    if not is_address(address):
        raise FallbackError(label("cli.fallback.no-address", example=example()))
    reachability.set_channel(session, officer.id, address, now)
    act.record("fallback-set", f"officer:{officer.id}")
    return label("cli.fallback.set", name=in_department(officer))


def _told(session: Session, officer: Officer) -> str:
    channel = reachability.channel_of(session, officer.id)
    if channel is None:
        return label("cli.fallback.none", name=in_department(officer))
    day: date = channel.set_at.date()
    return label("cli.fallback.there", name=in_department(officer), day=day)


def fallback(
    officer: Annotated[str, typer.Argument(help=label("cli.option.name"), show_default=False)],
    url: Annotated[str | None, typer.Argument(help=label("cli.option.address"), show_default=False)] = None,
    department: Annotated[str | None, typer.Option(help=label("cli.option.department"))] = None,
    remove: Annotated[bool, typer.Option("--remove", help=label("cli.option.remove"))] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        echo(change(session, officer, department, url, desk.now, remove=remove))
