"""Where a look at a discovery begins, and what a worker does with what is found there.

The process that looks only names `read_wire` to its workers, which have imported the readers
(`spiders.discovery`): it does without them.
"""

from __future__ import annotations

from config.outlet import Api, Discovery, Feed, Listing, Sitemap
from pipeline.wire import decode
from spiders.answer import WireAnswer
from spiders.offers import Answer, Document


def first_url(discovery: Discovery) -> str:
    """Return the address at which a look begins, with what an API needs to be asked."""
    match discovery:
        case Api():
            from spiders import api  # noqa: PLC0415 - see above

            return api.first_url(discovery)
        case Feed() | Sitemap() | Listing():
            return discovery.address


def read_wire(discovery: Discovery, wire: WireAnswer, page: int, zone: str, limit: int) -> Answer:
    """Unpack and read a document as it came over the wire (`spiders.discovery.read`); runs in a worker.

    Raises:
        PageError: it unpacks to more than `limit` bytes, or its content encoding cannot be undone.
    """
    from spiders.discovery import read  # noqa: PLC0415 - see above

    body = decode(wire.body, wire.header("Content-Encoding"), limit)
    return read(discovery, Document(wire.url, wire.status, wire.headers, body, page), zone)
