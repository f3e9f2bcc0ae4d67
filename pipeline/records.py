"""The journey of one page, a frozen record a stage: Candidate -> Page -> Extract -> Article -> Outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Literal, NamedTuple

Precision = Literal["second", "minute", "day"]
Signal = Literal["feed", "sitemap", "api", "jsonld", "meta", "selector", "visible", "url", "dateline"]
Relation = Literal["original", "exact", "near", "contained"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time that somebody stated.

    `at` is aware and keeps the stated offset; a day alone is that day's midnight in the outlet's zone.
    """

    at: datetime
    precision: Precision
    signal: Signal


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that an outlet offered, and what the offer said of it."""

    outlet: str
    url: str
    """Where to fetch it: resolved and rewritten."""
    key: str
    """What names the article within its outlet (`pipeline.urls`)."""
    offered_by: str
    """The discovery, as "feed https://example.org/rss.xml"."""
    title: str | None = None
    summary: str | None = None
    published: Stamp | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    content: str | None = None
    """HTML of the article where the offer carried it whole or in part; never kept across runs."""
    origin_url: str | None = None
    origin_name: str | None = None
    """Where the offer says that it comes from; never kept across runs."""
    identifier: str | None = None
    """What the feed calls the entry beside its address; never kept across runs."""

    @property
    def stated(self) -> datetime | None:
        """The newest time that the offer states: a later one than before means that the article changed."""
        times = [t for t in (self.published.at if self.published else None, self.modified) if t is not None]
        return max(times, default=None)


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Where a response lies in the archive: a file name within it, and the record's place in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """A response as it came over the wire."""

    candidate: Candidate
    url: str
    """The address after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As transferred: still compressed where `encoding` says so."""
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    """The addresses before `url`, first one first."""

    def header(self, name: str) -> str:
        """Return the first header called `name` (any case), or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def encoding(self) -> str:
        """The Content-Encoding, lower case; empty for none."""
        return self.header("Content-Encoding").strip().lower()


RECURRING = "recurring"
"""How the reason begins for which a block is dropped that other pages of the outlet have too."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block that was taken out of the text, and why."""

    text: str
    reason: str


class Spot(IntEnum):
    """Where a block of a page stands: as its title, between the text's paragraphs, elsewhere."""

    TITLE = 0
    WITHIN = 1
    OUTSIDE = 2


class Sighting(NamedTuple):
    """A block of text that a page has, without its words: what is learned of an outlet's boilerplate."""

    block: int
    """A digest of its words: 64 bits, signed."""
    spot: Spot
    weight: int
    """Its length, as `pipeline.extract.strings.weight` counts."""
    kept: bool
    """It is part of the text that was kept."""


class Recurrence(NamedTuple):
    """On how many different articles' pages of an outlet a block was met, and in which places."""

    pages: int = 0
    outside: int = 0
    """Of these, before or behind the text's paragraphs."""
    stale: int = 0
    """Of these, in a text of which earlier pages had nearly all."""
    last: int = 0
    """The page it was last met on: the outlet's pages are numbered from 1."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says once its boilerplate is gone."""

    title: str
    text: str
    """One paragraph a line."""
    summary: str = ""
    language: str | None = None
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: datetime | None = None
    credits: tuple[str, ...] = ()
    origin_name: str | None = None
    origin_url: str | None = None
    canonical_link: str | None = None
    """The page's own canonical address, resolved; not yet trusted."""
    alias_links: tuple[str, ...] = ()
    """Where else the page says that it stands, resolved; not yet trusted."""
    dropped: tuple[Dropped, ...] = ()
    extractor: str = ""
    """Name, version and profile digest."""
    reasons: tuple[str, ...] = ()
    """What decided which body and which date are believed, in words."""
    sightings: tuple[Sighting, ...] = ()
    """What its page shows of the outlet's boilerplate."""
    drift: str = ""
    """Why the outlet's profile was not followed, in words; empty where it was, or there is none."""
    wall: str = ""
    """In what words the page asks for a subscription right below the text; empty where it does not."""


