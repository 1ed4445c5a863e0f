"""What several ask for at the same moment is done together: one transaction, and one wait for the disk, for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """`work` runs in a thread on whatever was asked for while it ran before; it gives an answer, or the error to
    raise, for each in their order. An error that it raises itself is everybody's.

    `at_once`: how many such threads there are at most; `most`: how much one of them takes up in one go.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Q]], Sequence[A | Exception]],
        *,
        at_once: int = 1,
        most: int | None = None,
    ) -> None:
        self.work = work
        self.at_once = at_once
        self.most = most
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._running: list[asyncio.Task[None]] = []

    async def ask(self, question: Q) -> A:
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        self._running = [one for one in self._running if not one.done()]
        if len(self._running) < self.at_once:
            self._running.append(asyncio.create_task(self._run()))
        return await answer

    async def _run(self) -> None:
        await asyncio.sleep(0)  # whoever is about to ask gets in
        while self._waiting:
            together, self._waiting = (
                self._waiting[: self.most],
                self._waiting[self.most :] if self.most else [],
            )
            try:
                found = await asyncio.to_thread(self.work, [question for question, _ in together])
            except Exception as error:
                found = [error] * len(together)
            for (_, answer), given in zip(together, found, strict=True):
                if answer.done():
                    continue  # nobody waits for it any more
                if isinstance(given, Exception):
                    answer.set_exception(given)
                else:
                    answer.set_result(given)
