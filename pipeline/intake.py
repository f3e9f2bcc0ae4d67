"""Where pages come in: archived, read, decided and stored, many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from config.outlet import Outlet
from pipeline.batches import Batches
from pipeline.boilerplate import Boilerplate
from pipeline.documents import Gap, Remembered
from pipeline.errors import PageError, TooLarge, TooSlow
from pipeline.garbage import Leftovers
from pipeline.looks import Look
from pipeline.pagework import read_with_traits
from pipeline.ports import Archive, Store, Workers
from pipeline.records import (
    Article,
    Candidate,
    Deed,
    Duplicate,
    Failed,
    Fault,
    Known,
    New,
    Outcome,
    Page,
    RecordRef,
    Refusal,
    Rejected,
)
from pipeline.revisit import MOST, Revisit

T = TypeVar("T")

MAX_BATCH = 200
"""Deeds that share one transaction."""
_TIDY = 250
"""Pages that are stored from one tidying up to the next."""
MAX_LEARNED = 40
"""Outlets whose boilerplate is held in memory."""


class _TakenIn(NamedTuple):
    """What is needed to read a page that has been archived."""

    record: RecordRef
    learned: Boilerplate


class PageIntake:
    """An `Intake` over a store, an archive and workers.

    `writer` runs one thing at a time and is the only one that touches the store and the archive. While
    it writes a batch, what comes in gathers for the next; and while other pages are being read, a page that
    has been waits for them for a moment: many share one sync and one commit.
    """

    def __init__(
        self,
        store: Store,
        archive: Archive,
        workers: Workers,
        writer: Executor,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._archive = archive
        self._workers = workers
        self._writer = writer
        self._now = now
        self._learned: dict[str, Boilerplate] = {}  # of the outlets read last; the writer's own
        self._leftovers = Leftovers(every=_TIDY)
        self._reading = 0
        self._arrivals = Batches(partial(self._write, self._take_in), most=MAX_BATCH)
        self._deeds = Batches(
            partial(self._write, self._store_batch), most=MAX_BATCH, coming=lambda: self._reading > 0
        )

    async def known(self, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
        """`Store.known`, by now."""
        return await self._write(self._store.known, outlet, list(keys), self._now())

    async def offer(self, candidates: Sequence[Candidate]) -> None:
        """Remember what is about to be fetched, so that a crash cannot lose it."""
        if not candidates:
            return
        await self._write(self._store.offer, candidates, self._now())

    async def pending(self, outlet: str) -> Sequence[Candidate]:
        """Return what an earlier look left to be fetched or tried again by now."""
        return await self._write(self._store.pending, outlet, self._now())

    async def page(self, outlet: Outlet, page: Page) -> Outcome:
        """Archive, extract, decide and store a page; returns when the outcome is durable."""
        taken = await self._arrivals.ask((outlet, page))
        result = await self._read(page, outlet, taken)
        if taken.learned.counted and isinstance(result, Rejected) and result.reason is Refusal.SOFT_404:
            result = Rejected(Refusal.GONE, result.detail)
        marks = page.header("ETag")[:500], page.header("Last-Modified")[:100]
        outcome = await self._deeds.ask(
            Deed(page.candidate, result, page.fetched_at, page.url, taken.record, *marks)
        )
        if isinstance(result, Article) and not isinstance(outcome, Rejected | Failed):
            outcome = replace(outcome, drift=result.drift)
        if isinstance(result, Article) and isinstance(outcome, New | Duplicate):
            outcome = replace(outcome, words=result.word_count)
        return outcome

    async def revisits(self, outlet: Outlet) -> Sequence[Revisit]:
        """Return the pages whose articles are due to be looked at again."""
        return await self._write(self._store.revisits, outlet.id, self._now(), outlet.revisit.after, MOST)

    async def same(self, candidate: Candidate) -> Outcome:
        """Note that a page is the one that was read last; returns when that is durable."""
        return await self._write(self._store.same, candidate.outlet, candidate.key, self._now())

    async def documents(self, outlet: str) -> Mapping[str, Remembered]:
        """`Logbook.documents`."""
        return await self._write(self._store.logbook.documents, outlet)

    async def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        """`Logbook.remember`."""
        if not documents and not gaps:
            return
        await self._write(self._store.logbook.remember, outlet, documents, gaps)

    async def note(self, look: Look) -> None:
        """`Logbook.note`."""
        await self._write(self._store.logbook.note, look)

    async def refuse(self, candidate: Candidate, why: Rejected | Failed) -> Outcome:
        """Note a page that could not be fetched or is not to be read; returns when that is durable."""
        return await self._deeds.ask(Deed(candidate, why, self._now()))

    async def _write(self, function: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, function, *args)

    async def _read(self, page: Page, outlet: Outlet, taken: _TakenIn) -> Article | Rejected | Failed:
        self._reading += 1
        try:
            return await self._workers.run(read_with_traits, page, outlet, taken.record, taken.learned)
        except PageError as error:
            return Failed(_fault(error), str(error))
        finally:
            self._reading -= 1
            self._deeds.hurry()

    def _take_in(self, pages: Sequence[tuple[Outlet, Page]]) -> Sequence[_TakenIn]:
        """Archive pages; return with each what is known of its outlet's boilerplate."""
        records = [self._archive.append(page) for _, page in pages]
        asked: dict[str, list[str]] = {}
        for outlet, page in pages:
            asked.setdefault(outlet.id, []).append(page.candidate.key)
        known = {outlet: self._store.known(outlet, keys, self._now()) for outlet, keys in asked.items()}
        taken = []
        for (outlet, page), record in zip(pages, records, strict=True):
            held = known[outlet.id].get(page.candidate.key)
            counted = held is not None and held.article is not None
            taken.append(_TakenIn(record, replace(self._boilerplate(outlet.id), counted=counted)))
        return taken

    def _boilerplate(self, outlet: str) -> Boilerplate:
        learned = self._learned.pop(outlet, None) or self._store.learned(outlet)
        self._learned[outlet] = learned
        if len(self._learned) > MAX_LEARNED:
            del self._learned[next(iter(self._learned))]
        return learned

    def _store_batch(self, deeds: Sequence[Deed]) -> Sequence[Outcome]:
        """Make the archive durable first, so that no article ever points to a record that is not there."""
        self._archive.sync()
        outcomes = self._store.keep(deeds)
        for deed, outcome in zip(deeds, outcomes, strict=True):
            if isinstance(deed.result, Article) and isinstance(outcome, New | Duplicate):
                self._learn(deed.result)
        self._leftovers.count(len(deeds))
        return outcomes

    def _learn(self, article: Article) -> None:
        """Learn what the store has learned, without asking it."""
        if (before := self._learned.get(article.outlet)) is not None:
            self._learned[article.outlet] = before.learn(article.sightings).measured(article.word_count)


def _fault(error: PageError) -> Fault:
    match error:
        case TooLarge():
            return Fault.TOO_LARGE
        case TooSlow():
            return Fault.TIMEOUT
        case _:
            return Fault.PARSER
