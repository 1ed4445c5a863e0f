"""Which ways a text can go: what it asks of its facts, read from its own source, so that each answer is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import Environment, meta, nodes

Facts = Mapping[str, Any]
_STEPS: Final = {"lt": (-1, 0), "lteq": (0, 1), "gt": (0, 1), "gteq": (-1, 0)}


def facts_of(environment: Environment, source: str) -> set[str]:
    """The names that it takes from outside."""
    return meta.find_undeclared_variables(environment.parse(source)) - set(environment.globals)


def ways(environment: Environment, source: str, usual: Facts) -> Iterator[dict[str, Any]]:
    """No fact but the usual, then for each answer to each question that it asks of one of them the fact which gives it;
    the parts of a thing (`milestone.due_on`) are left as they are."""
    yield {}
    for test in _tests(environment.parse(source)):
        for name, value in _answers(test, usual):
            yield {name: value}


def _tests(tree: nodes.Template) -> Iterator[nodes.Node]:
    asking: tuple[type[nodes.If | nodes.CondExpr], ...] = (nodes.If, nodes.CondExpr)
    for asked in tree.find_all(asking):
        yield from _single(asked.test)
    for one in tree.find_all(nodes.Getitem):  # {"deaf": …}[cause]
        if isinstance(one.node, nodes.Dict) and isinstance(one.arg, nodes.Name):
            yield from (nodes.Compare(one.arg, [nodes.Operand("eq", pair.key)]) for pair in one.node.items)


def _single(test: nodes.Node) -> Iterator[nodes.Node]:
    """The questions of a condition without and, or, not."""
    if isinstance(test, nodes.And | nodes.Or):
        yield from (*_single(test.left), *_single(test.right))
    elif isinstance(test, nodes.Not):
        yield from _single(test.node)
    else:
        yield test


def _answers(test: nodes.Node, usual: Facts) -> Iterator[tuple[str, Any]]:
    if isinstance(test, nodes.Name) and test.name in usual:
        yield test.name, _opposite(usual[test.name])
    elif isinstance(test, nodes.Compare) and isinstance(test.expr, nodes.Name) and test.expr.name in usual:
        operand = test.ops[0]
        if isinstance(operand.expr, nodes.Const):
            yield from ((test.expr.name, one) for one in _compared(operand.op, operand.expr.value))


def _opposite(value: Any) -> Any:
    """What is nothing where that is something, of the same kind; of nothing only a flag has another."""
    if isinstance(value, bool):
        return not value
    return type(value)() if isinstance(value, str | int | float | list | dict | tuple) else None


def _compared(how: str, value: Any) -> Iterator[Any]:
    if value is None or how in {"eq", "ne"}:
        yield value
    elif how in _STEPS and isinstance(value, int):
        yield from (value + step for step in _STEPS[how])
