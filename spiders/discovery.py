"""Looking at an outlet: where a look begins, and what the document found there says."""

from __future__ import annotations

from dataclasses import replace

from config.outlet import Api, Discovery, Feed, Listing, Sitemap
from pipeline.extract.charset import decode_html
from pipeline.wire import decode
from spiders import api, feed, listing, sitemap
from spiders.answer import WireAnswer
from spiders.offers import Answer, Document
from spiders.sniff import page_title, turned_away

_HEAD = 65_536
_GONE = {404, 410}


def first_url(discovery: Discovery) -> str:
    """Return the address at which a look begins, with what an API needs to be asked."""
    match discovery:
        case Api():
            return api.first_url(discovery)
        case Feed() | Sitemap() | Listing():
            return discovery.address


def read(discovery: Discovery, document: Document, zone: str) -> Answer:
    """Tell what a document offers. Never raises: one that is of no use gives a complaint in words.

    A pure function of bytes for a worker process. Dates without a zone are taken for dates of `zone`, an
    IANA name.
    """
    match discovery:
        case Api():
            return api.read(discovery, document, zone)
        case Feed() | Sitemap() | Listing() if document.status >= 400:
            return _refused(document)
        case Feed():
            return feed.read(document, zone)
        case Sitemap():
            return sitemap.read(document, zone)
        case Listing():
            return listing.read(discovery, document, zone)


def read_wire(discovery: Discovery, wire: WireAnswer, page: int, zone: str, limit: int) -> Answer:
    """Unpack and read a document as it came over the wire; runs in a worker.

    Raises:
        PageError: it unpacks to more than `limit` bytes, or its content encoding cannot be undone.
    """
    body = decode(wire.body, wire.header("Content-Encoding"), limit)
    document = Document(wire.url, wire.status, wire.headers, body, page)
    answer = read(discovery, document, zone)
    if answer.complaint is None or not turned_away(page_title(decode_html(body[:_HEAD], ""))):
        return answer
    return replace(answer, blocked=True)


def _refused(document: Document) -> Answer:
    if document.page > 1 and document.status in _GONE:
        return Answer(notes=(f"there is no page {document.page}",))
    return Answer(complaint=f"the server answered with status {document.status}")
