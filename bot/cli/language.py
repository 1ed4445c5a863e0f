"""In which language the command line speaks: `--lang`, else that of the system (LC_ALL, LC_MESSAGES, LANG), else the
organisation's. Chosen before anything else is loaded: the help of commands is made while they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def _option(arguments: Sequence[str]) -> str | None:
    """What stands behind `--lang` before the command."""
    for place, one in enumerate(arguments):
        if one == OPTION:
            return next(iter(arguments[place + 1 :]), "")
        if one.startswith(f"{OPTION}="):
            return one.partition("=")[2]
        if not one.startswith("-"):
            return None
    return None
