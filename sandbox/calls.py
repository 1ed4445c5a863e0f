"""The log of API calls: what was asked, what was answered, when."""

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from sandbox.shapes import Json

CALLS_KEPT = 100_000


@dataclass
class Call:
    """One call; `status` is None until it is answered."""

    number: int
    method: str
    params: Json
    at: datetime
    """Real time, UTC."""
    monotonic_s: float
    business_at: datetime
    client: str = ""
    """Address of who called: tells several bots on one machine apart."""
    status: int | None = None
    description: str | None = None
    result: Any = None
    fault: str | None = None
    is_answered: bool = False

    def note_result(self, result: Any) -> None:
        """Keep what was answered; of updates only their ids, for they are kept elsewhere."""
        is_updates = self.method == "getUpdates"
        self.result = [update["update_id"] for update in result] if is_updates else result

    def public(self) -> Json:
        """The call as the control API shows it."""
        return {
            "n": self.number,
            "method": self.method,
            "params": self.params,
            "at": self.at.isoformat(),
            "monotonic_s": self.monotonic_s,
            "business_at": self.business_at.isoformat(),
            "client": self.client,
            "status": self.status,
            "description": self.description,
            "result": self.result,
            "fault": self.fault,
            "answered": self.is_answered,
        }


@dataclass
class Calls:
    """The last CALLS_KEPT calls, oldest first."""

    kept: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    count: int = 0

    def begin(self, method: str, params: Json, business_at: datetime, client: str = "") -> Call:
        """Note a call that has come in."""
        self.count += 1
        call = Call(self.count, method, params, datetime.now(UTC), time.monotonic(), business_at, client)
        self.kept.append(call)
        return call

    def found(self, method: str | None, since: int) -> list[Call]:
        """Calls of one method (all where None) after number `since`."""
        wanted = method.lower() if method else None
        newer = takewhile(lambda call: call.number > since, reversed(self.kept))
        return [call for call in newer if wanted is None or call.method.lower() == wanted][::-1]
