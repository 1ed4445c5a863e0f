"""Every text of the catalogue, in every language that it has: how it looks with made-up facts, where it stands, and what stands
beside it. A text of which nothing is told, or with a fact that nobody has made up, is a fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment

from bot.privacy import guard
from bot.privacy.levels import Level
from bot.texts import plan_words, render
from reports.quarterly import page
from reports.texts import headers
from reports.texts.catalogue import Catalogue, strict
from reports.texts.headers import Header
from reports.texts.speaking import speaking
from tests.messages.branches import facts_of, ways
from tests.messages.facts import further, of
from tests.reports.quarterly.samples import city

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("bot", "reports", "jobs", "sandbox")
WHOLE: Final = (".txt", ".html", ".js")
_KEY: Final = re.compile(r"([\w\"'.:-]+) *=")
_TABLE: Final = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True)
class Look:
    """How a text looks: `html` as Telegram or a page shows it, and which facts made it so where they are not the usual."""

    html: str
    otherwise: str = ""


@dataclass(frozen=True)
class Text:
    """`name`: of a whole text its file's, of a line its key. `place`: file and line."""

    name: str
    place: str
    looks: list[Look]


@dataclass(frozen=True)
class Group:
    """Texts that go out together: a whole one alone, or a table of lines."""

    language: str
    file: str
    name: str
    header: Header
    texts: list[Text] = field(default_factory=list)


class UntoldError(LookupError):
    """A text, or a table of them, says nothing of when it goes out, to whom, under which condition."""


def languages() -> list[str]:
    """Those that every room has a folder of: one that is being written is not spoken yet."""
    folders = [{one.name for one in (ROOT / room / "texts").iterdir() if _is_language(one)} for room in ROOMS]
    return sorted(set.intersection(*folders))


def _is_language(folder: Path) -> bool:
    return folder.is_dir() and any(folder.rglob("*.toml"))


@cache
def groups(language: str) -> tuple[Group, ...]:
    """All of a language, made once."""
    return tuple(fresh_groups(language))


def fresh_groups(language: str) -> Iterator[Group]:
    """They are made room by room, as the files lie. Raises UntoldError, KeyError for a fact that nobody has made up."""
    with guard.speaking(Level.FULL), speaking(language):
        for room in ROOMS:
            for path in sorted((ROOT / room / "texts" / language).rglob("*")):
                if path.suffix in WHOLE:
                    yield _whole(language, room, path)
                elif path.suffix == ".toml":
                    yield from _tables(language, room, path)


def _whole(language: str, room: str, path: Path) -> Group:
    header = headers.of_template(path)
    if header is None:
        raise UntoldError(f"{_file(path)}: the first lines say nothing of when, to and if")
    name = path.stem if room == "bot" else path.name
    looks = _rendered(language, path.stem) if room == "bot" else [Look(_document(path))]
    return Group(language, _file(path), name, header, [Text(name, f"{_file(path)}:{header.line}", looks)])


def _rendered(language: str, name: str) -> list[Look]:
    """A message in each of its ways, through the environment that makes messages."""
    environment = render.environment(language)
    source = render.catalogue(language).templates[name].read_text(encoding="utf-8")
    usual = {one: of(name, one) for one in facts_of(environment, source)}

    def made(facts: dict[str, Any]) -> str:
        told = guard.facts(name, dict(facts))
        return environment.get_template(name).render(told).strip()

    found = _looks(environment, source, usual, made, further(name, usual))
    if "takes_in()" in source:
        with guard.speaking(Level.MINIMAL):
            found.append(Look(made(usual), f"privacy.level = {Level.MINIMAL}"))
    return found


def _document(path: Path) -> str:
    """What is no message: a result's page and text, and the sandbox's own page."""
    made = {"result.html": page.html, "result.txt": page.text}.get(path.name)
    whole = made(city()) if made else path.read_text(encoding="utf-8")
    is_page = path.suffix == ".html"
    return f'<iframe sandbox srcdoc="{escape(whole)}"></iframe>' if is_page else escape(whole)


