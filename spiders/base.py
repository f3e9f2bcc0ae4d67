"""The spider: one look at one outlet, from its discoveries to an outcome for every page fetched."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response

from config.errors import WirewatchError
from config.outlet import Outlet
from pipeline.documents import Remembered
from pipeline.looks import Trouble
from pipeline.records import Candidate, Failed, Fault, Outcome, Page, Refusal, Rejected
from pipeline.revisit import Revisit
from spiders.answer import WireAnswer
from spiders.faults import REFUSING, Unfetched, status_fault
from spiders.fetch import Fetcher
from spiders.gate import GateClosed, host_key
from spiders.handler import services_of
from spiders.harvest import is_recent
from spiders.report import Diary, PageDone, PagesPlanned
from spiders.services import LookOptions
from spiders.walk import Found, Walk

log = logging.getLogger(__name__)

_BATCH = 500
_GONE = frozenset({404, 410})


class OutletSpider(scrapy.Spider):
    """Looks at one outlet and writes what it sees into its diary.

    Scrapy gives it an engine, a downloader and their life cycle; the order of things is plain code in
    `start`, so that every page comes to exactly one end. A page that is not fetched because the process
    stops gets no outcome: it was offered before, and is pending at the next look.
    """

    name = "outlet"

    def __init__(self, crawler: Crawler, outlet: Outlet, options: LookOptions, diary: Diary) -> None:
        super().__init__()
        self._outlet = outlet
        self._options = options
        self._diary = diary
        self._services = services_of(crawler)
        self._crawler = crawler
        self._fetcher = Fetcher(self._download, self._services, outlet)
        self._left: frozenset[str] = frozenset()
        self._again: dict[str, Revisit] = {}
        self._refused: set[str] = set()
        self._remembered: Mapping[str, Remembered] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> OutletSpider:  # noqa: ANN401
        """Make the spider of `crawler`, which has its services already."""
        spider = cls(crawler, *args, **kwargs)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Look. Nothing is yielded: requests go straight to the downloader, pages to the intake."""
        try:
            await self._look()
            self._diary.ended = True
        except GateClosed:
            log.info("the look at %s was stopped", self._outlet.id)
        except WirewatchError as error:
            self._give_up(str(error))
        except Exception as error:
            log.exception("the look at %s broke", self._outlet.id)
            self._give_up(f"wirewatch itself stumbled: {type(error).__name__}: {error}")
        return
        yield  # type: ignore[unreachable] # makes it the generator that Scrapy asks for

    async def _download(self, request: scrapy.Request) -> Response:
        return await self._crawler.engine.download_async(request)

    def _give_up(self, words: str) -> None:
        self._diary.ended = True
        self._diary.looked = False
        self._diary.problems.append(words)

    async def _look(self) -> None:
        found = await self._discover()
        todo = await self._todo(found)
        limited = todo[: self._options.limit]
        if self._options.dry_run:
            self._diary.planned = tuple(c.url for c in limited)
            return
        self._diary.to_fetch = len(todo)
        for at in range(0, len(todo), _BATCH):
            await self._services.intake.offer(todo[at : at + _BATCH])
        if self._options.since is None:  # else older articles were left alone, and are to be found later
            changed = [one for url, one in found.documents.items() if one != self._remembered.get(url)]
            await self._services.intake.remember(self._outlet.id, changed, found.gaps)
        again = await self._revisits(todo) if self._options.revisit else []
        self._diary.to_fetch += len(again)
        pages = [c for c in (*limited, *again) if host_key(c.url) not in found.shut_hosts]
        self._services.notify(PagesPlanned(self._outlet.id, len(pages)))
        await self._fetch(pages)

    async def _revisits(self, todo: list[Candidate]) -> list[Candidate]:
        """Return the pages of held articles that are due to be looked at again, but for those of `todo`."""
        fetched = {candidate.key for candidate in todo}
        due = await self._services.intake.revisits(self._outlet)
        self._again = {one.candidate.key: one for one in due if one.candidate.key not in fetched}
        return [one.candidate for one in self._again.values()]

    async def _discover(self) -> Found:
        """Walk through the discoveries; one that breaks leaves the others their turn."""
        self._remembered = await self._services.intake.documents(self._outlet.id)
        walk = Walk(self._outlet, self._fetcher, self._services, self._options, self._remembered)
        diary = self._diary
        try:
            await walk.through_all()
        finally:
            diary.found = len(walk.found.candidates)
            diary.problems, diary.notes = list(walk.found.problems), list(walk.found.notes)
            diary.seen, diary.looked = list(walk.found.seen), walk.found.looked
        diary.known = diary.found - len(walk.found.wanted(recheck=self._options.recheck))
        return walk.found

    async def _todo(self, found: Found) -> list[Candidate]:
        """Return what is to be fetched: first what is offered now, then what an earlier look left."""
        wanted = {c.key: c for c in found.wanted(recheck=self._options.recheck)}
        left = await self._services.intake.pending(self._outlet.id)
        pending = {c.key: c for c in left if is_recent(c, self._options.since)}
        self._left = frozenset(pending)
        return list((wanted | {k: c for k, c in pending.items() if k not in wanted}).values())

    async def _fetch(self, candidates: list[Candidate]) -> None:
        """Fetch all; so many at once that the host is kept busy while pages are being read."""
        queue = deque(candidates)
        concurrency = 2 * self._outlet.politeness.concurrency + 2
        workers = [asyncio.ensure_future(self._work(queue)) for _ in range(min(concurrency, len(candidates)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        if self._diary.outcomes.total() < len(candidates):
            raise GateClosed

    async def _work(self, queue: deque[Candidate]) -> None:
        """Take candidates until there are none, or the gate is closed; then the others finish theirs."""
        while queue:
            candidate = queue.popleft()
            try:
                outcome = await self._settle(candidate)
            except GateClosed:
                return
            first = candidate.key not in self._left and candidate.key not in self._again
            refused = candidate.key in self._refused
            self._diary.count(outcome, first=first, refused=refused)
            self._services.notify(PageDone(self._outlet.id, candidate.url, outcome))

    async def _settle(self, candidate: Candidate) -> Outcome:
        """Bring a candidate to its outcome."""
        intake = self._services.intake
        try:
            again = self._again.get(candidate.key)
            answer = await self._fetcher.get(candidate.url, again.conditions if again else None)
            if answer.status in REFUSING:
                self._refused.add(candidate.key)
            if again is not None and answer.status == 304:
                return await intake.same(candidate)
            if again is not None and answer.status in _GONE:
                gone = Rejected(Refusal.GONE, status_fault(answer.status).detail)
                return await intake.refuse(candidate, gone)
            if answer.status != 200:
                return await intake.refuse(candidate, status_fault(answer.status))
            return await intake.page(self._outlet, self._page(candidate, answer))
        except Unfetched as error:
            if error.trouble is Trouble.BLOCKED:
                self._refused.add(candidate.key)
            return await intake.refuse(candidate, error.why)
        except (GateClosed, WirewatchError):
            raise
        except Exception as error:
            log.exception("%s broke while it was fetched or read", candidate.url)
            words = f"wirewatch itself stumbled: {type(error).__name__}: {error}"
            return await intake.refuse(candidate, Failed(Fault.PARSER, words[:300]))

    def _page(self, candidate: Candidate, answer: WireAnswer) -> Page:
        return Page(
            candidate=candidate,
            url=answer.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._services.now(),
            redirects=answer.redirects,
        )
