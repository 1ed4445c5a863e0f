"""A catalogue of texts: every line, label and word that a person reads, by key and language; nothing of it stands in Python.

`<package>/<folder>/<language>/` holds `quarterly.toml`, whose lines begin with `quarterly.`, or a folder `delays/` with a
`lines.toml`, whose lines begin with `delays.`. A line is a Jinja template with the facts that it names. Nothing is read
before it is asked for, and what has no placeholder needs no Jinja.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.texts.speaking import FIRST, HOUSE, LANGUAGES, SPOKEN

if TYPE_CHECKING:
    from jinja2 import Environment, Template


class TextError(LookupError):
    """The catalogue has no such text: a fault of this program."""


class Catalogue:
    """The texts of one room in one language. `environment` makes the Jinja environment of a language at the first line
    that has a placeholder; it is what decides about escaping, filters and what may go out."""

    def __init__(
        self,
        package: str,
        folder: str = "texts",
        language: str = FIRST,
        environment: Callable[[str], Environment] | None = None,
    ) -> None:
        self.package, self.folder, self.language = package, folder, language
        self._make = environment
        self._made: Environment | None = None
        self._files: dict[str, dict[str, Any]] = {}
        self._found: dict[str, Any] = {}
        self._lines: dict[str, str | Template] = {}

    @property
    def environment(self) -> Environment:
        """Raises TextError where the catalogue was given none."""
        if self._made is None:
            if self._make is None:
                raise TextError(f"{self}: these texts have no placeholders")
            self._made = self._make(self.language)
        return self._made

    def line(self, key: str, /, **facts: object) -> str:
        """The text with its facts. Raises TextError without such a line, UndefinedError without a fact that it names."""
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._compiled(key)
        return found if isinstance(found, str) else found.render(facts)

    def labels(self, key: str) -> tuple[str, ...]:
        """A list of texts: the head of a table. Raises TextError without it."""
        found = self._of(key)
        if not isinstance(found, tuple):
            raise TextError(f"{self}: {key} is no list")
        return found

    def words(self, key: str) -> Mapping[str, str]:
        """What codes are called, by code. Raises TextError without such a table."""
        found = self._of(key)
        if not isinstance(found, dict):
            raise TextError(f"{self}: {key} is no table")
        return found

    def has(self, key: str) -> bool:
        """There is a text of that key."""
        try:
            self._of(key)
        except TextError:
            return False
        return True

    def keys(self) -> Iterator[str]:
        """Every line and list that there is, in order; for tests, and for whoever looks for a text."""
        for name in self._names():
            yield from _paths(name, self._file(name))

    @cached_property
    def templates(self) -> dict[str, Path]:
        """Where each whole message lies: a folder a capability, its name in one of them alone."""
        return {one.stem: one for one in sorted(self._root.glob("*/*.txt"))}

    def __str__(self) -> str:
        return f"{self.package}/{self.folder}/{self.language}"

    def _compiled(self, key: str) -> str | Template:
        found = self._of(key)
        if not isinstance(found, str):
            raise TextError(f"{self}: {key} is no line")
        if "{" not in found:
            return found
        made = self.environment.from_string(found)
        made.globals = dict(made.globals)  # Jinja keeps a chain of them, which is slow to copy at every line
        return made

    def _of(self, key: str) -> Any:
        if key not in self._found:
            name, *path = key.split(".")
            found: Any = self._file(name)
            for part in path:
                found = found.get(part) if isinstance(found, dict) else None
            if found is None:
                raise TextError(f"{self}: there is no text {key}")
            self._found[key] = tuple(found) if isinstance(found, list) else found
        return self._found[key]

    def _file(self, name: str) -> dict[str, Any]:
        if name not in self._files:
            places = self._root / f"{name}.toml", self._root / name / "lines.toml"
            there = [one for one in places if one.is_file()]
            self._files[name] = tomllib.loads(there[0].read_text(encoding="utf-8")) if there else {}
        return self._files[name]

    @property
    def _root(self) -> Path:  # importlib.resources would cost `gihan --help` some milliseconds
        return Path(import_module(self.package).__path__[0], self.folder, self.language)

    def _names(self) -> list[str]:
        files = [one.stem for one in self._root.glob("*.toml")]
        return sorted([*files, *(one.parent.name for one in self._root.glob("*/lines.toml"))])


class Spoken:
    """The texts of one room in the language that is spoken now (reports/texts/speaking.py). A text that it lacks is a
    TextError: nobody is told half in another. `within`: a folder of a language's."""

    def __init__(
        self,
        package: str,
        folder: str = "texts",
        within: str = "",
        environment: Callable[[str], Environment] | None = None,
    ) -> None:
        self.package, self.folder, self.within = package, folder, within
        self._make = environment
        self._made: dict[str, Catalogue] = {}

    def of(self, code: str) -> Catalogue:
        """Those of one language."""
        found = self._made.get(code)
        if found is None:
            within = f"{code}/{self.within}" if self.within else code
            found = self._made[code] = Catalogue(self.package, self.folder, within, self._make)
        return found

    def now(self) -> Catalogue:
        """Those of the language that is spoken now: speaking.language(), read in place because every text asks."""
        return self.of(SPOKEN.get() or HOUSE[0])

    def line(self, key: str, /, **facts: object) -> str:
        return self.now().line(key, **facts)

    def labels(self, key: str) -> tuple[str, ...]:
        return self.now().labels(key)

    def words(self, key: str) -> Mapping[str, str]:
        return self.now().words(key)

    def told(self, key: str) -> list[str]:
        """A line without placeholders in every language that has it: what is read may be in any."""
        return [catalogue.line(key) for catalogue in self._having(key)]

    def codes(self, key: str) -> dict[str, str]:
        """The same of a table: back from what its codes are called to the code."""
        return {word: code for one in self._having(key) for code, word in one.words(key).items()}

    def _having(self, key: str) -> Iterator[Catalogue]:
        for one in map(self.of, LANGUAGES):
            if one.has(key):
                yield one


def strict(language: str) -> Environment:
    """What most rooms print by; see reports/texts/templates.py."""
    from reports.texts import templates  # noqa: PLC0415 - most of what is done says nothing

    return templates.environment(language)


def _paths(name: str, found: Any) -> Iterator[str]:
    if not isinstance(found, dict):
        yield name
        return
    for key, inner in found.items():
        yield from _paths(f"{name}.{key}", inner)
