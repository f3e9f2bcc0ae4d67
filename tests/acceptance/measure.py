"""How well one text agrees with another, and how much memory a family of processes took."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


def tokens(text: str) -> list[str]:
    """Split into words; Chinese, Japanese and Korean into characters."""
    return _TOKEN.findall(text)


def word_f1(found: str, truth: str) -> float:
    """Return the harmonic mean of precision and recall over the bags of words of two texts."""
    one, other = Counter(tokens(found)), Counter(tokens(truth))
    common = sum((one & other).values())
    return 2 * common / (one.total() + other.total()) if one or other else 1.0


@dataclass(slots=True)
class Peak:
    """The most memory that any process of a session took, in MB; 0 where the system does not say."""

    largest: float = 0.0
    together: float = 0.0
    """The most that all of them took at one time."""


@contextmanager
def watched(session: int, every: float = 0.05) -> Iterator[Peak]:
    """Watch the memory of all processes of a session until the end of the block (Linux only)."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(every):
            sizes = [_memory(pid) for pid in processes(session)]
            peak.largest = max([peak.largest, *(high for _, high in sizes)])
            peak.together = max(peak.together, sum(now for now, _ in sizes))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def processes(session: int) -> list[int]:
    """Return the live processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session, *_ = stat.read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if int(its_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def _memory(pid: int) -> tuple[float, float]:
    """Return what a process takes now (shared pages counted in part) and took at most, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0, 0.0
    numbers = dict(re.findall(r"^(VmHWM|RssAnon):\s+(\d+) kB", status, re.MULTILINE))
    return int(numbers.get("RssAnon", 0)) / 1024, int(numbers.get("VmHWM", 0)) / 1024
