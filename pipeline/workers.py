"""Processes that read hostile input: one that hangs, swells or crashes costs nobody else anything."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.context import ForkServerContext
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import PageError, TooLarge, TooSlow
from pipeline.garbage import Leftovers

if TYPE_CHECKING:
    from multiprocessing.synchronize import RLock

T = TypeVar("T")

_TASKS_PER_PROCESS = 500
_QUEUED_PER_WORKER = 4
_SECONDS_TO_END = 3.0
_LEFTOVERS = Leftovers(every=20)


class _PatientContext(ForkServerContext):
    """Keeps its locks as long as itself.

    Pebble lets go of the locks of a pool before it ends the workers. With the last reference a lock loses its
    name, and a worker that is still starting would look for it in vain, with a traceback on stderr.
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 - its name in multiprocessing
        """Return a lock that processes share."""
        lock = super().RLock()
        self._locks.append(lock)
        return lock


class ProcessWorkers:
    """A pool of worker processes (pebble over forkserver), with back-pressure.

    `seconds` is the usual time limit of a task, `memory` how many bytes of address space a task may add
    to what its process had when it started. The modules named in `preload` are imported once, before the
    workers are forked, unless the fork server runs already.
    """

    def __init__(
        self, count: int, *, seconds: float = 20.0, memory: int = 1 << 30, preload: Sequence[str] = ()
    ) -> None:
        context = _PatientContext()
        context.set_forkserver_preload(list(preload))
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=_TASKS_PER_PROCESS,
            initializer=_prepare,
            initargs=[memory],
            context=context,
        )
        self._seconds = seconds
        self._places = asyncio.Semaphore(_QUEUED_PER_WORKER * count)

    async def run(self, function: Callable[..., T], *args: object, seconds: float | None = None) -> T:
        """Return `function(*args)`; see `pipeline.ports.Workers.run`."""
        limit = seconds or self._seconds
        async with self._places:
            future = self._pool.schedule(_carry_out, args=[function, *args], timeout=limit)
            try:
                answer: T = await asyncio.wrap_future(future)
            except TimeoutError as error:
                raise TooSlow(f"reading it took longer than {limit:g} s") from error
            except MemoryError as error:
                raise TooLarge("reading it takes more memory than allowed") from error
            except ProcessExpired as error:
                raise TooLarge(f"reading it killed its process (exit code {error.exitcode})") from error
            except RecursionError as error:
                raise PageError("it is nested too deeply to be read") from error
            return answer

    def close(self) -> None:
        """End the processes; a task that still runs is given up.

        First they are asked to end by themselves: one that is killed while it starts complains on stderr.
        """
        self._pool.close()  # type: ignore[no-untyped-call]  # pebble leaves these without types
        try:
            self._pool.join(timeout=_SECONDS_TO_END)
        except TimeoutError:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()


def _carry_out(function: Callable[..., T], *args: object) -> T:
    """Run a task in a worker, and tidy up behind it."""
    try:
        return function(*args)
    finally:
        _LEFTOVERS.count()


def _prepare(memory: int) -> None:
    """Set up a worker: signals are the parent's business, memory is bounded, the parent goes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError):
        os.nice(5)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory, resource.RLIM_INFINITY))


def _address_space() -> int:
    """Return the bytes of address space in use now; without /proc, a figure that is enough for us."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a file of the kernel
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 2 << 30
