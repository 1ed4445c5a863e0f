"""What is wrong with the words of a command, and what to write instead, in the language that is spoken: the parser's own
sentences are English ones."""

import errno
import os
import re
from pathlib import Path
from typing import Any

import typer

from bot.texts.render import label

_BRACKETED = re.compile(r" \((.*)\)$", re.DOTALL)  # the words that stand there too much


class NoCommandError(typer.BadParameter):
    """There is no command of that name; `like` are those that come near."""

    def __init__(self, name: str, like: list[str], ctx: Any) -> None:
        super().__init__(name, ctx)
        self.name, self.like = name, like


class OwnError(typer.BadParameter):
    """The sentence is the program's own already."""


def told(error: Any) -> str:
    """One line: what is wrong, and where all of the command is explained."""
    path = error.ctx.command_path if getattr(error, "ctx", None) is not None else "gihan"
    return f"{_fault(error)} {label('cli.use.help', command=path)}"


def _fault(error: Any) -> str:
    kind = type(error).__name__
    if isinstance(error, OwnError):
        return str(error.message)
    if isinstance(error, NoCommandError):
        return label("cli.use.no-command", name=error.name, like=error.like)
    if kind == "NoSuchOption":
        return label("cli.use.no-option", name=error.option_name, like=sorted(error.possibilities or ()))
    if kind == "BadOptionUsage":
        flag = getattr(_option(error), "is_flag", False)
        return label("cli.use.takes-none" if flag else "cli.use.takes-one", name=error.option_name)
    param = getattr(error, "param", None)
    if param is None:
        words = _BRACKETED.search(str(error.message))
        return label("cli.use.too-many", words=words[1] if words else str(error.message))
    facts = {"name": _name(param), "about": param.help or "", "choices": _choices(param)}
    if kind == "MissingParameter":
        return label("cli.use.missing", **facts)
    return label("cli.use.wrong", **facts, why=_why(param, error))


def _option(error: Any) -> Any:
    params = error.ctx.command.params if error.ctx is not None else []
    return next((one for one in params if error.option_name in one.opts), None)


def _name(param: Any) -> str:
    """As it is typed: an option with its dashes, an argument as the help calls it."""
    is_option = param.param_type_name == "option"
    return str(max(param.opts, key=len) if is_option else param.display_name_raw)


def _choices(param: Any) -> list[str]:
    return [str(getattr(one, "value", one)) for one in param.type_descriptor.choices or ()]


def _why(param: Any, error: Any) -> str:
    """Of a path what the system says of it; of other values what they have to be, which their help tells."""
    text = str(error.message)
    quoted = text.partition("'")[2].rpartition("'")[0]
    if param.type_descriptor.annotation is Path and quoted and not Path(quoted).exists():
        return os.strerror(errno.ENOENT)
    return quoted.partition("'")[0]
