"""Rates."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count, pairwise
from random import Random

import pytest

from jobs.delivery.pace import (
    FLOOD_FIRST_S,
    FLOOD_MEMORY_S,
    OVERALL,
    PER_CHAT,
    RETRY_MOST_S,
    SPREAD,
    TOKEN_FIRST_S,
    TOKEN_MOST_S,
    Bucket,
    Pace,
    Rate,
    retry_pause_s,
)


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def try_take(bucket: Bucket) -> float:
    """Takes a token where one is there; gives the seconds to wait for one."""
    wait_s = bucket.wait_s()
    if not wait_s:
        bucket.take()
    return wait_s


def test_a_burst_is_free_and_then_one_waits() -> None:
    bucket = Bucket(Rate(per_s=2.0, burst=3.0), Seconds())
    assert [try_take(bucket) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_waiting_as_long_as_said_is_enough() -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=2.0, burst=1.0), seconds)
    try_take(bucket)
    seconds.at += try_take(bucket)
    assert try_take(bucket) == 0.0


def test_a_refused_take_costs_nothing() -> None:
    bucket = Bucket(Rate(per_s=1.0, burst=1.0), Seconds())
    try_take(bucket)
    assert [try_take(bucket) for _ in range(3)] == [1.0, 1.0, 1.0]


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=1.0, burst=2.0), seconds)
    seconds.at += 1000
    assert [try_take(bucket) for _ in range(3)] == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(("passed", "is_full"), [(0.0, False), (0.9, False), (1.0, True)])
def test_a_bucket_at_rest_is_full(passed: float, is_full: bool) -> None:
    seconds = Seconds()
    bucket = Bucket(Rate(per_s=1.0, burst=2.0), seconds)
    try_take(bucket)
    seconds.at += passed
    assert bucket.is_full() is is_full


def rush(seconds: Seconds, wait: Callable[[], float], most_s: float) -> list[float]:
    """When each place was taken by somebody who asks again as soon as told."""
    taken: list[float] = []
    begun = seconds.at
    while seconds.at - begun < most_s:
        wait_s = wait()
        if not wait_s:
            taken.append(seconds.at)
        seconds.at += wait_s or 0.001
    return taken


def most_in(taken: list[float], span_s: float) -> int:
    """The most that lie in any span of that length."""
    return max(sum(at <= one < at + span_s for one in taken) for at in taken)


class Line:
    """The way to Telegram: a message takes a while there, and its answer a while back."""

    def __init__(self, seconds: Seconds) -> None:
        self.seconds = seconds
        self.pace = Pace(seconds)
        self.keys = count()
        self.arrivals: list[float] = []
        self.back: list[tuple[float, int]] = []  # when the answer is here, to which message

    def send(self, there_s: Callable[[], float], most_s: float) -> None:
        """Send for so long, whenever there is a place."""
        begun = self.seconds.at
        while self.seconds.at - begun < most_s:
            self.take_answers()
            key = next(self.keys)
            if not self.pace.wait_overall(key):
                self.arrivals.append(self.seconds.at + there_s())
                heappush(self.back, (self.arrivals[-1] + 0.02, key))
            self.seconds.at += 0.001

    def take_answers(self) -> None:
        while self.back and self.back[0][0] <= self.seconds.at:
            self.pace.answered(heappop(self.back)[1])


@pytest.mark.pitfall(11)
def test_overall_no_more_than_thirty_in_any_second_and_hardly_fewer() -> None:
    line = Line(Seconds())
    line.send(lambda: 0.03, 60.0)
    assert most_in(line.arrivals, 1.0) <= 30
    assert len(line.arrivals) / 60.0 >= 0.97 * 30


def test_thirty_a_second_also_where_the_way_there_stalls() -> None:
    """With a place for a second from its leaving, one message held up on its way met thirty others there."""
    chance = Random(1)
    line = Line(Seconds())
    line.send(lambda: 0.03 + (chance.random() * 0.3 if chance.random() < 0.1 else 0.0), 60.0)
    assert most_in(sorted(line.arrivals), 1.0) <= 30
    assert len(line.arrivals) / 60.0 > 0.9 * 30


def test_after_a_standstill_no_more_than_thirty_in_a_second_either() -> None:
    line = Line(Seconds())
    line.send(lambda: 0.03, 0.5)
    line.seconds.at += 0.4
    line.send(lambda: 0.03, 5.0)
    assert most_in(line.arrivals, 1.0) <= 30


def test_what_is_on_its_way_holds_its_place() -> None:
    line = Line(Seconds())
    line.send(lambda: 1000.0, 10.0)
    assert len(line.arrivals) == OVERALL.calls


def test_thirty_do_not_leave_at_once() -> None:
    seconds, keys = Seconds(), count()
    pace = Pace(seconds)
    taken = rush(seconds, lambda: pace.wait_overall(next(keys)), 1.0)
    assert min(later - earlier for earlier, later in pairwise(taken)) >= 1 / SPREAD.per_s - 1e-9


def test_a_group_gets_twenty_in_any_minute_and_a_person_more() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    group = rush(seconds, lambda: pace.wait_chat(-100), 300.0)
    person = rush(seconds, lambda: pace.wait_chat(100), 60.0)
    assert most_in(group, 60.0) == 20
    assert len(person) > 55


def test_a_flood_stops_everybody_for_a_moment() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    assert pace.flood(7, 17.0) == pace.paused_s() == FLOOD_FIRST_S
    seconds.at += FLOOD_FIRST_S
    assert (pace.wait_overall(1), pace.wait_chat(8)) == (0.0, 0.0)


def test_floods_in_one_chat_stay_that_chats_matter() -> None:
    pace = Pace(Seconds())
    assert [pace.flood(7, 17.0) for _ in range(5)] == [FLOOD_FIRST_S] * 5


def test_floods_in_many_chats_stop_everybody_as_long_as_told() -> None:
    pace = Pace(Seconds())
    assert [pace.flood(chat_id, 7.0) for chat_id in range(1, 6)] == [1.0, 2.0, 4.0, 7.0, 7.0]


def test_old_floods_are_forgotten() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    pace.flood(1, 7.0)
    seconds.at += FLOOD_MEMORY_S
    assert pace.flood(2, 7.0) == FLOOD_FIRST_S


def test_a_refused_token_stops_everybody_longer_each_time() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    pauses = []
    for _ in range(6):
        pauses.append(pace.token_refused())
        seconds.at += pauses[-1]
    assert pauses == [5.0, 10.0, 20.0, 40.0, TOKEN_MOST_S, TOKEN_MOST_S]
    pace.token_accepted()
    assert pace.token_refused() == TOKEN_FIRST_S


def test_those_refused_together_count_once() -> None:
    pace = Pace(Seconds())
    assert [pace.token_refused() for _ in range(8)] == [TOKEN_FIRST_S] * 8


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


def test_a_place_that_was_not_used_is_free_again() -> None:
    """Or a few messages given back after their place was taken would stop everything for good."""
    seconds = Seconds()
    pace = Pace(seconds)
    for number in range(100):
        assert pace.wait_overall(number) == 0.0
        pace.not_sent(number)
        seconds.at += 1.0
    assert pace.wait_overall(100) == 0.0
