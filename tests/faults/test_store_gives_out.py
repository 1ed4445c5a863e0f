"""The store fails in the middle of a message or of a scan: that is no fault of the message, which stays owed."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from store import scan
from store.deliveries import Message
from store.models import Delivery
from store.states import DeliveryState
from tests.jobs import desk as desk_module
from tests.jobs.desk import Post

TODAY = date(2026, 6, 30)
FULL = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))


def test_a_store_that_fails_while_a_message_is_written_refuses_no_message(post: Post) -> None:
    (number,) = post.owe("답")
    fails = [True]

    def render(session: Session, delivery: Delivery, now: datetime) -> Message | None:
        if fails:
            fails.clear()
            raise FULL
        return desk_module.render(session, delivery, now)

    post.deliverer.render = render
    with pytest.raises(OperationalError):
        post.deliver()
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.SENT, ["답"])


def test_a_store_that_fails_during_a_scan_leaves_everything_owed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.desk.promise(TODAY)

    def full(*_: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(scan, "enter", full)
        with pytest.raises(OperationalError):
            post.desk.scan()
    post.desk.scan()
    assert post.desk.standing(TODAY) == ["before:0"]
