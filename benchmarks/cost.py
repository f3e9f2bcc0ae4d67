"""What a command costs: wall clock, CPU of all its processes, and the most memory that they take together."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What a run of a command took."""

    code: int
    out: str
    wall: float
    """Seconds, from its start to its end."""
    cpu: float
    """Seconds, user and system, of the process and all its descendants, orphans included."""
    peak_mb: float
    """The largest sum of their proportional set sizes, looked at four times a second."""


def run(line: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Cost:
    """Run a command to its end. Linux only; no other child of this process may end meanwhile."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = _used()
    began = time.monotonic()
    process = subprocess.Popen(line, stdout=subprocess.PIPE, env=env, cwd=cwd, text=True)
    over, peak = threading.Event(), [0.0]
    watcher = threading.Thread(target=_watch, args=(over, peak), daemon=True)
    watcher.start()
    out, _ = process.communicate()
    wall = time.monotonic() - began
    over.set()
    watcher.join()
    _reap_orphans()
    return Cost(process.returncode, out, wall, _used() - before, peak[0])


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap_orphans() -> None:
    """Wait for what the command left behind; those that were started otherwise go on."""
    deadline = time.monotonic() + 10
    while (mine := _family()) and time.monotonic() < deadline:
        for pid in mine:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)


KEPT: set[int] = set()
"""Children that outlive a command: the site."""


def _watch(over: threading.Event, peak: list[float]) -> None:
    while not over.wait(0.25):
        peak[0] = max(peak[0], sum(map(_pss, _family())))


def _family() -> list[int]:
    """Return all our descendants but those of `KEPT`: orphans come to us."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(stat.parent.name))
    found: list[int] = []
    left = [os.getpid()]
    while left:
        children = [pid for pid in parents.get(left.pop(), ()) if pid not in KEPT]
        found += children
        left += children
    return found


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
