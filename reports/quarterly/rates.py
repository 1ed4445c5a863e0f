"""Rates (이행률) and shares by whole-number arithmetic: the one place where a percentage of the result is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.quarterly.result import Rate
from reports.settings import Rounding, RoundSettings
from store.states import PledgeStatus

WHOLE = 100


def _rounded(part: int, whole: int, scale: int, rounding: Rounding) -> int:
    """part of whole in units of the last printed decimal."""
    units, rest = divmod(part * WHOLE * scale, whole)
    if rounding == "down":
        return units
    is_half = 2 * rest == whole
    is_up = 2 * rest > whole or (is_half and (rounding == "half-up" or units % 2 == 1))
    return units + is_up


def percent(part: int, whole: int, decimals: int, rounding: Rounding) -> Decimal | None:
    """part of whole in percent; None of nothing."""
    if whole == 0:
        return None
    return Decimal(_rounded(part, whole, 10**decimals, rounding)).scaleb(-decimals)


@dataclass(frozen=True)
class Shares:
    """Shares that add to 100. `plain` is each one rounded by itself; where `values` differ from it they were
    adjusted, by the residual class alone or by largest remainder."""

    values: tuple[Decimal, ...]
    plain: tuple[Decimal, ...]

    @property
    def adjusted(self) -> list[int]:
        return [i for i, value in enumerate(self.values) if value != self.plain[i]]


def shares(counts: Sequence[int], residual: int | None, decimals: int, rounding: Rounding) -> Shares | None:
    """The shares of the counts, of which the first is the headline; None where all counts are 0.

    The headline is always its own rounded rate. What the sum lacks to 100 goes to the class `residual`; where that
    is the headline, empty or would fall below 0, the other classes share by largest remainder what the headline left.
    """
    whole = sum(counts)
    if whole == 0:
        return None
    scale = 10**decimals
    plain = [_rounded(count, whole, scale, rounding) for count in counts]
    gap = WHOLE * scale - sum(plain)
    values = list(plain)
    if residual and counts[residual] and plain[residual] + gap >= 0:
        values[residual] += gap
    elif gap:
        values = _by_largest_remainder(counts, plain[0], scale)

    def as_percent(units: list[int]) -> tuple[Decimal, ...]:
        return tuple(Decimal(one).scaleb(-decimals) for one in units)

    return Shares(as_percent(values), as_percent(plain))


def _by_largest_remainder(counts: Sequence[int], headline: int, scale: int) -> list[int]:
    """The headline as it is; the others get their whole units, and what is left over by their remainders (of
    equal ones the larger class first)."""
    whole = sum(counts)
    parts = [divmod(count * WHOLE * scale, whole) for count in counts]
    values = [headline, *(units for units, _ in parts[1:])]
    left = WHOLE * scale - sum(values)
    order = sorted((i for i in range(1, len(counts)) if counts[i]), key=lambda i: (-parts[i][1], -counts[i]))
    for i in order[:left]:
        values[i] += 1
    return values


def rate_of_statuses(statuses: Sequence[PledgeStatus], settings: RoundSettings) -> Rate:
    """이행률: done of counted, by the organisation's formula."""
    counted = sum(one not in settings.excluded_statuses for one in statuses)
    done = sum(one in settings.done_statuses for one in statuses)
    return Rate(done, counted, percent(done, counted, settings.decimals, settings.rounding))
