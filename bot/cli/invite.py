"""`gihan invite`: one-time links for people of the plans, and for new ones."""

from __future__ import annotations

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
from bot.texts.terminal import echo
from store import officers
from store.db import meta
from store.states import RoleName
from store.words import ROLE_WORDS


def invite(
    name: Annotated[str | None, typer.Argument(help="이름 또는 id", show_default=False)] = None,
    department: Annotated[str | None, typer.Option(help="부서")] = None,
    role: Annotated[RoleName, typer.Option(help="역할")] = RoleName.OFFICER,
    everybody: Annotated[bool, typer.Option("--all", help="모든 담당자")] = False,
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
            made = invites.invite(session, people, role, now, settings.links, username, by)
    if department is not None and officers.close_up(department) not in before:
        listed = f" 등록되어 있던 부서: {', '.join(before)}" if before else ""
        echo(f"새 부서 ‘{officers.close_up(department)}’을 추가하였습니다.{listed}", err=True)
    if username is None:
        echo(
            "봇 이름을 알 수 없어 링크 대신 코드만 만들었습니다. 봇에게 “/start 코드”를 보내면 됩니다.",
            err=True,
        )
    _print(made, settings.organisation.zone, as_json=as_json)


def _print(found: Sequence[InviteRow], zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        tables.print_json(found)
        return
    for one in found:
        until = render.moment(one.expires_at, zone)
        role = ROLE_WORDS[RoleName(one.role)]
        echo(f"{one.department or '부서 미지정'} {one.name} ({role}, {until}까지)\n  {one.link or one.code}")
