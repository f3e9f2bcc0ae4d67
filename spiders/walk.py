"""Walking through the discoveries of an outlet, document by document, within bounds."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from config.errors import WirewatchError
from config.outlet import Discovery, Listing, Outlet
from pipeline.errors import PageError
from pipeline.extract.charset import decode_html
from pipeline.looks import MOST_WORDS, Seen, Trouble
from pipeline.records import Candidate, Known
from pipeline.wire import decode
from spiders.answer import WireAnswer
from spiders.discovery import first_url, read
from spiders.faults import Unfetched, status_trouble
from spiders.fetch import Fetcher
from spiders.gate import GateClosed
from spiders.harvest import candidate, horizon, is_recent, is_wanted, label, merged
from spiders.offers import Answer, Document, Offer
from spiders.services import LookOptions, Services
from spiders.sniff import page_title, turned_away
from spiders.wishes import max_age

log = logging.getLogger(__name__)

MOST_FOLLOWED = 50
"""Further documents (the children of sitemap indexes) that a look asks for."""
DEEPEST = 3
MOST_PAGES = 20
"""Pages of a feed or API that a look turns; a listing says itself."""
MOST_CANDIDATES = 50_000
_BATCH = 500
_HEAD = 65_536


@dataclass(slots=True)
class Found:
    """What the discoveries of an outlet brought."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    """By key, as first offered, merged with the later offers of the same article."""
    known: dict[str, Known] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    looked: bool = False

    def wanted(self, *, recheck: bool) -> list[Candidate]:
        """Return those that are to be fetched, in the order in which they were offered."""
        return [c for k, c in self.candidates.items() if is_wanted(c, self.known.get(k), recheck=recheck)]


@dataclass(slots=True)
class _Sight:
    """What a discovery has shown so far."""

    keys: set[str] = field(default_factory=set)
    window: int = 0
    ttl: timedelta | None = None
    period: timedelta | None = None
    max_age: timedelta | None = None
    trouble: Trouble | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Visit:
    """A document to ask for."""

    url: str
    page: int = 1
    depth: int = 0

    @property
    def is_first(self) -> bool:
        return self.page == 1 and self.depth == 0


class Walk:
    """One walk for one look."""

    def __init__(self, outlet: Outlet, fetcher: Fetcher, services: Services, options: LookOptions) -> None:
        self._outlet = outlet
        self._fetcher = fetcher
        self._services = services
        self._options = options
        self._horizon: datetime | None = horizon(outlet, options.since, services.now())
        self._seen: set[str] = set()
        self._followed = 0
        self._sight = _Sight()
        self.found = Found()

    async def through(self, discovery: Discovery) -> None:
        """Read a discovery and what it leads to into `found`; a bug in its reader is a problem like others.

        Raises:
            GateClosed: the process is stopping.
            StoreError: it cannot be told what is known.
        """
        self._sight = _Sight()
        try:
            await self._through(discovery)
        except (GateClosed, WirewatchError):
            raise
        except Exception as error:
            log.exception("%s broke", label(discovery))
            words = f"wirewatch itself stumbled: {type(error).__name__}: {error}"[:MOST_WORDS]
            self.found.problems.append(f"{label(discovery)}: {words}")
            self._sight.trouble, self._sight.detail = Trouble.BROKEN, words
        self.found.seen.append(self._summary(discovery))

    def _summary(self, discovery: Discovery) -> Seen:
        sight = self._sight
        return Seen(
            discovery=label(discovery),
            trouble=sight.trouble,
            detail=sight.detail[:MOST_WORDS],
            offered=len(sight.keys),
            fresh=sum(1 for key in sight.keys if key not in self.found.known),
            window=sight.window or None,
            ttl=sight.ttl,
            period=sight.period,
            max_age=sight.max_age,
        )

    async def _through(self, discovery: Discovery) -> None:
        self._seen = set()
        self._followed = 0
        queue = deque([_Visit(first_url(discovery))])
        while queue:
            visit = queue.popleft()
            if visit.url in self._seen:
                continue
            self._seen.add(visit.url)
            answer = await self._answer(discovery, visit)
            if answer is None:
                continue
            brought = await self._take(answer.offers, label(discovery))
            queue.extend(self._children(answer, visit))
            if answer.next_page and self._turns(discovery, visit, brought=brought):
                queue.appendleft(_Visit(answer.next_page, visit.page + 1, visit.depth))

    async def _answer(self, discovery: Discovery, visit: _Visit) -> Answer | None:
        """Fetch and read a document; None where it is of no use, which is noted."""
        try:
            wire = await self._fetcher.get(visit.url)
            answer = await self._read(discovery, wire, visit.page)
        except Unfetched as error:
            self._complain(discovery, visit, error.why.detail, error.trouble)
            return None
        except PageError as error:
            self._complain(discovery, visit, str(error), Trouble.BROKEN)
            return None
        self._seen.add(wire.url)
        if answer.complaint is not None:
            self._complain(discovery, visit, answer.complaint, _trouble(wire.status, blocked=answer.blocked))
            return None
        self._sight.window += answer.window or 0
        if visit.is_first:
            self.found.looked = True
            self._sight.ttl, self._sight.period = answer.ttl, answer.period
            self._sight.max_age = max_age(wire.header("Cache-Control"), wire.header("Age"))
        self.found.notes.extend(f"{label(discovery)}: {note}" for note in answer.notes[:5])
        return answer

    async def _read(self, discovery: Discovery, wire: WireAnswer, page: int) -> Answer:
        zone, limit = self._outlet.timezone, self._services.bounds.unpacked
        return await self._services.workers.run(read_wire, discovery, wire, page, zone, limit)

    def _complain(self, discovery: Discovery, visit: _Visit, words: str, trouble: Trouble) -> None:
        """A first document that cannot be read is a problem, a later one worth a note."""
        if visit.is_first:
            self.found.problems.append(f"{label(discovery)}: {words}")
            self._sight.trouble, self._sight.detail = trouble, words
        else:
            self.found.notes.append(f"{label(discovery)}: {visit.url}: {words}")

    async def _take(self, offers: Iterable[Offer], offered_by: str) -> bool:
        """Put what passes the rules with the rest; tell whether anything of it is to be fetched."""
        brought = False
        room = MOST_CANDIDATES - len(self.found.candidates)
        fresh = (candidate(offer, self._outlet, offered_by) for offer in offers)
        recent = islice((c for c in fresh if c is not None and is_recent(c, self._horizon)), room)
        while batch := list(islice(recent, _BATCH)):
            keys = {c.key for c in batch} - self.found.candidates.keys()
            if keys:
                self.found.known.update(await self._services.intake.known(self._outlet.id, sorted(keys)))
            self._sight.keys.update(c.key for c in batch)
            for one in batch:
                held = self.found.candidates.get(one.key)
                self.found.candidates[one.key] = one if held is None else merged(held, one)
                known = self.found.known.get(one.key)
                brought |= is_wanted(one, known, recheck=self._options.recheck)
        if len(self.found.candidates) >= MOST_CANDIDATES:
            self.found.notes.append(f"{offered_by}: more than {MOST_CANDIDATES:,} articles are offered")
        return brought

    def _children(self, answer: Answer, visit: _Visit) -> list[_Visit]:
        if visit.depth >= DEEPEST or not answer.follow:
            return []
        unseen = [url for url in dict.fromkeys(answer.follow) if url not in self._seen]
        children = unseen[: MOST_FOLLOWED - self._followed]
        self._followed += len(children)
        if len(children) < len(unseen):
            self.found.notes.append(
                f"{visit.url}: {len(unseen) - len(children)} of its documents are not looked at: "
                f"a look follows {MOST_FOLLOWED}"
            )
        return [_Visit(url, 1, visit.depth + 1) for url in children]

    @staticmethod
    def _turns(discovery: Discovery, visit: _Visit, *, brought: bool) -> bool:
        """Tell whether to turn the page: of a listing as often as it says, else while it brings something."""
        if isinstance(discovery, Listing):
            return visit.page < discovery.max_pages
        return brought and visit.page < MOST_PAGES


def _trouble(status: int, *, blocked: bool) -> Trouble:
    if status >= 400:
        return status_trouble(status)
    return Trouble.BLOCKED if blocked else Trouble.BROKEN


def read_wire(discovery: Discovery, wire: WireAnswer, page: int, zone: str, limit: int) -> Answer:
    """Unpack and read a document as it came over the wire; runs in a worker.

    Raises:
        PageError: it unpacks to more than `limit` bytes, or its content encoding cannot be undone.
    """
    body = decode(wire.body, wire.header("Content-Encoding"), limit)
    document = Document(wire.url, wire.status, wire.headers, body, page)
    answer = read(discovery, document, zone)
    if answer.complaint is None or not turned_away(page_title(decode_html(body[:_HEAD], ""))):
        return answer
    return replace(answer, blocked=True)
