"""The machine's clock jumps: no day's message twice, none lost, and what waits does not wait for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs.delivery.telegram_errors import SendFault
from store.states import DeliveryState, ItemState
from tests.builders import kst
from tests.jobs.desk import Desk, Post, fault

TODAY = date(2026, 6, 30)


def test_a_week_forwards_brings_one_message_with_all_that_fell_due(desk: Desk) -> None:
    number = desk.promise(TODAY + timedelta(days=1))
    desk.pass_days(kst(2026, 6, 30), kst(2026, 7, 7))
    assert desk.days() == [TODAY, date(2026, 7, 7)]
    assert [state for _, state in desk.items(number)].count(ItemState.INCLUDED) == 2


def test_a_day_backwards_brings_nothing_again(desk: Desk) -> None:
    desk.promise(TODAY)
    desk.promise(TODAY + timedelta(days=1))
    desk.pass_days(kst(2026, 6, 30), kst(2026, 7, 1), kst(2026, 6, 30), kst(2026, 6, 30, 15), kst(2026, 7, 1))
    assert desk.days() == [TODAY, TODAY + timedelta(days=1)]


def test_a_month_forwards_and_back_loses_no_later_reminder(desk: Desk) -> None:
    desk.promise(date(2026, 7, 10))
    desk.pass_days(kst(2026, 6, 30), kst(2026, 8, 3), kst(2026, 6, 30), kst(2026, 7, 3), kst(2026, 7, 10))
    told = {rule for rule, _ in desk.items()}
    assert told >= {"before:30", "week", "before:0"}


def test_real_time_that_jumps_ahead_in_the_middle_of_a_pause_only_shortens_it(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=17))
    post.deliver()
    post.deliver(after_s=86_400)
    assert (post.state(number), post.texts) == (DeliveryState.SENT, ["답", "답"])


@pytest.mark.parametrize("back_s", [60, 3600, 86_400])
def test_real_time_that_jumps_back_delays_by_the_jump_and_loses_and_doubles_nothing(
    post: Post, back_s: float
) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=17))
    post.deliver()
    post.deliver(after_s=-back_s)
    post.deliver(after_s=back_s + 17)
    assert (post.state(number), post.texts) == (DeliveryState.SENT, ["답", "답"])
