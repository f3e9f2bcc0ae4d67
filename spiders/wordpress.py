"""What a WordPress REST interface offers (developer.wordpress.org/rest-api, `/wp/v2/posts`)."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from pipeline.records import Stamp
from spiders import dates
from spiders.jsontext import Json, at, items_at, load_reply, text_at
from spiders.links import absolute, adding, number_in_query, setting
from spiders.markup import content_of, names_of, text_of, title_of
from spiders.offers import Answer, Document, Offer

_PER_PAGE = 100
_PAST_THE_END = "rest_post_invalid_page_number"


def first_url(address: str) -> str:
    """Ask for the newest hundred posts, unless the operator's query says otherwise."""
    return adding(address, f"per_page={_PER_PAGE}", "page=1")


def read(address: str, document: Document, zone: str) -> Answer:
    """Read a page of posts. Times are UTC where WordPress says `gmt`, else those of the outlet's `zone`.

    Raises:
        PageError: it is no JSON.
    """
    reply = load_reply(document, "the list of posts of WordPress")
    code = text_at(reply, "code")
    if code == _PAST_THE_END:
        return Answer()
    if not isinstance(reply, list) or document.status >= 400:
        said = text_at(reply, "message") or "nothing that is a list of posts"
        return Answer(
            complaint=f"WordPress answered {document.status}: {said[:300]}{f' ({code[:60]})' if code else ''}"
        )
    offers = [_offer(post, document.url, ZoneInfo(zone)) for post in reply]
    found = tuple(offer for offer in offers if offer is not None)
    notes = (
        (f"{len(offers) - len(found)} of {len(offers)} posts have no link",)
        if len(found) < len(offers)
        else ()
    )
    return Answer(found, next_page=_next_page(address, document, len(reply)), notes=notes)


def _next_page(address: str, document: Document, posts: int) -> str | None:
    """Return the page with the posts before these; some caches take the count of pages out of the headers."""
    first = first_url(address)
    total = document.header("X-WP-TotalPages").strip()
    full = posts >= (number_in_query(first, "per_page") or _PER_PAGE)
    more = document.page < int(total) if total.isascii() and total.isdigit() else full
    return setting(first, "page", document.page + 1) if more and posts else None


def _offer(post: Json, base: str, zone: ZoneInfo) -> Offer | None:
    url = absolute(base, text_at(post, "link"))
    if url is None:
        return None
    published = _time(post, "date", zone)
    authors = [text_at(author, "name") for author in items_at(post, "_embedded", "author")]
    return Offer(
        url=url,
        title=title_of(text_at(post, "title", "rendered") or text_at(post, "title")),
        summary=text_of(text_at(post, "excerpt", "rendered")),
        published=published,
        modified=dates.later(_time(post, "modified", zone), published),
        authors=names_of([name for name in authors if name]),
        identifier=text_at(post, "guid", "rendered") or None,
        content=None
        if at(post, "content", "protected")
        else content_of(text_at(post, "content", "rendered")),
    )


def _time(post: Json, name: str, zone: ZoneInfo) -> Stamp | None:
    return dates.stamp(text_at(post, f"{name}_gmt"), UTC, "api") or dates.stamp(
        text_at(post, name), zone, "api"
    )
