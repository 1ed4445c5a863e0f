"""In which language the command line speaks: `--lang`, before or behind the command, else that of the system (LC_ALL,
LC_MESSAGES, LANG), else the organisation's (its settings' file). Chosen before anything else is loaded: help is made then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.typed import TYPED
from bot.settings_file import glanced
from reports.texts.speaking import Language, known, settle, turn_to

OPTION = "--lang"
CONFIG = "--config"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
UNTOLD = frozenset({"", "C", "POSIX"})


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Speak so from now on, where a language is chosen; else as the organisation does."""
    if (found := chosen(arguments, environ)) is not None:
        turn_to(found)
        return
    house = known(glanced(_config(arguments), environ)) or _foreign(environ)
    if house is not None:
        settle(house)


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> Language | None:
    """None where nobody has chosen one that there is: a system that was told nothing (C, POSIX) chooses none."""
    if (said := _option(OPTION, arguments)) is not None:
        return known(said)
    told = next((environ[one] for one in VARIABLES if environ.get(one)), None)
    return known(told)


def _foreign(environ: Mapping[str, str]) -> Language | None:
    """English for whoever has told the system another language; a system that was told nothing (C, POSIX) has none."""
    told = next((environ[one] for one in VARIABLES if environ.get(one)), "").partition(".")[0]
    return "en" if told not in UNTOLD else None


def in_front(arguments: Sequence[str]) -> list[str]:
    """`--lang` and its word before the command, wherever they were typed: the program alone takes them."""
    place, length = _place(OPTION, arguments)
    own = [*arguments[place : place + length]]
    return [*own, *arguments[:place], *arguments[place + length :]]


def _config(arguments: Sequence[str]) -> Path | None:
    named = _option(CONFIG, arguments)
    return Path(named) if named else None


def _option(name: str, arguments: Sequence[str]) -> str | None:
    place, length = _place(name, arguments)
    if not length:
        return None
    word = arguments[place]
    return word.partition("=")[2] if "=" in word else next(iter(arguments[place + 1 :]), "")


def _place(name: str, arguments: Sequence[str]) -> tuple[int, int]:
    """Where an option stands and how many words it is, 0 where nobody typed it: what is typed as in the chat, or behind a
    bare --, is somebody's words."""
    for place, one in enumerate(arguments):
        if one == name:
            return place, 2
        if one.startswith(f"{name}="):
            return place, 1
        if one in TYPED or one == "--":
            break
    return 0, 0
