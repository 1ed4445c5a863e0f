"""`gihan invite`: one-time links for people of the plans, and for new ones."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.chat import invites
from bot.chat.invites import InviteRow, Wish
from bot.chat.operator import operator
from bot.chat.turn import UsageError
from bot.cli import invite_files, tables
from bot.cli.files import write
from bot.cli.options import AsJson, Config, opened
from bot.cli.reach import bot_username
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from reports.texts.speaking import speaking
from reports.texts.states import ROLE_WORDS
from store import officers
from store.db import meta
from store.states import RoleName


def invite(
    name: Annotated[str | None, typer.Argument(help=label("cli.option.name"), show_default=False)] = None,
    department: Annotated[str | None, typer.Option(help=label("cli.option.department"))] = None,
    role: Annotated[RoleName | None, typer.Option(help=label("cli.option.role"))] = None,
    everybody: Annotated[bool, typer.Option("--all", help=label("cli.option.everybody"))] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=label("cli.option.invites"), show_default=False)
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    form = invite_files.form_of(output) if output is not None else None
    adds = name is not None and department is not None
    with opened(config, may_create=adds) as desk:  # who names one may add somebody new
        settings, now = desk.settings, desk.now
        zone = settings.organisation.zone
        with desk.store.read() as session:
            username = meta.get(session, meta.BOT_USERNAME)
        username = username or asyncio.run(bot_username(settings))
        if output is not None and username is None:
            raise UsageError(label("cli.invite.no-links"))
        with desk.store.write() as session:
            wish = Wish(name, department, role, everybody)
            before = officers.department_names(session)
            people = invite_files.in_order(invites.chosen(session, wish, now, desk.today))
            by = operator(now, "invite")
            made = invites.invite(
                session, people, role or RoleName.OFFICER, now, settings.links, username, by
            )
            if output is not None and form is not None:  # a file that cannot be made takes the links back
                with speaking(None):  # what is printed is the organisation's
                    content = form(people, made, zone)
                write(output, content, is_secret=True)
    if department is not None and officers.alike(department) not in map(officers.alike, before):
        new = officers.close_up(department)
        echo(label("cli.invite.new-department", department=new, names=", ".join(before)), err=True)
    if username is None:
        echo(label("cli.invite.no-username"), err=True)
    if output is not None:
        until = render.moment(made[0].expires_at, zone)
        echo(label("cli.invite.written", count=len(made), path=output, until=until), err=as_json)
    if output is None or as_json:
        _print(made, zone, as_json=as_json)


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
