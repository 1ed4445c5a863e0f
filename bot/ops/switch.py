"""The dead man's switch: a process whose interpreter stands still ends itself, so that it is started again.

It needs no lock and no thread of the interpreter's: the system counts the processor time of the process and signals
when so much has gone by without a sign of life of the event loop. A process that is stopped or suspended uses none,
and goes on. What the signal's own handler (C, in `faulthandler`) writes are files and lines, never a word of a chat.
"""

import asyncio
import faulthandler
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

AFTER_S = 30.0  # of processor time without a sign of life of the event loop
SIGN_EVERY_S = 5.0  # real time; even with every core busy far less than the above goes by
WORK_MOST_S = 60.0  # of processor time that one update may take: its transaction holds up everybody's


class Work:
    """What is in work in which thread, and how much processor time it has used."""

    def __init__(self) -> None:
        self._begun: dict[int, tuple[int, float]] = {}  # thread -> its clock, and what that showed

    @contextmanager
    def going_on(self) -> Iterator[None]:
        thread = threading.get_ident()
        clock = time.pthread_getcpuclockid(thread)
        self._begun[thread] = clock, time.clock_gettime(clock)
        try:
            yield
        finally:
            del self._begun[thread]

    def longest_s(self) -> float:
        spent = (time.clock_gettime(clock) - begun for clock, begun in list(self._begun.values()))
        return max(spent, default=0.0)


async def keep_alive(work: Work) -> None:
    """Give signs of life until cancelled: from the running event loop, and not while one piece of work holds up all
    others for too long. Without them the process ends by SIGPROF."""
    faulthandler.register(signal.SIGPROF, chain=True)
    try:
        while True:
            if work.longest_s() < WORK_MOST_S:
                signal.setitimer(signal.ITIMER_PROF, AFTER_S)
            await asyncio.sleep(SIGN_EVERY_S)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        faulthandler.unregister(signal.SIGPROF)
