"""What commands print: words of people and documents reach a terminal without anything that it would obey."""

from __future__ import annotations

import typer

from plans.characters import visible


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """A line on standard output, or on standard error; without its end where it has one already."""
    typer.echo(visible(text), err=err, nl=nl)


def cell(text: str) -> str:
    """The same words for a table or a line of rich, which has its own marks."""
    from rich.markup import escape  # noqa: PLC0415 - most commands print no table

    return escape(visible(text))
