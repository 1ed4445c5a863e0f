"""Rounding and the rule by which shares add to 100, case by case."""

from __future__ import annotations

import pytest

from reports.quarterly.rates import Shares, percent, shares
from reports.settings import Rounding


def shown(found: Shares | None) -> list[str]:
    assert found is not None
    return [str(one) for one in found.values]


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "rounding", "expected"),
    [
        (33, 49, 1, "half-up", "67.3"),
        (15, 49, 1, "half-up", "30.6"),
        (54, 79, 1, "half-up", "68.4"),
        (51, 66, 0, "half-up", "77"),
        (1, 8, 0, "half-up", "13"),
        (1, 8, 0, "half-even", "12"),
        (1, 8, 0, "down", "12"),
        (1, 3, 2, "half-up", "33.33"),
        (0, 5, 1, "half-up", "0.0"),
    ],
)
def test_a_rate_is_rounded_as_set(
    part: int, whole: int, decimals: int, rounding: Rounding, expected: str
) -> None:
    assert str(percent(part, whole, decimals, rounding)) == expected


def test_nothing_has_no_rate() -> None:
    assert percent(0, 0, 1, "half-up") is None
    assert shares([0, 0], 1, 1, "half-up") is None


def test_the_residual_class_takes_what_is_missing() -> None:
    found = shares([33, 15, 1], 1, 1, "half-up")
    assert shown(found) == ["67.3", "30.7", "2.0"]
    assert found is not None and found.adjusted == [1]


def test_an_empty_residual_class_stays_empty() -> None:
    assert shown(shares([1, 0, 1, 1], 1, 1, "half-up")) == ["33.3", "0.0", "33.4", "33.3"]


def test_a_residual_class_that_would_fall_below_zero_takes_nothing() -> None:
    assert shown(shares([335, 5, 335, 325], 1, 0, "half-up")) == ["34", "0", "34", "32"]


def test_the_headline_is_never_adjusted() -> None:
    assert shown(shares([1, 1, 1], 0, 0, "half-up")) == ["33", "34", "33"]


def test_all_done_is_100() -> None:
    assert shown(shares([7, 0, 0], 1, 1, "half-up")) == ["100.0", "0.0", "0.0"]
