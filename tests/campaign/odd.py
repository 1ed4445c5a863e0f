"""`python -m tests.campaign.odd`: random updates through the dispatcher in one process; the seed is printed."""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from bot.chat.update import read
from bot.intake.poll import Kept
from store import chat_links
from store.db.base import Base
from store.db.engine import Store
from store.models import (
    Assignment,
    ChatLink,
    DelayRequest,
    Department,
    InboxUpdate,
    Milestone,
    Officer,
    Plan,
    Role,
    Task,
)
from store.states import InboxState, RoleName
from tests.bot.chat import BOT_ID, Chat, entry, task
from tests.bot.wire import way_in
from tests.campaign.seed import new_seed
from tests.campaign.strange import NUMBER, Cast, Strange
from tests.quick_folder import quick_folder

FULL = 200_000
KNOWN_FROM = 10_000  # updates after which memory is looked at for the first time
GROWTH_MOST = 1.1
TOGETHER = 10  # updates that are handed in at a time
PAGE = 1_000  # updates after which what is owed goes out
SECONDS_EACH = 7.0
CODE = re.compile(r"Traceback|File \"|\w+(?:Error|Exception)\b|<class |object at 0x")
OURS, OTHERS = ("김하늘", "조부담"), ("이팀장", "최기획", "박바다")


@dataclass
class Outcome:
    seed: int
    updates: int = 0
    unreadable: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    memory: dict[int, int] = field(default_factory=dict)  # updates -> resident kB

    @property
    def growth(self) -> float:
        """Resident memory at the end, against that after the first ten thousand."""
        known = self.memory.get(KNOWN_FROM)
        return self.memory[max(self.memory)] / known if known else 1.0