class Refusal(StrEnum):
    """Why a page that was fetched is not an article."""

    LISTING = "listing"
    BLOCK_PAGE = "block-page"
    PAYWALL = "paywall"
    EMPTY = "empty"
    TOO_OLD = "too-old"
    NOT_HTML = "not-html"
    SOFT_404 = "soft-404"
    GONE = "gone"
    """An article that is held was taken off: 404, 410, or a page that says so. The text stays."""
    OUTSIDE = "outside"
    """A redirect led to an address that the article rules refuse."""


class Fault(StrEnum):
    """Why a page could not be had or read."""

    NETWORK = "network"
    HTTP_STATUS = "http-status"
    ROBOTS = "robots"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    PARSER = "parser-error"
    ADDRESS = "address-refused"
    REDIRECTS = "redirects"


PASSING_REFUSALS = frozenset({Refusal.BLOCK_PAGE, Refusal.PAYWALL, Refusal.EMPTY, Refusal.SOFT_404})
"""Refusals that may be over at a later look."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What an article is found by (`pipeline.traits`)."""

    fingerprints: frozenset[int]
    """Of its text: `pipeline.dedup.fingerprints`."""
    lines: tuple[int | None, ...]
    """The digest of each of its text's `pipeline.dedup.lines.lines`; None for one without a word."""
    words: tuple[str, str, str]
    """The `pipeline.searchwords.tokens` of title, summary and text, with blanks between."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page's text as it is kept: normalised, hashed, dated."""

    outlet: str
    outlet_kind: str
    key: str
    url: str
    canonical_url: str
    title: str
    summary: str
    text: str
    language: str | None
    authors: tuple[str, ...]
    published: Stamp | None
    modified: datetime | None
    credits: tuple[str, ...]
    origin_url: str | None
    origin_name: str | None
    fetched_at: datetime
    content_sha256: str
    raw_sha256: str
    word_count: int
    extractor: str
    dropped: tuple[Dropped, ...] = ()
    record: RecordRef | None = None
    keys: tuple[str, ...] = ()
    """Every key under which this very page was met: offered, final, canonical."""
    addresses: tuple[str, ...] = ()
    """The addresses that go with `keys`, one each."""
    claim: tuple[str, str] | None = None
    """Key and address of what the page names as its main address, where that is not believed by its form:
    weighed, not kept."""
    credits_others: bool = False
    """True where the page says that the text comes from somebody else than its outlet."""
    sightings: tuple[Sighting, ...] = ()
    """What its page shows of the outlet's boilerplate: learned, not kept with the article."""
    drift: str = ""
    """Why the outlet's profile was not followed, in words; empty where it was, or there is none."""
    wall: str = ""
    """In what words the page asks for a subscription right below the text: weighed, not kept."""
    traits: Traits | None = None
    """What it is found by, where that is made already: indexed, not kept with the article."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held under an article's identity, as far as a decision needs it."""

    id: str
    key: str
    title: str
    content_sha256: str
    revision: int
    text: str = ""
    url: str = ""
    """Where it was read, and `canonical_url` the address under which it is kept."""
    canonical_url: str = ""
    by_own_key: bool = True
    """False where only an address that the page claims (a redirect, its canonical link) led to it."""
    by_claim: bool = False
    """True where only an address led to it that the page claims and that is not believed by its form, or the
    id of a feed's entry."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A held article with the same text, as far as a decision needs it."""

    id: str
    outlet: str
    title: str
    published: Stamp | None
    first_seen_at: datetime
    credits_others: bool


