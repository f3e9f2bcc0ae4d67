"""The `daemon` command: looks at each outlet when it is due, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from scrapy.crawler import AsyncCrawlerRunner

from config.catalogue import Catalogue, load_catalogue
from config.errors import CatalogueError, WirewatchError
from config.outlet import Outlet
from config.settings import Settings
from pipeline.cadence import Limits
from pipeline.health import Health, State
from pipeline.records import Failed, Rejected, outcome_label
from pipeline.watch import Watch
from spiders.crawl import break_off, demand_manners, look, new_runner, not_before, shut_again
from spiders.reactor import run
from spiders.report import COUNTS, LookBegan, LookDone, LookEvent, LookReport, PageDone, PagesPlanned
from spiders.services import Bounds, LookOptions, Services, new_services
from wirewatch.app import App, now, open_app
from wirewatch.lock import held
from wirewatch.logs import event, set_up
from wirewatch.metrics import Metrics, served
from wirewatch.planner import Planner, every
from wirewatch.timetable import Timetable

log = logging.getLogger(__name__)

DRAIN = 5.0
"""Seconds in which pages that are under way may be finished after a signal."""
DEADLINE = 9.0
"""Seconds after a signal at which the process ends, come what may: what is stored is stored already."""
PULSE = 15.0
"""Seconds between two glances at the clock."""
JUMP = 5.0
"""Seconds by which the clock may drift between two glances before it counts as set."""
STUMBLED = timedelta(minutes=10)

T = TypeVar("T")


def run_daemon(settings: Settings) -> None:
    """Watch the enabled outlets of the catalogue until SIGTERM or SIGINT; SIGHUP reads it again.

    Raises:
        WirewatchError: another daemon holds the data folder, the catalogue or the store cannot be read.
    """
    set_up(settings.log_level, as_json=settings.log_format == "json")
    catalogue = load_catalogue(settings.outlets)
    metrics = Metrics()
    with held(settings.data_dir, now()), served(metrics, settings.metrics_port), open_app(settings) as app:
        run(_watch(settings, catalogue, app, metrics))
    event(log, logging.INFO, "daemon stopped")


async def _watch(settings: Settings, catalogue: Catalogue, app: App, metrics: Metrics) -> None:
    bounds = Bounds(settings.user_agent, timeout=settings.answer_seconds, body=settings.max_body_bytes)
    services = new_services(
        app.intake,
        app.workers,
        bounds,
        now=now,
        chance=Random(),  # noqa: S311 - spreads requests; nothing secret depends on it
        allow=settings.allow_private_hosts,
        notify=partial(_hear, metrics),
    )
    daemon = Daemon(
        services=services,
        runner=new_runner(services),
        planner=Planner(app.store.logbook, Limits()),
        writer=app.writer,
        metrics=metrics,
        read=partial(load_catalogue, settings.outlets),
        room=asyncio.Semaphore(settings.concurrent_looks),
    )
    await daemon.watch(enabled(catalogue))


@dataclass(slots=True)
class Daemon:
    """Looks that come and go in one event loop."""

    services: Services
    runner: AsyncCrawlerRunner
    planner: Planner
    writer: Executor
    """Runs the planner, and all else that writes to the store."""
    metrics: Metrics
    read: Callable[[], Catalogue]
    """Reads the catalogue again."""
    room: asyncio.Semaphore
    outlets: dict[str, Outlet] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)
    looks: set[asyncio.Task[LookReport]] = field(default_factory=set)
    reloads: list[asyncio.Task[None]] = field(default_factory=list)
    reloading: asyncio.Lock = field(default_factory=asyncio.Lock)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    timetable: Timetable = field(init=False)

    def __post_init__(self) -> None:
        self.timetable = Timetable(self.visit)

    async def watch(self, outlets: Sequence[Outlet]) -> None:
        """Watch outlets until `stop` is set, then end or hand back what is under way."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_signal, number)
        loop.add_signal_handler(signal.SIGHUP, self._on_hangup)
        shut_again(await self._plan(self.planner.shut, outlets, self.services.now()), self.services)
        await self.take_up(outlets)
        self.timetable.start()
        event(log, logging.INFO, "daemon started", outlets=len(self.outlets), pid=os.getpid())
        pulse = asyncio.create_task(self._watch_the_clock())
        await self.stop.wait()
        pulse.cancel()
        await self._drain()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.remove_signal_handler(number)

    async def take_up(self, outlets: Sequence[Outlet]) -> None:
        """Watch these outlets and no others; one that is watched as it was keeps its next look."""
        before = dict(self.outlets)
        self.outlets = {outlet.id: outlet for outlet in outlets}
        demand_manners(outlets, self.services)
        for gone in before.keys() - self.outlets.keys():
            self.timetable.drop(gone)
            self.watches.pop(gone, None)
            self.metrics.forget(gone)
        moved = [o for o in outlets if o.id not in before or every(before[o.id]) != every(o)]
        for watch in (await self._plan(self.planner.begin, moved, self.services.now())).values():
            self._arm(watch)

    async def visit(self, outlet_id: str) -> None:
        """Look at an outlet that is due, then say when it is due again. Never raises."""
        outlet = self.outlets.get(outlet_id)
        if outlet is None or self.stop.is_set():
            return
        try:
            async with self.room:
                await self._visit(outlet)
        except asyncio.CancelledError:
            if not self.stop.is_set():  # else the timetable is closed: the look is due at the next start
                raise
        except WirewatchError as error:
            event(log, logging.ERROR, "look not planned", outlet=outlet_id, error=str(error))
            self._arm_again(outlet_id)
        except Exception:
            log.exception("the daemon stumbled over %s", outlet_id)
            self._arm_again(outlet_id)

    async def _visit(self, outlet: Outlet) -> None:
        before = self.watches[outlet.id]
        if (until := not_before(outlet, self.services)) is not None:
            why = "its host is to be left alone until then (Retry-After)"
            self._arm(await self._plan(self.planner.postpone, before, until, why))
            return
        if self.stop.is_set():
            return
        looking = asyncio.create_task(
            look(self.runner, outlet, self.services, LookOptions(thrifty=True, revisit=True))
        )
        self.looks.add(looking)
        try:
            await asyncio.shield(looking)
        finally:
            self.looks.discard(looking)
        if self.stop.is_set():
            return  # what was planned before stays: it is due when the daemon starts again
        current = self.outlets.get(outlet.id)
        if current is not None:
            watch, found = await self._plan(self.planner.after, current, before, self.services.now())
            _tell(before, watch, found)
            self._arm(watch)

    def _arm(self, watch: Watch) -> None:
        if watch.outlet in self.outlets:
            self.watches[watch.outlet] = watch
            self.metrics.tell(watch)
            self.timetable.arm(watch.outlet, watch.next_look.at)

    def _arm_again(self, outlet_id: str) -> None:
        if outlet_id in self.outlets:
            self.timetable.arm(outlet_id, self.services.now() + STUMBLED)

    async def _plan(self, function: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.writer, partial(function, *args))

    def _on_signal(self, number: int) -> None:
        if self.stop.is_set():
            os._exit(128 + number)
        event(log, logging.INFO, "daemon stops", signal=signal.Signals(number).name, looks=len(self.looks))
        ending = threading.Timer(DEADLINE, os._exit, (0,))
        ending.daemon = True
        ending.start()
        self.stop.set()

    def _on_hangup(self) -> None:
        self.reloads = [task for task in self.reloads if not task.done()]
        self.reloads.append(asyncio.get_running_loop().create_task(self.reload()))

    async def reload(self) -> None:
        """Read the catalogue again; a broken one changes nothing."""
        try:
            async with self.reloading:
                await self.take_up(enabled(await asyncio.to_thread(self.read)))
        except CatalogueError as error:
            for mistake in error.mistakes:
                event(log, logging.ERROR, "catalogue not reloaded", mistake=mistake)
        except WirewatchError as error:
            event(log, logging.ERROR, "catalogue not reloaded", mistake=str(error))
        else:
            event(log, logging.INFO, "catalogue reloaded", outlets=len(self.outlets))

    async def _watch_the_clock(self) -> None:
        """Keep the distances to the next looks where the wall clock is set, forward or back."""
        clock = asyncio.get_running_loop().time
        while True:
            wall, steady = self.services.now(), clock()
            await asyncio.sleep(PULSE)
            passed = (self.services.now() - wall).total_seconds()
            drift = passed - (clock() - steady)
            if abs(drift) > JUMP:
                event(log, logging.WARNING, "clock was set", seconds=round(drift))
                shift_due(self.timetable, timedelta(seconds=drift), self.services.now())
            self.timetable.wake()

    async def _drain(self) -> None:
        """Begin nothing more, finish what can be finished in `DRAIN` seconds, break off the rest."""
        self.timetable.pause()
        self.services.gate.close()
        if self.looks:
            _, running = await asyncio.wait(self.looks, timeout=DRAIN)
            if running:
                await break_off(self.runner, seconds=2.0)
                await asyncio.wait(running, timeout=0.5)
        self.timetable.close()


