"""`python -m tests.bot.cli.help_pages LANGUAGE`: the help of every command in that language, as JSON by what one types. In a
process of its own: helps are made once, when their module is loaded."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import typer

from reports.texts.speaking import known, turn_to


def pages(command: Any, ctx: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of a command and all beneath it; `untold` are its words without a help."""
    params = [*command.get_params(ctx)]
    untold = [one.name for one in params if not one.help]
    yield ctx.command_path, {"page": command.get_help(ctx), "untold": untold}
    for name, entry in getattr(command, "entries", {}).items():
        one = entry.load(name, f"{command.key}.{name}")
        yield from pages(one, one.context_class(one, info_name=name, parent=ctx))


def main(language: str) -> None:
    chosen = known(language)
    assert chosen is not None
    turn_to(chosen)
    from bot.cli.main import cli  # noqa: PLC0415 - its help is made in the language

    root = typer.main.get_command(cli)
    sys.stdout.write(json.dumps(dict(pages(root, typer.Context(root, info_name="gihan")))))


if __name__ == "__main__":
    main(sys.argv[1])
