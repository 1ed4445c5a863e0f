"""One tick: the steps in their order, then the sending."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.clock import FileClock
from jobs.delivery.pace import LEASE_S
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.loop import Loop
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import CalendarSettings, ReminderSettings
from store import claims, inbox
from store.db import meta
from store.models import Milestone, Task
from store.states import DeliveryState, MilestoneState
from tests import builders
from tests.builders import LONG_AGO, SEOUL, kst
from tests.jobs.desk import Post

TODAY = date(2026, 6, 30)


def loop(post: Post, *, is_alone: bool = True) -> Loop:
    desk = post.desk
    return Loop(desk.store, desk.clock, desk.rules, post.deliverer, is_alone=is_alone)


def tick(one: Loop, *, scan: bool = True) -> None:
    if scan:
        one.wake(scan=True)
    asyncio.run(one.tick())


def test_a_tick_sends_what_is_owed(post: Post) -> None:
    post.desk.promise(TODAY)
    tick(loop(post))
    assert post.texts == ["before:0"]


def test_a_second_tick_sends_nothing_more(post: Post) -> None:
    post.desk.promise(TODAY)
    one = loop(post)
    tick(one)
    tick(one)
    assert post.texts == ["before:0"]


def test_the_steps_of_a_tick_and_their_order(post: Post) -> None:
    names = [step.__name__ for step in loop(post).steps]
    assert names == [
        *(
            "_reap",
            "_judge_windows",
            "_apply_policy",
            "_start_plans",
            "_extend_series",
            "_hand_over",
            "_take_up",
            "_open_asks",
            "_scan",
            "_tidy",
        )
    ]


def test_an_answer_needs_no_scan(post: Post) -> None:
    one = loop(post)
    tick(one)
    post.desk.promise(TODAY)
    post.owe("답")
    tick(one, scan=False)
    assert post.texts == ["답"]


def begin_sending(post: Post) -> int:
    (number,) = post.owe("답")
    with post.desk.store.write() as session:
        claims.claim(session, "dead", post.real.now(), LEASE_S, with_digests=True)
    return number


def test_at_the_start_who_is_alone_takes_up_what_the_dead_left(post: Post) -> None:
    number = begin_sending(post)
    one = loop(post)
    tick(one)
    post.real.forward(seconds=10)
    tick(one)
    assert (post.texts, post.state(number)) == (["again: 답"], DeliveryState.SENT)


def test_who_is_not_alone_waits_for_the_lease(post: Post) -> None:
    number = begin_sending(post)
    one = loop(post, is_alone=False)
    tick(one)
    assert post.state(number) is DeliveryState.SENDING
    post.real.forward(seconds=LEASE_S + 1)
    tick(one)
    post.real.forward(seconds=10)
    tick(one)
    assert post.texts == ["again: 답"]


def test_later_even_who_is_alone_waits_for_the_lease(post: Post) -> None:
    one = loop(post)
    tick(one)
    number = begin_sending(post)
    tick(one)
    assert post.state(number) is DeliveryState.SENDING


def occurrences(post: Post) -> int:
    with post.desk.store.read() as session:
        return session.scalar(select(func.count()).select_from(Milestone)) or 0


def add_series(post: Post) -> None:
    with post.desk.store.write() as session:
        task = session.get_one(Task, post.desk.task_id)
        builders.series(session, task, "FREQ=MONTHLY", start=TODAY)


def test_series_are_extended_once_a_day(post: Post) -> None:
    one = loop(post)
    tick(one)
    add_series(post)
    tick(one)
    assert occurrences(post) == 0
    post.desk.clock.forward(days=1)
    tick(one)
    assert occurrences(post) == 3


def test_a_new_occurrence_is_reminded_of_in_the_same_tick(post: Post) -> None:
    add_series(post)
    tick(loop(post))
    assert post.texts == ["week"]


def test_a_tick_that_fails_is_done_again_whole(post: Post) -> None:
    number = begin_sending(post)
    add_series(post)
    one = loop(post)
    working = list(one.steps)

    def broken(_session: Session, _now: datetime) -> None:
        raise OSError("disk full")

    one.steps.append(broken)
    with pytest.raises(OSError, match="disk full"):
        tick(one)
    assert (occurrences(post), post.state(number)) == (0, DeliveryState.SENDING)
    one.steps = working
    tick(one)
    assert occurrences(post) == 3
    assert post.state(number) is DeliveryState.PENDING


def test_a_milestone_that_cannot_be_worked_out_is_known_outside(post: Post) -> None:
    """Metrics and the watchdog tell of it as long as it is so: nobody is reminded of it."""
    number = post.desk.promise(TODAY, remind_from=None)
    one = loop(post)
    tick(one)
    assert (one.pulse.unscanned, noted(post)) == (1, str(number))
    with post.desk.store.write() as session:
        session.get_one(Milestone, number).remind_from = LONG_AGO
    tick(one)
    assert (one.pulse.unscanned, noted(post)) == (0, "")


def noted(post: Post) -> str | None:
    with post.desk.store.read() as session:
        return meta.get(session, meta.UNSCANNED)


@pytest.mark.open_door("B3")
@pytest.mark.parametrize(
    "place",
    [
        "jobs.plans.series.materialise",
        "jobs.owed.next_look.look_day",
        "jobs.milestones.hold.changes.apply",
        "jobs.owed.scan.Scan._decisions",
        "jobs.owed.scan.Scan._year_round",
        "jobs.owed.scan.group_week.owe_week",
    ],
)
def test_one_row_that_cannot_be_worked_out_stops_no_reminder(
    post: Post, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Whatever breaks on the way: the tick goes on to its end, again and again."""
    add_series(post)
    post.desk.promise(TODAY)
    held = post.desk.promise(TODAY)
    with post.desk.store.write() as session:
        row = session.get_one(Milestone, held)
        row.state, row.review_on = MilestoneState.ON_HOLD, TODAY

    def broken(*_: object, **__: object) -> None:
        raise ValueError("no such day")

    monkeypatch.setattr(place, broken)
    one = loop(post)
    for _ in range(3):
        tick(one)
    assert any("before:0" in text for text in post.texts)


