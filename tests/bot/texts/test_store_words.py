"""Every way in which the store says no has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts import store_words
from bot.texts.render import catalogue, words
from store.db.causes import LASTING, PASSING, WAITED_IN_VAIN, Cause
from store.db.errors import LostError, StoreError, UnavailableError

ROOT = Path(__file__).parents[3]
KINDS = {"StoreError", "UnavailableError", "LostError", "ReplacedError", "HeldError", "SecretFileError"}
OF_BACKUPS = {"BackupError", "ArchiveError"}


def raised() -> Iterator[tuple[str, str]]:
    """Kind and code of every error of the store that the code makes."""
    files = (path for room in ("store", "jobs", "bot") for path in (ROOT / room).rglob("*.py"))
    calls = (one for path in files for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    for one in calls:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in KINDS | OF_BACKUPS:
            code = one.args[0]
            if isinstance(code, ast.Constant):
                yield one.func.id, str(code.value)


def test_every_code_has_a_line() -> None:
    found = {f"store.backup.{code}" if kind in OF_BACKUPS else f"store.{code}" for kind, code in raised()}
    assert {"store.held", "store.second-name", "store.backup.empty"} <= found
    assert found - set(catalogue().keys()) == set()


def test_every_cause_of_a_database_has_its_words() -> None:
    assert {*LASTING, *PASSING, WAITED_IN_VAIN.kind, "unknown"} == set(words("store.cause"))


def test_a_cause_is_told_with_the_code_of_its_database() -> None:
    error = UnavailableError("unusable", cause=Cause("53100", "53", is_temporary=True), code="53100")
    assert store_words.told(error) == "store: 데이터베이스에 디스크나 메모리가 모자랍니다 (53100)."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            LostError("gone", path=Path("/srv/a<b&c.db")),
            "store.url: 실행 중에 /srv/a<b&c.db 파일이 없어졌습니다."
            " 백업을 되돌린 뒤(gihan restore) 다시 시작해 주십시오.",
        ),
        (
            StoreError("no-address", example="postgresql://user@host/db"),
            "store.url: sqlite:///gihan.db 또는 postgresql://user@host/db 형식이어야 합니다.",
        ),
    ],
)
def test_a_path_or_an_address_is_told_as_it_is(error: StoreError, said: str) -> None:
    assert store_words.told(error) == said
