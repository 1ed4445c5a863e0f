"""Faults on purpose: the next calls of a method fail in a chosen way."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from sandbox.errors import ApiError, too_many
from sandbox.shapes import Json

Kind = Literal["drop-answer", "error", "retry-after", "delay", "close"]
"""drop-answer: takes effect, the connection is closed without an answer. error: refused with code and
description. retry-after: refused with 429. delay: takes effect, the answer comes `seconds` later. close: the
connection is closed before it takes effect."""
KINDS: tuple[str, ...] = get_args(Kind)
DESCRIPTIONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class FaultError(ValueError):
    """A fault that cannot be understood; the text says why."""


@dataclass
class Fault:
    """One rule; used up after `times` calls (0 = never)."""

    method: str
    kind: Kind
    times: int = 1
    code: int = 500
    description: str = ""
    retry_after: int = 1
    seconds: float = 1.0
    chance: float = 1.0
    """Share of the calls that are hit."""
    skip: int = 0
    """Calls that pass before the first is hit."""
    chat_id: int | None = None
    used: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether the rule has hit as often as it should."""
        return 0 < self.times <= self.used

    def error(self) -> ApiError:
        """The refusal of the kinds error and retry-after."""
        if self.kind == "retry-after":
            return too_many(self.retry_after)
        return ApiError(self.code, self.description or DESCRIPTIONS.get(self.code, "Bad Request"))

    def fits(self, method: str, chat_id: int | str | None) -> bool:
        """Whether the rule speaks of this call."""
        is_method = self.method == "*" or self.method.lower() == method.lower()
        return is_method and not self.is_spent and self.chat_id in (None, chat_id)


@dataclass
class Faults:
    """All rules; the first that fits a call is used."""

    rules: list[Fault] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 (repeatable on purpose)

    def hit(self, method: str, chat_id: int | str | None) -> Fault | None:
        """The fault that this call meets; counts it."""
        for rule in self.rules:
            if rule.fits(method, chat_id) and self._strikes(rule):
                rule.used += 1
                return rule
        return None

    def _strikes(self, rule: Fault) -> bool:
        if rule.skip > 0:
            rule.skip -= 1
            return False
        return self.chance.random() < rule.chance

    def public(self) -> list[Json]:
        """The rules as the control API shows them."""
        return [asdict(rule) for rule in self.rules]


def read_fault(given: Json) -> Fault:
    """A rule from JSON.

    Raises: FaultError where a key or value is not understood.
    """
    unknown = given.keys() - Fault.__dataclass_fields__.keys() | {"used"} & given.keys()
    if unknown:
        raise FaultError(f"unknown keys: {', '.join(sorted(unknown))}")
    if given.get("kind") not in KINDS:
        raise FaultError(f"kind must be one of {', '.join(KINDS)}")
    try:
        return Fault(**{name: _typed(name, value) for name, value in {"method": "*", **given}.items()})
    except (TypeError, ValueError) as fault:
        raise FaultError(str(fault)) from fault


def parse_fault(text: str) -> Fault:
    """A rule from the command line: `METHOD:KIND[:key=value,…]`, for example `sendMessage:drop-answer:times=3`."""
    method, _, rest = text.partition(":")
    kind, _, options = rest.partition(":")
    pairs = [option.partition("=") for option in options.split(",") if option]
    return read_fault({"method": method, "kind": kind, **{name: value for name, _, value in pairs}})


def _typed(name: str, value: Any) -> Any:
    if name in ("times", "code", "retry_after", "skip"):
        return int(str(value))
    if name in ("seconds", "chance"):
        return float(str(value))
    if name == "chat_id":
        return None if value is None else int(str(value))
    return str(value)
