"""Updates on their way to the bot: numbered, kept until confirmed, and kept after that to be given again."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import OTHER_GET_UPDATES, WEBHOOK_ACTIVE, ApiError, bad_request, conflict
from sandbox.shapes import Json

FIRST_UPDATE_ID = 100_000_001
HISTORY_KEPT = 100_000
LIMIT = 100
"""Updates in one answer, at most."""
TIMEOUT_LIMIT_S = 50
KINDS_BY_DEFAULT_OFF = {"chat_member", "message_reaction", "message_reaction_count"}


class RawUpdate(dict[str, Any]):
    """An update that the bot is given as this text, whatever it says; its only key tells its place in the queue."""

    def __init__(self, update_id: int, text: str) -> None:
        super().__init__(update_id=update_id)
        self.text = text


def text_of(update: Json) -> str:
    """The update as it goes over the wire."""
    return update.text if isinstance(update, RawUpdate) else json.dumps(update, ensure_ascii=False)


@dataclass
class Poll:
    """One getUpdates that waits; `fault` is set where another call ends it."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    fault: ApiError | None = None

    def wake(self, fault: ApiError | None = None) -> None:
        """End the wait, with an error or with what has come."""
        self.fault = self.fault or fault
        self.woken.set()


@dataclass
class Updates:
    """The queue of one bot."""

    pending: deque[Json] = field(default_factory=deque)
    history: deque[Json] = field(default_factory=lambda: deque(maxlen=HISTORY_KEPT))
    again: deque[Json] = field(default_factory=deque)
    """Updates that the next answer brings once more, whatever the offset."""
    copied: set[int] = field(default_factory=set)
    """Ids of updates that a fault has given a second time."""
    allowed: list[str] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID
    webhook_url: str = ""
    on_taken: Callable[[], object] = lambda: None
    """Called whenever the bot has taken updates."""
    is_unsettled: bool = False
    """Whether updates came since the clock's present step began."""
    _poll: Poll | None = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _taken: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update; gives its id, or None where the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in KINDS_BY_DEFAULT_OFF
        if not wanted:
            return None
        update_id = self.next_id
        self.next_id += 1
        self.pending.append({"update_id": update_id, kind: payload})
        self._wake()
        return update_id

    def add_raw(self, text: str) -> int:
        """Queue an update of just that text, in which `$ID` stands for its number; gives the number."""
        update_id = self.next_id
        self.next_id += 1
        self.pending.append(RawUpdate(update_id, text.replace("$ID", str(update_id))))
        self._wake()
        return update_id

    def repeat(self, update_ids: list[int]) -> list[int]:
        """Deliver confirmed updates again, whatever the offset; gives the ids that were found."""
        found = [update for update in self.history if update["update_id"] in update_ids]
        self.again.extend(found)
        if found:
            self._wake()
        return [update["update_id"] for update in found]

    def give_again(self, updates: list[Json]) -> None:
        """Deliver in the next answer once more what was just given; a copy is not copied again."""
        for update in updates:
            if update["update_id"] not in self.copied:
                self.copied.add(update["update_id"])
                self.again.append(update)

    def last_confirmed(self, count: int) -> list[int]:
        """Ids of the last `count` confirmed updates, oldest first."""
        return [update["update_id"] for update in self.history][-count:] if count > 0 else []

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """What getUpdates answers; an earlier call that still waits ends with 409."""
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        self.end_poll(conflict(OTHER_GET_UPDATES))
        self.confirm(offset)
        if not self.pending and not self.again and timeout_s > 0:
            await self._wait(min(timeout_s, TIMEOUT_LIMIT_S))
        return self._answer(offset, max(1, min(limit, LIMIT)))

    def end_poll(self, fault: ApiError | None = None) -> None:
        """End a waiting getUpdates: with an error, or with an empty answer."""
        if self._poll is not None:
            self._poll.wake(fault)

    def confirm(self, offset: int) -> None:
        """Forget updates before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            offset = self.pending[offset]["update_id"] if len(self.pending) > -offset else 0
        while self.pending and self.pending[0]["update_id"] < offset:
            self.history.append(self.pending.popleft())
        self.note_taken()

    def note_taken(self) -> None:
        """Tell those who wait for an empty queue."""
        if not self.pending and not self.again and not self._taken.is_set():
            self._taken.set()
            self.on_taken()

    def first(self) -> Json | None:
        """The update that a webhook brings next."""
        return self.again[0] if self.again else self.pending[0] if self.pending else None

    def take_first(self) -> None:
        """Confirm what `first` gave: the webhook answered 2xx."""
        if self.again:
            self.again.popleft()
        elif self.pending:
            self.history.append(self.pending.popleft())
        self.confirm(0)

    def drop(self) -> None:
        """Throw away all pending updates, as drop_pending_updates does."""
        self.pending.clear()
        self.confirm(0)

    async def wait_for_arrival(self) -> None:
        """Return once there is an update to deliver."""
        while self.first() is None:
            self._arrived.clear()
            await self._arrived.wait()

    async def wait_until_taken(self, timeout_s: float) -> bool:
        """Whether the bot confirms all that is pending within `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                while self.pending or self.again:
                    await self._taken.wait()
        except TimeoutError:
            return False
        return True

    def _wake(self) -> None:
        self.is_unsettled = True
        self._taken.clear()
        self._arrived.set()
        self.end_poll()

    async def _wait(self, timeout_s: float) -> None:
        poll = self._poll = Poll()
        try:
            async with asyncio.timeout(timeout_s):
                await poll.woken.wait()
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.fault:
            raise poll.fault

    def _answer(self, offset: int, limit: int) -> list[Json]:
        repeated = [self.again.popleft() for _ in range(min(limit, len(self.again)))]
        fresh = [update for update in self.pending if update["update_id"] >= offset]
        self.confirm(0)
        return (repeated + fresh)[:limit]


def check_kinds(allowed: object) -> list[str]:
    """The value of allowed_updates.

    Raises: ApiError where it is not an array of strings.
    """
    if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
        raise bad_request("can't parse allowed updates JSON object")
    return allowed
