"""A logbook without a database: the same promises, but nothing outlives the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from pipeline.looks import Look
from pipeline.ports import KEPT_LOOKS
from pipeline.records import Stamp
from pipeline.rhythm import Arrival
from pipeline.watch import Watch
from storage import look_rows
from storage.hygiene import utc

FirstSeen = Callable[[str], Iterable[tuple[Stamp | None, datetime]]]
"""Tells of each article of an outlet when it was published and first seen."""


class MemoryLogbook:
    """`pipeline.ports.Logbook` in dictionaries; safe to call from several threads."""

    def __init__(self, first_seen: FirstSeen) -> None:
        self._first_seen = first_seen
        self._looks: dict[str, dict[datetime, Look]] = {}
        self._watches: dict[str, Watch] = {}
        self._lock = threading.RLock()

    def note(self, one: Look) -> None:
        """Remember a look; of the looks at an outlet, the latest `KEPT_LOOKS` are kept."""
        cleaned = look_rows.look_of(look_rows.look_values(one))
        with self._lock:
            looks = self._looks.get(one.outlet, {}) | {cleaned.at: cleaned}
            self._looks[one.outlet] = {at: looks[at] for at in sorted(looks)[-KEPT_LOOKS:]}

    def looks(self, outlet: str, limit: int = KEPT_LOOKS) -> Sequence[Look]:
        """Return the latest looks at an outlet, oldest first."""
        with self._lock:
            return list(self._looks.get(outlet, {}).values())[-limit:]

    def watches(self) -> Mapping[str, Watch]:
        """Return what is kept of each outlet between its looks, by outlet."""
        with self._lock:
            return dict(self._watches)

    def watch(self, one: Watch) -> None:
        """Keep that of an outlet, in place of what was kept before."""
        with self._lock:
            self._watches[one.outlet] = look_rows.watch_of(look_rows.watch_values(one))

    def arrivals(self, outlet: str, since: datetime) -> Sequence[Arrival]:
        """Return when the outlet's articles first seen after `since` came, oldest first, copies included."""
        with self._lock:
            looks = list(self._looks.get(outlet, {}))
        return look_rows.arrivals(self._first_seen(outlet), looks, utc(since))
