"""What a document says that a look found."""

from __future__ import annotations

from dataclasses import replace

from config.outlet import Api, Discovery, Feed, Listing, Sitemap
from pipeline.extract.charset import decode_html
from spiders import api, feed, listing, sitemap
from spiders.offers import Answer, Document
from spiders.sniff import page_title, turned_away

_HEAD = 65_536
_GONE = {404, 410}


def read(discovery: Discovery, document: Document, zone: str) -> Answer:
    """Tell what a document offers. Never raises: one that is of no use gives a complaint in words.

    Dates without a zone are taken for dates of `zone`, an IANA name.
    """
    answer = _read(discovery, document, zone)
    if answer.complaint is None or not turned_away(page_title(decode_html(document.body[:_HEAD], ""))):
        return answer
    return replace(answer, blocked=True)


def _read(discovery: Discovery, document: Document, zone: str) -> Answer:
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


def _refused(document: Document) -> Answer:
    if document.page > 1 and document.status in _GONE:
        return Answer(notes=(f"there is no page {document.page}",))
    return Answer(complaint=f"the server answered with status {document.status}")
