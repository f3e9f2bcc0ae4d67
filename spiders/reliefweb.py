"""What the ReliefWeb interface offers (apidoc.reliefweb.int, version 2, `/reports`)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from spiders import dates
from spiders.jsontext import Json, at, count_at, items_at, load_reply, text_at
from spiders.links import absolute, adding, number_in_query, origin, setting
from spiders.markup import content_of, title_of
from spiders.offers import Answer, Document, Offer

_LIMIT = 50
_FIELDS = ("title", "url", "url_alias", "date", "source.name", "origin", "language.code", "body-html")
_UNAPPROVED = (
    "ReliefWeb answered {status}: {said}. The address needs an appname that ReliefWeb has approved: "
    "ask for one, and write it as ?appname=…"
)


def first_url(address: str) -> str:
    """Ask for the newest fifty reports with their text, unless the operator's query says otherwise."""
    wanted = (f"fields%5Binclude%5D%5B%5D={name}" for name in _FIELDS)
    return adding(address, f"limit={_LIMIT}", "sort%5B%5D=date.created:desc", *wanted)


def read(address: str, document: Document, zone: str) -> Answer:
    """Read a page of reports: published when ReliefWeb posted them, which may be days after their source did.

    Raises:
        PageError: it is no JSON.
    """
    reply = load_reply(document, "the reports of ReliefWeb")
    if document.status >= 400 or not isinstance(at(reply, "data"), list):
        said = text_at(reply, "error", "message") or text_at(reply, "message") or "nothing that is a list"
        words = (
            _UNAPPROVED
            if document.status == 403 or "appname" in said.lower()
            else "ReliefWeb answered {status}: {said}"
        )
        return Answer(complaint=words.format(status=document.status, said=said[:300].rstrip(".")))
    items = items_at(reply, "data")
    offers = (_offer(at(item, "fields"), document.url, ZoneInfo(zone)) for item in items)
    found = tuple(offer for offer in offers if offer is not None)
    return Answer(found, next_page=_next_page(address, document.page, reply))


def _next_page(address: str, page: int, reply: Json) -> str | None:
    """Return what the answer links as next, where that is the same server; else count on."""
    following = absolute(address, text_at(reply, "links", "next", "href") or text_at(reply, "links", "next"))
    if following is not None and origin(following) == origin(address):
        return following
    first = first_url(address)
    offset = (number_in_query(first, "offset") or 0) + page * (number_in_query(first, "limit") or _LIMIT)
    more = items_at(reply, "data") and offset < count_at(reply, "totalCount")
    return setting(first, "offset", offset) if more else None


def _offer(fields: Json, base: str, zone: ZoneInfo) -> Offer | None:
    url = absolute(base, text_at(fields, "url_alias") or text_at(fields, "url"))
    if url is None:
        return None
    created = dates.stamp(text_at(fields, "date", "created"), zone, "api")
    changed = dates.stamp(text_at(fields, "date", "changed"), zone, "api")
    languages = [text_at(language, "code") for language in items_at(fields, "language")]
    sources = [text_at(source, "name") for source in items_at(fields, "source")]
    return Offer(
        url=url,
        title=title_of(text_at(fields, "title")),
        published=created or dates.stamp(text_at(fields, "date", "original")[:10], zone, "api"),
        modified=dates.later(changed, created),
        language=languages[0] if len(languages) == 1 else None,
        content=content_of(text_at(fields, "body-html")),
        origin_url=absolute(base, text_at(fields, "origin")),
        origin_name=title_of(", ".join(name for name in sources if name)),
    )
