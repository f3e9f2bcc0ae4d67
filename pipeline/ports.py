"""What the core asks of the outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from config.outlet import Outlet
from pipeline.boilerplate import Boilerplate
from pipeline.documents import Gap, Remembered
from pipeline.looks import Look
from pipeline.records import (
    Akin,
    Candidate,
    Deed,
    Failed,
    Filters,
    Hit,
    Kept,
    Known,
    Outcome,
    Page,
    Rebuild,
    RecordRef,
    Rejected,
)
from pipeline.revisit import Revisit
from pipeline.rhythm import Arrival
from pipeline.watch import Watch

T = TypeVar("T")

KEPT_DOCUMENTS = 200
KEPT_GAPS = 100
KEPT_LOOKS = 300
AHEAD = timedelta(hours=6)
"""Looks that are remembered of each outlet."""


class Store(Protocol):
    """Keeps articles, their revisions and addresses, and the pages still to be fetched.

    Every method is one transaction: after it returns the change is durable, after it raises nothing has
    changed. Any number of processes may use the same store. All times are aware; they come back in UTC,
    except `Stamp.at`, which keeps its offset. Errors are `pipeline.errors.StoreError`.
    """

    def offer(self, candidates: Sequence[Candidate], now: datetime) -> None:
        """Remember candidates that are to be fetched; one that is already remembered keeps its attempts."""

    def known(self, outlet: str, keys: Iterable[str], now: datetime) -> Mapping[str, Known]:
        """Return what is known of each of `keys`; keys never offered nor met are missing from the answer."""

    def pending(self, outlet: str, now: datetime, limit: int = 10_000) -> Sequence[Candidate]:
        """Return the candidates that are still to be fetched, or due to be tried again, oldest first."""

    def keep(self, deeds: Sequence[Deed]) -> Sequence[Outcome]:
        """Decide (`pipeline.process.decide`) and store each deed, in order; answer with their outcomes.

        The decision is made inside the transaction that writes it, so two processes never both take
        copies of one text for new. The sightings of a page that is new or a duplicate are learned with it
        (`learned`); those of a page that is met again are not, so that no article counts twice.
        """

    def revisits(
        self, outlet: str, now: datetime, spans: Sequence[timedelta], limit: int
    ) -> Sequence[Revisit]:
        """Return pages of articles that are due to be looked at again (`pipeline.revisit`), oldest first."""

    def same(self, outlet: str, key: str, now: datetime) -> Outcome:
        """Note that the page of an article is, by its server's word, the one that was read last."""

    def gone_at(self, id_: str) -> datetime | None:
        """Return when an article was found to be taken off at all of its addresses; None where it is not."""

    def learned(self, outlet: str) -> Boilerplate:
        """Return what is remembered of the text blocks of an outlet's pages."""

    def article(self, id_: str) -> Kept | None:
        """Return the current revision of an article; `id_` may be any unambiguous beginning of its id."""

    def revisions(self, id_: str) -> Sequence[Kept]:
        """Return the earlier revisions of an article, first one first."""

    def copies(self, story: str) -> Sequence[Kept]:
        """Return all articles of a story, the original first, then by the time they were published."""

    def akin(self, id_: str) -> Sequence[Akin]:
        """Return the articles whose text is a copy of this one's, or of which its own is one, by id.

        Those with the very same text are not among them. There may be some of another story: a round-up
        that holds several stories is in that of which it has most.
        """

    def rebuild(self) -> Iterator[Rebuild]:
        """Decide anew what all articles are to each other, from their stored texts; yield after each step.

        A rebuild that was broken off is taken up where it was left. Each step is a transaction of bounded
        size; the store may be used meanwhile, but until it is done not all copies are found. The last one
        that is yielded is `done`.
        """

    def articles(self, filters: Filters) -> Iterator[Kept]:
        """Yield the articles that pass, by id, in bounded memory."""

    def search(self, query: str, filters: Filters) -> Sequence[Hit]:
        """Return the best answers to `query`: words, "phrases", -excluded; CJK by any run of characters."""

    def outcomes(self, outlet: str | None = None) -> Mapping[str, Mapping[str, int]]:
        """Count the pages of each outlet by outcome, as `{"un_news": {"new": 3, "rejected:listing": 1}}`."""

    @property
    def logbook(self) -> Logbook:
        """What is remembered of looks, in the same place."""

    def close(self) -> None:
        """Let go of every connection."""


