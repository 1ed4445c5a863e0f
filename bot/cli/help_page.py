"""How `--help` looks: headings, kinds of values and marks in the language that is spoken, lines by the width of letters on a
terminal; the parser has English ones only, and takes a Korean letter for as narrow as a Latin one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import east_asian_width

from reports.texts.catalogue import Spoken

_KINDS = {"str": "text", "path": "file", "int": "number", "int range": "number", "float range": "number"}
_PLACES = {"[OPTIONS]": "options", "COMMAND [ARGS]...": "command"}
_OWN = Spoken("bot")
_MARKED = "  ["  # what the parser puts behind a help
_NAMES = 30  # columns that names take at most
_GAP = "  "
_SENTENCE = re.compile(r"(?<=\.) ")


def write_usage(ctx: Any, pieces: list[str], formatter: Any) -> None:
    """`pieces`: of the parser, the options' and the command's place by their English names."""
    places = _OWN.words("cli.page.place")
    said = [places[_PLACES[one]] if one in _PLACES else one.replace("...", " …") for one in pieces]
    formatter.write_usage(ctx.command_path, " ".join(said), f"{_OWN.line('cli.page.usage')}: ")


def write_about(about: str | None, formatter: Any) -> None:
    """What the command is for."""
    formatter.write_paragraph()
    for line in _wrapped(about or "", formatter.width - len(_GAP)):
        formatter.write(f"{_GAP}{line}\n")


def write_words(ctx: Any, params: list[Any], formatter: Any) -> None:
    """What a command takes: its arguments, then its options."""
    for kind in ("argument", "option"):
        if rows := list(_rows(ctx, [one for one in params if one.param_type_name == kind])):
            with formatter.section(_OWN.line(f"cli.page.{kind}s")):
                _write_table(rows, formatter)


def write_commands(abouts: Mapping[str, str | None], formatter: Any) -> None:
    """The commands of a group, each with the first sentence of its help."""
    with formatter.section(_OWN.line("cli.page.commands")):
        _write_table([(name, _SENTENCE.split(about or "")[0]) for name, about in abouts.items()], formatter)


def _write_table(rows: list[tuple[str, str]], formatter: Any) -> None:
    """Names and what they are, side by side; a name too long for its column stands alone."""
    column = min(max(_columns(name) for name, _ in rows), _NAMES)
    for name, about in rows:
        lines = _wrapped(about, formatter.width - column - 2 * len(_GAP))
        if _columns(name) > column and about:
            formatter.write(f"{_GAP}{name}\n")
            name = ""  # noqa: PLW2901 - it is written
        for line in lines:
            formatter.write(f"{_GAP}{name}{' ' * (column - _columns(name))}{_GAP}{line}".rstrip() + "\n")
            name = ""  # noqa: PLW2901 - it is written


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _columns(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _columns(text: str) -> int:
    """How wide it is on a terminal."""
    return sum(1 + (east_asian_width(one) in "WF") for one in text)


def _rows(ctx: Any, params: list[Any]) -> Iterator[tuple[str, str]]:
    own = _OWN.words("cli.page.own")  # of the options that the parser brings along
    for one in params:
        if (record := one.get_help_record(ctx)) is not None:
            name, about = record
            help_ = str(one.help or "")
            marks = about.removeprefix(help_).removeprefix(_MARKED if help_ else _MARKED.strip())
            said = own.get(one.opts[0].lstrip("-"), help_)
            yield (
                _named(name),
                _MARKED.join([said, *[f"{_marks(marks)}]" for _ in (marks,) if marks]]).strip(),
            )


def _named(name: str) -> str:
    """The name with the kind of its value, which the parser calls as programmers do."""
    kinds = _OWN.words("cli.page.kind")
    for theirs, ours in _KINDS.items():
        name = name.replace(f"<list[{theirs}]>", f"<{kinds[ours]}>").replace(
            f"<{theirs}>", f"<{kinds[ours]}>"
        )
    return name


def _marks(found: str) -> str:
    """What the parser says of a value: that it must be there, what it is otherwise, in which bounds."""
    said = _OWN.words("cli.page.mark")
    parts = found.removesuffix("]").split("; ")
    return "; ".join(
        ": ".join([said.get(head, head), *rest]) for head, *rest in (one.split(": ") for one in parts)
    )
