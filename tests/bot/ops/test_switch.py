"""The dead man's switch, without the signal: what counts as a sign of life, and how long a piece of work may take."""

from __future__ import annotations

import asyncio
import faulthandler
import signal
import threading
import time

import pytest

from bot.ops import switch
from bot.ops.switch import Work, keep_alive


def armed(monkeypatch: pytest.MonkeyPatch, work: Work) -> list[float]:
    """How the switch is set in two signs of life and an end; no test process is ever ended by it."""
    found: list[float] = []
    monkeypatch.setattr(signal, "setitimer", lambda _kind, after_s: found.append(after_s))
    monkeypatch.setattr(faulthandler, "register", lambda *_, **__: None)
    monkeypatch.setattr(switch, "SIGN_EVERY_S", 0.0)

    async def scene() -> None:
        living = asyncio.create_task(keep_alive(work))
        for _ in range(3):
            await asyncio.sleep(0)
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)

    asyncio.run(scene())
    return found


@pytest.mark.open_door("B1")
def test_the_running_loop_gives_signs_of_life_and_ends_without_a_switch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = armed(monkeypatch, Work())
    assert found[0] == switch.AFTER_S and found[-1] == 0.0


@pytest.mark.open_door("B1")
def test_work_that_holds_up_everybody_for_too_long_is_no_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch, "WORK_MOST_S", 0.0)
    work = Work()
    with work.going_on():
        assert armed(monkeypatch, work) == [0.0]


def test_the_processor_time_is_that_of_the_thread_at_work() -> None:
    work, gate, begun = Work(), threading.Event(), threading.Event()

    def waits() -> None:
        with work.going_on():
            begun.set()
            gate.wait()

    thread = threading.Thread(target=waits)
    thread.start()
    begun.wait()
    sum(range(1_000_000))  # of this thread
    assert work.longest_s() < time.thread_time()
    gate.set()
    thread.join()
    assert work.longest_s() == 0.0


def test_no_switch_is_set_in_the_process_of_the_tests() -> None:
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
