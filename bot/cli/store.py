"""`gihan backup`, `gihan restore` and `gihan db upgrade`: the store as a whole."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot import open_store
from bot.cli.options import Config, Force, settings_of
from bot.ops.before_upgrade import keep_before_upgrade
from bot.settings import Settings
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.clock import real_now
from jobs.restore import Restored, Wish, go_back
from store.backup import backup as backups
from store.backup.archive import Manifest
from store.backup.retention import NAME
from store.db import schema


def backup(
    file: Annotated[Path, typer.Argument(help=label("cli.option.backup"), show_default=False)],
    force: Force = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    now = real_now()
    path = file / NAME.format(now.astimezone(settings.organisation.zone)) if file.is_dir() else file
    store = open_store.connect(settings)
    open_store.ensure_there(store)
    try:
        manifest = backups.backup(store, path, now, overwrite=force)
    finally:
        store.close()
    echo(label("cli.store.backup", path=path, contents=_contents(manifest), size=f"{path.stat().st_size:,}"))


def _contents(manifest: Manifest) -> str:
    return label(
        "cli.store.contents", tables=len(manifest.tables), rows=f"{manifest.rows:,}", version=manifest.version
    )


def restore(
    file: Annotated[Path, typer.Argument(help=label("cli.option.backup-file"), show_default=False)],
    force: Force = False,
    moved: Annotated[
        bool,
        typer.Option("--moved", help=label("cli.option.moved")),
    ] = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    now = open_store.clock_of(settings).now()
    today = open_store.rules_of(settings).calendar.local_date(now)
    store = open_store.connect(settings)
    try:
        done = go_back(store, file, Wish(now, today, real_now(), force=force, is_moved=moved))
    finally:
        store.close()
    echo(_report(done, settings, is_moved=moved))


def _report(done: Restored, settings: Settings, *, is_moved: bool) -> str:
    """What was done, and what the operator should know and do now."""
    facts = {
        "contents": _contents(done.manifest),
        "made_at": done.manifest.made_at,
        "zone": settings.organisation.zone,
        "done": done,
        "is_moved": is_moved,
    }
    return render.plain("restored_report", **facts)


def upgrade(config: Config = None) -> None:
    settings = settings_of(config)
    with closing(open_store.connect(settings)) as store:
        kept = keep_before_upgrade(settings, store)
        open_store.upgrade(store)
    if kept is not None:
        echo(label("cli.store.kept", path=kept))
    echo(label("cli.store.version", version=schema.newest_version()))
