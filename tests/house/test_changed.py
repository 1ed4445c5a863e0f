"""Which tests `make quick` runs for what changed."""

from __future__ import annotations

import pytest

from tests import changed


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("bot/delays/command.py", "tests/bot/delays"),
        ("bot/standing/seen.py", "tests/bot/standing/test_seen.py"),
        ("bot/app.py", "tests/bot"),
        ("jobs/leader.py", "tests/jobs/test_leader.py"),
        ("sandbox/page/app.js", "tests/sandbox"),
        ("store/tables/people.py", "tests/store"),
        ("tests/jobs/test_loop.py", "tests/jobs/test_loop.py"),
        ("tests/jobs/round_table.py", "tests/jobs"),
    ],
)
def test_a_change_is_tested_where_its_room_is_mirrored(path: str, test: str) -> None:
    assert changed.tests_of([path]) == sorted(["tests/house", test])


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("bot/texts/ko/delays/delayed.txt", "tests/bot/delays"),
        ("reports/texts/ko/result.toml", "tests/reports"),
    ],
)
def test_a_text_must_tell_of_itself_besides(path: str, test: str) -> None:
    assert changed.tests_of([path]) == sorted(["tests/house", "tests/messages", test])


@pytest.mark.parametrize("path", ["README.md", "docs/operation.md", "Makefile", "tests/conftest.py"])
def test_what_belongs_to_no_room_is_tested_by_the_house(path: str) -> None:
    assert changed.tests_of([path]) == ["tests/house"]


def test_a_test_that_lies_in_another_is_named_once() -> None:
    assert changed.tests_of(["jobs/leader.py", "jobs/loop.py", "tests/jobs/desk.py"]) == [
        "tests/house",
        "tests/jobs",
    ]
