"""Files that commands write: for their owner only, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.files import write
from jobs.plans.registration import RegisterError
from tests.bot.cli.test_cli import SAMPLE
from tests.shell import Shell


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """An account whose files everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.open_door("D3")
@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "-o", "made.csv"),
        ("audit", "-o", "made.xlsx"),
        ("calendar", "2026", "-o", "made.xlsx"),
        ("yearbook", "2026", "-o", "made.zip"),
        ("status", "--picture", "made.png"),
        ("rehearse", "--from", "2026-01-01", "--to", "2026-01-31", "--picture", "made.png"),
        ("person", "export", "심청", "-o", "made.json"),
        ("import", "--template", "made.xlsx"),
        ("handover", "--template", "made.xlsx"),
        ("backup", "made.zip"),
    ],
)
def test_what_a_command_writes_is_for_its_owner_only(gihan: Shell, arguments: tuple[str, ...]) -> None:
    gihan("import", str(SAMPLE), "--yes", "--activate")
    gihan(*arguments)
    [made] = gihan.folder.glob("made.*")
    assert mode(made) == 0o600


def test_a_file_that_is_there_keeps_what_its_owner_allowed(tmp_path: Path) -> None:
    shared = tmp_path / "report.html"
    shared.touch(mode=0o644)
    write(shared, b"new")
    assert (shared.read_bytes(), mode(shared)) == (b"new", 0o644)


def test_a_file_that_must_be_new_is_never_overwritten(tmp_path: Path) -> None:
    old = tmp_path / "person.json"
    old.write_bytes(b"old")
    with pytest.raises(RegisterError, match="이미 있습니다"):
        write(old, b"new", is_new=True)
    assert old.read_bytes() == b"old"


def test_a_place_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="만들 수 없습니다"):
        write(tmp_path / "none" / "x.csv", b"")


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize("is_linked", [False, True])
@pytest.mark.parametrize("arguments", [("status", "--picture"), ("calendar", "2026", "-o"), ("audit", "-o")])
def test_a_slip_in_a_name_costs_no_store(gihan: Shell, arguments: tuple[str, ...], is_linked: bool) -> None:
    gihan("import", str(SAMPLE), "--yes", "--activate")
    store = gihan.folder / "gihan.db"
    before = store.read_bytes()
    slip = gihan.folder / ("made.xlsx" if is_linked else "gihan.db")
    if is_linked:
        slip.symlink_to(store)
    gihan(*arguments, str(slip), code=2)
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "is_taken"),
    [
        (b"\x89PNG old", b"\x89PNG new", True),
        ("이름,기한".encode(), b"name,due", True),
        ("\ufeff이름".encode() * 30, "\ufeff기한".encode(), True),
        (b"", b"PK\x03\x04", True),
        (b"PK\x03\x04old", b"\x89PNG", False),
        (b"SQLite format 3\0", b"name,due", False),
        (b"name,due", b"PK\x03\x04", False),
    ],
)
def test_only_a_file_of_its_own_kind_is_written_anew(
    tmp_path: Path, old: bytes, new: bytes, is_taken: bool
) -> None:
    file = tmp_path / "made"
    file.write_bytes(old)
    if is_taken:
        write(file, new)
    else:
        with pytest.raises(RegisterError, match="다른 종류"):
            write(file, new)
    assert file.read_bytes() == (new if is_taken else old)
