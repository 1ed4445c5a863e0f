"""`gihan audit`: the log searched and exported on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from bot.audit import files, search
from bot.audit.words import ACTION_WORDS
from bot.cli import tables
from bot.cli.files import write
from bot.cli.options import AsJson, Config, opened
from bot.speech.dates import Leaning, When
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from store import audit as log

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
        found = [
            search.row(one, zone) for one in log.search(session, looked, limit=None if is_whole else limit)
        ]
    if output is not None and form is not None:
        write(output, form(found))
        echo(label("cli.audit.written", count=len(found), path=output), err=True)
    elif as_json:
        tables.print_json(found)
    else:
        for one in found:
            when = f"{render.long_day(one.at.date())} {one.at:%H:%M}"
            action = ACTION_WORDS.get(one.action, one.action)
            echo("\t".join([when, one.actor, action, one.subject, one.reason or ""]))
        echo(label("cli.audit.shown", total=total, count=len(found), zone=zone.key), err=True)
