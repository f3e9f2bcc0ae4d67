"""What a discovery document said: the articles it offers and where to look next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.records import Stamp


@dataclass(frozen=True, slots=True)
class Document:
    """An answer to a look: a feed, sitemap, listing or API page, already decompressed."""

    url: str
    """The address after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    page: int = 1
    """Which page of the listing or API this is, from 1."""

    def header(self, name: str) -> str:
        """Return the first header called `name` (any case), or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Offer:
    """One article that a document offers."""

    url: str
    """Absolute; not yet rewritten or made canonical."""
    fetch: str | None = None
    """Where its content is to be fetched, if not at `url`."""
    title: str | None = None
    summary: str | None = None
    published: Stamp | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    content: str | None = None
    """HTML of the article, where the document carries it."""
    origin_url: str | None = None
    """Where an aggregator says that it took it from."""
    origin_name: str | None = None
    identifier: str | None = None
    """What a feed calls the entry beside its address: it often stays where the address changes."""


def named_once(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return the offers of a document, without the identifiers that several addresses in it share."""
    urls: dict[str | None, set[str]] = defaultdict(set)
    for offer in offers:
        urls[offer.identifier].add(offer.url)
    return tuple(
        replace(offer, identifier=None) if offer.identifier and len(urls[offer.identifier]) > 1 else offer
        for offer in offers
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a document said."""

    offers: tuple[Offer, ...] = ()
    follow: tuple[str, ...] = ()
    """Further documents of the same kind to look at in any case (the children of a sitemap index)."""
    next_page: str | None = None
    """The page before this one in time, to look at while pages still bring something new."""
    complaint: str | None = None
    """Why the document is of no use, in words for the operator; None where it could be read."""
    window: int | None = None
    """How many items it shows, where it shows only the latest."""
    ttl: timedelta | None = None
    period: timedelta | None = None
    """When to come again, by the document's own word: `spiders.wishes`."""
    blocked: bool = False
    """The complaint is about a page that keeps robots out or hides an outage."""
    notes: tuple[str, ...] = field(default=())
    """What was odd but could be dealt with, in words: "12 items without a link"."""
