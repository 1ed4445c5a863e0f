"""`gihan audit`: the log searched and exported on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from bot.audit import files, search
from bot.audit.wording import Wording, action_of
from bot.cli import tables
from bot.cli.files import write
from bot.cli.options import AsJson, Config, opened
from bot.speech.dates import Leaning, When
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from store import audit as log
from store.models import AuditEntry

Words = Annotated[
    list[str] | None,
    typer.Argument(help=label("cli.option.search")),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help=label("cli.option.log-file"))]
Limit = Annotated[int, typer.Option("--limit", min=1, help=label("cli.option.limit"))]


def audit(
    words: Words = None,
    output: Output = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    form = files.form_of(output.name) if output is not None else None
    is_whole = as_json or output is not None
    with opened(config) as desk, desk.store.read() as session:
        zone, past = desk.settings.organisation.zone, When(desk.today, Leaning.PAST, desk.rules.calendar)
        looked = search.wanted(session, " ".join(words or []), past, zone)
        total = log.count(session, looked)
        found = log.search(session, looked, limit=None if is_whole else limit)
        if output is not None and form is not None:
            write(output, form(files.Table(session, zone, found)))
            echo(label("cli.audit.written", count=len(found), path=output), err=True)
        elif as_json:
            tables.print_json([files.row(one, zone) for one in found])
        else:
            wording = Wording(session, zone)
            for one in found:
                echo("\t".join(_cells(wording, one)))
            echo(label("cli.audit.shown", total=total, count=len(found), zone=zone.key), err=True)


def _cells(wording: Wording, entry: AuditEntry) -> list[str]:
    """A line of the terminal: when, who, what, about what, what changed, why."""
    local = entry.at.astimezone(wording.zone)
    when = f"{render.long_day(local.date())} {local:%H:%M}"
    deed = [when, entry.actor, action_of(entry.action), wording.subject(entry)]
    return [*deed, ", ".join(wording.changes(entry)), entry.reason or ""]
