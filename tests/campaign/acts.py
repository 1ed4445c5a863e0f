"""Write-backs of a campaign: officers report and postpone while the bot is being killed."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from tests.campaign.city import City, Resident, morning
from tests.smoke.harness import Telegram

Kind = Literal["done", "delay", "tap"]
KINDS: tuple[Kind, ...] = ("done", "delay", "tap")
AHEAD = 7  # somebody acts on what is due within so many days, or late
POSTPONED = timedelta(days=100)
LONGEST_PAUSE_S = 0.5  # between two officers
LOOK_S = 0.05
FIRST_REVISION = 1  # what the buttons of an untouched milestone carry


@dataclass(frozen=True)
class Act:
    """What Telegram took from an officer: on which business day, and what should come of it exactly once."""

    kind: Kind
    resident: Resident
    day: date
    due: date | None = None  # the new due day of a delay

    @property
    def action(self) -> str:
        """The word of the audit entry."""
        return "delay" if self.kind == "delay" else "done"


@dataclass
class Officers:
    """Those who write: each promise is acted on once."""

    telegram: Telegram
    city: City
    chance: random.Random
    acts: list[Act] = field(default_factory=list)
    _thread: threading.Thread | None = None
    _failed: list[BaseException] = field(default_factory=list)

    def begin(self, day: date, count: int) -> None:
        """Let so many write back once that day's morning has come, at moments of their own."""
        taken = {act.resident.number for act in self.acts}
        open_ones = [
            one
            for one in self.city.residents
            if one.number not in taken and one.due <= day + timedelta(days=AHEAD)
        ]
        chosen = self.chance.sample(open_ones, min(count, len(open_ones)))
        self._thread = threading.Thread(target=self._write_all, args=(day, chosen))
        self._thread.start()

    def finish(self) -> None:
        """Wait for the day's last. Raises what went wrong in between."""
        if self._thread is not None:
            self._thread.join()
        if self._failed:
            raise self._failed[0]

    def _write_all(self, day: date, chosen: list[Resident]) -> None:
        try:
            while datetime.fromisoformat(self.telegram.get("clock")["now"]) < morning(day):
                time.sleep(LOOK_S)
            for one in chosen:
                time.sleep(self.chance.uniform(0.0, LONGEST_PAUSE_S))
                self.acts.append(self._write(day, one))
        except Exception as error:
            self._failed.append(error)

    def _write(self, day: date, one: Resident) -> Act:
        kind = self.chance.choice(KINDS)
        messages = self.telegram.get("state", chat=str(one.chat_id))["chats"][0]["messages"]
        if kind == "tap" and messages:
            return self._tap(day, one, messages[0]["message_id"])
        if kind == "delay":
            due = self.city.rules.calendar.next_or_same(max(day, one.due) + POSTPONED)
            text = f"/delay {one.number} {due.year}. {due.month}. {due.day}. 의회 일정"
            self.telegram.post("send", person=one.chat_id, text=text)
            return Act("delay", one, day, due)
        self.telegram.post("send", person=one.chat_id, text=f"/done {one.number}")
        return Act("done", one, day)

    def _tap(self, day: date, one: Resident, message_id: int) -> Act:
        """Twice in a row, as an impatient thumb does."""
        data = f"v1|done|{one.number}|{FIRST_REVISION}"
        for _ in range(2):
            self.telegram.post("press", person=one.chat_id, message_id=message_id, data=data, forged=True)
        return Act("tap", one, day)
