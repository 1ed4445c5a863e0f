"""What people are told after the store went back to a backup."""

from __future__ import annotations

from store.db import meta
from tests.bot.chat import TUESDAY, Chat

NOTICE = "백업으로 되돌렸습니다"


def restore(chat: Chat) -> None:
    with chat.store.write() as session:
        meta.put(session, meta.RESTORED_AT, TUESDAY.isoformat())
        meta.put(session, meta.RESTORED_FROM, TUESDAY.isoformat())


def daily(chat: Chat) -> list[str]:
    chat.scan()
    return [text for _, text in chat.send_all() if "소관 일정 안내" in text]


def test_the_first_daily_message_says_so(linked: Chat) -> None:
    linked.send_all()
    restore(linked)
    texts = daily(linked)
    assert texts
    assert all(NOTICE in text and "6. 30.(화) 09:10" in text for text in texts)


def test_the_next_one_does_not(linked: Chat) -> None:
    restore(linked)
    daily(linked)
    linked.clock.forward(days=1)
    texts = daily(linked)
    assert texts
    assert not any(NOTICE in text for text in texts)


def test_without_a_restore_nothing_is_said(linked: Chat) -> None:
    assert not any(NOTICE in text for text in daily(linked))
