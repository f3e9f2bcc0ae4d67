"""What is free goes back to the system."""

from __future__ import annotations

import ctypes
import resource
from pathlib import Path

import pytest

from pipeline.garbage import Leftovers

PIECE = 100_000
"""Bytes that the C library takes from its heap, and gets no mapping of their own."""


def resident() -> int:
    """Return the bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library keeps what is free")
def test_free_memory_goes_back_once_enough_work_is_done() -> None:
    leftovers = Leftovers(every=3)
    pieces = [b"x" * PIECE for _ in range(600)]
    del pieces[:-1]  # the last one keeps the library from letting go by itself
    held = resident()
    leftovers.count(2)
    kept = held - resident()
    leftovers.count()
    assert kept < 20e6 < 40e6 < held - resident()
