"""The `crawl` command: outlets looked at once, with progress on a terminal and counts at the end."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from config.outlet import Outlet
from config.settings import Settings
from pipeline.ports import Intake, Workers
from pipeline.records import Failed, Rejected, outcome_label
from spiders.crawl import CrawlOptions, OpenServices
from spiders.crawl import crawl as crawl_all
from spiders.report import (
    COUNTS,
    LookBegan,
    LookDone,
    LookEvent,
    LookReport,
    PageDone,
    PagesPlanned,
    Report,
)
from spiders.services import Bounds, LookOptions, Services, new_services
from wirewatch.app import now, open_app, open_dry

if TYPE_CHECKING:
    from wirewatch.bars import Bars

log = logging.getLogger(__name__)

Tally = Mapping[str, Counter[str]]
"""Pages by outlet and outcome, refusals and faults with their reason, as "rejected:listing"."""


@dataclass(slots=True)
class _Listener:
    """Hears what happens while outlets are looked at."""

    tally: dict[str, Counter[str]] = field(default_factory=dict)
    bars: Bars | None = None

    def hear(self, event: LookEvent) -> None:
        """Count and log an event, and show it where there are bars."""
        match event:
            case LookBegan():
                self.tally[event.outlet] = Counter()
            case PageDone():
                self.tally[event.outlet][outcome_label(event.outcome)] += 1
                self._log(event)
            case PagesPlanned() | LookDone():
                pass
        if self.bars is not None:
            _show(event, self.bars)

    def _log(self, event: PageDone) -> None:
        if isinstance(event.outcome, Rejected | Failed):
            log.info(
                "%s: %s: %s %s", event.outlet, outcome_label(event.outcome), event.url, event.outcome.detail
            )
        else:
            log.debug("%s: %s: %s", event.outlet, outcome_label(event.outcome), event.url)


def crawl_outlets(
    settings: Settings, outlets: Sequence[Outlet], options: LookOptions
) -> tuple[Report, Tally]:
    """Look at outlets once and keep what is new; return what came of it."""
    with open_dry(settings) if options.dry_run else open_app(settings) as app:
        return crawl_into(app.intake, app.workers, settings, outlets, options)


def crawl_into(
    intake: Intake,
    workers: Workers,
    settings: Settings,
    outlets: Sequence[Outlet],
    options: LookOptions,
) -> tuple[Report, Tally]:
    """Look at outlets once and hand what is found to `intake`."""
    with _listener() as listener:
        report = crawl_all(
            outlets,
            _services(intake, workers, settings, listener.hear),
            CrawlOptions(options, concurrent_looks=settings.concurrent_looks),
        )
        return report, listener.tally


def report_json(report: Report, tally: Tally) -> dict[str, object]:
    """Return the report of a crawl as one JSON object."""
    counted = (*COUNTS, "known", "left")
    return {
        "outlets": [_look_json(look, tally.get(look.outlet, {}), counted) for look in report.looks],
        "total": {name: sum(getattr(look, name) for look in report.looks) for name in counted},
        "interrupted": report.interrupted,
    }


def _services(
    intake: Intake, workers: Workers, settings: Settings, hear: Callable[[LookEvent], None]
) -> OpenServices:
    @asynccontextmanager
    async def open_services() -> AsyncIterator[Services]:
        yield new_services(
            intake,
            workers,
            Bounds(settings.user_agent, timeout=settings.answer_seconds, body=settings.max_body_bytes),
            now=now,
            chance=Random(),  # noqa: S311 - spreads requests; nothing secret depends on it
            allow=settings.allow_private_hosts,
            notify=hear,
        )

    return open_services


def _show(event: LookEvent, bars: Bars) -> None:
    match event:
        case LookBegan():
            pass
        case PagesPlanned():
            if event.pages:
                bars.begin(event.outlet, event.pages)
        case PageDone():
            bars.advance(event.outlet)
        case LookDone():
            bars.end(event.report.outlet)


@contextmanager
def _listener() -> Iterator[_Listener]:
    """Listen with progress bars on a terminal, and without elsewhere."""
    if not sys.stderr.isatty():
        yield _Listener()
        return
    from wirewatch.bars import on_terminal  # noqa: PLC0415 - rich takes a while to import

    with on_terminal() as bars:
        yield _Listener(bars=bars)


def _look_json(look: LookReport, pages: Mapping[str, int], counted: Sequence[str]) -> dict[str, object]:
    return {
        "outlet": look.outlet,
        **{name: getattr(look, name) for name in counted},
        "looked": look.looked,
        "problems": list(look.problems),
        "notes": list(look.notes),
        "planned": list(look.planned),
        "pages": dict(pages),
        "seconds": look.seconds,
    }
