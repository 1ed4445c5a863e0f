"""Finding plans."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from store import plans
from store.db.engine import Store
from store.models import Plan
from tests import builders


@pytest.mark.parametrize(
    ("title", "year", "is_found"),
    [
        ("2026년 「한별시 혁신 실행계획」", 2026, True),
        ("2026년한별시혁신실행계획", 2026, True),
        ("2026년 「한별시 혁신 실행계획」", 2025, False),
        ("2026년 「한별시 혁신 실행계획」", None, False),
        ("2026년 한별시 실행계획", 2026, False),
    ],
)
def test_a_plan_is_its_title_and_year_however_spaced(
    store: Store, title: str, year: int | None, is_found: bool
) -> None:
    with store.write() as session:
        builders.plan(session, "2026년 「한별시 혁신 실행계획」", year=2026)
        assert (plans.find(session, title, year) is not None) is is_found


def test_a_plan_without_a_year_is_found_without_one(store: Store) -> None:
    with store.write() as session:
        made = builders.plan(session, "공약 실천계획", year=None)
        assert plans.find(session, "공약 실천계획", None) is made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", [1]),
        ("2", [2]),
        ("3", []),
        ("2026", [1, 2]),
        ("공약", [2]),
        ("%", []),
        ("²", []),
        ("9" * 30, []),
    ],
)
def test_a_plan_is_named_by_its_id_or_a_part_of_its_title(
    store: Store, text: str, expected: list[int]
) -> None:
    with store.write() as session:
        for title in ("2026년 혁신 실행계획", "2026년 공약 실천계획"):
            builders.plan(session, title)
        found = session.scalars(select(Plan.id).where(plans.named(session, text)).order_by(Plan.id))
        assert list(found) == expected


def test_tasks_come_in_the_documents_order(store: Store) -> None:
    with store.write() as session:
        plan = builders.plan(session)
        for position, title in ((2, "둘째"), (1, "첫째")):
            builders.task(session, title=title, of=plan).position = position
        session.flush()
        assert [one.title for one in plans.tasks(session, plan)] == ["첫째", "둘째"]


def test_series_of_a_plan_by_task(store: Store) -> None:
    with store.write() as session:
        task, other = builders.task(session), builders.task(session)
        mine = builders.series(session, task, "FREQ=MONTHLY")
        builders.series(session, other, "FREQ=MONTHLY")
        assert plans.series_of(session, task.plan)[task.id] == [mine]
