"""Numbers people see."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from store import numbers
from store.db.engine import Store
from store.models import Number


def test_the_first_number_has_three_digits(store: Store) -> None:
    with store.write() as session:
        assert numbers.allocate(session, "task") == 101


def test_tasks_milestones_and_series_share_one_space(store: Store) -> None:
    with store.write() as session:
        given = [numbers.allocate(session, kind) for kind in ("task", "milestone", "series", "task")]
    assert given == [101, 102, 103, 104]


def test_the_number_of_something_deleted_is_not_given_again(store: Store) -> None:
    with store.write() as session:
        last = [numbers.allocate(session, "task") for _ in range(3)][-1]
        session.execute(delete(Number).where(Number.id == last))
    with store.write() as session:
        assert numbers.allocate(session, "task") == last + 1


def test_no_number_is_given_again_after_all_were_deleted(store: Store) -> None:
    with store.write() as session:
        numbers.allocate(session, "task")
        last = numbers.allocate(session, "task")
        session.execute(delete(Number))
    with store.write() as session:
        assert numbers.allocate(session, "task") == last + 1


def test_a_number_nobody_saw_leaves_no_gap_but_where_the_server_counts(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        numbers.allocate(session, "task")
        raise RuntimeError
    with store.write() as session:
        assert numbers.allocate(session, "task") == (101 if store.is_sqlite else 102)
