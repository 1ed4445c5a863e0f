"""Rates."""

from __future__ import annotations

import pytest

from jobs.limits import OVERALL, PER_CHAT, RETRY_MOST_S, Bucket, Pace, Rate, retry_pause_s


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_is_free_and_then_one_waits() -> None:
    bucket = Bucket(Rate(per_s=2.0, burst=3.0), Seconds())
    assert [bucket.try_take() for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_waiting_as_long_as_said_is_enough() -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=2.0, burst=1.0), seconds)
    bucket.try_take()
    seconds.at += bucket.try_take()
    assert bucket.try_take() == 0.0


def test_a_refused_take_costs_nothing() -> None:
    bucket = Bucket(Rate(per_s=1.0, burst=1.0), Seconds())
    bucket.try_take()
    assert [bucket.try_take() for _ in range(3)] == [1.0, 1.0, 1.0]


def test_reservations_line_up() -> None:
    bucket = Bucket(Rate(per_s=10.0, burst=1.0), Seconds())
    assert [bucket.reserve() for _ in range(4)] == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=1.0, burst=2.0), seconds)
    seconds.at += 1000
    assert [bucket.try_take() for _ in range(3)] == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(("passed", "is_full"), [(0.0, False), (0.9, False), (1.0, True)])
def test_a_bucket_at_rest_is_full(passed: float, is_full: bool) -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=1.0, burst=2.0), seconds)
    bucket.try_take()
    seconds.at += passed
    assert bucket.is_full() is is_full


@pytest.mark.pitfall(11)
def test_overall_no_more_than_the_rate_in_any_second() -> None:
    pace = Pace(Seconds())
    waits = [pace.wait_overall() for _ in range(100)]
    assert sum(wait < 1.0 for wait in waits) <= OVERALL.per_s + OVERALL.burst


def test_a_chat_in_a_rush_holds_up_no_other() -> None:
    pace = Pace(Seconds())
    waits = [pace.wait_chat(1) for _ in range(int(PER_CHAT.burst) + 1)]
    assert (waits[-1], pace.wait_chat(2)) == (1.0, 0.0)


def test_chats_at_rest_are_forgotten_and_busy_ones_not() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    for chat_id in range(pace.MOST_CHATS + 1):
        pace.wait_chat(chat_id)
    seconds.at += 10
    for _ in range(int(PER_CHAT.burst)):
        pace.wait_chat(0)
    pace.wait_chat(-1)
    assert pace.chats.keys() == {0, -1}
    assert pace.wait_chat(0) == 1.0


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [(1, 1.0), (2, 2.0), (5, 16.0), (9, 256.0), (10, RETRY_MOST_S), (9999, RETRY_MOST_S)],
)
def test_pauses_double_up_to_a_most(attempts: int, pause: float) -> None:
    assert retry_pause_s(attempts) == pause
