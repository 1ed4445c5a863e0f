"""One row of goals, before and after -> indicators: values of both sides that count the same thing are one (시행 전·후)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from plans.indicators.drafts import IndicatorDraft
from plans.indicators.values import Said, Value, pieces, said_in, wording
from plans.text.spelling import one_line, squeeze, without_brackets

LONGEST_NAME: Final = 80
LONGEST_TEXT: Final = 1_000


def read_row(before: str, after: str, line: int, year: int | None) -> tuple[list[IndicatorDraft], bool]:
    """The indicators of a row, and whether a number in it may be a goal and is not read as one."""
    old, new = said_in(before), said_in(after)
    if not (old.values or new.values):
        goal = _in_words(before, after, line, year)
        return ([goal] if goal else []), bool(goal) and new.is_doubted
    return [_drafted(pair, before, after, line, year) for pair in _pairs(old, new)], new.is_doubted


def _in_words(before: str, after: str, line: int, year: int | None) -> IndicatorDraft | None:
    text = wording(after)[:LONGEST_TEXT]
    if not text:
        return None
    name = next(iter(pieces(after)), text)[:LONGEST_NAME]
    return IndicatorDraft(
        name=name, text=text, before=wording(before)[:LONGEST_TEXT] or None, line=line, year=year
    )


_Pair = tuple[Value | None, Value | None]


def _pairs(old: Said, new: Said) -> list[_Pair]:
    """Values that count the same thing, beside each other; the others alone. A nameless one goes with the only other of
    its unit."""
    left = list(old.values)
    pairs: list[_Pair] = []
    for value in new.values:
        twin = next((one for one in left if _same(one, value)), None)
        if twin is not None:
            left.remove(twin)
        pairs.append((twin, value))
    return sorted([*((one, None) for one in left), *pairs], key=lambda pair: pair[0] is None)


def _same(one: Value, other: Value) -> bool:
    names = {squeeze(without_brackets(name)) for name in (one.name, other.name) if name}
    return one.unit == other.unit and len(names) <= 1


def _drafted(pair: _Pair, before: str, after: str, line: int, year: int | None) -> IndicatorDraft:
    old, new = pair
    told = new or old
    assert told is not None
    name = (new.name if new else "") or (old.name if old else "") or wording(after if new else before)
    return IndicatorDraft(
        name=one_line(name)[:LONGEST_NAME],
        unit=told.unit,
        before=written(old.number) if old else None,
        before_year=old.year if old else None,
        target=written(new.number) if new else None,
        year=(new.year or year) if new else None,
        text=wording(after if new else before)[:LONGEST_TEXT],
        line=line,
        kind=told.kind,
        of=written(told.of) if told.of is not None else None,
        bound=new.bound if new else told.bound,
        direction=direction_of(told),
    )


def direction_of(value: Value) -> Literal["up", "down"]:
    """Which way is better, as far as words say."""
    return "down" if value.bound == "most" else "up"


def written(number: Decimal) -> str:
    """Written out: 2400000, 36.1."""
    whole = number.to_integral_value()
    return str(int(whole)) if whole == number else format(number.normalize(), "f")
