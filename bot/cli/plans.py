"""`gihan import`: reading with progress, showing what was found, asking, registering."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from sqlalchemy.orm import Session

from bot.cli import registers
from bot.cli import setup as first_hour
from bot.cli.faults import UnreadError
from bot.cli.files import write
from bot.cli.options import AsJson, Config, Desk, opened
from bot.cli.wrong_use import OwnError
from bot.documents import drafts
from bot.texts import plan_words
from bot.texts.render import label, words
from bot.texts.terminal import cell, echo
from jobs.clock import real_now
from jobs.plans.register import Registrar
from jobs.plans.registration import RegisterError, Registration
from plans.draft import PlanDraft
from plans.preview import asked_forms, lone_years, with_proposed_year
from plans.read import read_plan
from plans.readers.answer import Unit
from plans.readers.document import read_text
from plans.sheet.register import is_register, read_register
from plans.version import READER
from reports.texts.grammar import long_day
from store import forms, invites, officers, plans
from store.db.errors import StoreError
from store.states import PlanState, RoleName

T = TypeVar("T")
KINDS: tuple[str, ...] = ("dated", "open", "recurring", "ongoing")
FINDINGS_SHOWN, TASKS_SHOWN = 30, 60
REGISTERS = frozenset({".xlsx", ".csv"})  # as which the register comes back


def read(file: Path, year: int | None, answers: Mapping[str, str] = MappingProxyType({})) -> PlanDraft:
    """The draft, with a bar of pages and then of lines where a person looks. Raises PlanError."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn(label("cli.import.progress")),
        console=console, transient=True, disable=not sys.stderr.isatty(),
    ) as progress:  # fmt: skip
        bar = progress.add_task(label("cli.import.reading", name=file.name), total=None, unit="")

        def tell(done: int, total: int, unit: Unit) -> None:
            progress.update(bar, completed=done, total=total, unit=label(f"cli.import.unit.{unit}"))

        return read_plan(file, year, tell, answers)


def of_store(config: Path | None, look: Callable[[Session], T], nothing: T) -> T:
    """What the store has; `nothing` where there is none yet."""
    try:
        with opened(config) as desk, desk.store.read() as session:
            return look(session)
    except StoreError:  # what else keeps it shut is told when it is to be written
        return nothing


def ask_columns(draft: PlanDraft) -> dict[str, str]:
    """Which column is the time, of every form of table of which nobody has said it: form -> header."""
    said = {}
    for form in asked_forms(draft):
        for place, name in enumerate(form.columns, 1):
            echo(f"  {place}) {name}", err=True)
        asked = label("cli.import.which-column", count=len(form.entries))
        wanted = -1
        while wanted not in range(len(form.columns) + 1):
            wanted = typer.prompt(asked, type=int, default=0, err=True)
        if wanted:
            said[form.name] = form.columns[wanted - 1]
    return said


def write_form(file: Path, year: int | None) -> None:
    """The empty spreadsheet for those without documents. Raises RegisterError rather than overwrite a file."""
    if file.suffix.lower() != ".xlsx":
        raise RegisterError(label("cli.import.not-xlsx"))
    if file.exists():
        raise RegisterError(label("cli.import.there", path=file))

    from plans.sheet import writer  # noqa: PLC0415 - openpyxl takes long to load, and few need it

    of = year or real_now().year
    write(file, writer.write_template(of, plan_words.sheet(), plan_words.example(of)))
    echo(label("cli.import.made", path=file))


def _write_sheet(file: Path, draft: PlanDraft) -> None:
    """The review sheet: what was read, to be corrected and imported; nothing is registered."""
    if file.suffix.lower() != ".xlsx":
        raise RegisterError(label("cli.import.sheet-xlsx"))

    from plans.sheet import writer  # noqa: PLC0415 - openpyxl takes long to load, and few need it

    write(file, writer.write_sheet(draft, plan_words.sheet()))
    echo(label("cli.import.sheet-made", path=file), err=True)


