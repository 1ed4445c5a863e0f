"""`gihan report`, `gihan material`, `gihan bureaus` and `gihan round …`: the quarterly result on the command line."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.cli import bureaus as lists
from bot.cli.files import write
from bot.cli.options import Config, Desk, opened
from bot.cli.rights import acting, day_of
from bot.rounds import publish, which
from bot.rounds.entry import refusals
from bot.rounds.opening import limits_of, period_for
from bot.speech.dates import Leaning
from bot.texts import round_words
from bot.texts.render import label, labels
from bot.texts.terminal import echo
from jobs.authority.permissions import Action
from jobs.plans.registration import RegisterError
from jobs.rounds import lifecycle
from jobs.rounds.lifecycle import Opening, name_of
from reports import weekly, weekly_files
from reports.period import Period, examples, period_of, read_period
from reports.texts.speaking import speaking
from store import rounds as kept
from store.models import Round, SnapshotRow

WEEK = "week"  # instead of a quarter

Yes = Annotated[bool, typer.Option("--yes", help=label("cli.option.takes-rest"))]
PeriodText = Annotated[
    str, typer.Argument(help=label("cli.option.period", examples=examples()), show_default=False)
]


def _period(text: str, desk: Desk, session: Session | None = None) -> Period:
    """A quarter; where a store is looked into, also a round by its name."""
    found = read_period(text, desk.now.year)
    if found is None and session is not None:
        found = which.period_named(session, text, desk.now.year)
    if found is None:
        raise RegisterError(label("cli.rounds.no-period", text=text, examples=examples()))
    return found


def report(
    period: PeriodText,
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.report"))],
    config: Config = None,
) -> None:
    if period == WEEK:
        week_report(output, config)
        return
    form = publish.form_of(output.name)
    with opened(config) as desk, desk.store.read() as session:
        wanted, own = _period(period, desk, session), desk.settings.organisation
        with speaking(None):  # what is printed is the organisation's
            result = publish.result_of(
                session, wanted, desk.settings.review, own.name, desk.now, own.timezone
            )
            content = form(result)
    write(output, content)
    echo(label("cli.rounds.made", path=output, period=result.period.label, count=result.total))
    for finding in result.findings:
        echo(f"[{finding.kind.value}] {finding.text}", err=True)


def week_report(output: Path, config: Path | None) -> None:
    """`gihan report week`: this week's 주간업무보고 of the whole office."""
    if output.suffix.lower() not in {".txt", ".xlsx"}:
        raise RegisterError(label("cli.rounds.not-week-file"))
    with opened(config) as desk, desk.store.read() as session:
        own = desk.settings.organisation
        is_sheet = output.suffix.lower() == ".xlsx"
        with speaking(None):
            week = weekly.week_of(session, desk.today, own.zone)
            made = (
                weekly_files.xlsx(week, own.name) if is_sheet else weekly_files.text(week, own.name).encode()
            )
    write(output, made)
    finished, ahead, waiting = (week.count(part) for part in weekly.Part)
    echo(
        label(
            "cli.rounds.week",
            path=output,
            departments=len(week.departments),
            finished=finished,
            ahead=ahead,
            waiting=waiting,
        )
    )


def material(
    period: PeriodText,
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.xlsx"))],
    config: Config = None,
) -> None:
    if output.suffix.lower() != ".xlsx":
        raise RegisterError(label("cli.rounds.not-xlsx"))
    with opened(config) as desk, desk.store.read() as session:
        own = desk.settings.organisation
        with speaking(None):
            found = publish.material(
                session,
                _period(period, desk, session),
                own.name,
                desk.now,
                own.timezone,
                desk.settings.review,
            )
            sheet = publish.material_sheet(found)
    write(output, sheet)
    echo(
        label(
            "cli.rounds.material",
            path=output,
            departments=len(found.departments),
            count=found.total,
            missing=found.missing,
        )
    )
    for of, one, text in found.doubts:
        echo(label("cli.rounds.doubt", department=of.name, no=one.no, text=text))


