"""`gihan fallback`: another way to one person, as an address of apprise. The address is never shown again."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.chat.invites import find, operator
from bot.cli.faults import FallbackError
from bot.cli.options import Config, opened
from bot.texts.terminal import echo
from jobs.addresses import EXAMPLE, is_address
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
        raise FallbackError(f"{name} 님을 찾지 못했습니다. 이름과 --department 를 확인해 주십시오.")
    act = Act(session, operator(now, f"fallback:{officer.id}"), now)
    if remove:
        if not reachability.remove_channel(session, officer.id):
            return f"{_named(officer)}: 등록된 예비 연락 수단이 없습니다."
        act.record("fallback-removed", f"officer:{officer.id}")
        return f"{_named(officer)}: 예비 연락 수단을 지웠습니다."
    if url is None:
        return _told(session, officer)
    address = sys.stdin.readline().strip() if url == STDIN else url.strip()
    if not is_address(address):
        raise FallbackError(f"apprise가 아는 주소가 아닙니다. 예) {EXAMPLE}")
    reachability.set_channel(session, officer.id, address, now)
    act.record("fallback-set", f"officer:{officer.id}")
    return f"{_named(officer)}: 텔레그램으로 닿지 않는 날에는 이 수단으로 하루 한 번 알립니다."


def _named(officer: Officer) -> str:
    return f"{officer.department.name if officer.department else '부서 미지정'} {officer.name}"


def _told(session: Session, officer: Officer) -> str:
    channel = reachability.channel_of(session, officer.id)
    if channel is None:
        return f"{_named(officer)}: 예비 연락 수단이 없습니다."
    day: date = channel.set_at.date()
    return f"{_named(officer)}: 예비 연락 수단이 등록되어 있습니다({day}부터). 주소는 보여 드리지 않습니다."


def fallback(
    officer: Annotated[str, typer.Argument(help="이름 또는 id", show_default=False)],
    url: Annotated[
        str | None, typer.Argument(help="apprise 주소, - 는 표준입력에서 읽습니다.", show_default=False)
    ] = None,
    department: Annotated[str | None, typer.Option(help="부서")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="등록된 수단을 지웁니다.")] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        echo(change(session, officer, department, url, desk.now, remove=remove))