def _tables(language: str, room: str, path: Path) -> Iterator[Group]:
    """The tables of a file of lines, each with what stands above it."""
    said, lines = headers.of_tables(path), places(path)
    found: dict[str, list[Text]] = {}
    for key, value in leaves(tomllib.loads(path.read_text(encoding="utf-8"))):
        table = _table(key, said)
        if said.get(table) is None:
            raise UntoldError(f"{_file(path)}: nothing above [{table}] says when, to and if")
        place = f"{_file(path)}:{_line(key, lines)}"
        found.setdefault(table, []).append(Text(key, place, _line_looks(language, room, path, key, value)))
    for table, texts in found.items():
        yield Group(language, _file(path), f"[{table}]" if table else "", said[table], texts)  # type: ignore[arg-type]


def _table(key: str, said: dict[str, Header | None]) -> str:
    """The innermost table of the file that holds the key."""
    while key:
        key = key.rpartition(".")[0]
        if key in said:
            return key
    return ""


def _line_looks(language: str, room: str, path: Path, key: str, value: Any) -> list[Look]:
    if isinstance(value, list):
        return [Look(" | ".join(map(escape, value)))]
    if room == "sandbox":
        told = {name: of(f"sandbox.{key}", name) for name in re.findall(r"\{(\w+)", value)}
        return [Look(escape(value.format(**told)))]
    catalogue, prefix, capability = _catalogue(language, room, path)
    if "{" not in value:
        return [Look(_shown(room, path, value))]
    name = f"{prefix}{capability}.{key}"
    usual = {one: of(name, one) for one in facts_of(catalogue.environment, value)}

    def made(facts: dict[str, Any]) -> str:
        told = guard.facts(name, dict(facts)) if room == "bot" and not prefix else facts
        return _shown(room, path, catalogue.line(f"{capability}.{key}", **told))

    return _looks(catalogue.environment, value, usual, made)


def _catalogue(language: str, room: str, path: Path) -> tuple[Catalogue, str, str]:
    """Where a file's lines are asked for, what the names of their facts begin with, and those of the lines."""
    if room == "bot" and path.parent.name == "plans":
        return _plain("bot", f"{language}/plans"), "plans:", path.stem
    if room == "bot":
        return render.catalogue(language), "", path.parent.name
    capability = path.parent.name if path.stem == "lines" else path.stem
    return _plain(room, language), f"{room}:", capability


@cache
def _plain(room: str, folder: str) -> Catalogue:
    """Texts that are no messages."""
    return Catalogue(room, language=folder, environment=plan_words._environment if room == "bot" else strict)


def _shown(room: str, path: Path, text: str) -> str:
    """Lines of the bot are HTML already; what reads plans, reports and jobs is plain."""
    return text if room == "bot" and path.name == "lines.toml" else escape(text)


def _looks(
    environment: Environment,
    source: str,
    usual: dict[str, Any],
    made: Callable[[dict[str, Any]], str],
    more: Iterable[dict[str, Any]] = (),
) -> list[Look]:
    """Each different look once, the usual first."""
    found: dict[str, str] = {}
    for one in (*ways(environment, source, usual), *more):
        otherwise = ", ".join(f"{name} = {_said(value)}" for name, value in one.items())
        found.setdefault(made(usual | one), otherwise)
    return [Look(html, otherwise) for html, otherwise in found.items()]


def _said(value: Any) -> str:
    """How a fact is told of: a thing by its kind."""
    if isinstance(value, str | int):
        return repr(value) if value != "" else "–"
    return type(value).__name__ if value else "–"


def leaves(found: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every line and list of a file, by its key."""
    for key, value in found.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def places(path: Path) -> dict[str, int]:
    """The line of every key that begins one."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if head := _TABLE.match(line):
            table = f"{head[1]}."
        elif key := _KEY.match(line):
            found.setdefault(table + key[1].replace('"', ""), number)
    return found


def _line(key: str, lines: dict[str, int]) -> int:
    """Of a key inside an inline table: of that table."""
    while key not in lines and "." in key:
        key = key.rpartition(".")[0]
    return lines[key]


def _file(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
