"""What the daemon decides between looks, kept in the logbook: when to look next, how an outlet is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from config.outlet import Outlet
from pipeline.cadence import Appointment, Limits, next_look
from pipeline.health import Health, health
from pipeline.ports import Logbook
from pipeline.rhythm import MEMORY
from pipeline.watch import Watch, past_of, resumed


class Planner:
    """Reads the logbook, asks the core, writes what it says. It blocks, so it is not for the event loop."""

    def __init__(self, logbook: Logbook, limits: Limits) -> None:
        self._logbook = logbook
        self._limits = limits

    def begin(self, outlets: Iterable[Outlet], now: datetime) -> Mapping[str, Watch]:
        """Say for each outlet when it is looked at as the daemon takes it up; nothing is written."""
        kept = self._logbook.watches()
        return {outlet.id: self._taken_up(outlet, kept.get(outlet.id), now) for outlet in outlets}

    def _taken_up(self, outlet: Outlet, kept: Watch | None, now: datetime) -> Watch:
        last = max((look.at for look in self._logbook.looks(outlet.id, limit=1)), default=None)
        due = resumed(outlet.id, kept, now, last=last, every=every(outlet))
        return replace(kept or Watch(outlet.id, due), next_look=due)

    def shut(self, outlets: Iterable[Outlet], now: datetime) -> Mapping[str, datetime]:
        """Return the hosts that everybody is still to leave alone, as the last looks at outlets left them."""
        shut: dict[str, datetime] = {}
        for outlet in outlets:
            for look in self._logbook.looks(outlet.id, limit=1):
                for host, until in look.shut.items():
                    shut[host] = max(until, shut.get(host, until))
        return {host: until for host, until in shut.items() if until > now}

    def after(self, outlet: Outlet, before: Watch, now: datetime) -> tuple[Watch, Health]:
        """Say, and keep, when an outlet is looked at after a look that ended at `now`, and how it is."""
        looks = self._logbook.looks(outlet.id)
        arrivals = self._logbook.arrivals(outlet.id, now - MEMORY)
        past = past_of(looks, arrivals, now, outlet.zone)
        found = health(looks, arrivals, now, zone=outlet.zone)
        appointment = next_look(outlet.id, past, now, self._limits, every=every(outlet))
        since = before.since if found.state is before.state and before.since is not None else found.since
        watch = Watch(outlet.id, appointment, found.state, since)
        self._logbook.watch(watch)
        return watch, found

    def postpone(self, before: Watch, until: datetime, why: str) -> Watch:
        """Put a look off that cannot be made now."""
        watch = replace(before, next_look=Appointment(until, why))
        self._logbook.watch(watch)
        return watch


def every(outlet: Outlet) -> timedelta | None:
    """Return the interval that the outlet's file fixes."""
    return outlet.schedule.every if outlet.schedule is not None else None
