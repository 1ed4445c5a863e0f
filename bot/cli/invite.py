"""`gihan invite`: one-time links for people of the plans, and for new ones."""

import asyncio
from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.chat import invites
from bot.chat.invites import InviteRow, Wish
from bot.cli import tables
from bot.cli.options import AsJson, Config, opened
from bot.cli.reach import bot_username
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from reports.texts.states import ROLE_WORDS
from store import officers
from store.db import meta
from store.states import RoleName


def invite(
    name: Annotated[str | None, typer.Argument(help=label("cli.option.name"), show_default=False)] = None,
    department: Annotated[str | None, typer.Option(help=label("cli.option.department"))] = None,
    role: Annotated[RoleName | None, typer.Option(help=label("cli.option.role"))] = None,
    everybody: Annotated[bool, typer.Option("--all", help=label("cli.option.everybody"))] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    with opened(config, may_create=department is not None) as desk:  # who names one may add somebody new
        settings, now = desk.settings, desk.now
        with desk.store.read() as session:
            username = meta.get(session, meta.BOT_USERNAME)
        username = username or asyncio.run(bot_username(settings))
        with desk.store.write() as session:
            wish = Wish(name, department, role, everybody)
            before = officers.department_names(session)
            people = invites.chosen(session, wish, now, desk.today)
            by = invites.operator(now, "invite")
            made = invites.invite(
                session, people, role or RoleName.OFFICER, now, settings.links, username, by
            )
    if department is not None and officers.close_up(department) not in before:
        new = officers.close_up(department)
        echo(label("cli.invite.new-department", department=new, names=", ".join(before)), err=True)
    if username is None:
        echo(label("cli.invite.no-username"), err=True)
    _print(made, settings.organisation.zone, as_json=as_json)


def _print(found: Sequence[InviteRow], zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        tables.print_json(found)
        return
    for one in found:
        until = render.moment(one.expires_at, zone)
        role = ROLE_WORDS[RoleName(one.role)]
        echo(
            label("cli.invite.made", department=one.department, name=one.name, role=role, until=until)
            + f"\n  {one.link or one.code}"
        )
