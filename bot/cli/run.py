"""`gihan run`: the bot itself."""

from typing import Annotated

import typer

from bot import app
from bot.cli.options import Config
from bot.ops import logs
from bot.settings import load
from bot.texts.render import label
from reports.texts.speaking import turn_to


def run(
    wait: Annotated[
        float | None,
        typer.Option(
            min=0,
            help=label("cli.option.wait"),
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    settings = load(config)
    turn_to(None)  # whoever started it, the bot speaks its organisation's language
    logs.configure(settings.log.level)
    app.run(settings, wait)