class Play:
    """An office in which two officers and forty strangers send whatever they like; others' things stay as they are."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chat = Chat(
            folder,
            task(
                "보행로 정비",
                "도로과",
                [*OURS],
                entry("설계 용역", date(2026, 6, 30)),
                entry("착공", date(2026, 7, 31)),
            ),
            task(
                "대기 측정",
                "환경과",
                ["박바다"],
                entry("측정기 설치", date(2026, 7, 10)),
                entry("보고", date(2026, 7, 1)),
            ),
        )
        for name, role, place in (
            ("이팀장", RoleName.LEAD, "도로과"),
            ("최기획", RoleName.PLANNER, "기획예산실"),
        ):
            self.chat.join(name, role, place)
        for name in (*OURS, "박바다"):
            self.chat.join(name)
        self.chat.send_all()
        people = self.chat.people
        with self.chat.store.read() as session:
            numbers = [*session.scalars(select(Milestone.id)), *session.scalars(select(Task.id))]
        cast = Cast(
            [people[name] for name in OURS],
            range(501, 541),
            [people[name] for name in OTHERS],
            [*numbers, 999],
        )
        self.strange = Strange(seed, cast)
        self.outcome = Outcome(seed)
        self.intake = way_in(self.chat.store, self._handle)
        self.before = foreign(self.chat.store, OURS)

    async def run(self, count: int) -> Outcome:
        while self.outcome.updates < count:
            await self._hand_in([self._next() for _ in range(TOGETHER)])
            if self.outcome.updates % PAGE == 0:
                self._turn_page()
        self._judge()
        return self.outcome

    def _next(self) -> str:
        self.outcome.updates += 1
        return self.strange.update().replace(NUMBER, str(self.outcome.updates))

    async def _hand_in(self, texts: list[str]) -> None:
        await self.intake.accept(texts)
        while running := [*self.intake.lanes._running.values()]:
            await asyncio.gather(*running)
        self.chat.clock.forward(seconds=SECONDS_EACH * TOGETHER)

    async def _handle(self, one: Kept) -> None:
        """As the service does it, without its network."""
        try:
            update = read(one.raw, None)
        except Exception as error:
            self.outcome.unreadable.add(one.inbox_id)
            await asyncio.to_thread(self.chat.dispatcher.put_aside, one.inbox_id, error)
            return
        await asyncio.to_thread(self.chat.dispatcher.handle, one.inbox_id, update, None)

    def _turn_page(self) -> None:
        """What is owed goes out, and nobody is a stranger for good who pressed the wrong thing."""
        self.outcome.faults += [f"told: {text}" for _, text in self.chat.send_all() if CODE.search(text)]
        with self.chat.store.write() as session:
            for name in OURS:
                person, number = self.chat.officer(name), self.chat.people[name]
                if chat_links.active(session, person.id) is None:
                    known = session.get_one(Officer, person.id)
                    chat_links.connect(session, known, BOT_ID, number, number, name, self.chat.clock.now())
        self.outcome.memory[self.outcome.updates] = resident_kb()

    def _judge(self) -> None:
        self._turn_page()
        with self.chat.store.read() as session:
            for row in session.scalars(select(InboxUpdate).where(InboxUpdate.state != InboxState.HANDLED)):
                if row.id not in self.outcome.unreadable:
                    self.outcome.faults.append(f"{row.state}: {row.error}: {row.raw[:600]}")
        after = foreign(self.chat.store, OURS)
        for name in after:
            self.outcome.faults += [
                f"changed: {name}: {row}" for row in changed(self.before[name], after[name])
            ]


def changed(before: Counter[str], after: Counter[str]) -> list[str]:
    return [*(f"- {row}" for row in before - after), *(f"+ {row}" for row in after - before)]


def foreign(store: Store, own: tuple[str, ...]) -> dict[str, Counter[str]]:
    """Rows that the named officers have no right to: tasks, dates, people, roles and links of others."""
    with store.read() as session:
        known = [one.id for one in session.scalars(select(Officer).where(Officer.name.in_(own)))]
        tasks = set(session.scalars(select(Assignment.task_id).where(Assignment.officer_id.in_(known))))
        mine = set(session.scalars(select(Milestone.id).where(Milestone.task_id.in_(tasks))))

        def rows(of: type[Base], leave_out: Set[int] = frozenset(), column: str = "id") -> Counter[str]:
            found = session.execute(select(of.__table__)).mappings()
            return Counter(repr(dict(row)) for row in found if row.get(column) not in leave_out)

        return {
            "plan": rows(Plan),
            "department": rows(Department),
            "officer": rows(Officer, set(known)),
            "role": rows(Role),
            "link": rows(ChatLink, set(known), "officer_id"),
            "task": rows(Task, tasks),
            "assignment": rows(Assignment, tasks, "task_id"),
            "milestone": rows(Milestone, tasks, "task_id"),
            "request": rows(DelayRequest, mine, "milestone_id"),
        }


def resident_kb() -> int:
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


@contextmanager
def own_folder() -> Iterator[Path]:
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """0 where nothing broke, nothing was changed without the right to it and the memory stayed as it was."""
    given = parser().parse_args()
    print(f"updates: seed {given.seed}", flush=True)  # noqa: T201
    with own_folder() as folder:
        outcome = asyncio.run(Play(folder, given.seed).run(given.count))
    faults = [
        *outcome.faults,
        *([f"memory grew {outcome.growth:.2f} times"] if outcome.growth > GROWTH_MOST else []),
    ]
    figures = f"{outcome.updates:,} updates, {len(outcome.unreadable):,} of them unreadable, memory × {outcome.growth:.2f}"
    print(" ".join(f"{number // PAGE}k:{kb // 1024}" for number, kb in outcome.memory.items()), "MB")  # noqa: T201
    print("\n".join([figures, *(f"fault: {one}" for one in faults[:50])]))  # noqa: T201
    return 1 if faults else 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.campaign.odd", description=__doc__)
    found.add_argument("--seed", type=int, default=new_seed())
    found.add_argument("--count", type=int, default=FULL)
    return found


if __name__ == "__main__":
    sys.exit(main())
