"""Importing Scrapy in half the time.

Scrapy's deprecated names look up who makes them by `inspect.stack()`, which goes through all modules of the
process for each of the fifty frames of an import: a third of a second at each start, for a name that nobody
reads. The first two frames are enough.
"""

from __future__ import annotations

import inspect
import sys
from types import FrameType
from typing import Any


def import_scrapy() -> None:
    """Import what we use of Scrapy; nothing is different afterwards from importing it plainly."""
    whole: Any = inspect.stack
    inspect.stack = _callers  # type: ignore[assignment]
    try:
        import scrapy.core.downloader.handlers.http11  # noqa: PLC0415
        import scrapy.crawler  # noqa: F401, PLC0415
    finally:
        inspect.stack = whole


def _callers(context: int = 1) -> list[tuple[FrameType]]:  # noqa: ARG001 - as `inspect.stack` is called
    return [(sys._getframe(1),), (sys._getframe(2),)]  # noqa: SLF001 - what inspect itself uses
