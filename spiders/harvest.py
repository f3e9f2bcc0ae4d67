"""From what a document offers to what is to be fetched. Pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from config.outlet import Discovery, Outlet
from pipeline.records import Candidate, Known, Stamp
from pipeline.urls import article_key, fetchable
from spiders.offers import Offer

_FINENESS = {"day": 0, "minute": 1, "second": 2}


def label(discovery: Discovery) -> str:
    """Name a discovery for the operator: "feed https://example.org/rss.xml"."""
    return f"{type(discovery).__name__.lower()} {discovery.address}"


def candidate(offer: Offer, outlet: Outlet, offered_by: str) -> Candidate | None:
    """Make a candidate of an offer; None where its address cannot be fetched or the rules refuse it."""
    offered = fetchable(offer.url)
    url = fetchable(outlet.articles.rewritten(offered)) if offered is not None else None
    if url is None or not outlet.articles.accepts(url):
        return None
    fetch = fetchable(offer.fetch) if offer.fetch is not None else url
    if fetch is None:
        return None
    return Candidate(
        outlet=outlet.id,
        url=fetch,
        key=article_key(url, outlet.articles),
        offered_by=offered_by,
        title=offer.title,
        summary=offer.summary,
        published=offer.published,
        modified=offer.modified,
        authors=offer.authors,
        language=offer.language,
        content=offer.content,
        origin_url=offer.origin_url,
        origin_name=offer.origin_name,
        identifier=offer.identifier,
    )


def horizon(outlet: Outlet, since: datetime | None, now: datetime) -> datetime | None:
    """Return the time before which an outlet's articles are left alone; None where there is none."""
    days = outlet.articles.max_age_days
    oldest = now - timedelta(days=days) if days is not None else None
    return max((t for t in (since, oldest) if t is not None), default=None)


def is_recent(candidate: Candidate, horizon: datetime | None) -> bool:
    """Tell whether an offer states a time at or after `horizon`, or none at all.

    A day alone counts to its end, for the article may be of any hour of it.
    """
    stated = candidate.stated
    if stated is None or horizon is None:
        return True
    published = candidate.published
    if published is not None and published.precision == "day" and published.at == stated:
        return horizon - stated < timedelta(days=1)
    return stated >= horizon


def merged(first: Candidate, other: Candidate) -> Candidate:
    """Return what two offers of one article say together: the first's words, the newest and finest time."""
    stamps = [c.published for c in (first, other) if c.published is not None]
    published = max(stamps, key=_fineness, default=None)
    newest = max((c.stated for c in (first, other) if c.stated is not None), default=None)
    changes = [c.modified for c in (first, other) if c.modified is not None]
    if newest is not None and (published is None or published.at < newest):
        changes.append(newest)
    return replace(
        first,
        title=first.title or other.title,
        summary=first.summary or other.summary,
        published=published,
        modified=max(changes, default=None),
        authors=first.authors or other.authors,
        language=first.language or other.language,
        content=first.content or other.content,
        origin_url=first.origin_url or other.origin_url,
        origin_name=first.origin_name or other.origin_name,
        identifier=first.identifier or other.identifier,
    )


def is_wanted(candidate: Candidate, known: Known | None, *, recheck: bool) -> bool:
    """Tell whether a candidate is to be fetched, by what the store knows of its key.

    It is where nothing is known, where a fetch is due, and where the offer states a later time than the
    one under which it was last fetched: the outlet says that it changed.
    """
    if known is None or known.due or recheck:
        return True
    stated = candidate.stated
    return known.stated is not None and stated is not None and stated > known.stated


def _fineness(stamp: Stamp) -> tuple[int, datetime]:
    return _FINENESS[stamp.precision], stamp.at
