"""`gihan handover FILE`: a whole hand-over list from the command line, shown before it is registered."""

from pathlib import Path
from typing import Annotated

import typer

from bot import open_store
from bot.cli.files import write
from bot.cli.options import Config, opened, settings_of
from bot.people import handover_list
from bot.texts import plan_words
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.people.handover import take_effect
from jobs.plans.registration import RegisterError
from plans.readers.document import read_text
from plans.sheet.handover import FORM, read_list


def handover(
    file: Annotated[Path, typer.Argument(help=label("cli.option.handovers"), show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    template: Annotated[bool, typer.Option("--template", help=label("cli.option.empty-list"))] = False,
    config: Config = None,
) -> None:
    if template:
        settings = settings_of(config)
        _write_template(file, open_store.clock_of(settings).now().astimezone(settings.organisation.zone).year)
        return
    found = read_list(read_text(file))
    with opened(config) as desk, desk.store.write() as session:
        deed = desk.deed(session, f"handover:{file.name}")
        maker = handover_list.operator(session, deed.who, desk.now, desk.today)
        rows, faults = handover_list.proposals(session, found, desk.today, desk.now, maker)
        if faults:
            raise RegisterError("\n".join([*faults, label("cli.people.nothing")]))
        for one in found.rows:
            echo(label("cli.people.row", day=one.day, giver=one.giver, taker=one.taker))
        if not yes:
            typer.confirm(label("cli.people.ask", count=len(rows)), abort=True)
        counts = handover_list.confirm_all(deed, rows)
        take_effect(session, desk.now, desk.today)
        waiting = handover_list.strangers(session, rows)
    echo(label("cli.people.done", count=len(rows), tasks=sum(counts)))
    if waiting:
        echo(label("cli.people.strangers", names=", ".join(waiting)), err=True)


def _write_template(file: Path, year: int) -> None:
    if file.suffix.lower() != ".xlsx" or file.exists():
        raise RegisterError(label("cli.people.not-new"))
    write(file, FORM.empty(plan_words.line("handovers.sheet"), plan_words.handover_example(year)))
    echo(label("cli.people.made", path=file))
