"""`gihan kpi lag …`: what is asked over lists of indicators, from the shell: laggards, stage by stage, and the review's paper."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.asks import worded as ask_words
from bot.chat.turn import UsageError
from bot.cli.asks import shown_before
from bot.cli.files import write
from bot.cli.kpi import As, Year
from bot.cli.options import Config
from bot.cli.rights import Acting, acting, day_of
from bot.indicators import worded
from bot.indicators.worded import refusals
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.asks.opening import open_, outlook
from jobs.authority.permissions import Action
from jobs.indicators import laggards
from jobs.plans.registration import RegisterError
from reports import indicator_asks
from reports.texts.speaking import speaking


class Act(StrEnum):
    """What is done about laggards."""

    SHOW = "show"
    OPEN = "open"
    PACK = "pack"


def lag(
    act: Annotated[Act, typer.Argument(help=label("cli.option.lag-act"))] = Act.SHOW,
    stage: Annotated[str | None, typer.Option("--stage", help=label("cli.option.lag-stage"))] = None,
    due: Annotated[str | None, typer.Option("--due", help=label("cli.option.ask-due"))] = None,
    year: Year = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=label("cli.option.lag-output"))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    with acting(config, person, "kpi", refusals()) as here, ask_words.refusals():
        here.ensure(Action.KPI)
        if act is Act.PACK:
            _pack(here, year, output)
            return
        bound, day = here.desk.rules.indicators.bound, _due(here, due)
        found = laggards.plan(here.session, day, here.desk.today, bound, stage=_stage(stage), year=year)
        for row in found.rows:
            echo(worded.line_of(row))
        for row in found.without:
            echo(label("cli.kpi.lag-nobody", number=row.no, name=row.name))
        shown_before(here, found.opening, outlook(here.session, found.opening, here.desk.today))
        if act is Act.SHOW or dry_run:
            return
        here.ensure(Action.ASKS)
        if not yes:
            typer.confirm(label("cli.asks.confirm"), abort=True)
        made = open_(here.deed, found.opening)
        echo(label("cli.asks.opened", number=made.id, title=made.title))


def _due(here: Acting, said: str | None) -> date:
    """As typed, else as laggards have it."""
    return day_of(said, here.desk) if said else laggards.usual_due(here.desk.today, here.desk.rules.calendar)


def _stage(said: str | None) -> str | None:
    if said is None:
        return None
    found = indicator_asks.stage_said(said)
    if found is None:
        names = [indicator_asks.stage_name(one) for one in indicator_asks.STAGES]
        raise UsageError(label("cli.kpi.no-word", said=said, choices=names))
    return found


def _pack(here: Acting, year: int | None, output: Path | None) -> None:
    from reports.meetings import files  # noqa: PLC0415 - openpyxl and python-docx take long to load

    makers = {".xlsx": files.workbook, ".docx": files.document}
    make = makers.get(output.suffix.lower()) if output is not None else None
    if output is None or make is None:
        raise RegisterError(label("cli.kpi.wrong-ending", names=list(makers)))
    bound, of_year = here.desk.rules.indicators.bound, year or here.desk.today.year
    with speaking(None):
        content = make(laggards.paper(here.session, here.desk.today, bound, of_year))
    write(output, content)
    echo(label("cli.meetings.pack", path=output))
