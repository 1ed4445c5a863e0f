"""`gihan …`: the command line. Every error is one clear line on standard error, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.cli.commands import COMMANDS, Lazy
from bot.texts.terminal import echo
from gihan import __version__
from plans.characters import composed

DONE, FAILED, WRONG_USE = 0, 1, 2


class Program(Lazy):
    """The commands of the table."""

    def __init__(self, **given: Any) -> None:
        super().__init__(COMMANDS, **given)


cli = typer.Typer(
    name="gihan",
    cls=Program,
    help="기한(gihan): 계획 문서의 일정을 읽어 담당자에게 알리고, 완료와 연기를 기록합니다.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        echo(f"gihan {__version__}")
        raise typer.Exit


@cli.callback()
def program(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="이름과 버전을 출력합니다."),
    ] = False,
) -> None:
    """What every command begins with: nothing."""


def main() -> None:
    """The console script: exit codes 0 done, 1 a check failed, 2 wrong use, wrong settings or unreadable input,
    75 something temporary (EX_TEMPFAIL of sysexits)."""
    sys.exit(_guarded())


def _guarded() -> int:
    try:
        code = cli(args=_arguments(), standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _fault("그만두었습니다.", FAILED)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            echo(str(error))
            return WRONG_USE
        return _fault(str(getattr(error, "format_message", error.__str__)()), WRONG_USE)
    except Exception as error:
        from bot.cli import faults  # noqa: PLC0415 - it knows the errors of every room

        return _fault(*faults.told(error))
    return code if isinstance(code, int) else DONE


def _arguments() -> list[str]:
    """What was typed, composed; the name of a file is as its folder has it."""
    return [one if os.path.exists(one) else composed(one) for one in sys.argv[1:]]  # noqa: PTH110 - never raises


def _fault(message: str, code: int) -> int:
    from bot.ops.logs import redact  # noqa: PLC0415 - what goes well says nothing

    for one in message.splitlines():
        echo(redact(f"gihan: {one}"), err=True)
    return code