def test_a_changed_policy_is_worked_out_at_the_next_start(post: Post) -> None:
    number = post.desk.promise(date(2026, 7, 14))
    tick(loop(post))
    assert post.desk.next_look(number) == date(2026, 7, 13)
    post.desk.rules = Rules(ReminderSettings(before_days=(10,)), WorkCalendar(CalendarSettings(), SEOUL))
    tick(loop(post))
    assert post.desk.next_look(number) == date(2026, 7, 3)


def sign(post: Post) -> str | None:
    with post.desk.store.read() as session:
        return meta.get(session, meta.LAST_TICK_AT)


def test_the_store_is_told_once_a_minute_that_the_loop_lives(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("jobs.loop.steady_s", lambda: now[0])
    one = loop(post)
    tick(one)
    signs = [sign(post)]
    for _ in range(2):
        now[0] += 30
        tick(one)
        signs.append(sign(post))
    assert (signs[0] == signs[1], signs[1] == signs[2]) == (True, False)


def moved_by_file(post: Post, folder: Path, now: datetime) -> FileClock:
    path = folder / "clock.json"
    path.write_text(json.dumps({"seq": 5, "now": now.isoformat()}), encoding="utf-8")
    clock = FileClock(path)
    post.deliverer.clock = clock
    return clock


def file_loop(post: Post, clock: FileClock) -> Loop:
    return Loop(post.desk.store, clock, post.desk.rules, post.deliverer, is_alone=True)


def test_who_moves_the_clock_hears_when_all_is_done(post: Post, tmp_path: Path) -> None:
    post.desk.promise(date(2026, 7, 14))
    clock = moved_by_file(post, tmp_path, kst(2026, 6, 30))
    tick(file_loop(post, clock))
    answer = json.loads(clock.ack_path.read_text(encoding="utf-8"))
    assert (answer["seq"], datetime.fromisoformat(answer["next_at"])) == (5, kst(2026, 7, 13))
    assert post.texts == ["before:30"]


def test_who_moves_the_clock_waits_for_a_message_that_has_to_wait(post: Post, tmp_path: Path) -> None:
    post.owe("답")
    post.sender.will_answer(post.chat_id, SendError(SendFault.TEMPORARY, "later", 5))
    clock = moved_by_file(post, tmp_path, kst(2026, 6, 30))
    one = file_loop(post, clock)
    tick(one)
    assert not clock.ack_path.exists()
    post.real.forward(seconds=5)
    tick(one)
    assert clock.ack_path.exists()


def test_who_moves_the_clock_waits_for_updates_nobody_has_handled(post: Post, tmp_path: Path) -> None:
    clock = moved_by_file(post, tmp_path, kst(2026, 6, 30))
    with post.desk.store.write() as session:
        inbox.receive(session, builders.BOT_ID, [(1, 1, "{}")], post.real.now())
    tick(file_loop(post, clock))
    assert not clock.ack_path.exists()


def test_the_loop_runs_until_it_is_cancelled_and_outlives_a_failure(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = loop(post)
    ticks: list[int] = []

    async def run() -> None:
        over = asyncio.Event()

        async def tick() -> None:
            ticks.append(1)
            if len(ticks) == 2:
                over.set()
            one.wake()
            await asyncio.sleep(0)
            raise OSError("disk full")

        monkeypatch.setattr(one, "tick", tick)
        one.wake()
        running = asyncio.create_task(one.run())
        await over.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert running.cancelled()

    asyncio.run(run())
    assert len(ticks) >= 2
