"""What a year of requests to departments adds to a tick and to /status beside a full store.

Run: .venv/bin/python -m benchmarks.ask_tick
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.fill import BEGAN, NOW, SEOUL, TODAY, Size
from benchmarks.measure import Row, Table, at_most, circumstances, in_turns, ms, plain, quiet, ratio, seconds
from benchmarks.round_tick import appoint
from benchmarks.tick import filled, loop_of
from plans.sheet.grid import Grid
from plans.sheet.question import read_form
from reports import asks as listing
from reports import status
from store import officers
from store.db.engine import Store
from store.models import Ask, AskAnswer, Department, Officer
from store.states import AnswerKind, AnswerState, AskState, RoleName

DEPARTMENTS, REQUESTS, OPEN = 300, 50, 4
MILESTONES = 20_000
MOST = 2.0
TIMES = 25
STATES = (AnswerState.ASKED, AnswerState.ANSWERED, AnswerState.CONFIRMED, AnswerState.ASKED)
FORM = read_form(Grid(name="form", rows=[["survey"], ["no", "department", "project", "amount"]]))


def ask(store: Store) -> None:
    """Departments with a contact who has a chat each; as many requests of all of them, the newest open."""
    with store.write() as session:
        there = len(session.scalars(select(Department.id)).all())
        more = [{"name": f"부서{number:03}"} for number in range(max(0, DEPARTMENTS - there))]
        session.execute(insert(Department), more) if more else None
        places = list(session.scalars(select(Department.id).order_by(Department.id).limit(DEPARTMENTS)))
        people = list(session.scalars(select(Officer).order_by(Officer.id).limit(len(places))))
        for place, number in enumerate(places):
            contact = people[place % len(people)]
            officers.grant(session, contact, RoleName.CONTACT, BEGAN.date(), number)
        for number in range(REQUESTS):
            _request(session, places, number)


def _request(session: Session, places: list[int], number: int) -> None:
    is_open = number >= REQUESTS - OPEN
    opens = TODAY - timedelta(days=7 * (REQUESTS - number))
    due = TODAY + timedelta(days=14) if is_open else opens + timedelta(days=20)
    of = Ask(
        title=f"조사 {number}", kind="collection", steps=["answer", "confirm"], form=FORM.model_dump(mode="json"),
        state=AskState.OPEN if is_open else AskState.FROZEN, scope={"departments": [], "bureaus": []}, rows_least=1,
        rows_most=None, opens_on=opens, due_on=due, first_due_on=due, opened_at=BEGAN,
    )  # fmt: skip
    session.add(of)
    session.flush()
    replies = []
    for position, place in enumerate(places):
        state = STATES[(position + number) % len(STATES)]
        is_given = state is not AnswerState.ASKED
        replies.append(
            {
                "ask_id": of.id, "department_id": place, "position": position, "state": state, "version": int(is_given),
                "kind": AnswerKind.NONE if is_given else None, "answered_at": NOW if is_given else None,
                "is_on_behalf": False, "revision": 1,
            }
        )  # fmt: skip
    session.execute(insert(AskAnswer), replies)


def _counted(store: Store) -> None:
    with store.read() as session:
        status.status(session, NOW, TODAY, SEOUL.key)


def _listed(store: Store) -> None:
    with store.read() as session:
        assert len(listing.summaries(session, NOW, SEOUL)) == REQUESTS


def compare(folder: Path, milestones: int = MILESTONES) -> tuple[list[Row], list[str]]:
    """Ticks that owe nothing new and looks at the status, with the requests and without, in turns."""
    with (
        filled(folder / "with.db", Size(milestones)) as busy,
        filled(folder / "without.db", Size(milestones)) as bare,
    ):
        appoint(busy)
        appoint(bare)
        ask(busy)
        loops = {"with": loop_of(busy), "without": loop_of(bare)}
        stores = {"with": busy, "without": bare}
        with quiet():
            for loop in loops.values():
                loop.owe()
            works = {f"tick {name}": lambda loop=loop: seconds(loop.owe) for name, loop in loops.items()}
            works |= {
                f"status {name}": lambda store=store: seconds(lambda: _counted(store))
                for name, store in stores.items()
            }
            works["list of requests"] = lambda: seconds(lambda: _listed(busy))
            found = in_turns(TIMES, works)
    rows = [
        at_most(
            f"{what} with {REQUESTS} requests to {DEPARTMENTS} departments, to the same without",
            ratio(found[f"{what} with"], found[f"{what} without"]),
            MOST,
        )
        for what in ("tick", "status")
    ]
    rows += [plain(f"median, {name}", ms(values)) for name, values in found.items()]
    notes = [
        f"{milestones:,} milestones in each store; {OPEN} of the requests are open, half of their replies missing, and "
        f"everybody who is asked has been told; {TIMES} of each kind in turns.",
    ]
    return rows, notes


def main() -> int:
    print(*circumstances(), "", sep="\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as folder:
        table = Table("Requests to departments", *compare(Path(folder)))
    print(table.markdown(), flush=True)
    return 0 if table.is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
