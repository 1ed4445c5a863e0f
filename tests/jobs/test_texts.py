"""The texts of jobs: every one that is asked for is there, every one that is there is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import jobs
from jobs import texts

ROOM = Path(jobs.__file__).parent
CALL = re.compile(r'(?<![\w.])(?:line|words|label|kept)\(\s*f?"([a-z-]+\.[a-z.{][^"]*)"')


def asked_for() -> set[str]:
    """The keys in the code of jobs, and of bot where it has a word of theirs; one that is put together is a pattern."""
    own = [path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py")]
    keys = {key for text in own for key in CALL.findall(text)}
    bots = [path.read_text(encoding="utf-8") for path in (ROOM.parent / "bot").rglob("*.py")]
    keys |= {
        key
        for text in bots
        for key in CALL.findall(text)
        if "from jobs.texts import" in text and is_there(key)
    }
    return {re.sub(r"\{[^}]*\}", "[a-z-]+", key) for key in keys}


def is_there(key: str) -> bool:
    return any(one == key or one.startswith(f"{key}.") for one in texts.CATALOGUE.now().keys())  # noqa: SIM118


def test_every_text_that_is_asked_for_is_there_and_every_one_that_is_there_is_asked_for() -> None:
    there = set(texts.CATALOGUE.now().keys())
    asked = there | {key.rpartition(".")[0] for key in there}
    used = {key for key in asked if any(re.fullmatch(one, key) for one in asked_for())}
    assert {key for key in there if key not in used and key.rpartition(".")[0] not in used} == set()
    assert [one for one in asked_for() if not any(re.fullmatch(one, key) for key in asked)] == []
