"""Change against the quarter before, from -> to per project, and the proof that it adds up (직전 → 이번)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from reports.quarterly.rows import Row, number_key
from store.plans import squeeze
from store.states import PledgeStatus


@dataclass(frozen=True)
class Move:
    """A project that changed. `before` None: new this quarter; `after` None: no longer in the register."""

    row: Row
    before: PledgeStatus | None
    after: PledgeStatus | None


@dataclass(frozen=True)
class Balance:
    """Of one status: how many there were, came, left and are now."""

    status: PledgeStatus
    before: int
    came: int
    left: int
    now: int


@dataclass(frozen=True)
class Changes:
    moves: tuple[Move, ...]
    balance: tuple[Balance, ...]


def compare(before: Sequence[Row], now: Sequence[Row]) -> Changes:
    """What changed between two quarters, in the order of the register; what left stands last.

    Raises AssertionError where prior counts and moves do not give the present counts: a fault of this program.
    """
    pairs = match(before, now)
    known = {id(row): old for old, row in pairs}
    gone = {id(old) for old, _ in pairs}
    moves = [
        Move(row, known[id(row)].status if id(row) in known else None, row.status)
        for row in now
        if id(row) not in known or known[id(row)].status is not row.status
    ]
    moves += [Move(old, old.status, None) for old in before if id(old) not in gone]
    return Changes(tuple(moves), _balance(before, now, moves))


def _balance(before: Sequence[Row], now: Sequence[Row], moves: Sequence[Move]) -> tuple[Balance, ...]:
    prior, present = Counter(row.status for row in before), Counter(row.status for row in now)
    came, left = Counter(one.after for one in moves), Counter(one.before for one in moves)
    found = []
    for status in PledgeStatus:
        one = Balance(status, prior[status], came[status], left[status], present[status])
        assert one.before + one.came - one.left == one.now, f"moves do not reconcile: {one}"
        if one.before or one.now:
            found.append(one)
    return tuple(found)


def match(before: Sequence[Row], now: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Each row with its own of the quarter before: by number and title, then by either of them."""
    pairs: list[tuple[Row, Row]] = []
    old, new = list(before), list(now)
    for key in (_number_and_title, _number, _title):
        found = _match_by(old, new, key)
        pairs += found
        taken = {id(row) for pair in found for row in pair}
        old = [row for row in old if id(row) not in taken]
        new = [row for row in new if id(row) not in taken]
    return pairs


def _match_by(
    before: Sequence[Row], now: Sequence[Row], key: Callable[[Row], Hashable | None]
) -> list[tuple[Row, Row]]:
    sides: dict[Hashable, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((before, now)):
        for row in rows:
            if (value := key(row)) is not None:
                sides[value][side].append(row)
    return [
        pair for old, new in sides.values() if len(old) == len(new) for pair in zip(old, new, strict=True)
    ]


def _number(row: Row) -> Hashable | None:
    return number_key(row.no) or None


def _title(row: Row) -> Hashable | None:
    return squeeze(row.title) or None


def _number_and_title(row: Row) -> Hashable | None:
    return number_key(row.no), squeeze(row.title)
