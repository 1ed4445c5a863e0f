"""In which language the command line speaks: `--lang`, before or behind the command, else that of the system (LC_ALL,
LC_MESSAGES, LANG), else the organisation's. Chosen before anything else is loaded: their help is made then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cli.typed import TYPED
from reports.texts.speaking import Language, known, turn_to

OPTION = "--lang"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Speak so from now on, where a language is chosen."""
    if (found := chosen(arguments, environ)) is not None:
        turn_to(found)


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> Language | None:
    """None where nobody has chosen one that there is: a system that was told nothing (C, POSIX) chooses none."""
    if (said := _option(arguments)) is not None:
        return known(said)
    told = next((environ[one] for one in VARIABLES if environ.get(one)), None)
    return known(told)


def in_front(arguments: Sequence[str]) -> list[str]:
    """`--lang` and its word before the command, wherever they were typed: the program alone takes them."""
    place, length = _place(arguments)
    own = [*arguments[place : place + length]]
    return [*own, *arguments[:place], *arguments[place + length :]]


def _option(arguments: Sequence[str]) -> str | None:
    place, length = _place(arguments)
    if not length:
        return None
    word = arguments[place]
    return word.partition("=")[2] if "=" in word else next(iter(arguments[place + 1 :]), "")


def _place(arguments: Sequence[str]) -> tuple[int, int]:
    """Where `--lang` stands and how many words it is, 0 where nobody typed it: what is typed as in the chat, or behind a
    bare --, is somebody's words."""
    for place, one in enumerate(arguments):
        if one == OPTION:
            return place, 2
        if one.startswith(f"{OPTION}="):
            return place, 1
        if one in TYPED or one == "--":
            break
    return 0, 0
