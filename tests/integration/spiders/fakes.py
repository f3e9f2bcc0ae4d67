"""An intake in memory, workers in line, and looks run on the process's reactor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from random import Random
from typing import Any, TypeVar

from config.outlet import Outlet
from pipeline.documents import Gap, Remembered
from pipeline.looks import Look
from pipeline.records import (
    Candidate,
    Change,
    Failed,
    Known,
    New,
    Outcome,
    Page,
    Rejected,
    Revised,
    Unchanged,
)
from pipeline.revisit import Revisit
from spiders.crawl import look, new_runner
from spiders.reactor import run
from spiders.report import LookEvent, LookReport
from spiders.services import Bounds, LookOptions, Services, new_services

T = TypeVar("T")

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BOUNDS = Bounds(user_agent="wirewatch/0 (+mailto:test@example.org)", timeout=5, retries=2, backoff=0.05)


class InlineWorkers:
    """Runs everything here and now."""

    async def run(self, function: Callable[..., T], *args: object, seconds: float | None = None) -> T:
        del seconds
        return function(*args)


@dataclass
class MemoryIntake:
    """Keeps the last body of each article; what failed is not due again within the test."""

    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    stated: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    waiting: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    settled: set[tuple[str, str]] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)
    refusals: list[tuple[str, Rejected | Failed]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    due_again: list[Revisit] = field(default_factory=list)
    same_again: list[str] = field(default_factory=list)
    remembered: dict[str, dict[str, Remembered]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    seconds: float = 0.0
    """How long a page takes to be read."""
    breaks: Exception | None = None
    """Raised for each page."""

    async def known(self, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
        met = self.waiting.keys() | self.settled
        return {
            key: Known(
                article=key if (outlet, key) in self.bodies else None,
                stated=self.stated.get((outlet, key)),
                due=(outlet, key) in self.waiting,
            )
            for key in keys
            if (outlet, key) in met
        }

    async def offer(self, candidates: Sequence[Candidate]) -> None:
        self.waiting.update({(c.outlet, c.key): c for c in candidates})

    async def pending(self, outlet: str) -> Sequence[Candidate]:
        return [c for (o, _), c in self.waiting.items() if o == outlet]

    async def page(self, outlet: Outlet, page: Page) -> Outcome:
        if self.breaks is not None:
            raise self.breaks
        await asyncio.sleep(self.seconds)
        self.pages.append(page)
        at = (outlet.id, page.candidate.key)
        before = self.bodies.get(at)
        self.bodies[at] = page.body
        self._settle(page.candidate)
        if before is None:
            return New(page.candidate.key)
        return Unchanged(at[1]) if before == page.body else Revised(at[1], 2, Change((), 0, 0))

    async def refuse(self, candidate: Candidate, why: Rejected | Failed) -> Outcome:
        self.refusals.append((candidate.url, why))
        self._settle(candidate)
        return why

    async def revisits(self, outlet: Outlet) -> Sequence[Revisit]:
        return [one for one in self.due_again if one.candidate.outlet == outlet.id]

    async def same(self, candidate: Candidate) -> Outcome:
        self.same_again.append(candidate.url)
        return Unchanged(candidate.key)

    async def documents(self, outlet: str) -> Mapping[str, Remembered]:
        return dict(self.remembered.get(outlet, {}))

    async def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        self.remembered.setdefault(outlet, {}).update({one.url: one for one in documents})
        self.gaps += gaps

    async def note(self, look: Look) -> None:
        self.looks.append(look)

    def _settle(self, candidate: Candidate) -> None:
        at = (candidate.outlet, candidate.key)
        self.waiting.pop(at, None)
        self.settled.add(at)
        self.stated[at] = candidate.stated

    def urls(self) -> list[str]:
        """The addresses of the pages handed in, sorted."""
        return sorted(p.candidate.url for p in self.pages)


def outlet(id_: str, *discover: dict[str, Any], **more: Any) -> Outlet:
    """An outlet without manners of its own: the tests say which they need."""
    values: dict[str, Any] = {
        "id": id_, "name": id_, "kind": "blog", "home": "http://example.org/", "languages": ["en"],
        "country": "INT", "discover": list(discover), "politeness": {"delay": 0}, **more,
    }  # fmt: skip
    return Outlet.model_validate(values)


@dataclass
class Looker:
    """Looks at outlets with shared services, like one process does; the services last from look to look."""

    intake: MemoryIntake = field(default_factory=MemoryIntake)
    allow: str = "127.0.0.0/8"
    bounds: Bounds = BOUNDS
    max_wait: float = 60.0
    now: datetime = NOW
    events: list[LookEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.services = new_services(
            self.intake,
            InlineWorkers(),
            self.bounds,
            now=lambda: self.now,
            chance=Random(1),
            allow=(ip_network(self.allow),) if self.allow else (),
            max_wait=self.max_wait,
            notify=self.events.append,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Services]:
        yield self.services

    def look(self, *outlets: Outlet, **options: Any) -> list[LookReport]:
        """Look at all at once, in the given order."""

        async def all_looks() -> list[LookReport]:
            runner = new_runner(self.services)
            asked = LookOptions(**options)
            return await asyncio.gather(*(look(runner, o, self.services, asked) for o in outlets))

        return run(all_looks())
