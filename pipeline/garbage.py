"""What is no longer used: when Python looks for it, and when the system gets its memory back."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def importing() -> Iterator[None]:
    """Import without looking for garbage, and leave what is there afterwards out of all later looks.

    Imports make no garbage to speak of, and a tenth of their time goes into looking for it. What they made
    stays; a process that is forked later shares its memory, as no look touches it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Leftovers:
    """Hands free memory back to the system after every so many pieces of work.

    The C library keeps what is free between things that are not: after one large page a process stays large.
    Where the library cannot be asked to let go (any but GNU's), nothing is done.
    """

    def __init__(self, every: int) -> None:
        self._every = every
        self._done = 0

    def count(self, pieces: int = 1) -> None:
        """Count work that is done."""
        self._done += pieces
        if self._done >= self._every:
            self._done = 0
            _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    return getattr(ctypes.CDLL(None), "malloc_trim", lambda _: 0)
