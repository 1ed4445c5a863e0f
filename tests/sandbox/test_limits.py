"""Telegram's sending limits."""

from sandbox.chats import Chat
from sandbox.limits import Limits


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


def refused(limits: Limits, chat: Chat, method: str = "sendMessage") -> int | None:
    """Seconds to wait; None where the call may pass."""
    refusal = limits.refusal(method, chat)
    return refusal.parameters["retry_after"] if refusal and refusal.parameters else None


def test_nothing_is_limited_unless_asked_for() -> None:
    limits = Limits(monotonic=Watch())
    assert [refused(limits, Chat(1, "private")) for _ in range(100)] == [None] * 100


def test_thirty_a_second_over_all_chats() -> None:
    watch = Watch()
    limits = Limits(is_on=True, monotonic=watch)
    assert [refused(limits, Chat(number, "private")) for number in range(31)] == [None] * 30 + [1]
    watch.now = 1.0
    assert refused(limits, Chat(99, "private")) is None


def test_one_a_second_in_a_chat_and_edits_do_not_count() -> None:
    limits = Limits(is_on=True, monotonic=Watch())
    chat = Chat(1, "private")
    assert [refused(limits, chat), refused(limits, chat), refused(limits, chat, "editMessageText")] == [
        None,
        1,
        None,
    ]


def test_twenty_a_minute_in_a_group() -> None:
    watch = Watch()
    limits = Limits(is_on=True, monotonic=watch)
    group = Chat(-1, "group")
    for number in range(20):
        watch.now = number * 2.0
        assert refused(limits, group) is None
    watch.now = 40.0
    assert refused(limits, group) == 20
