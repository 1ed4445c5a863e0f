"""(a) What a tick costs: over a million milestones, over ten thousand, and as bare statements on the same rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.core_tick import Mark, Written, core_tick, mark, recording, take_back, written_since
from benchmarks.fill import NOW, Size, fill, pragma, rules
from benchmarks.measure import Row, at_most, in_turns, ms, plain, quiet, ratio, seconds
from jobs.delivery.deliver import Deliverer
from jobs.loop import Loop, keep_what_stands
from store import scan
from store.db.engine import Store
from store.deliveries import Message
from store.models import Delivery

CORE_MOST, SIZE_MOST = 1.5, 1.3
TIMES = 9


class StandingClock:
    """It is ten past nine on the day of the benchmark."""

    def now(self) -> datetime:
        return NOW


class Nobody:
    """A way out that is never taken: a tick is measured, not the sending."""

    async def send(self, chat_id: int, message: Message) -> int:
        raise NotImplementedError

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        raise NotImplementedError


def no_text(_session: Session, _delivery: Delivery, _now: datetime) -> None:
    return None


def loop_of(store: Store) -> Loop:
    """The loop of a service that has run for a while."""
    clock = StandingClock()
    deliverer = Deliverer(store, Nobody(), no_text, rules(), clock, "benchmark")
    return Loop(store, clock, rules(), deliverer, is_alone=True)


class Bench:
    """One store, and the two ways to owe what is owed in it. Every run begins with the same rows."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.read() as session:
            self.ids = scan.to_look_at(session, NOW.date())
        self.before: Mark = mark(store)
        self.loop = loop_of(store)
        self.loop.owe()
        self._begin_anew()
        with recording(store) as self.statements:
            self.loop.owe()
        self.wanted: Written = written_since(store, self.before, self.ids)
        self._begin_anew()

    def _begin_anew(self) -> None:
        pragma(self.store, "foreign_keys=OFF")  # nothing refers to what goes, and to look costs seconds
        take_back(self.store, self.before, self.ids)
        pragma(self.store, "foreign_keys=ON")
        pragma(self.store, "wal_checkpoint(TRUNCATE)")

    def tick(self) -> float:
        return self._timed(self.loop.owe)

    def core(self) -> float:
        return self._timed(lambda: core_tick(self.store, self.statements))

    def _timed(self, work: Callable[[], None]) -> float:
        spent = seconds(work)
        if written_since(self.store, self.before, self.ids) != self.wanted:
            raise AssertionError("the two ways have not written the same")
        self._begin_anew()
        return spent


@contextmanager
def filled(path: Path, size: Size) -> Iterator[Store]:
    store = fill(path, size)
    try:
        yield store
    finally:
        store.close()


def compare(small: Store, large: Store, few: int, many: int) -> tuple[list[Row], list[str]]:
    """Four kinds of run in turns: the tick and the bare statements, in both stores."""
    with quiet():
        of_many, of_few = Bench(large), Bench(small)
        keep_what_stands()  # as the service does; it holds for all four
        found = in_turns(
            TIMES,
            {
                "tick": of_many.tick,
                "core": of_many.core,
                "small tick": of_few.tick,
                "small core": of_few.core,
            },
        )
    rows = [
        at_most(
            f"tick over {many:,}, to the same statements in SQLAlchemy Core",
            ratio(found["tick"], found["core"]),
            CORE_MOST,
        ),
        at_most(
            f"tick over {many:,}, to the tick over {few:,}",
            ratio(found["tick"], found["small tick"]),
            SIZE_MOST,
        ),
        *(plain(f"median, {name}", ms(values)) for name, values in found.items()),
    ]
    written = of_many.wanted
    notes = [
        f"{len(of_many.ids)} milestones owed in each store; one tick writes {len(written.digests)} messages, "
        f"{len(written.items)} items and {len(written.looks)} next days in one transaction, commit included "
        f"(journal_mode={pragma(large, 'journal_mode')}, synchronous={pragma(large, 'synchronous')}, 2 is FULL).",
        f"Core: the {len(of_many.statements)} statements of that tick, recorded and executed again with their parameters.",
        f"{TIMES} runs of each kind in turns, medians; after each the rows are put back and the log emptied.",
    ]
    return rows, notes
