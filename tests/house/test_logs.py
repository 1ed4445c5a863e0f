"""What may be logged: known actions, ids and counts; held for every log call of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import ACTIONS

ROOT = Path(__file__).parents[2]
METHODS = {"debug", "info", "warning", "error", "exception", "critical"}
SHAPE = re.compile(r"action=([a-z-]+)((?: [a-z]+=@?%[sd])*)")
# ids and counts; words of ours (kind, fault); an error's class; our own public address and name
KEYS = {
    "inbox",
    "delivery",
    "milestone",
    "officer",
    "link",
    "count",
    "added",
    "changed",
    "failures",
    "attempts",
}
KEYS |= {"handover", "kind", "fault", "error", "bot", "web", "worker", "token", "seconds"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a module's `log`, with its place."""
    for room in ("bot", "jobs", "store", "reports", "plans"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    owner = node.func.value
                    if isinstance(owner, ast.Name) and owner.id == "log" and node.func.attr in METHODS:
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = dict(calls())


def faults(call: ast.Call) -> list[str]:
    """What is wrong with a log call; [] where nothing is."""
    first, *values = call.args
    text = first.value if isinstance(first, ast.Constant) else None
    found = SHAPE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return ["not of the form action=… key=%d"]
    keys = re.findall(r" ([a-z]+)=", found[2])
    wrong = [f"unknown action {found[1]}"] if found[1] not in ACTIONS else []
    wrong += [f"unknown key {key}" for key in keys if key not in KEYS]
    for key, value in zip(keys, values, strict=True):
        if key == "error" and not ast.unparse(value).startswith("type("):
            wrong.append("an error is told by its class only")
    return wrong


@pytest.mark.parametrize("place", sorted(CALLS))
def test_a_log_call_tells_an_action_and_ids(place: str) -> None:
    assert faults(CALLS[place]) == []


@pytest.mark.parametrize(
    "line",
    [
        "log.info('hello')",
        "log.info(f'action=sent delivery={x}')",
        "log.info('action=nonsense')",
        "log.info('action=sent title=%s', title)",
        "log.info('action=poll-failed error=%s', error)",
    ],
)
def test_the_check_would_see_a_careless_call(line: str) -> None:
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    assert faults(call)


def test_every_action_is_logged_somewhere() -> None:
    used = {
        str(call.args[0].value).split()[0][7:]
        for call in CALLS.values()
        if isinstance(call.args[0], ast.Constant)
    }
    assert used == set(ACTIONS)


def test_the_operators_handbook_lists_every_action_with_its_meaning() -> None:
    handbook = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `action=([a-z-]+)` \| (.*) \|$", handbook, re.MULTILINE)) == ACTIONS
