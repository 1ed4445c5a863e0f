"""The course of a campaign: days pass, officers write, answers are lost, runs are killed; then two calm days."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from store.db.engine import Store
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState
from tests.campaign.acts import Officers
from tests.campaign.city import City, morning
from tests.campaign.replicas import Crew
from tests.campaign.size import (
    DOUBLED,
    DROPPED,
    KILLED_AT_START,
    LATENCY_S,
    STARTING_S,
    Chances,
    Size,
)
from tests.smoke.harness import Telegram

CALM_DAYS = 2  # what was in doubt stands in the next day's message, and the planning office hears of it


@dataclass
class Course:
    """One campaign while it runs."""

    telegram: Telegram
    store: Store
    city: City
    crew: Crew
    size: Size
    chances: Chances
    days: list[date] = field(default_factory=list)  # that have passed
    dropped: int = 0  # answers that were lost
    officers: Officers = field(init=False)

    def __post_init__(self) -> None:
        self.officers = Officers(self.telegram, self.city, self.chances.of("write-backs"))

    def run(self) -> None:
        """All of it; the runs are told to end in order at last."""
        self._order_faults()
        self.crew.start()
        killing = _Thread(self._kill_all)
        while killing.is_alive() or self._sent() < self.size.deliveries:
            self._pass_day(self.size.acts_a_day)
            killing.check()
        killing.join()
        killing.check()
        self._end_faults()
        for _ in range(CALM_DAYS):
            self._pass_day(0)
        codes = self.crew.stop()
        assert not any(codes), f"a run ended with {codes}"

    def _order_faults(self) -> None:
        for method in ("sendMessage", "editMessageText", "getUpdates"):
            seed = self.chances.of(method).randrange(2**31)
            self.telegram.post("faults", method=method, kind="drop-answer", chance=DROPPED, seed=seed)
        self.telegram.post("faults", kind="duplicate", chance=DOUBLED, seed=self.chances.seed)
        self.telegram.post("faults", method="sendMessage", kind="delay", seconds=LATENCY_S, times=0)

    def _end_faults(self) -> None:
        rules = self.telegram.get("faults")["faults"]
        self.dropped = sum(rule["used"] for rule in rules if rule["kind"] == "drop-answer")
        self.telegram.client.delete("/sandbox/faults").raise_for_status()

    def _pass_day(self, acts: int) -> None:
        """The next working day's morning, until everything of it is done."""
        assert len(self.days) < len(self.city.days), "the city has no days left"
        day = self.city.days[len(self.days)]
        self.officers.begin(day, acts)
        self.telegram.move_to(morning(day).isoformat())
        self.officers.finish()
        self.telegram.move_to(morning(day).replace(minute=11).isoformat())
        self.days.append(day)

    def _sent(self) -> int:
        """Messages that went out; edits of one do not count."""
        went = Delivery.state == DeliveryState.SENT, Delivery.kind != DeliveryKind.EDIT
        with self.store.read() as session:
            return session.scalar(select(func.count()).select_from(Delivery).where(*went)) or 0

    def _kill_all(self) -> None:
        chance = self.chances.of("kills")
        since = datetime.now(UTC)
        for _ in range(self.size.kills):
            since = self._kill(chance, since)
        self._note_back(since)

    def _kill(self, chance: random.Random, since: datetime) -> datetime:
        """One kill at a random moment; gives its instant. Where several run it is the leader that dies, and only
        once it has taken over; one that is alone may also die on its way to work."""
        is_early = chance.random() < KILLED_AT_START and self.crew.count == 1
        wait_s = chance.uniform(0.0, STARTING_S if is_early else self.size.life_s)
        victim = self.crew.replicas[0]
        while not is_early:
            if (found := self.crew.at(self._note_back(since))) is not None:
                victim = found
                break
            since = datetime.now(UTC)  # that connection is gone already: look at the next one
        time.sleep(wait_s)
        return self.crew.kill(victim).at

    def _note_back(self, since: datetime) -> str:
        """Wait until somebody is at work after that instant, and note it; gives the address."""
        at, address = self.crew.wait_for_work(since)
        if self.crew.kills:
            self.crew.kills[-1].back_at = at
        return address


class _Thread(threading.Thread):
    """A thread whose failure is seen."""

    def __init__(self, work: object) -> None:
        super().__init__(daemon=True)
        assert callable(work)
        self.work = work
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except BaseException as error:
            self.error = error

    def check(self) -> None:
        """Raises what the work raised."""
        if self.error is not None:
            raise self.error
