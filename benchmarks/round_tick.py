"""What an open round of the quarterly self-check adds to a tick beside a full store.

Run: .venv/bin/python -m benchmarks.round_tick
"""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import select, update

from benchmarks.fill import BEGAN, NOW, Size, rules
from benchmarks.measure import Row, Table, at_most, circumstances, in_turns, ms, plain, quiet, ratio, seconds
from benchmarks.tick import filled, loop_of
from jobs.authority.permissions import Deed
from jobs.rounds import lifecycle
from jobs.rounds.lifecycle import Opening
from reports.period import Period
from reports.settings import RoundSettings
from store import officers
from store.audit import Who
from store.db.engine import Store
from store.models import Department, Officer, Task
from store.states import EntryState, RoleName

WHO = Who(None, "운영자", "cli", "benchmark")
ENTRIES, MILESTONES = 500, 20_000
MOST = 2.0
TIMES = 25
# How far the entries have come: the round is in the middle of its work, most of it still to be answered.
STATES = (EntryState.ASKED,) * 5 + (EntryState.ANSWERED, EntryState.CONFIRMED, EntryState.SIGNED)


def appoint(store: Store) -> None:
    """A lead and a head of every department, and a planner: people who have chats."""
    with store.write() as session:
        for one in session.scalars(select(Department)):
            lead, head = list(
                session.scalars(select(Officer).where(Officer.department_id == one.id).limit(2))
            )
            officers.grant(session, lead, RoleName.LEAD, BEGAN.date(), one.id)
            officers.grant(session, head, RoleName.HEAD, BEGAN.date(), one.id)
        officers.grant(session, lead, RoleName.PLANNER, BEGAN.date(), None)


def open_round(store: Store, entries: int) -> None:
    """A round of so many tasks, evenly over the plans, whose entries stand in all states."""
    with store.write() as session:
        every = list(session.scalars(select(Task.id).order_by(Task.id)))
        chosen = every[:: max(1, len(every) // entries)][:entries]
        session.execute(update(Task).where(Task.id.in_(chosen)).values(status="정상추진"))
        deed = Deed(session, WHO, NOW, rules())
        made = lifecycle.announce(
            deed,
            Opening(Period(2026, 1), Period(2026, 1).last_day),
            RoundSettings(),
        )
        found = lifecycle.begin(deed, made.id)
        for one in found:
            one.state = STATES[one.position % len(STATES)]
        assert len(found) == entries


def compare(
    folder: Path, milestones: int = MILESTONES, entries: int = ENTRIES
) -> tuple[list[Row], list[str]]:
    """Ticks that owe nothing new, with the round and without, in turns."""
    with (
        filled(folder / "with.db", Size(milestones)) as busy,
        filled(folder / "without.db", Size(milestones)) as bare,
    ):
        appoint(busy)
        appoint(bare)
        open_round(busy, entries)
        loops = {"tick with the round": loop_of(busy), "tick without": loop_of(bare)}
        with quiet():
            for loop in loops.values():
                loop.owe()
            found = in_turns(
                TIMES, {name: lambda loop=loop: seconds(loop.owe) for name, loop in loops.items()}
            )
    rows = [
        at_most(
            f"tick with an open round of {entries} entries, to the tick without one",
            ratio(found["tick with the round"], found["tick without"]),
            MOST,
        ),
        *(plain(f"median, {name}", ms(values)) for name, values in found.items()),
    ]
    notes = [
        f"{milestones:,} milestones in each store; everybody whose turn it is has been told; "
        f"{TIMES} ticks of each kind in turns.",
    ]
    return rows, notes


def main() -> int:
    print(*circumstances(), "", sep="\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as folder:
        table = Table("A tick while a round is open", *compare(Path(folder)))
    print(table.markdown(), flush=True)
    return 0 if table.is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
