"""A tick costs what is owed, not what exists: counted in the database's own steps, which no busy machine changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from benchmarks.fill import BEGAN, TODAY, Size, fill
from benchmarks.tick import loop_of
from store.db.base import Base
from store.db.engine import Store
from store.models import Task
from store.tables.plans import Number
from tests.steps import counted

SAME = 1.02  # a page more or less of an index
PER_SERIES = 50  # milestones
FIRST_SERIES = 10_000_000


def _with_series(store: Store, milestones: int) -> None:
    """Entries that recur or go on all year, of which none is due today: one of each to fifty milestones."""
    later = TODAY + timedelta(days=30)
    days: tuple[dict[str, Any], ...] = (
        {"rrule": "FREQ=MONTHLY", "extend_on": later, "ask_on": None},
        {"rrule": None, "extend_on": None, "ask_on": later},
    )
    common = {"title": "정례", "expr": "매월", "start_on": BEGAN.date(), "remind_from": BEGAN}
    common |= {"until_on": TODAY + timedelta(days=180)}
    with store.write() as session:
        tasks = session.scalars(select(Task.id)).all()
        for one in range(milestones // PER_SERIES):
            for kind, day in enumerate(days):
                number = FIRST_SERIES + len(days) * one + kind
                whose = {"id": number, "task_id": tasks[one % len(tasks)]}
                session.execute(insert(Number), {"id": number, "kind": "series"})
                session.execute(insert(Base.metadata.tables["series"]), common | whose | day)


def _cost(folder: Path, milestones: int) -> int:
    store = fill(folder / f"{milestones}.db", Size(milestones, owed=20))
    try:
        _with_series(store, milestones)
        return counted(store, loop_of(store).owe)
    finally:
        store.close()


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """Over five hundred milestones, and over ten thousand."""
    folder = tmp_path_factory.mktemp("cost")
    return _cost(folder, 500), _cost(folder, 10_000)


def test_twenty_times_as_many_milestones_cost_a_tick_no_step_more(costs: tuple[int, int]) -> None:
    few, many = costs
    assert 0 < many <= few * SAME
