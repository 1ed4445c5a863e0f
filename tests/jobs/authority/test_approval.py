"""What a wish for another date counts as, and which milestones it touches: the edges of the rules."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobs.authority.approval import Way, touched, way, wish_of
from jobs.settings import ApprovalSettings
from store.db.engine import Store
from store.models import Milestone
from tests import builders

NEW_YEAR = date(2027, 1, 4)


def promised(session: Session, due: date, *, year: int | None = 2026, outlives: bool = False) -> Milestone:
    of = builders.task(session, builders.linked(session), of=builders.plan(session, year=year))
    one = builders.milestone(session, of, due)
    one.outlives_plan = outlives
    session.flush()
    return one


@pytest.mark.parametrize(("outlives", "expected"), [(True, Way.AT_ONCE), (False, Way.ADJUSTMENT)])
def test_what_was_carried_over_may_go_on_in_the_year_it_is_in(
    store: Store, outlives: bool, expected: Way
) -> None:
    with store.write() as session:
        one = promised(session, date(2026, 12, 29), outlives=outlives)
        wish = wish_of(one, date(2027, 1, 5), NEW_YEAR)
        assert way(wish, ApprovalSettings()) is expected


@pytest.mark.parametrize("year", [2026, None])
def test_an_entry_promised_for_the_next_year_may_be_delayed_within_it(store: Store, year: int | None) -> None:
    """A settlement in January: its own year counts, whatever the plan's is."""
    with store.write() as session:
        one = promised(session, date(2027, 1, 29), year=year)
        wish = wish_of(one, date(2027, 2, 5), date(2026, 12, 1))
        assert way(wish, ApprovalSettings()) is Way.AT_ONCE


@pytest.mark.parametrize(
    ("due", "is_touched"),
    [
        (date(2026, 6, 29), False),
        (date(2026, 6, 30), True),  # the day that the delayed one was due itself
        (date(2026, 7, 7), True),  # and the day that it is put to
        (date(2026, 7, 8), False),
    ],
)
def test_what_follows_is_touched_from_the_old_day_to_the_new(
    store: Store, due: date, is_touched: bool
) -> None:
    with store.write() as session:
        late = promised(session, date(2026, 6, 30))
        other = builders.milestone(session, late.task, due, title="착공")
        session.expire(late.task)
        assert touched(late, date(2026, 6, 30), date(2026, 7, 7)) == [other] * is_touched
