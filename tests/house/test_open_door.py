"""Every kind of fault and every attack known has a test that plays it, `@pytest.mark.open_door("kind A", "B1")`."""

from __future__ import annotations

from tests.house.markers import named
from tests.house.open_door import HEADING, KINDS, NAMES, PAGE, ROWS, section


def test_every_kind_of_fault_and_every_attack_has_a_test_that_plays_it() -> None:
    missing = {name for name in KINDS | ROWS if name not in named("open_door")}
    assert missing == set()


def test_no_test_names_what_is_not_known() -> None:
    assert set(named("open_door")) - set(NAMES) == set()


def test_the_page_lists_them_as_they_are() -> None:
    """Renew it with: python -m tests.house.open_door"""
    page = PAGE.read_text(encoding="utf-8")
    assert f"## {HEADING}\n\n{section()}" in page
