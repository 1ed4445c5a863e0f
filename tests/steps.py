"""What something costs the embedded store, in steps of its machine: no busy computer changes them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from store.db.engine import Store

EACH = 10  # counted in tens


def counted(store: Store, work: Callable[[], object]) -> int:
    """The steps of all statements of the work."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += EACH
        return 0

    engines = store.writer, store.reader
    for engine in engines:
        _listen(engine, count)
    work()
    for engine in engines:
        _listen(engine, None)
    return steps


def _listen(engine: Engine, count: Callable[[], int] | None) -> None:
    """On its first connection, which the pool gives out again to whoever asks alone."""
    raw = engine.raw_connection()
    assert raw.driver_connection is not None
    raw.driver_connection.set_progress_handler(count, EACH)
    raw.close()
