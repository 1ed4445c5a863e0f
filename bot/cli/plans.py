"""`gihan import`: reading with progress, showing what was found, asking, registering."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from sqlalchemy.orm import Session

from bot.cli.faults import UnreadError
from bot.cli.files import write
from bot.cli.options import AsJson, Config, Desk, opened
from bot.privacy import guard
from bot.texts import plan_words
from bot.texts.terminal import cell, echo
from jobs.clock import real_now
from jobs.plans.register import Registrar
from jobs.plans.registration import RegisterError, Registration
from plans.draft import READER, PlanDraft
from plans.preview import lone_years
from plans.read import read_plan
from plans.readers.document import read_text
from store import plans
from store.states import PlanState

KINDS = {
    "dated": "날짜 있는 일정",
    "open": "시작만 있는 일정",
    "recurring": "반복 일정",
    "ongoing": "연중·상시",
}
STATES = {
    PlanState.ACTIVE: "활성",
    PlanState.ARCHIVED: "보관",
    PlanState.DRAFT: "초안",
    PlanState.CLOSED: "종료",
}
FINDINGS_SHOWN = 30
NEXT_STEPS = """등록하였습니다. 기획실을 먼저 초대해 주십시오: gihan invite 이름 --department 부서 --role planner
그다음 담당자: gihan invite --all"""


def read(file: Path, year: int | None) -> PlanDraft:
    """The draft, with a progress bar where a person looks. Raises PlanError."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}줄"),
        console=console, transient=True, disable=not sys.stderr.isatty(),
    ) as progress:  # fmt: skip
        bar = progress.add_task(f"{file.name} 읽는 중", total=None)
        return read_plan(file, year, lambda done, total: progress.update(bar, completed=done, total=total))


def write_form(file: Path, year: int | None) -> None:
    """The empty spreadsheet for those without documents. Raises RegisterError rather than overwrite a file."""
    if file.suffix.lower() != ".xlsx":
        raise RegisterError("빈 표는 .xlsx 파일로 만듭니다. 예) gihan import --template 계획.xlsx")
    if file.exists():
        raise RegisterError(f"{file} 파일이 이미 있습니다. 다른 이름을 적어 주십시오.")
    from plans import sheet_writer  # noqa: PLC0415 - openpyxl takes long to load, and few need it

    of = year or real_now().year
    write(file, sheet_writer.write_template(of, plan_words.sheet(), plan_words.example(of)))
    echo(f"{file} 파일을 만들었습니다. 적어 넣으신 뒤 gihan import {file} 로 등록하십시오.")


def show_draft(draft: PlanDraft, *, to_stderr: bool) -> None:
    """Counts, and what needs checking."""
    console = Console(stderr=to_stderr, highlight=False)
    entries = [one for task in draft.tasks for one in task.milestones]
    people = {(task.department, one.name) for task in draft.tasks for one in task.officers}
    console.print(cell(f"{draft.title} ({draft.plan_year or '연도 미상'}년)"), style="bold")
    console.print(
        f"과제 {len(draft.tasks)}개 · 부서 {len({task.department for task in draft.tasks})}곳 · 담당자 {len(people)}명"
    )
    counts = {kind: sum(one.kind == kind for one in entries) for kind in KINDS}
    console.print(" · ".join(f"{KINDS[kind]} {number}건" for kind, number in counts.items()))
    _show_years(draft, console)
    nobody = [task.title for task in draft.tasks if not task.officers]
    if nobody:
        console.print(cell(f"담당자를 찾지 못한 과제 {len(nobody)}개: {', '.join(nobody[:5])}"))
    _show_findings(draft, console)


def _show_years(draft: PlanDraft, console: Console) -> None:
    """Entries by year, years that stand alone, and what became of every date of the file."""
    if years := plan_words.years(draft):
        console.print(f"연도별: {years}")
    if lone := lone_years(draft):
        named = ", ".join(f"{year}년" for year in lone)
        console.print(f"동떨어진 연도가 있습니다: {named}. 연도를 잘못 읽지 않았는지 확인하여 주십시오.")
    if draft.account is not None:
        console.print(plan_words.account(draft.account))
        if draft.account.unread:
            share = f"{draft.account.unread_share:.0%}"
            console.print(
                f"읽지 못한 줄 {len(draft.account.unread)}줄 (일정처럼 보이는 줄의 {share})", style="bold"
            )


