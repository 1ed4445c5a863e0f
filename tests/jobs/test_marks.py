"""Marks outlive the process, and what three processes did not outlive is not begun again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobs.marks import DeadlyError, Marks, lock_path, opened
from store.db.engine import Store

VERSION = "1"


def begin(path: Path, version: str = VERSION) -> Marks:
    return Marks(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), version)


UNENDED: list[object] = []  # who lets go of a work ends it


def die_of(marks: Marks, key: str) -> None:
    """As a process does that ends in the middle of its work: its file is all that stays."""
    work = marks.on(key)
    work.__enter__()
    UNENDED.append(work)
    marks.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "marks"


def test_what_three_processes_did_not_outlive_is_not_begun_again(file: Path) -> None:
    for _ in range(3):
        die_of(begin(file), "delivery:7")
    with pytest.raises(DeadlyError, match="delivery:7"), begin(file).on("delivery:7"):
        pytest.fail("it was begun")


def test_two_deaths_may_be_chance_and_are_forgotten_with_the_work_done(file: Path) -> None:
    for _ in range(2):
        die_of(begin(file), "delivery:7")
    with begin(file).on("delivery:7"):
        pass
    for _ in range(2):
        die_of(begin(file), "delivery:7")
    with begin(file).on("delivery:7"):
        pass


def test_two_deaths_make_it_suspect_and_a_trial_settles_it(file: Path) -> None:
    for _ in range(2):
        die_of(begin(file), "delivery:7")
    assert begin(file).is_suspect("delivery:7")
    begin(file).acquit("delivery:7")
    assert not begin(file).is_suspect("delivery:7")
    for _ in range(2):
        die_of(begin(file), "delivery:7")
    begin(file).condemn("delivery:7")
    with pytest.raises(DeadlyError), begin(file).on("delivery:7"):
        pytest.fail("it was begun")


def test_deaths_of_several_are_told_apart(file: Path) -> None:
    for key in ("a", "b", "a", "b", "a"):
        die_of(begin(file), key)
    with begin(file).on("b"):
        pass
    with pytest.raises(DeadlyError), begin(file).on("a"):
        pass


def test_what_raises_is_not_deadly(file: Path) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="x"), begin(file).on("a"):
            raise ValueError("x")
    with begin(file).on("a"):
        pass


def test_another_version_of_the_program_tries_again(file: Path) -> None:
    for _ in range(3):
        die_of(begin(file), "a")
    with begin(file, "2").on("a"):
        pass


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]\n", b'{"version": "1", "deaths": 3, "now": null}\n', b"\xff\n"]
)
def test_a_file_that_nobody_can_read_is_an_empty_one(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with begin(file).on("a"):
        pass


def test_an_embedded_store_has_them_in_its_lock_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    die_of(opened(store), "a")
    assert b'"a"' in lock_path(tmp_path / "gihan.db").read_bytes()


def test_two_runs_of_a_server_on_one_machine_have_each_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    store = Store("postgresql://gihan@127.0.0.1/gihan")
    one, other = opened(store), opened(store)
    working = one.on("a")
    working.__enter__()
    with other.on("a"):
        pass
    one.close()
    die_of(opened(store), "b")  # in the place that became free
    assert sorted(b'"a": 1' in each.read_bytes() for each in tmp_path.iterdir()) == [False, True]


def test_a_folder_that_is_not_ours_keeps_nobody_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "nowhere"))
    with opened(Store("postgresql://gihan@127.0.0.1/gihan")).on("a"):
        pass
