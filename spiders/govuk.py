"""What the search interface of gov.uk offers, or one of its Atom feeds; the content is fetched as JSON."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from spiders import dates, feed
from spiders.jsontext import Json, count_at, items_at, load_reply, text_at
from spiders.links import absolute, adding, number_in_query, origin, setting
from spiders.markup import text_of, title_of
from spiders.offers import Answer, Document, Offer
from spiders.sniff import root_of, text_of_body

_COUNT = 100
_CONTENT = "/api/content"
_FEED_SUFFIX = ".atom"


def first_url(address: str) -> str:
    """Ask for the newest hundred results, unless the operator's query says otherwise; a feed as it is."""
    if urlsplit(address).path.endswith(_FEED_SUFFIX):
        return address
    return adding(
        address,
        f"count={_COUNT}",
        "start=0",
        "order=-public_timestamp",
        "fields=title,link,description,public_timestamp",
    )


def read(address: str, document: Document, zone: str) -> Answer:
    """Read a page of search results, or a feed.

    `public_timestamp` moves with every major update, so it is a time of modification; when a page was
    first published stands in its content only.

    Raises:
        PageError: it is neither JSON nor XML.
    """
    if root_of(text_of_body(document)) is not None:
        answer = feed.read(document, zone)
        return replace(
            answer, offers=tuple(replace(o, fetch=_content(o.url, address)) for o in answer.offers)
        )
    reply = load_reply(document, "the search results of gov.uk")
    results = items_at(reply, "results")
    if document.status >= 400 or not isinstance(reply, dict) or "results" not in reply:
        said = text_at(reply, "error") or text_at(reply, "message") or "nothing that is a list of results"
        return Answer(complaint=f"the search answered {document.status}: {said[:300]}")
    offers = (_offer(result, address, ZoneInfo(zone)) for result in results)
    return Answer(
        tuple(offer for offer in offers if offer is not None),
        next_page=_next_page(address, document.page, len(results), count_at(reply, "total")),
    )


def _next_page(address: str, page: int, results: int, total: int) -> str | None:
    first = first_url(address)
    count = number_in_query(first, "count") or _COUNT
    start = (number_in_query(first, "start") or 0) + page * count
    return setting(first, "start", start) if results and start < total else None


def _offer(result: Json, address: str, zone: ZoneInfo) -> Offer | None:
    url = absolute(origin(address) + "/", text_at(result, "link"))
    if url is None:
        return None
    modified = dates.parse(text_at(result, "public_timestamp"), zone)
    return Offer(
        url=url,
        fetch=_content(url, address),
        title=title_of(text_at(result, "title")),
        summary=text_of(text_at(result, "description")),
        modified=modified[0] if modified else None,
    )


def _content(url: str, address: str) -> str | None:
    """Return where the content of a page of the same site lies as JSON; None for pages elsewhere."""
    if origin(url) != origin(address):
        return None
    path = urlsplit(url).path
    return origin(url) + (path if path.startswith(_CONTENT + "/") else _CONTENT + path)
