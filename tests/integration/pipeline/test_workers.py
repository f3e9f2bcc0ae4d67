"""Processes that read hostile input."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from contextlib import closing
from typing import TypeVar

import pytest

from pipeline.errors import PageError, TooLarge, TooSlow, Undecodable
from pipeline.workers import ProcessWorkers

T = TypeVar("T")


def with_workers(work: Callable[[ProcessWorkers], Coroutine[None, None, T]], **settings: float) -> T:
    async def run() -> T:
        with closing(ProcessWorkers(2, **settings)) as workers:  # type: ignore[arg-type]
            return await work(workers)

    return asyncio.run(run())


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise Undecodable("no such thing")


def swell() -> int:
    return len(bytearray(1 << 32))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def sink(depth: int = 0) -> int:
    return sink(depth + 1)


def test_answers_come_back_whatever_the_neighbours_do() -> None:
    async def work(workers: ProcessWorkers) -> None:
        tasks = [workers.run(double, n) for n in range(40)]
        bad = [workers.run(crash), workers.run(time.sleep, 60, seconds=1.0), workers.run(swell)]
        answers = await asyncio.gather(*tasks, *bad, return_exceptions=True)
        assert answers[:40] == [2 * n for n in range(40)]
        assert [type(answer) for answer in answers[40:]] == [TooLarge, TooSlow, TooLarge]

    with_workers(work, memory=1 << 29)


@pytest.mark.parametrize(("function", "error"), [(refuse, Undecodable), (sink, PageError)])
def test_what_a_task_raises_arrives_in_words(function: Callable[[], object], error: type[Exception]) -> None:
    async def work(workers: ProcessWorkers) -> None:
        with pytest.raises(error):
            await workers.run(function)

    with_workers(work)
