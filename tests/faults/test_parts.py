"""A text in parts: each part is a row of the ledger, so that one that fails takes no other with it."""

from __future__ import annotations

import pytest

from jobs.delivery.telegram_errors import SendFault
from store.states import DeliveryState
from tests.jobs.desk import Post, fault

PARTS = ("1부", "2부", "3부")


@pytest.mark.pitfall(3)
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SendFault.TEMPORARY, ["1부", "2부", "2부", "3부"]),
        (SendFault.UNCERTAIN, ["1부", "2부", "3부", "again: 2부"]),
    ],
)
def test_a_part_that_fails_is_repeated_alone_and_the_rest_arrives(
    post: Post, kind: SendFault, expected: list[str]
) -> None:
    numbers = post.owe(*PARTS)
    post.sender.will_answer(post.chat_id, 7001, fault(kind))
    post.deliver()
    post.deliver(after_s=60)
    assert sorted(post.texts) == sorted(expected)
    assert {post.state(number) for number in numbers} == {DeliveryState.SENT}


@pytest.mark.pitfall(3)
def test_a_part_that_is_refused_takes_no_other_with_it(post: Post) -> None:
    numbers = post.owe(*PARTS)
    post.sender.will_answer(post.chat_id, 7001, fault(SendFault.REFUSED))
    post.deliver()
    states = [post.state(number) for number in numbers]
    assert states == [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SENT]
