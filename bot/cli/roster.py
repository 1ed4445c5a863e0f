"""`gihan roster FILE`: leads, heads and contacts, who stand in no plan, from a sheet; differences are shown first."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.texts import plan_words
from bot.texts.render import label
from bot.texts.roster_words import told
from bot.texts.terminal import echo
from jobs.people.roster import take_over
from jobs.plans.registration import RegisterError
from plans.readers.document import read_text
from plans.sheet.roster import FORM, read_roster


def roster(
    file: Annotated[Path, typer.Argument(help=label("cli.option.roster"), show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))] = False,
    template: Annotated[bool, typer.Option("--template", help=label("cli.option.empty-list"))] = False,
    config: Config = None,
) -> None:
    if template:
        _write_template(file)
        return
    found = read_roster(read_text(file))
    if found.faults:
        raise RegisterError("\n".join([*plan_words.faults(found.faults), label("cli.people.nothing")]))
    with opened(config, may_create=True) as desk, desk.store.write() as session:
        changes = take_over(desk.deed(session, f"roster:{file.name}"), found.rows)
        for one in changes:
            echo(told(one))
        if not changes:
            echo(label("cli.roster.same"))
        elif dry_run:
            session.rollback()
        else:
            if not yes:
                typer.confirm(label("cli.roster.ask", count=len(changes)), abort=True)
            echo(label("cli.roster.done", count=len(changes)))


def _write_template(file: Path) -> None:
    if file.suffix.lower() != ".xlsx" or file.exists():
        raise RegisterError(label("cli.roster.not-new"))
    write(file, FORM.empty(plan_words.line("roster.sheet"), plan_words.roster_example()))
    echo(label("cli.roster.made", path=file))
