"""`gihan texts "완료로 등록"`: the file and line in which a text stands, from a part of it or from a message as it came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated

import typer

from bot.texts.render import label
from bot.texts.terminal import echo
from reports.texts.headers import header

ROOMS = (
    "bot",
    "jobs",
    "reports",
    "sandbox",
)  # each has its texts in a folder of that name, a folder a language
KINDS = ".txt", ".toml", ".html", ".js"
LEAST = 6  # so many letters of a line must stand in a message for the line to be named
_FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|</?[a-z][^<>]*>")
_BLANKS = re.compile(r"\s+")

Said = Annotated[str, typer.Argument(metavar="TEXT", help=label("cli.texts.said"), show_default=False)]


@dataclass(frozen=True)
class Line:
    """A line of a catalogue. `place`: "bot/texts/ko/…/done.txt:3"."""

    place: str
    words: str

    def holds(self, said: str) -> bool:
        """What is looked for is a part of the line, or the line with its facts filled in is a part of it."""
        if said in self.words or said in _one_line(_FILLED.sub("", self.words)):
            return True
        own = [_one_line(one) for one in _FILLED.split(self.words)]
        if sum(map(len, own)) < LEAST:
            return False
        return re.search(".*?".join(re.escape(one) for one in own if one), said) is not None


def texts(text: Said) -> None:
    said = _one_line(text)
    found = [one for one in lines() if said and one.holds(said)]
    for one in found:
        echo(f"{one.place}: {one.words}")
    if not found:
        echo(label("cli.texts.none"), err=True)
        raise typer.Exit(1)


def lines() -> Iterator[Line]:
    """Every line of every text, in the order of the rooms, folders and files; what stands beside a text is none."""
    for room in ROOMS:
        for place, file in _files(resources.files(room).joinpath("texts"), f"{room}/texts"):
            for number, words in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if words.strip() and header(words) is None:
                    yield Line(f"{place}:{number}", words.strip())


def _files(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda it: it.name):
        where = f"{place}/{one.name}"
        if one.is_dir():
            yield from _files(one, where)
        elif one.name.endswith(KINDS):
            yield where, one


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
