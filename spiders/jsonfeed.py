"""What a JSON Feed offers (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

import html
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.errors import Undecodable
from pipeline.records import Stamp
from spiders import dates
from spiders.jsontext import Json, at, items_at, load, text_at
from spiders.links import absolute
from spiders.markup import content_of, names_of, text_of, title_of
from spiders.offers import Answer, Document, Offer, named_once
from spiders.sniff import misfit

MAX_ITEMS = 2000


def read(document: Document, text: str, zone_name: str) -> Answer:
    """Read a JSON Feed whose body is already decoded. Never raises."""
    try:
        feed = load(text, "a feed")
    except Undecodable as error:
        return Answer(complaint=str(error))
    if "jsonfeed.org" not in text_at(feed, "version"):
        return Answer(complaint=misfit(text, "a feed"))
    zone = ZoneInfo(zone_name)
    items = items_at(feed, "items")[:MAX_ITEMS]
    stated = [dates.stamp(text_at(item, "date_published"), zone, "feed") for item in items]
    published = dates.without_a_constant_clock(stated, zone)
    offers = []
    for item, raw, stamp in zip(items, stated, published, strict=True):
        url = _link(item, document.url)
        if url is not None:
            modified = dates.later(dates.stamp(text_at(item, "date_modified"), zone, "feed"), raw)
            offers.append(_offer(item, feed, url, stamp, modified))
    notes = [] if items else ["the feed can be read, but has no items"]
    if len(offers) < len(items):
        notes.append(f"{len(items) - len(offers)} of {len(items)} items have no link to a page")
    return Answer(offers=named_once(offers), notes=tuple(notes))


def _offer(item: Json, feed: Json, url: str, published: Stamp | None, modified: datetime | None) -> Offer:
    words = text_at(item, "content_text")
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in words.splitlines() if line.strip())
    return Offer(
        url=url,
        title=title_of(text_at(item, "title")),
        summary=text_of(text_at(item, "summary")),
        published=published,
        modified=modified,
        authors=_authors(item) or _authors(feed),
        language=text_at(item, "language") or text_at(feed, "language") or None,
        content=content_of(text_at(item, "content_html") or paragraphs),
        identifier=identifier if (identifier := text_at(item, "id")) not in {"", url} else None,
    )


def _link(item: Json, base: str) -> str | None:
    """Return the page of an item: its `url`, else an `id` that is an address; never `external_url`."""
    identifier = text_at(item, "id")
    stated = [text_at(item, "url"), identifier if identifier.startswith(("http://", "https://")) else ""]
    return next((url for url in (absolute(base, link) for link in stated if link) if url), None)


def _authors(source: Json) -> tuple[str, ...]:
    people = [*items_at(source, "authors"), at(source, "author")]
    return names_of([text_at(person, "name") for person in people if text_at(person, "name")])
