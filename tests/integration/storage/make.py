"""Records for the tests of the stores, written by hand and told apart by a word or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from pipeline.normalise import content_sha256
from pipeline.records import Article, Candidate, Deed, Dropped, Failed, RecordRef, Rejected, Stamp

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(minutes: float = 0) -> datetime:
    """Return the instant `minutes` after noon."""
    return NOON + timedelta(minutes=minutes)


def candidate(path: str = "/a", outlet: str = "wire", **changes: Any) -> Candidate:
    """Return an offer of the page at `path`."""
    offer = Candidate(
        outlet=outlet,
        url=f"https://{outlet}.example.org{path}",
        key=f"{outlet}.example.org{path}",
        offered_by=f"feed https://{outlet}.example.org/rss.xml",
    )
    return replace(offer, **changes)


def article(
    text: str = "Rain fell on the capital.", path: str = "/a", outlet: str = "wire", **changes: Any
) -> Article:
    """Return the article at `path`, fetched at noon and met under the address of its offer."""
    offer = candidate(path, outlet)
    page = Article(
        outlet=outlet,
        outlet_kind="wire",
        key=offer.key,
        url=offer.url,
        canonical_url=offer.url,
        title="Rain",
        summary="",
        text=text,
        language="en",
        authors=("Kim Min-ji",),
        published=None,
        modified=None,
        credits=(),
        origin_url=None,
        origin_name=None,
        fetched_at=NOON,
        content_sha256=content_sha256(text),
        raw_sha256=sha256(text.encode("utf-8", "replace")).hexdigest(),
        word_count=len(text.split()),
        extractor="test/1",
        dropped=(Dropped("Share this", "prompt"),),
        record=RecordRef("wirewatch-1.warc.gz", 1 << 33, 345),
        keys=(offer.key,),
        addresses=(offer.url,),
    )
    return replace(page, **changes)


def stamp(minutes: float, precision: Any = "second") -> Stamp:
    """Return a time that a page stated, `minutes` after noon."""
    return Stamp(at(minutes), precision, "jsonld")


def deed(
    result: Article | Rejected | Failed, offer: Candidate | None = None, minutes: float | None = None
) -> Deed:
    """Return what became of a page: of the article's own offer, or of `offer`."""
    if isinstance(result, Article):
        path = result.key.removeprefix(f"{result.outlet}.example.org")
        offer = offer or candidate(path, result.outlet)
        return Deed(offer, result, result.fetched_at, result.url, result.record)
    return Deed(offer or candidate(), result, at(minutes or 0))
