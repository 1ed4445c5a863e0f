"""The leader's lease, by the database's clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select, update

from store import leases
from store.db.engine import Store
from store.models import LeaderLease

LEASE_S = 8.0


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    store = Store(postgres_url)
    found = store.prompt(2)
    yield found
    found.dispose()
    store.close()


def let_it_run_out(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(LeaderLease).values(until_at=func.clock_timestamp()))


def test_the_first_to_ask_has_it_and_the_second_not(engine: Engine) -> None:
    assert leases.take(engine, "one", LEASE_S) == 1
    assert leases.take(engine, "two", LEASE_S) is None
    assert leases.take(engine, "one", LEASE_S) is None


def test_one_that_ran_out_is_taken_with_a_higher_token(engine: Engine) -> None:
    leases.take(engine, "one", LEASE_S)
    let_it_run_out(engine)
    assert leases.take(engine, "two", LEASE_S) == 2


def test_one_that_ran_out_is_not_renewed_even_if_nobody_took_it(engine: Engine) -> None:
    leases.take(engine, "one", LEASE_S)
    assert leases.renew(engine, "one", 1, LEASE_S)
    let_it_run_out(engine)
    assert not leases.renew(engine, "one", 1, LEASE_S)


def test_it_lasts_so_long_from_its_renewal_by_the_databases_clock(engine: Engine) -> None:
    leases.take(engine, "one", 0.5)
    leases.renew(engine, "one", 1, LEASE_S)
    with engine.begin() as connection:
        left = select(func.extract("epoch", LeaderLease.until_at - func.clock_timestamp()))
        assert LEASE_S - 7 < (connection.scalar(left) or 0) <= LEASE_S


def test_one_given_back_is_free_at_once_and_its_token_is_old(engine: Engine) -> None:
    leases.take(engine, "one", LEASE_S)
    leases.give_back(engine, "one", 1)
    assert leases.take(engine, "two", LEASE_S) == 2
    assert not leases.renew(engine, "one", 1, LEASE_S)


def test_an_old_holder_cannot_give_back_what_another_has(engine: Engine) -> None:
    leases.take(engine, "one", LEASE_S)
    let_it_run_out(engine)
    leases.take(engine, "two", LEASE_S)
    leases.give_back(engine, "one", 1)
    assert leases.renew(engine, "two", 2, LEASE_S)
