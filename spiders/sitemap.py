"""What a sitemap offers (sitemaps.org 0.9, Google news tags), or which further sitemaps it names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.errors import PageError
from spiders import dates, feed
from spiders.links import absolute, same_document
from spiders.markup import title_of
from spiders.offers import Answer, Document, Offer
from spiders.sniff import mended_xml, misfit, root_of, text_of_body

MAX_LOCATIONS = 50_000
MAX_CHILDREN = 50

_FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
_FIELDS = {"loc", "lastmod", "title", "publication_date", "language"}
_NOT_OURS = ""
_FOREIGN = re.compile(r"image|video|xhtml", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>|\A<[^<>]*/>", re.IGNORECASE)
_TAIL = 2000
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\D{0,6}(\d\d?))?(?:\D{0,6}(\d\d?))?")
_FEWEST_FOR_ONE_LASTMOD = 10


@dataclass(frozen=True, slots=True)
class _Location:
    """One `<url>` or `<sitemap>`, its fields as they are written."""

    url: str
    is_sitemap: bool = False
    lastmod: str = ""
    title: str = ""
    publication_date: str = ""
    language: str = ""


def read(document: Document, zone: str) -> Answer:
    """Read a sitemap, a sitemap index, a text sitemap, or a feed that stands in for one.

    A date without a zone is taken for one of `zone` (an IANA name). `lastmod` is when a page was modified;
    only the news tags say when it was published. Never raises: what cannot be read gives a complaint.
    """
    try:
        text = text_of_body(document)
    except PageError as error:
        return Answer(complaint=str(error))
    root = root_of(text)
    if root is None:
        return _read_lines(text)
    mended = mended_xml(text, root)
    if root[1].lower() in _FEED_ROOTS:
        return feed.read_xml(document, mended, zone)
    return _read_xml(mended, document.url, ZoneInfo(zone))


def _read_xml(text: str, base: str, zone: ZoneInfo) -> Answer:
    whole = _END.search(text[-_TAIL:]) is not None
    found = list(islice(_locations(text if whole else text[: text.rfind("<")], base), MAX_LOCATIONS + 1))
    pages = [location for location in found[:MAX_LOCATIONS] if not location.is_sitemap]
    children = _newest_first([location for location in found if location.is_sitemap], zone)
    others = list(dict.fromkeys(c.url for c in children if not same_document(c.url, base)))
    notes = []
    if not whole:
        notes.append(f"the document breaks off after {len(found)} addresses")
    if not found:
        notes.append("the sitemap can be read, but names no address")
    if len(found) > MAX_LOCATIONS:
        notes.append(f"only the first {MAX_LOCATIONS:,} addresses were read")
    if len(others) > MAX_CHILDREN:
        notes.append(f"only the {MAX_CHILDREN} newest of {len(others)} sitemaps are looked at")
    return Answer(offers=_offers(pages, zone), follow=tuple(others[:MAX_CHILDREN]), notes=tuple(notes))


def _read_lines(text: str) -> Answer:
    """Read a text sitemap: an absolute address a line."""
    lines = [line.strip() for line in text.splitlines()]
    urls = [line for line in lines if line.startswith(("http://", "https://")) and " " not in line]
    if len(urls) * 2 <= len([line for line in lines if line]):
        return Answer(complaint=misfit(text, "a sitemap"))
    notes = (f"only the first {MAX_LOCATIONS:,} addresses were read",) if len(urls) > MAX_LOCATIONS else ()
    clean = (absolute(url, url) for url in urls[:MAX_LOCATIONS])
    return Answer(offers=tuple(Offer(url) for url in clean if url), notes=notes)


def _locations(text: str, base: str) -> Iterator[_Location]:
    """Walk through the entries of a sitemap, whatever namespace they are in, as far as it can be read."""
    events = etree.iterparse(
        io.BytesIO(text.encode()),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            fields = _fields(element)
            url = absolute(base, fields.pop("loc", "") or element.text or "")
            if url is not None:
                yield _Location(url, element.tag.endswith("sitemap"), **fields)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return  # not even libxml2's recovery goes on from here


def _fields(entry: etree._Element) -> dict[str, str]:
    """Return the fields of an entry; those of its images, videos and translations are not its own."""
    fields: dict[str, str] = {}
    for child in entry:
        if _name(child.tag) != _NOT_OURS:
            for element in child.iter() if len(child) else (child,):
                name, text = _name(element.tag), element.text
                if text and name in _FIELDS:
                    fields.setdefault(name, text.strip())
    return fields


@lru_cache(maxsize=256)
def _name(tag: object) -> str:
    """Return the name of a tag without its namespace; `_NOT_OURS` if that is one of images and the like."""
    if not isinstance(tag, str) or _FOREIGN.search(tag):
        return _NOT_OURS
    return tag.rpartition("}")[2].rpartition(":")[2]


def _offers(pages: Sequence[_Location], zone: ZoneInfo) -> tuple[Offer, ...]:
    stated = [dates.stamp(page.publication_date, zone, "sitemap") for page in pages]
    published = dates.without_a_constant_clock(stated, zone)
    of_the_file = _is_one_lastmod(pages)
    offers = []
    for page, stamp in zip(pages, published, strict=True):
        modified = None if of_the_file else dates.parse(page.lastmod, zone)
        title = title_of(page.title) if page.title else None
        language = page.language[:20] or None
        offers.append(
            Offer(page.url, None, title, None, stamp, modified[0] if modified else None, (), language)
        )
    return tuple(offers)


def _is_one_lastmod(pages: Sequence[_Location]) -> bool:
    """Tell whether all pages carry one `lastmod`: that is when the sitemap was made."""
    return len(pages) >= _FEWEST_FOR_ONE_LASTMOD and len({page.lastmod for page in pages}) == 1


def _newest_first(children: Sequence[_Location], zone: ZoneInfo) -> list[_Location]:
    """Sort sitemaps by `lastmod`, else by the date in their address; those without either come last."""
    return sorted(children, key=lambda child: _age_rank(child, zone), reverse=True)


def _age_rank(child: _Location, zone: ZoneInfo) -> tuple[int, ...]:
    modified = dates.parse(child.lastmod, zone)
    if modified:
        return tuple(modified[0].astimezone(UTC).timetuple()[:6])
    match = _DAY_IN_ADDRESS.search(child.url)
    return tuple(int(group) for group in match.groups() if group) if match else ()
