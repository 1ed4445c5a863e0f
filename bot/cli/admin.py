"""The operator's part of the command line: doctor, backup, restore, and the options every command shares."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import opening
from bot.cli import doctor as checks
from bot.ops import logs
from bot.settings import Settings, load
from bot.texts import render
from bot.texts.terminal import echo
from jobs import recovery
from jobs.clock import real_now
from jobs.recovery import Restored, Wish
from store.backup import backup as backups
from store.backup.archive import Manifest

FAILED = 1
NAME = "gihan-{:%Y%m%d-%H%M%S}.zip"  # of a backup for which only a folder is named

Config = Annotated[
    Path | None, typer.Option("--config", help="설정 파일 (기본: GIHAN_CONFIG, ./config.toml)")
]
Force = Annotated[bool, typer.Option("--force", help="이미 있는 것을 대신합니다.")]


def settings_of(config: Path | None, level: str = "WARNING") -> Settings:
    settings = load(config)
    logs.configure(level)
    return settings


def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", help="텔레그램에 묻지 않고 이 컴퓨터와 저장소만 봅니다.")
    ] = False,
    config: Config = None,
) -> None:
    """설정과 환경을 점검합니다. 아무것도 바꾸지 않으며, 고칠 것이 있으면 한 줄씩 알리고 1로 끝납니다."""
    logs.configure("ERROR")
    found = checks.examine(config, is_offline=offline)
    for fault in found.faults:
        echo(logs.redact(f"✗ {fault}"), err=True)
    if not found.faults:
        echo("✓ 이상 없습니다.")
    for one in found.advice:
        echo(logs.redact(f"· 권고: {one}"), err=bool(found.faults))
    if found.faults:
        raise typer.Exit(FAILED)


def backup(
    file: Annotated[Path, typer.Argument(help="만들 파일, 또는 폴더(이름은 시각으로)", show_default=False)],
    force: Force = False,
    config: Config = None,
) -> None:
    """저장소 전체를 한 파일로 백업합니다. gihan run이 실행 중이어도 됩니다."""
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
    """백업을 빈 저장소에 되돌립니다. gihan run을 먼저 끝내십시오."""
    settings = settings_of(config)
    now = opening.clock_of(settings).now()
    today = opening.rules_of(settings).calendar.local_date(now)
    store = opening.connect(settings)
    try:
        done = recovery.go_back(store, file, Wish(now, today, real_now(), force=force, is_moved=moved))
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
