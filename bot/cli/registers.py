"""The register as a sheet: written by `gihan list --sheet`, taken back by `gihan import`, shown before it counts."""

import sys
from pathlib import Path

import typer

from bot.cli.files import write
from bot.cli.options import Desk, opened
from bot.cli.wrong_use import OwnError
from bot.documents import register
from bot.texts import plan_words, render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.corrections import sheet
from jobs.corrections.register_sheet import register_sheet
from jobs.plans.registration import RegisterError
from plans.sheet.register import RegisterSheet


def write_out(file: Path, desk: Desk) -> None:
    """Every entry of the active plans, with its number."""
    if file.suffix.lower() != ".xlsx":
        raise RegisterError(label("cli.import.sheet-xlsx"))
    title, help_ = plan_words.register()
    with desk.store.read() as session:
        made = register_sheet(session, desk.today, title, help_)
    write(file, made)
    echo(label("cli.import.register-made", path=file), err=True)


def take_back(file: Path, found: RegisterSheet, config: Path | None, *, dry_run: bool, yes: bool) -> None:
    """Show what the sheet says otherwise, ask, and enter it in one transaction."""
    with opened(config) as desk:
        with desk.store.read() as session:
            made = sheet.compare(desk.deed(session, f"register:{file.name}"), found.rows)
            lines = [render.unmarked(register.told(one)) for one in made.found]
        for one in [*lines, *plan_words.faults(found.faults), *map(register.refused, made.refused)]:
            echo(f"  {one}")
        if not lines:
            echo(label("cli.import.same"))
        if dry_run or not lines:
            return
        _ask(len(lines), yes=yes)
        with desk.store.write() as session:
            deed = desk.deed(session, f"register:{file.name}")
            taken = sheet.take(deed, sheet.compare(deed, found.rows).found, file.name)
    echo(label("cli.import.register-taken", count=len(lines) - taken.asked, asked=taken.asked))


def _ask(count: int, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise OwnError(label("cli.import.needs-yes"))
    typer.confirm(label("cli.import.register-ask", count=count), abort=True, err=True)
