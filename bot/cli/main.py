"""`gihan …`: the command line. Every error is one clear line on standard error, never a traceback."""

import errno
import os
import sys
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.cli import language
from bot.cli.commands import COMMANDS, Lazy, told
from bot.texts import terminal
from bot.texts.terminal import OutputError, echo
from gihan import __version__
from plans.text.characters import composed
from reports.texts.speaking import LANGUAGES, known

DONE, FAILED, WRONG_USE = 0, 1, 2


class Program(Lazy):
    """The commands of the table."""

    def __init__(self, **given: Any) -> None:
        super().__init__(COMMANDS, **given)


cli = typer.Typer(
    name="gihan",
    cls=Program,
    help=told("cli.help.about"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        echo(f"gihan {__version__}")
        raise typer.Exit


def _check_language(said: str | None) -> str | None:
    if said is not None and known(said) is None:
        from bot.cli.wrong_use import OwnError  # noqa: PLC0415 - what goes well says nothing
        from bot.texts.render import label  # noqa: PLC0415

        raise OwnError(label("cli.use.no-language", choices=LANGUAGES))
    return said


@cli.callback()
def program(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help=told("cli.help.version")),
    ] = False,
    _lang: Annotated[
        str | None,
        typer.Option(language.OPTION, callback=_check_language, metavar="ko|en", help=told("cli.help.lang")),
    ] = None,
) -> None:
    """What every command begins with: nothing. The language was chosen before all of it (bot/cli/language.py)."""


def main() -> None:
    """The console script: exit codes 0 done, 1 a check failed, 2 wrong use, wrong settings or unreadable input,
    75 something temporary (EX_TEMPFAIL of sysexits)."""
    terminal.prepare()
    code = _written()
    terminal.give_up()
    sys.exit(code)


def _written() -> int:
    """The code of the command, once all it printed is out; a reader who has read enough is no fault to tell."""
    try:
        code = _guarded()
        sys.stdout.flush()
    except OutputError as error:
        if error.errno == errno.EPIPE:
            return FAILED
        from bot.texts.render import label  # noqa: PLC0415 - what goes well says nothing

        return _fault(label("cli.terminal.unwritten", why=error.strerror), FAILED)
    return code


def _guarded() -> int:
    try:
        code = cli(args=_arguments(), standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _fault(told("cli.help.stopped"), FAILED)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            echo(str(error))
            return WRONG_USE
        from bot.cli.wrong_use import told as told_wrong  # noqa: PLC0415 - what goes well says nothing

        return _fault(told_wrong(error), WRONG_USE)
    except OutputError:
        raise
    except Exception as error:
        from bot.cli import faults  # noqa: PLC0415 - it knows the errors of every room

        return _fault(*faults.told(error))
    return code if isinstance(code, int) else DONE


def _arguments() -> list[str]:
    """What was typed, composed; the name of a file is as its folder has it. Bytes are read as UTF-8, whatever language
    the system was told."""
    typed = language.in_front(sys.argv[1:])
    return [one if os.path.exists(one) else composed(_read(one)) for one in typed]  # noqa: PTH110 - never raises


def _read(argument: str) -> str:
    return argument if argument.isascii() else os.fsencode(argument).decode("utf-8", "replace")


def _fault(message: str, code: int) -> int:
    from bot.ops.logs import redact  # noqa: PLC0415 - what goes well says nothing

    with suppress(OutputError):  # the code tells it alone
        for one in message.splitlines():
            echo(redact(f"gihan: {one}"), err=True)
    return code