def refuse_unread(draft: PlanDraft) -> None:
    """Raises RegisterError where so much was not read that nobody should register the rest unseen."""
    if draft.account is not None and draft.account.is_mostly_unread:
        shown = f"일정처럼 보이는 줄의 {draft.account.unread_share:.0%}를 읽지 못하여 아무것도 등록하지 않았습니다."
        raise UnreadError(
            f"{shown} 읽지 못한 줄을 확인하고, 그래도 등록하려면 --accept-unread 를 붙여 주십시오."
        )


def show_text(file: Path) -> None:
    """The text that findings and lines count in, numbered. Raises PlanError."""
    for number, line in enumerate(read_text(file).split("\n"), 1):
        echo(f"{number:6}\t{line}")


def _show_findings(draft: PlanDraft, console: Console) -> None:
    if not draft.findings:
        return
    console.print(f"\n확인 필요 {len(draft.findings)}건")
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in draft.findings[:FINDINGS_SHOWN]:
        table.add_row(f"{finding.line}행" if finding.line else "", cell(plan_words.finding(finding)))
    console.print(table)
    if len(draft.findings) > FINDINGS_SHOWN:
        console.print(f"… 외 {len(draft.findings) - FINDINGS_SHOWN}건 (--json 으로 모두 볼 수 있습니다)")


def register(
    desk: Desk,
    draft: PlanDraft,
    source_name: str,
    *,
    is_active: bool | None,
    ask: bool,
    to_stderr: bool,
) -> None:
    """Show what would change, ask, and write it in one transaction."""
    store = desk.store

    def registrar(session: Session) -> Registrar:
        deed = desk.deed(session, f"import:{source_name}")
        return Registrar(deed, draft, source_name, wording=guard, is_active=is_active)

    with store.read() as session:
        preview = registrar(session).preview()
    echo("\n" + describe(preview), err=to_stderr)
    if not preview.changes_anything:
        with store.write() as session:
            plans.note_reader(session, preview.plan_id, READER)
        echo("이미 등록된 내용과 같습니다. 바뀐 것이 없습니다.", err=to_stderr)
        return
    if ask:
        if not sys.stdin.isatty():
            raise typer.BadParameter("등록하려면 확인이 필요합니다. 스크립트에서는 --yes 를 붙여 주십시오.")
        typer.confirm("이대로 등록하시겠습니까?", abort=True, err=True)
    with store.write() as session:
        registrar(session).run()
    echo(NEXT_STEPS, err=to_stderr)


def describe(result: Registration) -> str:
    """What registering does, in a few lines."""
    lines = [
        f"새로 등록: 과제 {result.tasks_added}개, 일정 {result.milestones_added}건, 반복·상시 {result.series_added}건"
        f" (이미 있음: 과제 {result.tasks_known}개, 일정 {result.milestones_known}건)",
        f"계획 상태: {STATES[result.state]}",
    ]
    if result.done_already:
        lines.append(f"문서에 이미 한 것으로 적힌 일정 {result.done_already}건은 완료로 둡니다.")
    if result.past:
        lines.append(
            f"이미 지난 일정 {result.past}건은 담당자에게 알리지 않고, 기획실의 /past 목록에 올립니다."
        )
    if result.is_new and result.state is PlanState.ARCHIVED:
        lines.append(
            "지난 연도의 계획이므로 보관으로 등록하며 아무에게도 알리지 않습니다. 활성으로 하려면 --activate"
        )
    if result.unknown_departments:
        lines.append(
            f"처음 보는 부서: {', '.join(result.unknown_departments)} (이름이 비슷한 부서는 /review 에서 합칩니다)"
        )
    if result.quarter:
        lines.append(result.quarter)
    if result.differences:
        lines.append(
            f"등록된 내용과 다른 곳 {len(result.differences)}건은 바꾸지 않고, 기획실의 /review 목록에 올립니다."
        )
        lines += [f"  {one}" for one in result.differences]
    return "\n".join(lines)


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
    if template:
        write_form(file, year)
        return
    if text:
        show_text(file)
        return
    draft = read(file, year)
    if as_json:
        echo(draft.as_json(plan_words.finding))
    show_draft(draft, to_stderr=as_json)
    if dry_run:
        return
    if yes and not accept_unread:
        refuse_unread(draft)
    with opened(config, may_create=True) as desk:
        register(desk, draft, file.name, is_active=activate, ask=not yes, to_stderr=as_json)
