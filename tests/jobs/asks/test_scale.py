"""300 departments and 50 requests: what is listed and what is owed asks the database as often as for three of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from jobs.owed import open_asks
from reports import asks as listing
from store import asks
from store.db.engine import Store
from tests import template
from tests.builders import RULES, SEOUL, kst
from tests.jobs.asks.year import DEPARTMENTS, FIRST, REQUESTS, fill

NOW = kst(2030, 1, 29)


@contextmanager
def made(folder: Path, *size: int, is_open: bool) -> Iterator[Store]:
    store = Store(template.copy_to(folder / "gihan.db"))
    fill(store, *size, is_open=is_open)
    yield store
    store.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with made(tmp_path_factory.mktemp("large"), DEPARTMENTS, REQUESTS, is_open=True) as store:
        yield store


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with made(tmp_path_factory.mktemp("small"), 5, 3, is_open=True) as store:
        yield store


def statements(store: Store, work: Callable[[Session], Any]) -> int:
    """How many the work runs."""
    ran: list[str] = []

    def note(*facts: Any) -> None:
        ran.append(facts[2])

    with store.read() as session:
        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", note)
        work(session)
        event.remove(bind, "before_cursor_execute", note)
    return len(ran)


WORKS: dict[str, Callable[[Session], Any]] = {
    "summaries": lambda session: listing.summaries(session, NOW, SEOUL),
    "one": lambda session: listing.summary(session, asks.listed(session)[0], NOW, SEOUL),
    "whole": lambda session: listing.whole(session, asks.listed(session)[0], {}, NOW, SEOUL),
    "owed": lambda session: open_asks.waiting(session, FIRST, RULES),
    "next": lambda session: open_asks.next_day(session, FIRST, RULES),
}


@pytest.mark.parametrize("name", WORKS)
def test_as_many_statements_for_many_as_for_few(large: Store, small: Store, name: str) -> None:
    few, many = statements(small, WORKS[name]), statements(large, WORKS[name])
    assert 0 < many <= few <= 12


def test_the_counts_of_all_of_them_are_those_of_their_rows(large: Store) -> None:
    with large.read() as session:
        found = listing.summaries(session, NOW, SEOUL)
        assert len(found) == REQUESTS
        for one in found[::17]:
            rows = asks.answers(session, one.no)
            of = rows[0].ask
            assert one.respondents == len(rows) == DEPARTMENTS
            assert one.answered == sum(each.state in asks.GIVEN for each in rows)
            late = [
                each for each in rows if listing.is_wanted(of, each) and listing.is_late(of, each, SEOUL, NOW)
            ]
            assert one.overdue == len(late) > 0
