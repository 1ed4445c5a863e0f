"""`gihan calendar`: the year's table (연간 일정표) as a spreadsheet; `gihan yearbook`: what the year leaves behind."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import yearbook as binding
from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.cli.status import ScopeName, scope_named
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.plans.registration import RegisterError
from reports import scope as scopes
from reports import year_sheet
from reports.texts.speaking import speaking
from reports.year import year_table

YEARS = range(1990, 2100)


def checked(year: int | None, this_year: int) -> int:
    """The year that is meant. Raises RegisterError for one that cannot be."""
    if year is not None and year not in YEARS:
        raise RegisterError(label("cli.calendar.year", year=year, current=this_year))
    return year or this_year


def calendar(
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.xlsx"))],
    year: Annotated[int | None, typer.Argument(help=label("cli.option.year"), show_default=False)] = None,
    scope: ScopeName = None,
    config: Config = None,
) -> None:
    if output.suffix.lower() != ".xlsx":
        raise RegisterError(label("cli.calendar.not-xlsx"))
    with opened(config) as desk, desk.store.read() as session:
        organisation = desk.settings.organisation
        wanted, named = checked(year, desk.now.year), scope_named(session, scope)
        within = [scopes.condition(named, desk.today)] if named is not None else []
        with speaking(None):  # what is printed is the organisation's
            table = year_table(
                session, wanted, named.name if named is not None else organisation.name, desk.now,
                organisation.zone.key, *within, reported_is_done=not desk.settings.approval.confirm_done,
            )  # fmt: skip
            sheet = year_sheet.xlsx(table)
    write(output, sheet)
    tasks = list(table.tasks())
    entries = sum(len(one.entries) for one in tasks)
    echo(label("cli.calendar.made", path=output, year=wanted, tasks=len(tasks), entries=entries))


def yearbook(
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.zip"))],
    year: Annotated[int | None, typer.Argument(help=label("cli.option.year"), show_default=False)] = None,
    config: Config = None,
) -> None:
    if output.suffix.lower() != ".zip":
        raise RegisterError(label("cli.calendar.not-zip"))
    with opened(config) as desk, desk.store.read() as session:
        wanted = checked(year, desk.now.year)
        with speaking(None):
            files = binding.files_of(session, wanted, desk.settings, desk.now)
    write(output, binding.zipped(files))
    echo(label("cli.calendar.bound", path=output, year=wanted, count=len(files), names=", ".join(files)))
