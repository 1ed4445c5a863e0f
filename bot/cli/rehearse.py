"""`gihan rehearse`: what the policy would send over a span, before the first message goes out."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import tables
from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.cli.wrong_use import OwnError
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.rehearsal.cast import cast
from jobs.rehearsal.rehearsal import rehearse as replay
from reports.drawing.apart import drawn
from reports.rehearsal import Rehearsal
from reports.rehearsal_words import assumed, rule_words

MOST_YEARS = 5
PEOPLE_SHOWN = 10


def _day(text: str, option: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise OwnError(label("cli.rehearse.no-day", option=option, text=text)) from None


def _span(first: str, last: str) -> tuple[date, date]:
    start, end = _day(first, "--from"), _day(last, "--to")
    if end < start:
        raise OwnError(label("cli.rehearse.reversed", last=end, first=start))
    if end.year - start.year >= MOST_YEARS:
        raise OwnError(label("cli.rehearse.too-long", years=MOST_YEARS))
    return start, end


def rehearse(
    first: Annotated[str, typer.Option("--from", help=label("cli.option.first"), show_default=False)],
    last: Annotated[str, typer.Option("--to", help=label("cli.option.last"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=label("cli.option.json"))] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", help=label("cli.option.load-picture"), show_default=False)
    ] = None,
    on_time: Annotated[
        bool,
        typer.Option("--on-time", help=label("cli.option.on-time")),
    ] = False,
    config: Config = None,
) -> None:
    start, end = _span(first, last)
    if picture is not None and (picture.suffix.lower() != ".png" or not picture.parent.is_dir()):
        raise OwnError(label("cli.rehearse.no-picture"))
    with opened(config) as desk, desk.store.read() as session:
        found = replay(cast(session, end), desk.rules, start, end, is_on_time=on_time)
    if picture is not None:
        write(picture, drawn(found))
    if as_json:
        tables.print_json(found)
    else:
        echo(report(found))


def report(found: Rehearsal) -> str:
    """For a terminal: the sums, the busiest days, who gets most, which rules."""
    return render.plain(
        "rehearsal",
        found=found,
        assumes=assumed(found.assumes),
        mean=f"{found.mean:.1f}",
        people=found.people[:PEOPLE_SHOWN],
        rules=[(rule_words(one.rule), one.lines) for one in found.rules],
        unasked=len({one.id for one in found.unasked}),
    )