class Logbook(Protocol):
    """Remembers the looks at outlets. The promises of `Store` hold here too."""

    def note(self, one: Look) -> None:
        """Remember a look; of the looks at an outlet, the latest `KEPT_LOOKS` are kept.

        Looks that began more than `AHEAD` later are forgotten: the clock has been set back since.
        """

    def looks(self, outlet: str, limit: int = KEPT_LOOKS) -> Sequence[Look]:
        """Return the latest looks at an outlet, oldest first."""

    def documents(self, outlet: str) -> Mapping[str, Remembered]:
        """Return what is remembered of the documents of an outlet's discoveries, by their address."""

    def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        """Remember documents, in place of what was remembered of them before, and gaps.

        Of an outlet, the `KEPT_DOCUMENTS` documents read last and the `KEPT_GAPS` latest gaps are kept.
        """

    def gaps(self, outlet: str) -> Sequence[Gap]:
        """Return the gaps that were noticed at an outlet, oldest first."""

    def watches(self) -> Mapping[str, Watch]:
        """Return what is kept of each outlet between its looks, by outlet."""

    def watch(self, one: Watch) -> None:
        """Keep that of an outlet, in place of what was kept before."""

    def arrivals(self, outlet: str, since: datetime) -> Sequence[Arrival]:
        """Return when the outlet's articles first seen after `since` came, oldest first, copies included.

        That is when they were published, to the minute, by their own word; else, and where that is after
        they were seen, it was between the look before and the time they were seen. Of more than
        `MOST_ARRIVALS`, the latest.
        """


class Archive(Protocol):
    """Keeps responses as they came over the wire.

    Errors are `pipeline.errors.ArchiveError`.
    """

    def append(self, page: Page) -> RecordRef:
        """Write a response behind the others; it is safe from a crash only after `sync`."""

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""

    def read(self, ref: RecordRef) -> bytes:
        """Return the body of a record as it came over the wire."""

    def close(self) -> None:
        """Sync, and let go of the segment."""


class Workers(Protocol):
    """Runs pure functions on hostile input where a hang, a crash or a bomb costs nobody else anything."""

    async def run(self, function: Callable[..., T], *args: object, seconds: float | None = None) -> T:
        """Return `function(*args)`, run in another process (function, arguments and answer are pickled).

        Raises what the function raised; `TooSlow` past its time limit, `TooLarge` where its process ran
        out of memory or died.
        """


class Intake(Protocol):
    """Where spiders hand in what they found. All of it may be called concurrently."""

    async def known(self, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
        """`Store.known`, by now."""

    async def offer(self, candidates: Sequence[Candidate]) -> None:
        """Remember what is about to be fetched, so that a crash cannot lose it."""

    async def pending(self, outlet: str) -> Sequence[Candidate]:
        """Return what an earlier look left to be fetched or tried again by now."""

    async def page(self, outlet: Outlet, page: Page) -> Outcome:
        """Archive, extract, decide and store a page; returns when the outcome is durable."""

    async def refuse(self, candidate: Candidate, why: Rejected | Failed) -> Outcome:
        """Note a page that could not be fetched or is not to be read; returns when that is durable."""

    async def revisits(self, outlet: Outlet) -> Sequence[Revisit]:
        """Return the pages whose articles are due to be looked at again."""

    async def same(self, candidate: Candidate) -> Outcome:
        """Note that a page is the one that was read last; returns when that is durable."""

    async def documents(self, outlet: str) -> Mapping[str, Remembered]:
        """`Logbook.documents`."""

    async def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        """`Logbook.remember`."""

    async def note(self, look: Look) -> None:
        """`Logbook.note`."""
