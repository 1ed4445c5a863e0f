"""What five thousand indicators (성과지표) add to a tick, and what /kpi costs with them beside fifty.

Run: .venv/bin/python -m benchmarks.kpi_list
"""

import gc
import sys
import tempfile
from itertools import count
from json import dumps
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.fill import BEGAN, BOT_ID, NOW, SEOUL, TODAY, Size, chat_of, rules
from benchmarks.measure import Row, Table, at_most, circumstances, in_turns, ms, plain, quiet, ratio, seconds
from benchmarks.round_tick import appoint
from benchmarks.tick import StandingClock, filled, loop_of
from bot.chat.turn import Office
from bot.chat.update import read
from bot.intake.dispatch import Dispatcher
from jobs.indicators import standings
from jobs.indicators.pace import period_ends
from jobs.settings import LinkSettings
from store import inbox
from store.db.engine import Store
from store.models import Delivery, Indicator, IndicatorTarget, IndicatorValue, Role, Task
from store.states import Adding, Direction, IndicatorKind, IndicatorPeriod, IndicatorSource, RoleName

INDICATORS, FEW = 5_000, 50
MILESTONES = 25_000  # five tasks' worth of them for each indicator's task
TICK_MOST, ANSWER_MOST = 2.0, 4.0
TIMES, SEEN = 25, 5
COMES = 5  # months whose values are in
ASKED_EVERY = 2
PLAN = 100


def add(store: Store, many: int) -> None:
    """So many monthly flows of tasks, with a plan of each month and the values of the months that are over; half of them
    are asked, every fifth lacks its newest value."""
    with store.write() as session:
        tasks = list(session.scalars(select(Task.id).order_by(Task.id).limit(many)))
        session.execute(insert(Indicator), [_indicator(number, task) for number, task in enumerate(tasks)])
        numbers = list(session.scalars(select(Indicator.id).order_by(Indicator.id)))
        session.execute(insert(IndicatorTarget), [one for number in numbers for one in _targets(number)])
        session.execute(insert(IndicatorValue), [one for number in numbers for one in _values(number)])


def _indicator(number: int, task: int) -> dict[str, Any]:
    return {
        "task_id": task, "name": f"지표 {number}", "unit": "건", "kind": IndicatorKind.COUNT, "direction": Direction.UP,
        "adding": Adding.FLOW, "period": IndicatorPeriod.MONTH, "source": IndicatorSource.OWN, "scale": [],
        "says_total": False, "is_asked": number % ASKED_EVERY == 0, "entered_at": BEGAN, "revision": 1,
    }  # fmt: skip


def _targets(number: int) -> list[dict[str, Any]]:
    made = {"indicator_id": number, "year": TODAY.year, "number": str(PLAN), "entered_at": BEGAN}
    return [made | {"month": month} for month in range(1, 13)]


def _values(number: int) -> list[dict[str, Any]]:
    ends = period_ends(TODAY.year, 1)[: COMES - (number % 5 == 0)]
    return [
        {
            "indicator_id": number, "starts_on": end.replace(day=1), "ends_on": end, "number": str(40 + number % 70),
            "is_baseline": False, "is_correction": False, "entered_at": NOW,
        }
        for end in ends
    ]  # fmt: skip


class Asking:
    """The planning office sends /kpi, and its answer is owed, as the bot does it."""

    def __init__(self, store: Store) -> None:
        self.store, self.updates = store, count(1)
        office = Office("한별시", SEOUL, rules(), LinkSettings(), BOT_ID)
        self.dispatcher = Dispatcher(store, office, StandingClock())
        with store.read() as session:
            self.chat = chat_of(_planner(session))

    def ask(self) -> None:
        number = next(self.updates)
        message = {
            "message_id": number, "date": 1, "chat": {"id": self.chat, "type": "private"}, "text": "/kpi",
            "from": {"id": self.chat, "is_bot": False, "first_name": "x"},
        }  # fmt: skip
        said = dumps({"update_id": number, "message": message})
        with self.store.write() as session:
            [row] = inbox.receive(session, BOT_ID, [(number, self.chat, said)], NOW)
            at = row.id
        self.dispatcher.handle(at, read(said, None), None)

    def answered(self) -> str:
        """The newest answer."""
        with self.store.read() as session:
            query = select(Delivery).where(Delivery.chat_id == self.chat).order_by(Delivery.id.desc())
            text: str = session.scalars(query.limit(1)).one().payload["text"]
            return text


def _planner(session: Session) -> int:
    return session.scalars(select(Role.officer_id).where(Role.role == RoleName.PLANNER)).first() or 0


def compare(
    folder: Path, indicators: int = INDICATORS, milestones: int = MILESTONES
) -> tuple[list[Row], list[str]]:
    """Ticks that owe nothing new and answers to /kpi, in three stores, in turns."""
    sizes = {"many": indicators, "few": min(FEW, indicators), "none": 0}
    with (
        filled(folder / "many.db", Size(milestones)) as many,
        filled(folder / "few.db", Size(milestones)) as few,
        filled(folder / "none.db", Size(milestones)) as none,
        quiet(),
    ):
        stores = {"many": many, "few": few, "none": none}
        for name, store in stores.items():
            appoint(store)
            add(store, sizes[name]) if sizes[name] else None
        loops = {name: loop_of(store) for name, store in stores.items()}
        asking = {name: Asking(stores[name]) for name in ("many", "few")}
        for loop in loops.values():
            loop.owe()
        works = {f"tick, {name}": lambda loop=loop: seconds(loop.owe) for name, loop in loops.items()}
        found = in_turns(TIMES, works)
        works = {f"/kpi, {name}": lambda one=one: seconds(one.ask) for name, one in asking.items()}
        for one in asking.values():
            one.ask()
        found |= in_turns(TIMES, works)  # behind the ticks, which clear away what was handled
        works = {f"/kpi anew, {name}": lambda one=one: _anew(one) for name, one in asking.items()}
        found |= in_turns(SEEN, works)
        assert f"{indicators:,}" in asking["many"].answered() or str(indicators) in asking["many"].answered()
    rows = [
        at_most(
            f"tick with {indicators:,} indicators, to one without",
            ratio(found["tick, many"], found["tick, none"]),
            TICK_MOST,
        ),
        at_most(
            f"/kpi of {indicators:,} indicators, to that of {sizes['few']}",
            ratio(found["/kpi, many"], found["/kpi, few"]),
            ANSWER_MOST,
        ),
    ]
    rows += [plain(f"median, {name}", ms(values)) for name, values in found.items()]
    notes = [
        f"{milestones:,} milestones in each store; a plan for each month, {COMES} months of results; the planning office "
        "asks, through the dispatcher, its answer committed. “Anew”: nothing is remembered, as after a start and at "
        f"the turn of a month, {SEEN} times. {TIMES} of each other kind in turns.",
    ]
    return rows, notes


def _anew(one: Asking) -> float:
    standings.forget()
    gc.collect()
    return seconds(one.ask)


def main() -> int:
    print(*circumstances(), "", sep="\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as folder:
        table = Table("Indicators", *compare(Path(folder)))
    print(table.markdown(), flush=True)
    return 0 if table.is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
