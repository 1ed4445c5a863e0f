"""What several ask for at the same moment is done together: one transaction, and one wait for the disk, for all of them."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """`work` runs in a thread on whatever was asked for while it ran before, on `most` of it in one go; it gives an
    answer, or the error to raise, for each in their order. An error that it raises itself is everybody's.
    """

    def __init__(
        self, work: Callable[[Sequence[Q]], Sequence[A | Exception]], *, most: int | None = None
    ) -> None:
        self.work = work
        self.most = most
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._running: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
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
