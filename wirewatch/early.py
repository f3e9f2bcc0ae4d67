"""What is begun before all else: the fork server makes itself ready while this process still imports."""

from __future__ import annotations

import multiprocessing
from multiprocessing.forkserver import ensure_running

PRELOAD = ("__main__", "pipeline.preload", "spiders.discovery")
"""What workers need, imported before they are forked."""


def start_early() -> None:
    """Start the fork server: what it imports takes a second, on another core if there is one."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(PRELOAD))
    ensure_running()