def show_draft(draft: PlanDraft, *, to_stderr: bool) -> None:
    """Counts, and what needs checking."""
    console = Console(stderr=to_stderr, highlight=False)
    entries = [one for task in draft.tasks for one in task.milestones]
    people = {(task.department, one.name) for task in draft.tasks for one in task.officers}
    console.print(cell(label("cli.import.title", title=draft.title, year=draft.plan_year)), style="bold")
    console.print(
        label(
            "cli.import.counts",
            tasks=len(draft.tasks),
            departments=len({task.department for task in draft.tasks}),
            people=len(people),
        )
    )
    counts = Counter[str](one.kind for one in entries)
    kinds = [label(f"cli.import.kind.{kind}", count=counts[kind]) for kind in KINDS]
    console.print(" · ".join(kinds))
    _show_years(draft, console)
    if draft.is_offered:
        console.print(label("cli.import.one-task"), style="bold")
    nobody = [task.title for task in draft.tasks if not task.officers]
    if nobody:
        console.print(cell(label("cli.import.nobody", count=len(nobody), titles=", ".join(nobody[:5]))))
    _show_findings(draft, console)


def show_entries(draft: PlanDraft) -> None:
    """What was read, task by task: the words of the document and the day that was read from them."""
    for task in draft.tasks[:TASKS_SHOWN]:
        people = ", ".join(one.name for one in task.officers)
        behind = " · ".join(one for one in (task.department, people) if one)
        echo(
            "\n" + " ".join(one for one in (task.no, task.title) if one) + (f" ({behind})" if behind else "")
        )
        for one in task.milestones:
            days = [long_day(window.due) for window in one.windows if window.due is not None]
            echo(f"  {one.title}: {one.expr}" + (f" → {', '.join(days)}" if days else ""))
    if len(draft.tasks) > TASKS_SHOWN:
        echo("\n" + label("cli.import.more-tasks", count=len(draft.tasks) - TASKS_SHOWN))


def _show_years(draft: PlanDraft, console: Console) -> None:
    """Entries by year, years that stand alone, and what became of every date of the file."""
    if years := plan_words.years(draft):
        console.print(label("cli.import.by-year", years=years))
    if lone := lone_years(draft):
        named = ", ".join(label("cli.import.year", year=year) for year in lone)
        console.print(label("cli.import.lone", years=named))
    if draft.account is not None:
        console.print(plan_words.account(draft.account))
        if draft.account.unread:
            share = f"{draft.account.unread_share:.0%}"
            console.print(
                label("cli.import.unread", count=len(draft.account.unread), share=share), style="bold"
            )


def refuse_unread(draft: PlanDraft) -> None:
    """Raises UnreadError where nobody should register unseen: too much was not read, or no task was found."""
    if draft.is_offered:
        raise UnreadError(label("cli.import.offered"))
    if draft.account is not None and draft.account.is_mostly_unread:
        raise UnreadError(label("cli.import.mostly-unread", share=f"{draft.account.unread_share:.0%}"))


def show_text(file: Path) -> None:
    """The text that findings and lines count in, numbered. Raises PlanError."""
    for number, line in enumerate(read_text(file).split("\n"), 1):
        echo(f"{number:6}\t{line}")


def _show_findings(draft: PlanDraft, console: Console) -> None:
    if not draft.findings:
        return
    console.print(label("cli.import.findings", count=len(draft.findings)))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")  # whole, however narrow the terminal is
    for finding in draft.findings[:FINDINGS_SHOWN]:
        table.add_row(
            label("cli.import.line", line=finding.line) if finding.line else "",
            cell(plan_words.finding(finding)),
        )
    console.print(table)
    if len(draft.findings) > FINDINGS_SHOWN:
        console.print(label("cli.import.more", count=len(draft.findings) - FINDINGS_SHOWN))