def bureaus(
    file: Annotated[Path, typer.Argument(help=label("cli.option.bureaus"), show_default=False)],
    yes: Yes = False,
    config: Config = None,
) -> None:
    with opened(config) as desk:
        echo(lists.import_bureaus(desk.store, file, desk.now, takes_rest=yes))


def import_round(
    period: PeriodText,
    file: Annotated[Path, typer.Argument(help=label("cli.option.statuses"), show_default=False)],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=label("cli.option.as-of"))
    ] = None,
    yes: Yes = False,
    config: Config = None,
) -> None:
    day = as_of.date() if as_of is not None else None
    with opened(config) as desk:
        wanted = _period(period, desk)
        echo(lists.import_quarter(desk.store, wanted, file, day, desk.now, desk.rules, takes_rest=yes))


def open_round(
    quarter: Annotated[str, typer.Option("--quarter", help=label("cli.option.round-quarter"))] = "",
    name: Annotated[str, typer.Option("--name", help=label("cli.option.round-name"))] = "",
    due: Annotated[str, typer.Option("--due", help=label("cli.option.round-due"))] = "",
    second: Annotated[str, typer.Option("--second-due", help=label("cli.option.round-second"))] = "",
    as_of: Annotated[str, typer.Option("--as-of", help=label("cli.option.round-as-of"))] = "",
    scope: Annotated[str, typer.Option("--scope", help=label("cli.option.round-scope"))] = "",
    basis: Annotated[str | None, typer.Option("--basis", help=label("cli.option.ask-basis"))] = None,
    is_begun: Annotated[bool, typer.Option("--begin", help=label("cli.option.round-begin"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    person: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help=label("cli.option.ask-as"))
    ] = None,
    config: Config = None,
) -> None:
    with acting(config, person, "round", refusals()) as here:
        here.ensure(Action.ROUNDS)
        session, desk = here.session, here.desk
        wanted = _period(quarter, desk) if quarter else None
        day = day_of(as_of, desk, Leaning.PAST) if as_of else wanted.last_day if wanted else desk.today
        limits = limits_of(session, scope)
        period = period_for(session, wanted, " ".join(name.split()), limits, day)
        if period is None:
            raise UsageError(label("cli.rounds.quarter-or-name"))
        first, last = (day_of(one, desk) if one else None for one in (due, second))
        opening = Opening(period, day, basis=basis, **limits, first_due_on=first, second_due_on=last)
        made = lifecycle.announce(here.deed, opening, desk.settings.review)
        count = len(kept.scoped(session, made.scope))
        echo(label("cli.rounds.would", period=period, day=day.isoformat(), due=first, count=count))
        others = [name_of(one) for one in kept.unsettled(session) if one.id != made.id]
        if others:
            echo(label("cli.rounds.beside", names=", ".join(others)))
        if not yes:
            typer.confirm(label("cli.rounds.confirm"), abort=True)
        if is_begun:
            lifecycle.begin(here.deed, made.id)
        echo(label("cli.rounds.opened", period=period, number=made.number, is_begun=is_begun))


def list_rounds(config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session:
        counted = select(SnapshotRow.round_id, func.count()).group_by(SnapshotRow.round_id)
        counts = {row[0]: row[1] for row in session.execute(counted)}
        order = (Round.year.desc(), Round.quarter.desc(), Round.as_of_on.desc(), Round.id.desc())
        found = list(session.scalars(select(Round).order_by(*order)))
    if not found:
        echo(label("cli.rounds.none"))
        return
    table = Table(*labels("cli.rounds.head"), box=None, pad_edge=False)
    for one in found:
        name, state = str(period_of(one)), round_words.states()[one.state]
        table.add_row(name, one.as_of_on.isoformat(), state, str(counts.get(one.id, 0)))
    Console().print(table)
