"""What is begun before all else: the fork server makes itself ready while this process still imports."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.forkserver import ensure_running

PRELOAD = ("__main__", "pipeline.preload", "spiders.discovery")
"""What workers need, imported before they are forked."""


def start_early() -> None:
    """Start the fork server: what it imports takes a second, on another core if there is one.

    It looks for modules where this process does, not also in the folder that it is started in
    (PYTHONSAFEPATH), which may well hold a `config.py` or `storage` of somebody else's.
    """
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(PRELOAD))
    ensure_running()
