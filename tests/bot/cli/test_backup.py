"""`gihan backup` and `gihan restore`."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.bot.cli.test_cli import SAMPLE
from tests.shell import Shell


@pytest.fixture
def city(gihan: Shell) -> Shell:
    """The made-up plan is registered as an active one."""
    gihan("import", str(SAMPLE), "--yes", "--activate")
    return gihan


def test_the_restored_store_lists_the_same(city: Shell) -> None:
    before = json.loads(city("list", "--json"))
    city("backup", "one.zip")
    (city.folder / "gihan.db").unlink()
    assert "백업을 되돌렸습니다" in city("restore", "one.zip")
    assert json.loads(city("list", "--json")) == before != []


def test_it_overwrites_neither_file_nor_store_unasked(city: Shell) -> None:
    city("backup", "one.zip")
    assert "--force" in city("backup", "one.zip", code=2)
    assert "--force" in city("restore", "one.zip", code=2)
    city("backup", "one.zip", "--force")
    assert "전에 있던 내용" in city("restore", "one.zip", "--force")


def test_a_folder_gets_a_file_named_by_the_time(city: Shell) -> None:
    (city.folder / "kept").mkdir()
    city("backup", "kept")
    assert len(list((city.folder / "kept").glob("gihan-*.zip"))) == 1


def test_a_store_that_is_not_there_is_told_and_not_made(gihan: Shell) -> None:
    assert "저장소가 없습니다" in gihan("backup", "one.zip", code=2)
    assert list(gihan.folder.iterdir()) == []


def test_a_file_that_is_no_backup_is_one_line(city: Shell) -> None:
    (city.folder / "x.zip").write_bytes(b"PK")
    for name in ("x.zip", "none.zip"):
        assert len(city("restore", name, code=2).strip().splitlines()) == 1


def test_a_move_says_so(city: Shell) -> None:
    city("backup", "one.zip")
    moved = city("restore", "one.zip", "--moved", GIHAN_STORE__URL="sqlite:///new.db")
    assert "그대로 이어 갑니다" in moved
    assert len(json.loads(city("list", "--json", GIHAN_STORE__URL="sqlite:///new.db"))) > 0


def test_a_store_of_an_older_version_is_backed_up_before_the_upgrade(city: Shell) -> None:
    with sqlite3.connect(city.folder / "gihan.db") as raw:
        raw.execute("CREATE TABLE unknown_to_this_program (id INTEGER PRIMARY KEY)")
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert "9999" in city("backup", "one.zip")
    assert "더 새로운" in city("restore", "one.zip", code=2, GIHAN_STORE__URL="sqlite:///new.db")


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize("is_linked", [False, True])
def test_no_force_writes_a_backup_over_the_store(city: Shell, is_linked: bool) -> None:
    store = city.folder / "gihan.db"
    if is_linked:
        (city.folder / "one.zip").symlink_to(store)
    before = json.loads(city("list", "--json"))
    assert "저장소 자체" in city("backup", "one.zip" if is_linked else "gihan.db", "--force", code=2)
    assert json.loads(city("list", "--json")) == before != []


def test_no_force_writes_a_backup_over_what_is_none(city: Shell) -> None:
    (city.folder / "config.toml").write_text("", encoding="utf-8")
    assert "백업이 아닌" in city("backup", "config.toml", "--force", code=2)


@pytest.mark.open_door("kind D")
def test_a_store_that_was_emptied_is_no_new_one(city: Shell) -> None:
    """Its lock file tells that somebody has run on it."""
    (city.folder / "gihan.db").write_bytes(b"")
    (city.folder / "gihan.db.lock").write_text("{}", encoding="utf-8")
    assert "비었습니다" in city("db", "upgrade", code=2)
    assert (city.folder / "gihan.db").read_bytes() == b""
    (city.folder / "gihan.db.lock").unlink()
    city("db", "upgrade")
