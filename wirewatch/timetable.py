"""When which outlet is due: APScheduler, one job an outlet, each armed anew when its look is over."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

LEASE = timedelta(hours=6)
"""A look that has not ended by then is no longer waited for: the outlet is due again."""

Look = Callable[[str], Awaitable[None]]


class _Parked(BaseTrigger):  # type: ignore[misc]
    """Fires at an instant, then not before `LEASE` is over, unless the job is armed anew.

    APScheduler asks a trigger as the job is added and again as it is submitted, never when it has ended;
    and a trigger that names a time in the past is asked for ever (APScheduler 3.11, `_process_jobs`).
    """

    __slots__ = ("due",)

    def __init__(self, due: datetime) -> None:
        self.due = due

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return the due time when asked first, later the end of the lease."""
        return self.due if previous is None else now + LEASE


class Timetable:
    """The looks to come, in the event loop that runs."""

    def __init__(self, look: Look) -> None:
        """`look` is awaited with the id of the outlet that is due, never twice at the same time for one."""
        for name in ("apscheduler.scheduler", "apscheduler.executors.default"):
            logging.getLogger(name).setLevel(logging.ERROR)
        self._look = look
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to fire."""
        self._scheduler.start()

    def arm(self, outlet: str, due: datetime) -> None:
        """Let an outlet be due at `due`, in place of when it was due before."""
        if self._scheduler.get_job(outlet) is None:
            self._scheduler.add_job(self._look, _Parked(due), args=[outlet], id=outlet)
        else:
            self._scheduler.modify_job(outlet, next_run_time=due)

    def drop(self, outlet: str) -> None:
        """Let an outlet be due no more; a look that is under way goes on."""
        try:
            self._scheduler.remove_job(outlet)
        except JobLookupError:
            return

    def due(self) -> dict[str, datetime]:
        """Return when each outlet is due."""
        jobs: list[Any] = self._scheduler.get_jobs()
        return {job.id: job.next_run_time for job in jobs}

    def wake(self) -> None:
        """Look at the clock again: it may have been set."""
        self._scheduler.wakeup()

    def pause(self) -> None:
        """Fire no more. (`AsyncIOScheduler.shutdown` cancels jobs that run, so it comes last.)"""
        self._scheduler.pause()

    def close(self) -> None:
        """Let go of everything."""
        self._scheduler.shutdown(wait=False)
