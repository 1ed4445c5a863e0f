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
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                for argument in _arguments(node, marker):
                    found[argument].append(f"{path.relative_to(TESTS)}::{node.name}")
    return dict(found)


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef, marker: str) -> Iterator[object]:
    for one in function.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func) == f"pytest.mark.{marker}":
            yield from (ast.literal_eval(argument) for argument in one.args)
