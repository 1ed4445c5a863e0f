"""`gihan …`: the command line. Every error is one clear line on standard error, never a traceback."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from typer.exceptions import TyperException

from bot import app as application
from bot import opening
from bot.chat import invites
from bot.chat.arguments import UsageError
from bot.chat.invites import InviteError, Wish
from bot.cli import acting, admin, audit, plans, privacy, rehearse, rounds, status, tables, understand
from bot.cli import calendar as calendar_cli
from bot.cli import doctor as checks
from bot.cli import fallback as fallbacks
from bot.cli import people as people_cli
from bot.cli import permissions as authority
from bot.cli import sandbox as playground
from bot.cli.admin import FAILED, Config, settings_of
from bot.cli.fallback import FallbackError
from bot.cli.sandbox import PlaygroundError
from bot.ops import logs
from bot.settings import SettingsError, load
from bot.texts.terminal import echo
from jobs.clock import ClockError
from jobs.plans.registration import RegisterError
from plans.characters import composed
from plans.errors import PlanError
from reports.listing import rows
from store import officers
from store.db import meta, schema
from store.db.causes import error_of
from store.db.errors import StoreError, UnavailableError
from store.models import Department
from store.states import MilestoneState, RoleName

DONE, WRONG_USE, TRY_AGAIN = 0, 2, 75
KNOWN = (
    FallbackError,
    PlaygroundError,
    SettingsError,
    StoreError,
    PlanError,
    InviteError,
    RegisterError,
    ClockError,
    UsageError,
)

cli = typer.Typer(
    name="gihan",
    help="기한(gihan): 계획 문서의 일정을 읽어 담당자에게 알리고, 완료와 연기를 기록합니다.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="저장소의 형식을 다룹니다.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(db, name="db")
rounds.add_to(cli)
privacy.add_to(cli)
acting.add_to(cli)
for one in (admin.doctor, admin.backup, admin.restore):
    cli.command()(one)

AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다.")]
PlanName = Annotated[str | None, typer.Option("--plan", help="계획 제목의 일부 또는 id")]


@cli.command()
def run(
    wait: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="저장소·포트·텔레그램을 기다리는 초. 지나면 75로 끝납니다(기본: 될 때까지).",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    """봇과 알림을 실행합니다. 잠시 안 되는 것은 기다립니다. Ctrl+C 또는 SIGTERM으로 끝냅니다."""
    settings = load(config)
    logs.configure(settings.log.level)
    application.run(settings, wait)


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(help="대화 화면의 포트, 0은 빈 포트", min=0, max=65535)] = 8080,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="브라우저를 열지 않습니다.")] = False,
) -> None:
    """토큰 없이 이 컴퓨터에서 전체를 체험합니다."""
    playground.play(port, open_browser=not no_browser)


@cli.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="계획 문서 (--template 에서는 만들 파일)", show_default=False)],
    year: Annotated[
        int | None, typer.Option(help="문서에 연도가 없을 때의 계획 연도", min=1990, max=2100)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="읽기만 하고 저장하지 않습니다.")] = False,
    as_json: AsJson = False,
    yes: Annotated[bool, typer.Option("--yes", help="묻지 않고 등록합니다.")] = False,
    activate: Annotated[
        bool | None,
        typer.Option("--activate/--archive", help="연도와 관계없이 활성 또는 보관으로 등록합니다."),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="직접 적어 넣을 빈 표(.xlsx)를 만듭니다.")
    ] = False,
    accept_unread: Annotated[
        bool, typer.Option("--accept-unread", help="읽지 못한 줄이 많아도 등록합니다.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="읽은 글을 줄 번호와 함께 출력합니다.")] = False,
    config: Config = None,
) -> None:
    """계획 문서를 읽어 확인한 뒤 등록합니다. 두 번 등록해도 달라지지 않습니다."""
    if template:
        plans.write_form(file, year)
        return
    if text:
        plans.show_text(file)
        return
    draft = plans.read(file, year)
    if as_json:
        echo(draft.as_json())
    plans.show_draft(draft, to_stderr=as_json)
    if dry_run:
        return
    if yes and not accept_unread:
        plans.refuse_unread(draft)
    settings = settings_of(config)
    store = opening.open_store(settings, may_create=True)
    try:
        plans.register(
            store, draft, file.name, opening.clock_of(settings), opening.rules_of(settings),
            is_active=activate, ask=not yes, to_stderr=as_json,
        )  # fmt: skip
    finally:
        store.close()


@cli.command()
def invite(
    name: Annotated[str | None, typer.Argument(help="이름 또는 id", show_default=False)] = None,
    department: Annotated[str | None, typer.Option(help="부서")] = None,
    role: Annotated[RoleName, typer.Option(help="역할")] = RoleName.OFFICER,
    everybody: Annotated[bool, typer.Option("--all", help="모든 담당자")] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """한 번만 쓸 수 있는 등록 링크를 만듭니다. 먼저 만든 링크는 폐기됩니다."""
    settings = settings_of(config)
    store = opening.open_store(
        settings, may_create=department is not None
    )  # who names one may add somebody new
    try:
        with store.read() as session:
            username = meta.get(session, meta.BOT_USERNAME)
        username = username or asyncio.run(checks.bot_username(settings))
        now, calendar = opening.clock_of(settings).now(), opening.rules_of(settings).calendar
        with store.write() as session:
            wish = Wish(name, department, role, everybody)
            before = officers.department_names(session)
            people = invites.chosen(session, wish, now, calendar.local_date(now))
            by = invites.operator(now, "invite")
            made = invites.invite(session, people, role, now, settings.links, username, by)
    finally:
        store.close()
    if department is not None and officers.close_up(department) not in before:
        listed = f" 등록되어 있던 부서: {', '.join(before)}" if before else ""
        echo(f"새 부서 ‘{officers.close_up(department)}’을 추가하였습니다.{listed}", err=True)
    if username is None:
        echo(
            "봇 이름을 알 수 없어 링크 대신 코드만 만들었습니다. 봇에게 “/start 코드”를 보내면 됩니다.",
            err=True,
        )
    tables.print_invites(made, settings.organisation.zone, as_json=as_json)


@cli.command()
def fallback(
    officer: Annotated[str, typer.Argument(help="이름 또는 id", show_default=False)],
    url: Annotated[
        str | None, typer.Argument(help="apprise 주소, - 는 표준입력에서 읽습니다.", show_default=False)
    ] = None,
    department: Annotated[str | None, typer.Option(help="부서")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="등록된 수단을 지웁니다.")] = False,
    config: Config = None,
) -> None:
    """텔레그램으로 닿지 않는 분께 쓸 예비 연락 수단을 정합니다."""
    settings = settings_of(config)
    store = opening.open_store(settings)
    try:
        now = opening.clock_of(settings).now()
        with store.write() as session:
            echo(fallbacks.change(session, officer, department, url, now, remove=remove))
    finally:
        store.close()


@cli.command("list")
def list_(
    department: Annotated[str | None, typer.Option(help="부서")] = None,
    state: Annotated[MilestoneState | None, typer.Option(help="상태")] = None,
    plan: PlanName = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """일정을 한 줄에 하나씩 보여 줍니다."""
    settings = settings_of(config)
    store = opening.open_store(settings)
    today = opening.rules_of(settings).calendar.local_date(opening.clock_of(settings).now())
    with store.read() as session:
        status.check_plan(session, plan)
        _check_department(session, department)
        found = rows(session, today, department=department, state=state, plan=plan)
    store.close()
    tables.print_rows(found, as_json=as_json)


def _check_department(session: Session, name: str | None) -> None:
    if name is not None and officers.department(session, name) is None:
        known = ", ".join(session.scalars(select(Department.name).order_by(Department.name)))
        raise typer.BadParameter(f"‘{name}’ 부서가 없습니다. 등록된 부서: {known or '없음'}")


cli.command()(people_cli.handover)
cli.command()(rehearse.rehearse)
cli.command(context_settings={"ignore_unknown_options": True})(understand.understand)
cli.command()(status.status)
cli.command()(audit.audit)
cli.command()(calendar_cli.calendar)
cli.command()(calendar_cli.yearbook)


@cli.command()
def permissions() -> None:
    """누가 무엇을 할 수 있는지 표로 출력합니다."""
    echo(authority.markdown(), nl=False)


@db.command()
def upgrade(config: Config = None) -> None:
    """저장소를 이 프로그램의 형식으로 올립니다."""
    store = opening.connect(settings_of(config))
    opening.upgrade(store)
    store.close()
    echo(f"저장소 형식: {schema.newest_version()}")


def main() -> None:
    """The console script: exit codes 0 done, 1 a check failed, 2 wrong use, wrong settings or unreadable input,
    75 something temporary (EX_TEMPFAIL of sysexits)."""
    sys.exit(_guarded())


def _guarded() -> int:
    try:
        code = cli(args=_arguments(), standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _fault("그만두었습니다.", FAILED)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            echo(str(error))
            return WRONG_USE
        return _fault(str(getattr(error, "format_message", error.__str__)()), WRONG_USE)
    except plans.UnreadError as error:
        return _fault(str(error), FAILED)
    except KNOWN as error:
        return _fault(str(error), _code_of(error))
    except SQLAlchemyError as error:
        found = error_of(error)
        return _fault(str(found), _code_of(found))
    except Exception as error:  # its words may hold what somebody wrote, or a secret
        return _fault(f"예상하지 못한 오류입니다 ({logs.told(error)}). 개발자에게 알려 주십시오.", FAILED)
    return code if isinstance(code, int) else DONE


def _code_of(error: Exception) -> int:
    return TRY_AGAIN if isinstance(error, UnavailableError) else WRONG_USE


def _arguments() -> list[str]:
    """What was typed, composed; the name of a file is as its folder has it."""
    return [one if os.path.exists(one) else composed(one) for one in sys.argv[1:]]  # noqa: PTH110 - never raises


def _fault(message: str, code: int) -> int:
    for one in message.splitlines():
        echo(logs.redact(f"gihan: {one}"), err=True)
    return code