def register(
    desk: Desk,
    draft: PlanDraft,
    source_name: str,
    *,
    is_active: bool | None,
    ask: bool,
    to_stderr: bool,
    said: Mapping[str, str],
    starts: str,
) -> None:
    """Show what would change, ask, and write it in one transaction, with what was `said` about forms of tables. `starts`:
    when officers hear first, as --start has it."""
    day = first_hour.day_of(starts, desk)
    store = desk.store

    def registrar(session: Session) -> Registrar:
        deed = desk.deed(session, f"import:{source_name}")
        waits = starts != first_hour.NOW
        return Registrar(deed, draft, source_name, is_active=is_active, awaits_start=waits)

    with store.read() as session:
        preview = registrar(session).preview()
    echo("\n" + describe(preview), err=to_stderr)
    if not preview.changes_anything:
        with store.write() as session:
            plans.note_reader(session, preview.plan_id, READER)
        echo(label("cli.import.same"), err=to_stderr)
        return
    if ask:
        if not sys.stdin.isatty():
            raise OwnError(label("cli.import.needs-yes"))
        typer.confirm(label("cli.import.ask"), abort=True, err=True)
    with store.write() as session:
        made = registrar(session).run()
        drafts.remember_offer(desk.deed(session, "forms"), draft, source_name)
        for form, column in said.items():
            forms.remember(desk.deed(session, "forms"), form, source_name, {forms.TIME: column})
    if made.is_new and made.state is PlanState.ACTIVE and starts != first_hour.NOW:
        first_hour.choose(desk, made.plan_id, day)
    with store.read() as session:
        planner = RoleName.PLANNER
        is_planned_for = bool(officers.holders(session, planner, desk.today)) or invites.is_awaited(
            session, planner, desk.now
        )
    echo(label("cli.import.next", is_planned_for=is_planned_for), err=to_stderr)


def describe(result: Registration) -> str:
    """What registering does, in a few lines."""
    lines = [
        label(
            "cli.import.new",
            tasks=result.tasks_added,
            entries=result.milestones_added,
            series=result.series_added,
            known_tasks=result.tasks_known,
            known_entries=result.milestones_known,
        ),
        label("cli.import.state", state=words("cli.import.states")[result.state]),
    ]
    if result.done_already:
        lines.append(label("cli.import.done-already", count=result.done_already))
    if result.past:
        lines.append(label("cli.import.past", count=result.past))
    if result.is_new and result.state is PlanState.ARCHIVED:
        lines.append(label("cli.import.archived"))
    if result.unknown_departments:
        lines.append(label("cli.import.departments", names=", ".join(result.unknown_departments)))
    if result.quarter:
        lines.append(drafts.quarter(result.quarter))
    if result.differences:
        lines.append(label("cli.import.differences", count=len(result.differences)))
        lines += [f"  {drafts.difference(one)}" for one in result.differences]
    return "\n".join(lines)


def import_(
    file: Annotated[Path, typer.Argument(help=label("cli.option.document"), show_default=False)],
    year: Annotated[int | None, typer.Option(help=label("cli.option.plan-year"), min=1990, max=2100)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))] = False,
    as_json: AsJson = False,
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    activate: Annotated[
        bool | None,
        typer.Option("--activate/--archive", help=label("cli.option.activate")),
    ] = None,
    template: Annotated[bool, typer.Option("--template", help=label("cli.option.template"))] = False,
    accept_unread: Annotated[
        bool, typer.Option("--accept-unread", help=label("cli.option.accept-unread"))
    ] = False,
    text: Annotated[bool, typer.Option("--text", help=label("cli.option.text"))] = False,
    start: first_hour.Start = None,
    sheet: Annotated[Path | None, typer.Option("--sheet", help=label("cli.option.review-sheet"))] = None,
    config: Config = None,
) -> None:
    if template:
        write_form(file, year)
        return
    if text:
        show_text(file)
        return
    if file.suffix.lower() in REGISTERS and is_register(found := read_text(file)):
        registers.take_back(file, read_register(found), config, dry_run=dry_run, yes=yes)
        return
    known: dict[str, str] = {} if dry_run else of_store(config, forms.times, {})
    draft, said = read(file, year, known), dict[str, str]()
    if not (dry_run or yes) and sys.stdin.isatty() and (said := ask_columns(draft)):
        draft = read(file, year, known | said)
    if draft.is_offered and not dry_run:
        draft = of_store(config, partial(drafts.accepted, draft=draft), draft)
    if not (dry_run or yes):
        draft = with_proposed_year(draft)
    if as_json:
        echo(draft.as_json(plan_words.finding))
    show_draft(draft, to_stderr=as_json)
    if dry_run and not as_json:
        show_entries(draft)
    if sheet is not None:
        _write_sheet(sheet, draft)
    if dry_run or sheet is not None:
        return
    if yes and not accept_unread:
        refuse_unread(draft)
    with opened(config, may_create=True) as desk:
        starts = start or (first_hour.NOW if yes else first_hour.LATER)
        how = partial(register, is_active=activate, ask=not yes, to_stderr=as_json)
        how(desk, draft, file.name, said=said, starts=starts)
