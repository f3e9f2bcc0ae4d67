"""A logbook without a database: the same promises, but nothing outlives the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from pipeline.documents import Gap, Remembered
from pipeline.looks import Look
from pipeline.ports import AHEAD, KEPT_DOCUMENTS, KEPT_GAPS, KEPT_LOOKS
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
        self._documents: dict[str, dict[str, Remembered]] = {}
        self._gaps: dict[str, list[Gap]] = {}
        self._lock = threading.RLock()

    def note(self, one: Look) -> None:
        """Remember a look, with the `KEPT_LOOKS` latest of its outlet, less what a wrong clock dated."""
        cleaned = look_rows.look_of(look_rows.look_values(one))
        with self._lock:
            looks = self._looks.get(one.outlet, {}) | {cleaned.at: cleaned}
            credible = sorted(at for at in looks if at <= cleaned.at + AHEAD)
            self._looks[one.outlet] = {at: looks[at] for at in credible[-KEPT_LOOKS:]}

    def looks(self, outlet: str, limit: int = KEPT_LOOKS) -> Sequence[Look]:
        """Return the latest looks at an outlet, oldest first."""
        with self._lock:
            return list(self._looks.get(outlet, {}).values())[-limit:]

    def documents(self, outlet: str) -> Mapping[str, Remembered]:
        """Return what is remembered of the documents of an outlet's discoveries, by their address."""
        with self._lock:
            return dict(self._documents.get(outlet, {}))

    def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        """Remember documents, in place of what was remembered of them before, and gaps."""
        with self._lock:
            known = self._documents.get(outlet, {}) | {
                row["url"]: look_rows.document_of(row)
                for row in (look_rows.document_values(outlet, one) for one in documents)
            }
            latest = sorted(known.values(), key=lambda one: one.read_at)[-KEPT_DOCUMENTS:]
            self._documents[outlet] = {one.url: one for one in latest}
            noticed = {(one.noticed_at, one.discovery): one for one in self._gaps.get(outlet, ())}
            for row in (look_rows.gap_values(outlet, one) for one in gaps):
                one = look_rows.gap_of(row)
                noticed[one.noticed_at, one.discovery] = one
            self._gaps[outlet] = [noticed[name] for name in sorted(noticed)][-KEPT_GAPS:]

    def gaps(self, outlet: str) -> Sequence[Gap]:
        """Return the gaps that were noticed at an outlet, oldest first."""
        with self._lock:
            return list(self._gaps.get(outlet, ()))

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