class ChangeKind(StrEnum):
    """What a revision changed, in the order in which it is told."""

    TITLE = "title"
    CORRECTION = "correction"
    """It brought a note that says that something was put right."""
    NUMBERS = "numbers"
    """Figures, numbers in words, dates."""
    NAMES = "names"
    EXTENSION = "extension"
    CUT = "cut"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision changed, to the revision before it."""

    kinds: tuple[ChangeKind, ...]
    added: int
    """Words that came; Han and Kana by character."""
    removed: int
    """Words that went."""


@dataclass(frozen=True, slots=True)
class New:
    """A text that nobody had before."""

    id: str
    drift: str = ""
    """As `Article.drift`, here and in the other outcomes."""
    words: int = field(default=0, compare=False)
    """How many it has, where whoever read the page says so."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Another text or title at an identity that is held."""

    id: str
    revision: int
    change: Change
    drift: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The article is held as it is; `address_is_new` where it was met at another address."""

    id: str
    address_is_new: bool = False
    drift: str = ""
    detail: str = ""
    """Why its page is no revision although it differs from what is held, if it does."""
    renewed: bool = False
    """True where its main page is read at last: its record takes the place of another view's."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A copy of a text that is held for another article; stored with its relation."""

    id: str
    relation: Relation
    of: str
    similarity: float = 1.0
    drift: str = ""
    words: int = field(default=0, compare=False)
    """How many its text has, where whoever read the page says so."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The page is not an article."""

    reason: Refusal
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The page could not be had or read."""

    reason: Fault
    detail: str = ""


Outcome = New | Revised | Unchanged | Duplicate | Rejected | Failed
OutcomeName = Literal["new", "revised", "unchanged", "duplicate", "rejected", "failed"]


def outcome_name(outcome: Outcome) -> OutcomeName:
    """Return the word under which an outcome is counted and kept."""
    match outcome:
        case New():
            return "new"
        case Revised():
            return "revised"
        case Unchanged():
            return "unchanged"
        case Duplicate():
            return "duplicate"
        case Rejected():
            return "rejected"
        case Failed():
            return "failed"


def outcome_label(outcome: Outcome) -> str:
    """Name an outcome with its reason, if it has one: "rejected:listing"."""
    name = outcome_name(outcome)
    return f"{name}:{outcome.reason}" if isinstance(outcome, Rejected | Failed) else name


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a key of an outlet."""

    article: str | None
    """The id of the article held under it, if any."""
    stated: datetime | None
    """The newest time that an offer stated when it was last fetched."""
    due: bool
    """True where it is still to be fetched, or to be tried again by now."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One page and what became of it before the store was asked: an article to keep, or a refusal to note."""

    candidate: Candidate
    result: Article | Rejected | Failed
    at: datetime
    url: str | None = None
    """The address after redirects, where there was an answer."""
    record: RecordRef | None = None
    etag: str = ""
    last_modified: str = ""
    """The validators that came with the page (RFC 9110, 8.8)."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles are asked for; None asks for all."""

    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    """Published (or, where no time is known, first seen) at or after."""
    until: datetime | None = None
    """Published (or first seen) before."""
    originals_only: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it lies in the store, with what it is to the others."""

    id: str
    article: Article
    first_seen_at: datetime
    revision: int
    urls: tuple[str, ...]
    relation: Relation
    duplicate_of: str | None
    similarity: float | None
    story: str
    covered: float | None = None
    """The share of the article that it copies which a copy has; None for an original."""
    change: Change | None = None
    """What this revision changed; None for the first."""


@dataclass(frozen=True, slots=True)
class Akin:
    """An article whose text is a copy of another one's, whichever of the two came first."""

    kept: Kept
    relation: Relation
    similarity: float
    covered: float
    """The share of the other's text that it has."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """How far it has come to decide anew what all articles are to each other."""

    phase: Literal["begin", "index", "settle", "done"] = "begin"
    last: str = ""
    """The id of the article that was gone through last in this phase."""
    seen: int = 0
    """Articles gone through, in both phases together."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """Articles that are now something else, as {"original -> near": 3, "near of another": 1}."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search: the article and a piece of its text around the words found."""

    kept: Kept
    snippet: str
    score: float = field(default=0.0)
