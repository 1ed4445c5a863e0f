"""`gihan run`: the bot itself."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import app
from bot.cli.options import Config
from bot.ops import logs
from bot.settings import load


def run(
    wait: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="저장소·포트·텔레그램을 기다리는 초. 지나면 75로 끝납니다(기본: 될 때까지).",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    settings = load(config)
    logs.configure(settings.log.level)
    app.run(settings, wait)
