"""Items that wait for the same thing share it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from pipeline.batches import FULL, Batches


class Clerk:
    """Answers a number with its double, and notes which came together."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(numbers))
        await asyncio.sleep(0)
        if 13 in numbers:
            raise ValueError("not that one")
        return [2 * number for number in numbers]


def asked(clerk: Clerk, *numbers: int, coming: bool = False, most: int = 200) -> list[int]:
    async def ask() -> list[int]:
        batches = Batches(clerk, most=most, coming=lambda: coming)
        return await asyncio.gather(*map(batches.ask, numbers))

    return asyncio.run(ask())


def test_each_gets_its_own_answer_and_all_that_wait_share_a_batch() -> None:
    clerk = Clerk()
    assert asked(clerk, 1, 2, 3) == [2, 4, 6]
    assert clerk.batches == [[1, 2, 3]]


def test_a_batch_has_an_end_and_the_rest_is_the_next_one() -> None:
    clerk = Clerk()
    assert asked(clerk, *range(5), most=2) == [0, 2, 4, 6, 8]
    assert clerk.batches == [[0, 1], [2, 3], [4]]


def test_while_others_are_coming_a_batch_waits_a_moment_but_not_for_ever() -> None:
    async def ask() -> list[int]:
        batches = Batches(clerk, most=200, coming=lambda: True)
        first = asyncio.ensure_future(batches.ask(1))
        await asyncio.sleep(0.01)
        return await asyncio.gather(first, batches.ask(2))

    clerk = Clerk()
    assert asyncio.run(asyncio.wait_for(ask(), 5)) == [2, 4]
    assert clerk.batches == [[1, 2]]


def test_a_full_batch_waits_for_nobody() -> None:
    async def ask() -> float:
        batches = Batches(clerk, most=200, coming=lambda: True)
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*map(batches.ask, range(100, 100 + FULL)))
        return asyncio.get_running_loop().time() - began

    clerk = Clerk()
    assert asyncio.run(ask()) < 0.09


def test_what_goes_wrong_is_heard_by_all_of_the_batch_and_by_nobody_else() -> None:
    clerk = Clerk()
    with pytest.raises(ValueError, match="not that one"):
        asked(clerk, 1, 13)
    assert asked(clerk, 1) == [2]