def enabled(catalogue: Catalogue) -> list[Outlet]:
    """Return the outlets that are watched."""
    return [outlet for outlet in catalogue if outlet.enabled]


def shift_due(timetable: Timetable, drift: timedelta, now: datetime) -> None:
    """Move what is due with a clock that was set back; one set forward makes it due, as after a pause."""
    if drift < timedelta():
        for outlet, due in timetable.due().items():
            timetable.arm(outlet, max(due + drift, now))


def _hear(metrics: Metrics, heard: LookEvent) -> None:
    """Count and log what happens while an outlet is looked at."""
    metrics.hear(heard)
    match heard:
        case LookBegan():
            event(log, logging.DEBUG, "look began", outlet=heard.outlet)
        case PagesPlanned():
            event(log, logging.DEBUG, "pages planned", outlet=heard.outlet, pages=heard.pages)
        case PageDone():
            refused = isinstance(heard.outcome, Rejected | Failed)
            event(
                log,
                logging.INFO if refused else logging.DEBUG,
                "page",
                outlet=heard.outlet,
                url=heard.url,
                outcome=outcome_label(heard.outcome),
                detail=heard.outcome.detail if isinstance(heard.outcome, Rejected | Failed) else None,
            )
        case LookDone():
            _tell_look(heard.report)


def _tell_look(report: LookReport) -> None:
    counts = {name: getattr(report, name) for name in (*COUNTS, "left") if getattr(report, name)}
    event(
        log,
        logging.INFO if report.looked else logging.WARNING,
        "look done",
        outlet=report.outlet,
        looked=report.looked,
        seconds=report.seconds,
        **counts,
        problems="; ".join(report.problems) or None,
    )


def _tell(before: Watch, watch: Watch, found: Health) -> None:
    """Log a change of state, once, and when the next look is due."""
    if watch.state is not before.state:
        event(
            log,
            logging.INFO if watch.state is State.OK else logging.WARNING,
            "state changed",
            outlet=watch.outlet,
            before=before.state.value,
            state=watch.state.value,
            since=found.since,
            evidence=found.evidence,
        )
    due, why = watch.next_look.at, watch.next_look.why
    event(log, logging.DEBUG, "next look", outlet=watch.outlet, at=due, why=why)
