"""`gihan prune`: what may go by the retention of the settings goes."""

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.options import Config, opened
from bot.settings import RetentionSettings
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.restore import STORE
from store import retention
from store.retention import Kept


def prune(
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.prune"))] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk:
        kept = _kept(desk.settings.retention)
        if dry_run:
            with desk.store.read() as session:
                found = retention.due(session, kept, desk.now)
        else:
            with desk.store.write() as session:
                found = retention.prune(session, kept, desk.now)
                if any(found.values()):
                    desk.deed(session, "prune").record("pruned", STORE, after=dict(found))
    said = "would" if dry_run else "done"
    echo(label(f"cli.prune.{said}", count=f"{found['messages']:,}", rows=f"{found['invite']:,}"))


def _kept(settings: RetentionSettings) -> Kept:
    return Kept(timedelta(days=settings.messages_days), timedelta(days=settings.invites_days))
