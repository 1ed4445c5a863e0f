"""Every pattern of the house, with the place it stands in and how it is matched."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.house.ambiguity import Mode

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "gihan", "jobs", "plans", "reports", "sandbox", "store")
FUNCTIONS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
TRIED = "가나"  # stands for what only a running function knows


@dataclass(frozen=True)
class Written:
    """`where`: file and line, or module and name; `is_long`: it reads documents, which may have long lines."""

    where: str
    pattern: str
    flags: int
    mode: Mode


def modules() -> list[ModuleType]:
    """All modules of the rooms, migrations left out: they read no foreign text."""
    found = []
    for room in ROOMS:
        package = importlib.import_module(room)
        found.append(package)
        for one in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in one.name and not one.name.endswith("__main__"):
                found.append(importlib.import_module(one.name))
    return found


def all_patterns() -> list[Written]:
    """Each pattern once: the attributes of modules, whatever holds them, and those written within functions."""
    known: dict[tuple[str, int], Written] = {}
    house = modules()
    uses = _uses(house)
    for module in house:
        for name, value in vars(module).items():
            for path, found in _held(name, value, set()):
                modes = uses[module.__name__].get(name, set()) | uses["*"].get(name, set())
                _add(known, f"{module.__name__}.{path}", found.pattern, found.flags, _strictest(modes))
        for one in _inline(module):
            _add(known, one.where, one.pattern, one.flags, one.mode)
    return sorted(known.values(), key=lambda one: one.where)


def _add(known: dict[tuple[str, int], Written], where: str, pattern: object, flags: int, mode: Mode) -> None:
    if not isinstance(pattern, str):
        assert isinstance(pattern, bytes)
        pattern, flags = pattern.decode("latin-1"), flags | re.ASCII
    flags &= ~re.DEBUG
    before = known.get((pattern, flags))
    if before is None or (before.mode != "search" and mode == "search"):
        known[pattern, flags] = Written(where if before is None else before.where, pattern, flags, mode)


def _held(path: str, value: object, seen: set[int]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns in the value, in containers and in objects of the house, too."""
    if isinstance(value, re.Pattern):
        yield path, value
    elif id(value) in seen or isinstance(value, str | bytes | int | float | ModuleType):
        return
    else:
        seen.add(id(value))
        parts: Iterable[tuple[object, object]] = ()
        if isinstance(value, dict):
            parts = [
                *((f"{key!r:.20}", key) for key in value),
                *((f"{key!r:.20}", one) for key, one in value.items()),
            ]
        elif isinstance(value, list | tuple | set | frozenset):
            parts = list(enumerate(value))
        elif type(value).__module__.split(".")[0] in ROOMS:
            parts = list(getattr(value, "__dict__", {}).items())
        for key, one in parts:
            yield from _held(f"{path}[{key}]", one, seen)


def _strictest(modes: set[Mode]) -> Mode:
    if modes == {"fullmatch"}:
        return "fullmatch"
    return "match" if modes and modes <= {"match", "fullmatch"} else "search"


def _uses(house: list[ModuleType]) -> dict[str, dict[str, set[Mode]]]:
    """Module -> name -> how its pattern is called there; "*" for names that other modules import."""
    found: dict[str, dict[str, set[Mode]]] = defaultdict(lambda: defaultdict(set))
    for module in house:
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS and node.attr != "compile":
                name = ast.unparse(node.value).split(".")[-1]
                mode: Mode = (
                    "fullmatch" if node.attr == "fullmatch" else "match" if node.attr == "match" else "search"
                )
                found[module.__name__][name].add(mode)
                if not name.startswith("_"):
                    found["*"][name].add(mode)
    return found


@cache
def _tree(module: ModuleType) -> ast.Module:
    assert module.__file__ is not None
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def _inline(module: ModuleType) -> Iterator[Written]:
    """Patterns given to `re.search` and its like."""
    assert module.__file__ is not None
    path = Path(module.__file__).relative_to(ROOT)
    for node in ast.walk(_tree(module)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if ast.unparse(node.func.value) != "re" or node.func.attr not in FUNCTIONS or not node.args:
            continue
        name = node.func.attr
        mode: Mode = "fullmatch" if name == "fullmatch" else "match" if name == "match" else "search"
        for pattern in [_value(node.args[0], module), *_of_table(node.args[0], module)]:
            if not isinstance(pattern, str | bytes):
                continue
            flags = re.compile(pattern, _flags(node, module)).flags
            text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
            if name != "compile" or not _at_top(node, module):
                yield Written(f"{path}:{node.lineno}", text, flags, mode)


def _of_table(node: ast.expr, module: ModuleType) -> list[str]:
    """The patterns of the module's table that the name goes through: `for kind, words in LISTS.items()`."""
    loops = [one for one in ast.walk(_tree(module)) if isinstance(one, ast.comprehension | ast.For)]
    mine = [one for one in loops if ast.unparse(node) in ast.unparse(one.target).strip("()").split(", ")]
    tables = [table for one in mine if not isinstance(table := _value(one.iter, module), str | Exception)]
    rows = [row for table in tables if isinstance(table, Iterable) for row in table]
    return [
        one for row in rows for one in (row if isinstance(row, tuple) else (row,)) if isinstance(one, str)
    ]


def _at_top(node: ast.Call, module: ModuleType) -> bool:
    return any(
        isinstance(one, ast.Assign | ast.AnnAssign)
        and one.lineno <= node.lineno <= (one.end_lineno or one.lineno)
        for one in _tree(module).body
    )


def _value(node: ast.expr, module: ModuleType) -> object:
    """What the expression gives in its module; what only a function knows is replaced."""
    local = {
        one.id: TRIED for one in ast.walk(node) if isinstance(one, ast.Name) and not hasattr(module, one.id)
    }
    local = {name: value for name, value in local.items() if name not in __builtins__}  # type: ignore[operator]
    try:
        return eval(compile(ast.Expression(node), "<pattern>", "eval"), {**vars(module), **local})
    except Exception as error:
        return error


def _flags(node: ast.Call, module: ModuleType) -> int:
    given = (_value(one, module) for one in [*node.args[1:], *(one.value for one in node.keywords)])
    return sum(one for one in given if isinstance(one, re.RegexFlag))
