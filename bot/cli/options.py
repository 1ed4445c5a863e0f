"""What the commands share: their common options, and the settings they begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import opening
from bot.ops import logs
from bot.settings import Settings, load
from store.db.engine import Store

FAILED = 1

Config = Annotated[
    Path | None, typer.Option("--config", help="설정 파일 (기본: GIHAN_CONFIG, ./config.toml)")
]
Force = Annotated[bool, typer.Option("--force", help="이미 있는 것을 대신합니다.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다.")]
PlanName = Annotated[str | None, typer.Option("--plan", help="계획 제목의 일부 또는 id")]


def settings_of(config: Path | None, level: str = "WARNING") -> Settings:
    settings = load(config)
    logs.configure(level)
    return settings


@contextmanager
def opened(config: Path | None, *, may_create: bool = False) -> Iterator[tuple[Settings, Store]]:
    """The settings and the store that most commands work on; closed with the block."""
    settings = settings_of(config)
    with closing(opening.open_store(settings, may_create=may_create)) as store:
        yield settings, store
