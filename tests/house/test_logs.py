"""What may be logged: known actions, ids and counts; held for every log call of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts.render import words
from reports.texts.speaking import speaking

ROOT = Path(__file__).parents[2]
ACTIONS = "ops.actions"
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
KEYS |= {
    "ask",
    "bot",
    "cause",
    "chat",
    "error",
    "fault",
    "file",
    "handover",
    "kind",
    "plan",
    "seconds",
    "series",
    "token",
    "version",
    "web",
    "worker",
}


def log_call(node: ast.AST) -> ast.Call | None:
    """The call of a module's `log` that this is, at once or by when_committed(session, log.info, ...)."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name) and node.func.id == "when_committed":
        node = ast.copy_location(ast.Call(node.args[1], node.args[2:], node.keywords), node)
    match node.func:
        case ast.Attribute(value=ast.Name(id="log"), attr=method) if method in METHODS:
            return node
    return None


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a module's `log`, with its place."""
    for room in ("bot", "jobs", "store", "reports", "plans"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (call := log_call(node)) is not None:
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", call


CALLS = dict(calls())


def faults(call: ast.Call) -> list[str]:
    """What is wrong with a log call; [] where nothing is."""
    first, *values = call.args
    text = first.value if isinstance(first, ast.Constant) else None
    found = SHAPE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return ["not of the form action=… key=%d"]
    keys = re.findall(r" ([a-z]+)=", found[2])
    wrong = [f"unknown action {found[1]}"] if found[1] not in words(ACTIONS) else []
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
        "when_committed(session, log.info, 'action=sent title=%s', title)",
    ],
)
def test_the_check_would_see_a_careless_call(line: str) -> None:
    call = log_call(ast.parse(line, mode="eval").body)
    assert call is not None and faults(call)


def test_every_action_is_logged_somewhere() -> None:
    used = {
        str(call.args[0].value).split()[0][7:]
        for call in CALLS.values()
        if isinstance(call.args[0], ast.Constant)
    }
    assert used == set(words(ACTIONS))


@pytest.mark.parametrize(("language", "name"), [("ko", "operation.md"), ("en", "operation.en.md")])
def test_the_operators_handbook_lists_every_action_with_its_meaning(language: str, name: str) -> None:
    handbook = (ROOT / "docs" / name).read_text(encoding="utf-8")
    with speaking(language):
        meanings = words(ACTIONS)
    assert dict(re.findall(r"^\| `action=([a-z-]+)` \| (.*) \|$", handbook, re.MULTILINE)) == meanings
