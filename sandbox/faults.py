"""Faults on purpose: the next calls of a method, or all calls of a while, fail in a chosen way."""

import math
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from sandbox.errors import OTHER_GET_UPDATES, ApiError, conflict, too_many
from sandbox.shapes import Json

Kind = Literal[
    "drop-answer", "error", "retry-after", "delay", "close", "conflict", "duplicate", "outage"
]  # fmt: skip
KINDS: dict[str, str] = {
    "drop-answer": "takes effect, then the connection is closed without an answer",
    "error": "refused with `code` and `description`",
    "retry-after": "refused with 429 and `retry_after` seconds; 0 = until the rule ends",
    "delay": "takes effect, the answer comes `seconds` later",
    "close": "the connection is closed before the call takes effect",
    "conflict": "getUpdates is refused with 409, as if another bot polled with the same token",
    "duplicate": "updates that getUpdates gives come a second time, even when confirmed",
    "outage": "nobody listens any more: connections are cut and new ones refused, also those of the page",
}
assert tuple(KINDS) == get_args(Kind)
DESCRIPTIONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
POLL_ONLY = ("conflict", "duplicate")
SHORT = {"p": "chance", "for": "for_s", "after": "after_s", "chat": "chat_id"}
"""Other names of keys, for the command line."""
WHOLE = ("times", "code", "retry_after", "skip", "seed")
LENGTHS = ("seconds", "chance", "after_s", "for_s")


class FaultError(ValueError):
    """A fault that cannot be understood; the text says why."""


