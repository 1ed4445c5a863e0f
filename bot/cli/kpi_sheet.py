"""`gihan kpi import FILE`: a register of indicators from somebody's own sheet, shown before it is entered, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from bot.asks.worded import faults as fault_lines
from bot.asks.worded import refusals as sheet_refusals
from bot.chat.turn import UsageError
from bot.cli import tables
from bot.cli.kpi import As
from bot.cli.options import AsJson, Config
from bot.cli.rights import acting
from bot.indicators import worded
from bot.indicators.worded import refusals
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.authority.permissions import Action
from jobs.indicators import sheet
from jobs.indicators.sheet import Difference, Row, Taken
from plans.readers.document import read_cells
from plans.sheet.indicators import IndicatorList, read_indicators


class Would(BaseModel):
    """What a register would do, for `--json`."""

    rows: int
    columns: dict[str, str]
    unread: list[str]
    new: int
    targets: int
    known: int
    proposed: list[Difference]


def import_(
    file: Annotated[Path, typer.Argument(help=label("cli.option.kpi-sheet"), show_default=False)],
    columns: Annotated[
        list[str] | None, typer.Option("--column", help=label("cli.option.kpi-column"))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))] = False,
    as_json: AsJson = False,
    person: As = None,
    config: Config = None,
) -> None:
    with acting(config, person, "kpi", refusals()) as here:
        here.ensure(Action.KPI)
        year = here.desk.today.year
        with sheet_refusals():
            found = read_indicators(read_cells(file), year, worded.columns_of(columns or []))
        rows, wrong = sheet.looked_up(here.session, found, year)
        if wrong:
            raise UsageError("\n".join([*fault_lines(wrong), label("cli.unchanged")]))
        with here.session.begin_nested() as trial:
            would = sheet.take(here.deed, rows)
            trial.rollback()
        _show(found, rows, would, as_json=as_json)
        if dry_run or not would.changes:
            return
        if not yes:
            typer.confirm(label("cli.items.confirm"), abort=True)
        done = sheet.take(here.deed, rows)
        if not as_json:
            echo(label("cli.kpi.imported", added=len(done.entered), targets=done.targets, known=done.known))


def _show(found: IndicatorList, rows: list[Row], would: Taken, *, as_json: bool) -> None:
    """What the register would do; what differs is told and changes nothing."""
    if as_json:
        tables.print_json(
            Would(
                rows=len(rows),
                columns=found.columns,
                unread=found.unread,
                new=len(would.entered),
                targets=would.targets,
                known=would.known,
                proposed=would.proposed,
            )
        )
        return
    echo(label("cli.items.would", count=len(rows), columns=list(found.columns.values()), unread=found.unread))
    echo(label("cli.kpi.would", added=len(would.entered), targets=would.targets, known=would.known))
    for one in would.proposed:
        echo(worded.difference(one))
    if would.proposed:
        echo(label("cli.kpi.proposes", count=len(would.proposed)))
