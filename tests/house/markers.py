"""Reads which tests bear a marker with arguments, such as `@pytest.mark.pitfall(4)`, from the sources."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]


@cache
def named(marker: str) -> dict[object, list[str]]:
    """Argument -> the tests that name it, as the sources have it."""
    found: dict[object, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if f"mark.{marker}(" not in text:
            continue
        tree = ast.parse(text)
        of_all = [argument for one in _of_module(tree) for argument in _arguments(one, marker)]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                own = [argument for one in node.decorator_list for argument in _arguments(one, marker)]
                for argument in dict.fromkeys([*of_all, *own]):
                    found[argument].append(f"{path.relative_to(TESTS)}::{node.name}")
    return dict(found)


def _of_module(tree: ast.Module) -> Iterator[ast.expr]:
    """The marks of `pytestmark`, which all tests of the module bear."""
    for one in tree.body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "pytestmark":
            yield from one.value.elts if isinstance(one.value, ast.List) else [one.value]


def _arguments(mark: ast.expr, marker: str) -> Iterator[object]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == f"pytest.mark.{marker}":
        yield from (ast.literal_eval(argument) for argument in mark.args)
