"""Processes that read hostile input."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
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


class _Arriving(int):
    """A number that is slow to arrive in all processes but the first that asks for it."""

    def __reduce__(self) -> tuple[Callable[[int], int], tuple[int]]:
        return _arrive, (int(self),)


def _arrive(number: int) -> int:
    try:
        Path("first").touch(exist_ok=False)
    except FileExistsError:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the word to end comes while it starts
        Path("second").touch()
        time.sleep(0.7)
    return number


def wait_for_the_second() -> None:
    while not Path("second").exists():
        time.sleep(0.01)


def end_while_a_worker_starts() -> None:
    with_workers(lambda workers: workers.run(wait_for_the_second), memory=_Arriving(1 << 30))


def test_a_worker_that_still_starts_when_all_is_done_complains_of_nothing(tmp_path: Path) -> None:
    code = f"from {__name__} import end_while_a_worker_starts as run; run()"
    root = str(Path(__file__).parents[3])
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
