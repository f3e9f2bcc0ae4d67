"""Looking at outlets: one by one in a loop that somebody runs (`look`), or all of them once (`crawl`)."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scrapy.crawler import AsyncCrawlerRunner

from config.errors import WirewatchError
from config.outlet import Outlet
from pipeline.looks import MOST_SHUT, Look
from spiders.base import OutletSpider
from spiders.gate import host_key
from spiders.reactor import run, the_reactor
from spiders.report import Diary, LookBegan, LookDone, LookReport, Report
from spiders.resolver import GuardingResolver
from spiders.retry_after import LONGEST
from spiders.services import LookOptions, Services
from spiders.settings import scrapy_settings

log = logging.getLogger(__name__)

OpenServices = Callable[[], AbstractAsyncContextManager[Services]]


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How a crawl of many outlets goes."""

    look: LookOptions = field(default_factory=LookOptions)
    concurrent_looks: int = 8
    drain_seconds: float = 5.0
    """After a signal, pages that are under way have so long to be finished."""


def new_runner(services: Services) -> AsyncCrawlerRunner:
    """Put the guard before every connection of the process, and return what `look` runs crawlers with."""
    logging.getLogger("scrapy").setLevel(logging.ERROR)  # outcomes say it better than its warnings
    reactor, _ = the_reactor()
    reactor.installNameResolver(GuardingResolver(services.guard))
    return AsyncCrawlerRunner(scrapy_settings(services.bounds))


async def look(
    runner: AsyncCrawlerRunner, outlet: Outlet, services: Services, options: LookOptions
) -> LookReport:
    """Look at an outlet once, in a crawler of its own; `runner` comes from `new_runner`.

    Never raises for what an outlet, the store or a bug does: the report tells of it. When the gate is
    closed it ends soon, and what it has not fetched stays pending.
    """
    clock = asyncio.get_running_loop().time
    started, began = clock(), services.now()
    diary = Diary(outlet.id)
    services.notify(LookBegan(outlet.id))
    crawler = runner.create_crawler(OutletSpider)
    crawler.services = services  # type: ignore[attr-defined]
    crawler.outlet_id = outlet.id  # type: ignore[attr-defined]
    try:
        await runner.crawl(crawler, outlet=outlet, options=options, diary=diary)
    except Exception as error:
        log.exception("the crawler of %s broke", outlet.id)
        diary.looked = False
        diary.problems.append(f"wirewatch itself stumbled: {type(error).__name__}: {error}")
    if not diary.ended:
        diary.problems.append("the look was broken off before its end")
    if not options.dry_run:
        seen = diary.look(began, clock() - started)
        seen = replace(seen, not_before=not_before(outlet, services), shut=_shut(services))
        await _note(seen, services)
    report = diary.report(clock() - started)
    services.notify(LookDone(report))
    return report


def not_before(outlet: Outlet, services: Services) -> datetime | None:
    """Return until when the hosts of an outlet's discoveries asked to be left alone; None where none did.

    A wait that a request would sit out does not count.
    """
    hosts = {host_key(discovery.address) for discovery in outlet.discover}
    wait = min((services.gate.blocked_for(host, outlet.id) for host in hosts), default=0.0)
    return services.now() + timedelta(seconds=wait) if wait > services.gate.max_wait else None


def demand_manners(outlets: Iterable[Outlet], services: Services) -> None:
    """Tell the gate what outlets ask for at their hosts, before anything is asked there."""
    for outlet in outlets:
        for discovery in outlet.discover:
            services.gate.demand(
                host_key(discovery.address), outlet.politeness.delay, outlet.politeness.concurrency
            )


def shut_again(shut: Mapping[str, datetime], services: Services) -> None:
    """Let nothing through to hosts that asked for it before the process began, until the times given."""
    now = services.now()
    for host, until in shut.items():
        if until > now:
            services.gate.rebuff(host, min((until - now).total_seconds(), LONGEST))


def _shut(services: Services) -> dict[str, datetime]:
    longest = sorted(services.gate.shut_hosts().items(), key=lambda one: -one[1])[:MOST_SHUT]
    return {host: services.now() + timedelta(seconds=wait) for host, wait in longest}


async def _note(look: Look, services: Services) -> None:
    """Remember a look; one that cannot be remembered is only logged, for its articles are stored."""
    try:
        await services.intake.note(look)
    except WirewatchError as error:
        log.error("the look at %s is not remembered: %s", look.outlet, error)  # noqa: TRY400 - expected
    except Exception:
        log.exception("the look at %s is not remembered", look.outlet)


async def break_off(runner: AsyncCrawlerRunner, seconds: float = 3.0) -> None:
    """Break off the looks that still run; what they have not finished stays pending.

    A crawler that is just starting cannot be stopped yet, so this is tried until all are gone.
    """
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while runner.crawlers and clock() < deadline:
        for crawler in list(runner.crawlers):
            if crawler._engine is not None and crawler.engine.running:  # noqa: SLF001 - `engine` raises early
                await asyncio.wait({asyncio.ensure_future(crawler.stop_async())}, timeout=deadline - clock())
        await asyncio.sleep(0.05)


def crawl(outlets: Sequence[Outlet], open_services: OpenServices, options: CrawlOptions) -> Report:
    """Look at each outlet once and return what came of it.

    Blocks; it may be called again, but not while it runs, and not where an event loop runs. The services
    are opened in its own loop and closed before it returns. In the main thread, SIGINT and SIGTERM
    stop it: no look begins any more, pages that are under way are finished for `drain_seconds`, the
    report is marked as interrupted. A second signal ends the process at once.
    """
    return run(_crawl(outlets, open_services, options))


async def _crawl(outlets: Sequence[Outlet], open_services: OpenServices, options: CrawlOptions) -> Report:
    async with open_services() as services:
        demand_manners(outlets, services)
        runner = new_runner(services)
        reports: dict[int, LookReport] = {}
        stop = asyncio.Event()
        room = asyncio.Semaphore(options.concurrent_looks)

        async def one(place: int, outlet: Outlet) -> None:
            async with room:
                if not stop.is_set():
                    reports[place] = await look(runner, outlet, services, options.look)

        with _stopped_by_signals(stop):
            looks = [asyncio.ensure_future(one(*item)) for item in enumerate(outlets)]
            stopping = asyncio.ensure_future(
                _drain_when(stop, runner, services, looks, options.drain_seconds)
            )
            await asyncio.wait([asyncio.gather(*looks, return_exceptions=True)])
            stopping.cancel()
        return Report(tuple(reports[place] for place in sorted(reports)), interrupted=stop.is_set())


async def _drain_when(
    stop: asyncio.Event,
    runner: AsyncCrawlerRunner,
    services: Services,
    looks: Sequence[asyncio.Future[None]],
    seconds: float,
) -> None:
    """Once `stop` is set, end all looks: those that do not end in `seconds` are broken off, then dropped."""
    await stop.wait()
    services.gate.close()
    _, running = await asyncio.wait(looks, timeout=seconds)
    if running:
        await break_off(runner)
        _, running = await asyncio.wait(looks, timeout=1)
    for one in running:
        one.cancel()


@contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Let SIGINT and SIGTERM set `stop`; a second one ends the process."""

    def on_signal(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, on_signal, number)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
