"""`gihan backup`, `gihan restore` and `gihan db upgrade`: the store as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import opening
from bot.cli.options import Config, Force, settings_of
from bot.ops.nightly_backup import NAME
from bot.settings import Settings
from bot.texts import render
from bot.texts.terminal import echo
from jobs.clock import real_now
from jobs.restore import Restored, Wish, go_back
from store.backup import backup as backups
from store.backup.archive import Manifest
from store.db import schema


def backup(
    file: Annotated[Path, typer.Argument(help="만들 파일, 또는 폴더(이름은 시각으로)", show_default=False)],
    force: Force = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    now = real_now()
    path = file / NAME.format(now.astimezone(settings.organisation.zone)) if file.is_dir() else file
    store = opening.connect(settings)
    opening.ensure_there(store)
    try:
        manifest = backups.backup(store, path, now, overwrite=force)
    finally:
        store.close()
    echo(f"{path}: {_contents(manifest)} ({path.stat().st_size:,}바이트)")


def _contents(manifest: Manifest) -> str:
    return f"표 {len(manifest.tables)}개 {manifest.rows:,}행, 형식 {manifest.version}"


def restore(
    file: Annotated[Path, typer.Argument(help="gihan backup 이 만든 파일", show_default=False)],
    force: Force = False,
    moved: Annotated[
        bool,
        typer.Option("--moved", help="백업 뒤에 아무것도 바뀌지 않은 저장소를 옮길 때. 그대로 이어 갑니다."),
    ] = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    now = opening.clock_of(settings).now()
    today = opening.rules_of(settings).calendar.local_date(now)
    store = opening.connect(settings)
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
    store = opening.connect(settings_of(config))
    opening.upgrade(store)
    store.close()
    echo(f"저장소 형식: {schema.newest_version()}")
