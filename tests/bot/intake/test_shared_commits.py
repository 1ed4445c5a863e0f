"""What is asked for at the same moment is done together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from threading import Event

import pytest

from bot.intake.shared_commits import Together


async def asked(together: Together[int, int], *numbers: int) -> list[int | BaseException]:
    return await asyncio.gather(*(together.ask(one) for one in numbers), return_exceptions=True)


def test_everybody_gets_the_own_answer_of_one_piece_of_work() -> None:
    calls: list[list[int]] = []

    def double(numbers: Sequence[int]) -> list[int | Exception]:
        calls.append(list(numbers))
        return [one * 2 for one in numbers]

    assert asyncio.run(asked(Together(double), 1, 2, 3)) == [2, 4, 6]
    assert calls == [[1, 2, 3]]


def test_who_asks_while_it_is_being_done_is_in_the_next_piece() -> None:
    begun, may_end = Event(), Event()
    calls: list[list[int]] = []

    def slow(numbers: Sequence[int]) -> list[int | Exception]:
        calls.append(list(numbers))
        begun.set()
        may_end.wait(30)
        return list(numbers)

    async def play() -> list[int | BaseException]:
        together: Together[int, int] = Together(slow)
        first = asyncio.create_task(asked(together, 1))
        await asyncio.to_thread(begun.wait, 30)
        others = asyncio.create_task(asked(together, 2, 3))
        await asyncio.sleep(0)
        may_end.set()
        return await first + await others

    assert asyncio.run(play()) == [1, 2, 3]
    assert calls == [[1], [2, 3]]


def test_one_error_is_one_askers_and_a_raised_one_is_everybodys() -> None:
    def picky(numbers: Sequence[int]) -> list[int | Exception]:
        return [ValueError(str(one)) if one == 2 else one for one in numbers]

    def broken(numbers: Sequence[int]) -> list[int | Exception]:
        raise OSError(len(numbers))

    one, two, three = asyncio.run(asked(Together(picky), 1, 2, 3))
    assert (one, three, isinstance(two, ValueError)) == (1, 3, True)
    assert all(isinstance(each, OSError) for each in asyncio.run(asked(Together(broken), 1, 2)))


def test_after_an_error_it_goes_on() -> None:
    answers: Iterator[int | Exception] = iter([OSError("busy"), 7])

    def once(_numbers: Sequence[int]) -> list[int | Exception]:
        return [next(answers)]

    async def play() -> int:
        together: Together[int, int] = Together(once)
        with pytest.raises(OSError, match="busy"):
            await together.ask(1)
        return await together.ask(2)

    assert asyncio.run(play()) == 7


def test_nobody_takes_up_no_more_than_it_may() -> None:
    calls: list[list[int]] = []

    def noted(numbers: Sequence[int]) -> list[int | Exception]:
        calls.append(list(numbers))
        return list(numbers)

    assert asyncio.run(asked(Together(noted, most=2), 1, 2, 3, 4, 5)) == [1, 2, 3, 4, 5]
    assert calls == [[1, 2], [3, 4], [5]]
