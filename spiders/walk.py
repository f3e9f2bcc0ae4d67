"""Walking through the discoveries of an outlet, document by document, within bounds."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice

from config.errors import WirewatchError
from config.outlet import Discovery, Feed, Listing, Outlet
from pipeline.documents import (
    MOST_TRIES,
    MOST_UNFINISHED,
    Answered,
    Gap,
    Remembered,
    Visit,
    conditions,
    is_unchanged,
    read_anew,
    seen_again,
)
from pipeline.errors import PageError
from pipeline.looks import MOST_WORDS, Seen, Trouble
from pipeline.records import Candidate, Known
from spiders.answer import WireAnswer
from spiders.docwork import first_url, read_wire
from spiders.faults import Unfetched, status_trouble
from spiders.fetch import Fetcher
from spiders.gate import GateClosed, host_key
from spiders.harvest import candidate, horizon, is_recent, is_wanted, label, merged
from spiders.offers import Answer, Offer
from spiders.services import LookOptions, Services
from spiders.sight import Sight, rolled_over
from spiders.wishes import max_age

log = logging.getLogger(__name__)

MOST_FOLLOWED = 50
"""Further documents (the children of sitemap indexes) that a look asks for."""
DEEPEST = 3
MOST_PAGES = 20
"""Pages of a feed or API that a look turns; a listing says itself."""
MOST_CANDIDATES = 50_000
_BATCH = 500


@dataclass(slots=True)
class Found:
    """What the discoveries of an outlet brought."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    """By key, as first offered, merged with the later offers of the same article."""
    known: dict[str, Known] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    documents: dict[str, Remembered] = field(default_factory=dict)
    """What is to be remembered once all that was found is."""
    gaps: list[Gap] = field(default_factory=list)
    looked: bool = False
    shut_hosts: frozenset[str] = frozenset()
    """The hosts of which nothing is to be had now, where no discovery could be read.

    What is still to be fetched there stays pending: an outage does not use up the attempts of a page.
    """

    def wanted(self, *, recheck: bool) -> list[Candidate]:
        """Return those that are to be fetched, in the order in which they were offered."""
        return [c for k, c in self.candidates.items() if is_wanted(c, self.known.get(k), recheck=recheck)]


class Walk:
    """One walk for one look."""

    def __init__(
        self,
        outlet: Outlet,
        fetcher: Fetcher,
        services: Services,
        options: LookOptions,
        remembered: Mapping[str, Remembered],
    ) -> None:
        """`remembered` are the documents of the outlet as they were before, by their address."""
        self._outlet = outlet
        self._fetcher = fetcher
        self._services = services
        self._options = options
        self._remembered = remembered
        self._reader = _reader(outlet, services)
        self._horizon: datetime | None = horizon(outlet, options.since, services.now())
        self._seen: set[str] = set()
        self._followed = 0
        self._sights: list[Sight] = []
        self._filling = False
        self.found = Found()

    async def through_all(self) -> None:
        """Read every discovery of the outlet and what it leads to into `found`.

        A bug in a reader is a problem like others. Where articles may have rolled out of one discovery,
        the others are read further back than usual.

        Raises:
            GateClosed: the process is stopping.
            StoreError: it cannot be told what is known.
        """
        for discovery in self._outlet.discover:
            await self._through_safely(discovery)
        gaps = [rolled_over(s, self.found.known, self._services.now()) for s in self._sights]
        if any(gap is not None for gap in gaps):
            await self._fill()
            for sight, gap in zip(self._sights, gaps, strict=True):
                if gap is not None:
                    self._note_gap(sight, gap)
        self.found.seen = [sight.seen(self.found.known) for sight in self._sights]
        if not self.found.looked:
            shut = (s.discovery for s in self._sights if s.trouble in {Trouble.DOWN, Trouble.BLOCKED})
            self.found.shut_hosts = frozenset(host_key(one.address) for one in shut)

    async def _fill(self) -> None:
        """Turn the pages of listings and feeds (RFC 5005) beyond what a usual look does."""
        from spiders.listing import next_page  # noqa: PLC0415 - this process reads no listings otherwise

        self._filling = True
        for sight in self._sights:
            first = sight.discovery
            if isinstance(first, Listing) and first.pages is not None and sight.trouble is None:
                deeper = first.model_copy(update={"max_pages": MOST_PAGES})
                if url := next_page(deeper, first.max_pages):
                    await self._walk(sight, deeper, [Visit(url, first.max_pages + 1)])
            elif isinstance(first, Feed) and sight.trouble is None and sight.further:
                await self._walk(sight, first, [Visit(sight.further, 2)])

    def _note_gap(self, sight: Sight, gap: Gap) -> None:
        known = self.found.known
        back = [s for s in self._sights if s.trouble is None and not s.unchanged]
        filled = any(s.reaches_back(known, gap.after) for s in back)
        self.found.gaps.append(replace(gap, filled=filled))
        if not filled:
            words = f"articles between {gap.after:%Y-%m-%d %H:%M} and {gap.before:%Y-%m-%d %H:%M} may be lost"
            self.found.notes.append(
                f"{label(sight.discovery)}: {words}: it shows nothing that was met before"
            )

    async def _through_safely(self, discovery: Discovery) -> None:
        known = self._remembered.get(first_url(discovery))
        sight = Sight(discovery, known if known is not None and known.reader == self._reader else None)
        self._sights.append(sight)
        try:
            left = sight.known.unfinished if sight.known is not None else ()
            await self._walk(sight, discovery, [Visit(first_url(discovery)), *left])
        except (GateClosed, WirewatchError):
            raise
        except Exception as error:
            log.exception("%s broke", label(discovery))
            words = f"wirewatch itself stumbled: {type(error).__name__}: {error}"[:MOST_WORDS]
            self.found.problems.append(f"{label(discovery)}: {words}")
            sight.fail(Trouble.BROKEN, words)
        self._keep_unfinished(sight)

    async def _walk(self, sight: Sight, discovery: Discovery, visits: list[Visit]) -> None:
        self._seen = set()
        self._followed = 0
        queue = deque(visits)
        while queue:
            visit = queue.popleft()
            if visit.url in self._seen:
                continue
            self._seen.add(visit.url)
            answer = await self._answer(sight, discovery, visit)
            if answer is None:
                continue
            brought = await self._take(sight, answer.offers, label(discovery))
            queue.extend(self._children(answer, visit))
            if answer.next_page and self._turns(discovery, visit, brought=brought):
                queue.appendleft(Visit(answer.next_page, visit.page + 1, visit.depth))

    async def _answer(self, sight: Sight, discovery: Discovery, visit: Visit) -> Answer | None:
        """Fetch and read a document; None where it is of no use, which is noted.

        On a thrifty look it is read only if it changed; what is owed, or may fill a gap, is read in any case.
        """
        known = self._remembered.get(visit.url)
        now = self._services.now()
        thrifty = self._options.thrifty and not self._filling and not visit.tries
        headers = conditions(known, self._reader, now) if thrifty else {}
        try:
            wire = await self._fetcher.get(visit.url, headers)
            answered = _answered(wire, asked_with_conditions=bool(headers))
            if known is not None and thrifty and is_unchanged(known, self._reader, answered):
                self.found.documents[visit.url] = seen_again(known, answered, now)
                return self._recalled(sight, known, visit, wire)
            answer = await self._read(discovery, wire, visit.page)
        except Unfetched as error:
            self._complain(sight, visit, error.why.detail, error.trouble)
            return None
        except PageError as error:
            self._complain(sight, visit, str(error), Trouble.BROKEN)
            return None
        self._seen.add(wire.url)
        if answer.complaint is not None:
            self._complain(sight, visit, answer.complaint, _trouble(wire.status, blocked=answer.blocked))
            return None
        self._welcome(sight, visit, wire, answer)
        self.found.documents[visit.url] = read_anew(known, self._fresh(visit, answer, now), answered)
        return answer

    def _recalled(self, sight: Sight, known: Remembered, visit: Visit, wire: WireAnswer) -> Answer:
        """Say what a document leads to that is the same as before; what it offers is known."""
        sight.recall(known, is_first=visit.is_first)
        if visit.is_first:
            self.found.looked = True
            sight.max_age = max_age(wire.header("Cache-Control"), wire.header("Age"))
        return Answer(follow=known.follow)

    def _welcome(self, sight: Sight, visit: Visit, wire: WireAnswer, answer: Answer) -> None:
        """Note what the document of a discovery says of itself."""
        sight.documents_read += 1
        sight.window += answer.window or 0
        if visit.is_first:
            self.found.looked = True
            sight.ttl, sight.period, sight.further = answer.ttl, answer.period, answer.next_page
            sight.max_age = max_age(wire.header("Cache-Control"), wire.header("Age"))
        self.found.notes.extend(f"{label(sight.discovery)}: {note}" for note in answer.notes[:5])

    def _fresh(self, visit: Visit, answer: Answer, now: datetime) -> Remembered:
        times = [offer.published.at for offer in answer.offers if offer.published is not None]
        return Remembered(
            url=visit.url,
            read_at=now,
            reader=self._reader,
            offered=len(answer.offers),
            window=answer.window,
            ttl=answer.ttl,
            period=answer.period,
            newest=max(times, default=None),
            follow=answer.follow[:MOST_FOLLOWED],
        )

    async def _read(self, discovery: Discovery, wire: WireAnswer, page: int) -> Answer:
        zone, limit = self._outlet.timezone, self._services.bounds.unpacked
        return await self._services.workers.run(read_wire, discovery, wire, page, zone, limit)

    def _complain(self, sight: Sight, visit: Visit, words: str, trouble: Trouble) -> None:
        """A first document that cannot be read is a problem; a later one is asked for again."""
        if visit.is_first:
            self.found.problems.append(f"{label(sight.discovery)}: {words}")
            sight.fail(trouble, words)
            return
        sight.missed.append(f"{visit.url}: {words}")
        again = replace(visit, tries=visit.tries + 1)
        if again.tries < MOST_TRIES and len(sight.unfinished) < MOST_UNFINISHED:
            sight.unfinished.append(again)
            self.found.notes.append(f"{label(sight.discovery)}: {visit.url}: {words}; it is asked for again")
        else:
            self.found.notes.append(f"{label(sight.discovery)}: {visit.url}: {words}; it is given up")

    def _keep_unfinished(self, sight: Sight) -> None:
        """Remember what could not be read with the first document, read or not."""
        first = first_url(sight.discovery)
        document = self.found.documents.get(first) or sight.known
        if sight.trouble is None and document is not None:
            self.found.documents[first] = replace(document, unfinished=tuple(sight.unfinished))

    async def _take(self, sight: Sight, offers: Iterable[Offer], offered_by: str) -> bool:
        """Put what passes the rules with the rest; tell whether anything of it is to be fetched."""
        brought = False
        room = MOST_CANDIDATES - len(self.found.candidates)
        fresh = (candidate(offer, self._outlet, offered_by) for offer in offers)
        recent = islice((c for c in fresh if c is not None and is_recent(c, self._horizon)), room)
        while batch := list(islice(recent, _BATCH)):
            keys = {c.key for c in batch} - self.found.candidates.keys()
            if keys:
                self.found.known.update(await self._services.intake.known(self._outlet.id, sorted(keys)))
            sight.take(batch)
            for one in batch:
                held = self.found.candidates.get(one.key)
                self.found.candidates[one.key] = one if held is None else merged(held, one)
                known = self.found.known.get(one.key)
                brought |= is_wanted(one, known, recheck=self._options.recheck)
        if len(self.found.candidates) >= MOST_CANDIDATES:
            self.found.notes.append(f"{offered_by}: more than {MOST_CANDIDATES:,} articles are offered")
        return brought

    def _children(self, answer: Answer, visit: Visit) -> list[Visit]:
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
        return [Visit(url, 1, visit.depth + 1) for url in children]

    def _turns(self, discovery: Discovery, visit: Visit, *, brought: bool) -> bool:
        """Tell whether to turn the page: of a listing as often as it says, else while it brings something.

        The older pages of a feed are turned to only where articles may have rolled out of it.
        """
        if isinstance(discovery, Listing) and not self._filling:
            return visit.page < discovery.max_pages
        if isinstance(discovery, Feed) and not self._filling:
            return False
        return brought and visit.page < MOST_PAGES


def _reader(outlet: Outlet, services: Services) -> str:
    """Digest all that the reading of an outlet's documents depends on: its rules, and this version."""
    rules = outlet.model_dump_json(include={"discover", "articles", "timezone"})
    return sha256(f"{services.bounds.user_agent} {rules}".encode()).hexdigest()[:16]


def _answered(wire: WireAnswer, *, asked_with_conditions: bool) -> Answered:
    etag, modified = wire.header("ETag"), wire.header("Last-Modified")
    return Answered(wire.status, etag[:500], modified[:100], wire.body, asked_with_conditions)


def _trouble(status: int, *, blocked: bool) -> Trouble:
    if status >= 400:
        return status_trouble(status)
    return Trouble.BLOCKED if blocked else Trouble.BROKEN
