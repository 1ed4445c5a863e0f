"""What wakes the loop: others' writing, a message whose time comes, a clock that is set; and what it leaves alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs import loop as loops
from jobs.clock import FileClock, StepWatch
from jobs.delivery.telegram_errors import SendFault
from jobs.loop import Loop
from store.db.engine import Store
from store.db.errors import LostError, ReplacedError
from tests.builders import FakeClock, kst
from tests.jobs.desk import Post, fault

TODAY = date(2026, 6, 30)
Scene = Callable[[Loop], Awaitable[None]]


def play(post: Post, scene: Scene, clock: FileClock | None = None, nightly: Nightly | None = None) -> None:
    """The loop runs while the scene does."""
    desk = post.desk

    async def running() -> None:
        one = Loop(desk.store, clock or desk.clock, desk.rules, post.deliverer, is_alone=True)
        one.nightly = nightly
        task = asyncio.create_task(one.run())
        try:
            async with asyncio.timeout(30):
                await asyncio.wait([task, scene_of(one)], return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    def scene_of(one: Loop) -> asyncio.Task[None]:
        return asyncio.ensure_future(scene(one))

    asyncio.run(running())


async def until(look: Callable[[], bool]) -> None:
    while not look():  # noqa: ASYNC110 nobody tells
        await asyncio.sleep(0.01)


async def asleep(one: Loop) -> None:
    """The loop has nothing left to do."""
    await until(lambda: one.pulse.good_ticks > 0 and not one._woken.is_set() and one._idle.is_set())


@pytest.fixture
def embedded(post: Post) -> Post:
    """On a file alone: a server tells of its changes by itself (tests/jobs/test_bell.py), and has no file."""
    if not post.desk.store.is_sqlite:
        pytest.skip("only a file")
    return post


def test_what_another_process_writes_is_noticed(embedded: Post) -> None:
    post = embedded
    other = Store(post.desk.store.url.render_as_string())

    async def scene(one: Loop) -> None:
        await asleep(one)
        mine, post.desk.store = post.desk.store, other
        await asyncio.to_thread(post.desk.promise, TODAY)
        post.desk.store = mine
        await until(lambda: post.texts == ["before:0"])

    play(post, scene)
    other.close()


def test_nothing_is_written_while_nothing_is_owed(embedded: Post) -> None:
    changes = embedded.desk.store.changes()

    async def scene(one: Loop) -> None:
        await asleep(one)
        changes.are_new()
        before = one.pulse.good_ticks
        one.wake(scan=True)
        await until(lambda: one.pulse.good_ticks > before)
        await asleep(one)

    play(embedded, scene)
    assert not changes.are_new()
    changes.close()


def test_a_message_that_has_to_wait_is_sent_when_its_time_comes(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "AGAIN_S", 0.05)
    monkeypatch.setattr(loops, "LOOK_EVERY_S", 3600.0)
    post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=5))

    async def scene(one: Loop) -> None:
        await until(lambda: len(post.texts) == 1)
        await asleep(one)
        post.real.forward(seconds=5)
        await until(lambda: len(post.texts) == 2)

    play(post, scene)


def test_the_beginning_of_the_days_hours_wakes_the_loop(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "LOOK_EVERY_S", 3600.0)
    post.desk.clock.current = kst(2026, 6, 30, 9, 9, 59)
    post.desk.promise(TODAY)

    async def scene(one: Loop) -> None:
        await asleep(one)
        post.desk.clock.forward(seconds=1)
        await until(lambda: post.texts == ["before:0"])

    play(post, scene)


@pytest.mark.open_door("kind A")
def test_a_clock_that_is_set_is_noticed_and_the_sign_of_life_renewed(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Set(StepWatch):
        def step_s(self) -> float:
            return -9 * 3600.0

    monkeypatch.setattr(loops, "StepWatch", Set)
    monkeypatch.setattr(loops, "LOOK_EVERY_S", 0.01)

    async def scene(one: Loop) -> None:
        await until(lambda: one.pulse.good_ticks > 2)

    with caplog.at_level("WARNING"):
        play(post, scene)
    assert "action=clock-set seconds=-32400" in caplog.text


def test_a_moved_clock_file_wakes_the_loop(post: Post, tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock.json")
    post.deliverer.clock = clock

    def move(seq: int, minute: int) -> None:
        found = {"seq": seq, "now": kst(2026, 6, 30, 9, minute).isoformat()}
        clock.path.write_text(json.dumps(found), encoding="utf-8")

    def acknowledged() -> int:
        return int(json.loads(clock.ack_path.read_text("utf-8"))["seq"]) if clock.ack_path.exists() else 0

    async def scene(one: Loop) -> None:
        await until(lambda: acknowledged() == 1)
        move(2, 10)
        await until(lambda: acknowledged() == 2)

    move(1, 0)
    post.desk.promise(TODAY)
    play(post, scene, clock)
    assert post.texts == ["before:0"]


def test_steps_are_told_from_time_that_passes() -> None:
    wall, steady = FakeClock(kst(2026, 6, 30)), [0.0]
    watch = StepWatch(wall.now, lambda: steady[0])
    wall.forward(seconds=60)
    steady[0] = 60.0
    assert watch.step_s() == 0.0
    wall.current -= timedelta(hours=9)
    assert (watch.step_s(), watch.step_s()) == (-9 * 3600.0, 0.0)


@pytest.mark.open_door("D2")
@pytest.mark.parametrize(("is_replaced", "error"), [(False, LostError), (True, ReplacedError)])
def test_a_store_that_is_deleted_or_replaced_ends_the_loop(
    embedded: Post, *, is_replaced: bool, error: type[Exception]
) -> None:
    path = embedded.desk.store.path
    assert path is not None

    async def scene(one: Loop) -> None:
        await asleep(one)
        copy = path.read_bytes()
        path.unlink()
        if is_replaced:
            path.write_bytes(b"another inode")
            path.with_suffix(".copy").write_bytes(copy)
            path.with_suffix(".copy").replace(path)
        await asyncio.Event().wait()

    with pytest.raises(error):
        play(embedded, scene)


@pytest.mark.open_door("D2")
def test_nothing_is_committed_to_a_file_that_is_gone(embedded: Post) -> None:
    embedded.desk.promise(TODAY)
    path = embedded.desk.store.path
    assert path is not None
    path.unlink()
    with pytest.raises(LostError, match="gone"):
        embedded.desk.promise(TODAY)


@dataclass
class Nightly:
    """Counts the nights."""

    overdue: bool
    nights: int = 0

    def is_overdue(self) -> bool:
        return self.overdue

    async def run(self) -> None:
        self.nights += 1


def test_a_missed_night_is_made_up_for_soon_after_the_start(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.loop.MISSED_S", 0.0)
    nightly = Nightly(overdue=True)

    async def scene(_one: Loop) -> None:
        await until(lambda: nightly.nights == 1)

    play(post, scene, nightly=nightly)


def test_each_night_has_its_turn(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.loop.NIGHT", {"second": "*"})  # nights of a second
    nightly = Nightly(overdue=False)

    async def scene(_one: Loop) -> None:
        await until(lambda: nightly.nights == 1)

    play(post, scene, nightly=nightly)
