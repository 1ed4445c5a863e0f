"""`python -m tests.campaign.doors`: random updates through each door of a real `gihan run`; the seed is printed."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from store.db.engine import Store
from store.models import InboxUpdate, Milestone
from store.states import InboxState
from tests.campaign.odd import CODE, GROWTH_MOST, KNOWN_FROM, changed, foreign, own_folder
from tests.campaign.seed import new_seed
from tests.campaign.strange import Cast, Strange
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import TOKEN, Office, Telegram
from tests.smoke.test_open_door import hooked

FULL = 20_000
BEGIN = "2026-06-29T09:00:00+09:00"
OURS = "심청"
OTHERS = (("이몽룡",), ("허준", "--department", "기획예산과", "--role", "planner"))
LOOK_EVERY_S = 0.2
DOORS: dict[str, Callable[[Telegram, Path], Office]] = {"polling": Office, "webhook": hooked}


@dataclass
class Passed:
    """What came of it: how many were kept, what was wrong, resident memory in kB over the updates."""

    kept: int = 0
    faults: list[str] = field(default_factory=list)
    memory: dict[int, int] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        known = self.memory.get(KNOWN_FROM)
        return self.memory[max(self.memory)] / known if known else 1.0


class Door:
    """A running bot of a city, and people who watch while the updates come."""

    def __init__(
        self, telegram: Telegram, city: Office, seed: int, patience_s: float, *, is_whole: bool
    ) -> None:
        self.telegram, self.city, self.patience_s = telegram, city, patience_s
        city.gihan("import", str(SAMPLE_PLAN), "--yes")
        self.others = [city.link(*words)[0] for words in OTHERS]
        ours = city.link(OURS)[0]
        self.store = Store(f"sqlite:///{city.folder / 'gihan.db'}")
        with self.store.read() as session:
            numbers = [*session.scalars(select(Milestone.id))]
        cast = Cast([ours.id], range(501, 541), [one.id for one in self.others], numbers)
        self.strange = Strange(seed, cast, is_whole)
        self.passed = Passed()
        self.before = foreign(self.store, (OURS,))

    def run(self, count: int) -> Passed:
        already = self._count()
        for number in range(1, count + 1):
            self.telegram.post("updates", text=self.strange.update())
            if number % 1000 == 0 or number == count:
                self._wait(lambda: not self._waiting(), f"{number} updates to be handled")
                self.passed.memory[number] = self._resident_kb()
        self.passed.kept = self._count() - already
        self._ask_others()
        self._judge()
        self.store.close()
        return self.passed

    def _wait(self, is_over: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + self.patience_s
        while not is_over():
            assert self.city.run_process is not None and self.city.run_process.poll() is None, (
                "the bot has ended"
            )
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            time.sleep(LOOK_EVERY_S)

    def _waiting(self) -> bool:
        """Whether the queue holds any, or the inbox one that is not at its end."""
        pending = self.telegram.client.get(f"/bot{TOKEN}/getWebhookInfo").json()["result"][
            "pending_update_count"
        ]
        with self.store.read() as session:
            new = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == InboxState.NEW)
            return bool(pending or session.scalar(new))

    def _count(self) -> int:
        with self.store.read() as session:
            return session.scalar(select(func.count()).select_from(InboxUpdate)) or 0

    def _ask_others(self) -> None:
        """Whoever had nothing to do with it is answered as ever."""
        for one in self.others:
            told = len(one.received())
            one.write("/help")
            self._wait(lambda one=one, told=told: len(one.received()) > told, f"the answer to {one.id}")  # type: ignore[misc]

    def _judge(self) -> None:
        log = self.city.log.read_text(encoding="utf-8")
        self.passed.faults += [
            f"log: {line}" for line in log.splitlines() if re.search("Traceback|CRITICAL", line)
        ]
        sent = (str(one["params"].get("text")) for one in self.telegram.sends())
        self.passed.faults += [f"told: {text}" for text in sent if CODE.search(text)]
        after = foreign(self.store, (OURS,))
        for name in after:
            self.passed.faults += [
                f"changed: {name}: {row}" for row in changed(self.before[name], after[name])
            ]

    def _resident_kb(self) -> int:
        assert self.city.run_process is not None
        status = Path(f"/proc/{self.city.run_process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) if found else 0


def through(door: str, folder: Path, seed: int, count: int, patience_s: float) -> Passed:
    """Raises AssertionError where the bot ended, or did not come to the end of it."""
    telegram = Telegram(folder, BEGIN)
    city = DOORS[door](telegram, folder)
    city.start()
    try:
        return Door(telegram, city, seed, patience_s, is_whole=door == "polling").run(count)
    finally:
        if city.run_process is not None and city.run_process.poll() is None:
            city.stop()
        telegram.close()


def main() -> int:
    """0 where the bot ran on by every door, changed nothing without the right to it and grew by little."""
    given = argparse.ArgumentParser(prog="python -m tests.campaign.doors", description=__doc__)
    given.add_argument("--seed", type=int, default=new_seed())
    given.add_argument("--count", type=int, default=FULL)
    wanted = given.parse_args()
    faults: list[str] = []
    for door in DOORS:
        sys.stdout.write(f"{door}: seed {wanted.seed}\n")
        with own_folder() as folder:
            passed = through(door, folder, wanted.seed, wanted.count, 1800.0)
        sys.stdout.write(
            f"{door}: {wanted.count:,} updates, {passed.kept:,} kept, memory × {passed.growth:.2f}\n"
        )
        faults += [f"{door}: {one}" for one in passed.faults]
        faults += [f"{door}: memory grew {passed.growth:.2f} times"] if passed.growth > GROWTH_MOST else []
    sys.stdout.write("".join(f"fault: {one}\n" for one in faults[:50]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
