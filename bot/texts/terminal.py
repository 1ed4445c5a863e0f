"""What commands print: words of people and documents reach a terminal without anything that it would obey, and whatever
it can show and wherever it leads, nothing that is printed is lost without a word."""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import suppress
from typing import Any

import typer

from plans.text.characters import visible

INPUT, OUTPUT, ERRORS = range(3)  # what the system calls them


class OutputError(OSError):
    """It cannot be written: a full disk, a closed output, a reader who is gone (EPIPE)."""


class Stream(io.TextIOWrapper):
    """Where commands print; what its letters have no sign for is written as its number."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error


def prepare() -> None:
    """Once, before anything is printed. What was closed before the start is held, lest a file that is opened later takes
    its place and is printed into."""
    for number, flags in (INPUT, os.O_RDONLY), (OUTPUT, os.O_RDONLY), (ERRORS, os.O_WRONLY):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
    sys.stdin = sys.stdin or open(INPUT, closefd=False, encoding="utf-8")  # noqa: SIM115 - it stays
    if type(sys.stdin) is io.TextIOWrapper:
        sys.stdin.reconfigure(encoding=_letters(sys.stdin.encoding), errors="replace")
    sys.stdout = _stream(sys.stdout, OUTPUT)
    sys.stderr = _stream(sys.stderr, ERRORS)


def _stream(there: Any, number: int) -> Any:
    """As it is where somebody has put another in its place."""
    if there is None:
        raw = open(number, "wb", closefd=False)  # noqa: SIM115 - it stays
        return Stream(raw, "utf-8", "backslashreplace", line_buffering=number == ERRORS)
    if type(there) is not io.TextIOWrapper:
        return there
    encoding, by_lines = _letters(there.encoding), there.line_buffering
    return Stream(there.detach(), encoding, "backslashreplace", line_buffering=by_lines)


def _letters(encoding: str) -> str:
    """ASCII is nobody's choice: that is a system which was told no language."""
    return "utf-8" if codecs.lookup(encoding).name == "ascii" else encoding


def give_up() -> None:
    """Nothing more is written, and nothing is said of what still waits to be."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for one in (sys.stdout, sys.stderr):
        try:
            one.flush()
        except OutputError:
            with suppress(OSError):
                os.dup2(nowhere, one.fileno())
    os.close(nowhere)


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """A line on standard output, or on standard error; without its end where it has one already."""
    typer.echo(visible(text), err=err, nl=nl)


def cell(text: str) -> str:
    """The same words for a table or a line of rich, which has its own marks."""
    from rich.markup import escape  # noqa: PLC0415 - most commands print no table

    return escape(visible(text))