@dataclass
class Fault:
    """One rule. It speaks of calls of `method` (of `chat_id`), after `skip` of them, from `after_s` seconds
    after it was made, for `for_s` seconds (0 = without an end), and hits a `chance` of them, `times` times
    (0 = without an end) and then no more."""

    method: str
    kind: Kind
    times: int = 1
    code: int = 500
    description: str = ""
    retry_after: int = 1
    seconds: float = 1.0
    chance: float = 1.0
    """Share of the calls that are hit."""
    seed: int = 1
    """Which calls these are: the same seed hits the same calls."""
    skip: int = 0
    """Calls that pass before the first is hit."""
    after_s: float = 0.0
    for_s: float = 0.0
    chat_id: int | None = None
    used: int = 0
    made_at: float = field(default_factory=time.monotonic, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 (repeatable on purpose)

    @property
    def is_spent(self) -> bool:
        """Whether the rule has hit as often as it should."""
        return 0 < self.times <= self.used

    def is_on(self, now: float) -> bool:
        """Whether its time has begun and not ended. `now` is monotonic."""
        age_s = now - self.made_at - self.after_s
        return age_s >= 0 and (self.for_s == 0 or age_s < self.for_s)

    def left_s(self, now: float) -> float:
        """Seconds until its time ends; 0 where it has no end."""
        return max(0.0, self.made_at + self.after_s + self.for_s - now) if self.for_s else 0.0

    def error(self, now: float) -> ApiError:
        """The refusal of the kinds error, retry-after and conflict."""
        if self.kind == "conflict":
            return conflict(OTHER_GET_UPDATES)
        if self.kind == "retry-after":
            return too_many(self.retry_after or max(1, math.ceil(self.left_s(now))))
        return ApiError(self.code, self.description or DESCRIPTIONS.get(self.code, "Bad Request"))

    def fits(self, method: str, chat_id: int | str | None, now: float) -> bool:
        """Whether the rule speaks of this call."""
        is_method = self.method == "*" or self.method.lower() == method.lower()
        is_call = is_method and self.kind != "outage" and self.chat_id in (None, chat_id)
        return is_call and not self.is_spent and self.is_on(now)

    def strikes(self) -> bool:
        """Whether this one of the calls it speaks of is hit."""
        if self.skip > 0:
            self.skip -= 1
            return False
        return self._random.random() < self.chance

    def public(self) -> Json:
        """The rule as the control API shows it."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "made_at"}


GIVEN = {one.name for one in fields(Fault)} - {"used", "made_at"}


@dataclass
class Faults:
    """All rules; the first that fits a call is used."""

    rules: list[Fault] = field(default_factory=list)
    monotonic: Callable[[], float] = time.monotonic

    def hit(self, method: str, chat_id: int | str | None) -> Fault | None:
        """The fault that this call meets; counts it."""
        now = self.monotonic()
        for rule in self.rules:
            if rule.fits(method, chat_id, now) and rule.strikes():
                rule.used += 1
                return rule
        return None

    def refusal(self, fault: Fault | None) -> ApiError | None:
        """What the call is refused with; None where it takes effect."""
        is_refused = fault is not None and fault.kind in ("error", "retry-after", "conflict")
        return fault.error(self.monotonic()) if fault is not None and is_refused else None

    def is_out(self) -> bool:
        """Whether nobody may listen now."""
        now = self.monotonic()
        return any(rule.kind == "outage" and rule.is_on(now) for rule in self.rules)

    def public(self) -> list[Json]:
        """The rules as the control API shows them."""
        return [rule.public() for rule in self.rules]


def read_fault(given: Json) -> Fault:
    """A rule from JSON. One with a chance or a time of its own hits as often as it comes, any other once,
    unless `times` says otherwise.

    Raises: FaultError where a key or value is not understood.
    """
    named = {SHORT.get(key, key): value for key, value in given.items()}
    if unknown := named.keys() - GIVEN:
        raise FaultError(f"unknown keys: {', '.join(sorted(unknown))}")
    kind = named.get("kind")
    if kind not in KINDS:
        raise FaultError(f"kind must be one of {', '.join(KINDS)}")
    endless = {"times": 0} if named.keys() & {"chance", "seed", "for_s"} else {}
    method = "getUpdates" if kind in POLL_ONLY else "*"
    try:
        fault = Fault(
            **{key: _typed(key, value) for key, value in {"method": method, **endless, **named}.items()}
        )
    except (TypeError, ValueError) as error:
        raise FaultError(str(error)) from error
    _check(fault)
    return fault


def _check(fault: Fault) -> None:
    if fault.kind in POLL_ONLY and fault.method.lower() != "getupdates":
        raise FaultError(f"{fault.kind} is a fault of getUpdates only")
    if fault.kind == "outage" and not 0 < fault.for_s < math.inf:
        raise FaultError("outage needs for_s, the seconds it lasts: while it does nobody can end it")
    if not 0 <= fault.chance <= 1:
        raise FaultError("chance lies between 0 and 1")
    if min(fault.times, fault.skip, fault.retry_after, fault.after_s, fault.for_s, fault.seconds) < 0:
        raise FaultError("numbers must not be negative")


def parse_fault(text: str) -> Fault:
    """A rule from the command line: `[METHOD:]KIND[:key=value…]`, further keys after a colon or a comma:
    `sendMessage:drop-answer:times=3`, `drop-answer:p=0.05:seed=7:method=sendMessage`."""
    words = [word for word in re.split("[:,]", text) if word]
    plain = [word for word in words if "=" not in word]
    if not 1 <= len(plain) <= 2 or words[: len(plain)] != plain:
        raise FaultError(f"{text}: write [METHOD:]KIND[:key=value…], kinds: {', '.join(KINDS)}")
    given: Json = {"kind": plain[-1]} | ({"method": plain[0]} if len(plain) > 1 else {})
    for word in words[len(plain) :]:
        key, _, value = word.partition("=")
        given[key] = value
    return read_fault(given)


def _typed(name: str, value: Any) -> Any:
    if name in WHOLE:
        return int(str(value))
    if name in LENGTHS:
        return float(str(value))
    if name == "chat_id":
        return None if value is None else int(str(value))
    return str(value)
