"""What a feed offers: RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, CDF, JSON Feed, well formed or not."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import feedparser

from pipeline.errors import PageError
from pipeline.records import Stamp
from spiders import dates, jsonfeed, wishes
from spiders.links import absolute
from spiders.markup import LONGEST_SUMMARY, content_of, names_of, text_of, title_of
from spiders.offers import Answer, Document, Offer, named_once
from spiders.sniff import mended_xml, misfit, root_of, text_of_body, without_cdata

MAX_ITEMS = 2000
MAX_DEPTH = 10_000
EXPECTED = "a feed"

_Fields = Mapping[str, object]
_CHUNK = 4096
_RAISED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What feedparser lets through on documents that were made to break it."""
_PAGE_TYPES = {"", "text/html", "application/xhtml+xml"}
_TEXT_TYPES = {"text", "text/plain"}
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_OPAQUE_ID = re.compile(r"""\sisPermaLink\s*=\s*["']?false""", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z]")


def read(document: Document, zone: str) -> Answer:
    """Read a feed. A date without a zone is taken for one of `zone` (an IANA name).

    Never raises: what cannot be read gives a complaint, and what is odd but readable a note.
    """
    try:
        text = text_of_body(document)
    except PageError as error:
        return Answer(complaint=str(error))
    if text.startswith("{"):
        return jsonfeed.read(document, text, zone)
    root = root_of(text)
    if root is None or root[1].lower() in {"urlset", "sitemapindex"}:
        return Answer(complaint=misfit(text, EXPECTED))
    return read_xml(document, mended_xml(text, root), zone)


def read_xml(document: Document, text: str, zone: str) -> Answer:
    """Read an XML feed whose text is already mended."""
    kept = _cut(text)
    if _is_too_deep(without_cdata(kept)):
        return Answer(complaint=f"the feed is nested more than {MAX_DEPTH:,} elements deep")
    try:
        parsed = feedparser.parse(
            io.BytesIO(kept.encode()),  # given bytes or str, feedparser would open the file of that name
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": document.url,
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _RAISED as error:
        return Answer(complaint=f"the feed cannot be read: {type(error).__name__}: {str(error)[:200]}")
    if not _records(parsed, "entries") and parsed.get("bozo") and _END.search(kept) is None:
        return Answer(complaint="the feed breaks off before its first item")
    opaque = _OPAQUE_ID.search(kept) is not None
    return _answer(parsed, document.url, ZoneInfo(zone), opaque_ids=opaque, shortened=len(kept) < len(text))


def _answer(parsed: _Fields, url: str, zone: ZoneInfo, *, opaque_ids: bool, shortened: bool) -> Answer:
    entries = _records(parsed, "entries")[:MAX_ITEMS]
    atom = _text(parsed, "version").startswith("atom")
    namespaces = parsed.get("namespaces")
    dublin = isinstance(namespaces, Mapping) and "dc" in namespaces
    language = _text(_record(parsed, "feed"), "language") or None
    times = [_times(entry, zone, updated_is_publication=dublin and not atom) for entry in entries]
    published = dates.without_a_constant_clock([p for p, _ in times], zone)
    offers = []
    for entry, stamp, (_, modified) in zip(entries, published, times, strict=True):
        link = _link(entry, url, opaque_ids=opaque_ids)
        if link is not None:
            offers.append(_offer(entry, link, stamp, modified, language))
    channel = _record(parsed, "feed")
    return Answer(
        offers=named_once(offers),
        next_page=_older(channel, url),
        window=len(entries) or None,
        ttl=wishes.ttl(_text(channel, "ttl")),
        period=wishes.period(_text(channel, "sy_updateperiod"), _text(channel, "sy_updatefrequency")),
        notes=tuple(_notes(len(entries), len(offers), shortened=shortened)),
    )


def _older(channel: _Fields, base: str) -> str | None:
    """Return the page of older entries behind this one (RFC 5005, 3 and 4)."""
    rels = {"next", "prev-archive"}
    links = [link for link in _records(channel, "links") if _text(link, "rel") in rels]
    return next((absolute(base, _text(link, "href")) for link in links if _text(link, "href")), None)


def _offer(
    entry: _Fields, link: str, published: Stamp | None, modified: datetime | None, language: str | None
) -> Offer:
    content = _content(entry)
    summary = _text(entry, "summary")
    if any(_text(whole, "value") == summary for whole in _records(entry, "content")):
        summary = ""  # feedparser fills a missing summary with the content
    if content is None and len(summary) > LONGEST_SUMMARY and _TAG.search(summary):
        content = content_of(summary)  # many feeds put the whole article into the description
    return Offer(
        url=link,
        title=title_of(_text(entry, "title")),
        summary=text_of(summary),
        published=published,
        modified=modified,
        authors=_authors(entry),
        language=_text(_record(entry, "title_detail"), "language") or language,
        content=content,
        identifier=_identifier(entry, link),
    )


def _identifier(entry: _Fields, link: str) -> str | None:
    """Return the id of an entry where it says more than its address does."""
    identifier = _text(entry, "id")
    return identifier if identifier and identifier not in {link, _text(entry, "link")} else None


def _times(
    entry: _Fields, zone: ZoneInfo, *, updated_is_publication: bool
) -> tuple[Stamp | None, datetime | None]:
    """Return when an entry was published, and when it was modified after that.

    feedparser calls a Dublin Core date "updated" like the one of Atom; in RSS it is the publication.
    """
    published = dates.stamp(_text(entry, "published") or _text(entry, "created"), zone, "feed")
    updated = dates.stamp(_text(entry, "updated"), zone, "feed")
    if published is None and updated_is_publication:
        return updated, None
    return published, dates.later(updated, published)


def _link(entry: _Fields, base: str, *, opaque_ids: bool) -> str | None:
    """Return the address of an entry's page: what FeedBurner replaced, the alternate, a permalink id."""
    original = _text(entry, "feedburner_origlink")
    alternates = [
        link for link in _records(entry, "links") if _text(link, "rel") == "alternate" and _text(link, "href")
    ]
    pages = [link for link in alternates if _text(link, "type") in _PAGE_TYPES]
    stated = [original, *(_text(link, "href") for link in [*pages, *alternates])]
    if entry.get("guidislink") or (not alternates and not opaque_ids):
        identifier = _text(entry, "id")
        stated.append(identifier if identifier.startswith(("http://", "https://")) else "")
    return next((url for url in (absolute(base, link) for link in stated if link) if url), None)


def _content(entry: _Fields) -> str | None:
    """Return the longest content of an entry as HTML; plain text becomes paragraphs."""
    best = ""
    for content in _records(entry, "content"):
        value, kind = _text(content, "value"), _text(content, "type")
        if kind in _TEXT_TYPES and not _TAG.search(value):
            value = "".join(f"<p>{html.escape(line)}</p>" for line in value.splitlines() if line.strip())
        elif kind not in _PAGE_TYPES | _TEXT_TYPES:
            continue
        best = max(best, value, key=len)
    return content_of(best)


def _authors(entry: _Fields) -> tuple[str, ...]:
    """Return the names of the authors; of a single one as written, for feedparser mangles long addresses."""
    named = [name for name in (_text(author, "name") for author in _records(entry, "authors")) if name]
    return names_of(named if len(named) > 1 else [_text(entry, "author")])


def _notes(entries: int, offers: int, *, shortened: bool) -> Iterator[str]:
    if not entries:
        yield "the feed can be read, but has no items"
    if offers < entries:
        yield f"{entries - offers} of {entries} items have no link to a page"
    if shortened:
        yield f"only the first {MAX_ITEMS:,} items were read"


def _cut(text: str) -> str:
    """Take out all items after the first `MAX_ITEMS`; the end of the document stays."""
    starts = _ITEM.finditer(text)
    beyond = next((m.start() for i, m in enumerate(starts) if i == MAX_ITEMS), None)
    if beyond is None:
        return text
    last = max((m.end() for m in _ITEM_END.finditer(text, beyond)), default=len(text))
    return text[:beyond] + text[last:]


def _is_too_deep(text: str) -> bool:
    """Tell whether elements are nested deeper than `MAX_DEPTH`; counted by the chunk, so only roughly."""
    depth = 0
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK]
        closed = chunk.count("</")
        depth += chunk.count("<") - 2 * closed - chunk.count("/>") - chunk.count("<!")
        if depth > MAX_DEPTH:
            return True
    return False


def _text(fields: _Fields, name: str) -> str:
    # dict.get, because FeedParserDict.get hands out the publication for a missing update, with a warning.
    value = dict.get(fields, name) if isinstance(fields, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _record(fields: _Fields, name: str) -> _Fields:
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def _records(fields: _Fields, name: str) -> list[_Fields]:
    value = fields.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
