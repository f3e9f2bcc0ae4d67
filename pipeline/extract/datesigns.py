"""Dates that a page states to machines: JSON-LD, metas, and the address."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from pipeline.extract import jsonld
from pipeline.extract.datesources import DateSources
from pipeline.extract.datestated import parse_stated
from pipeline.extract.datetrust import Dated, Trust, dated
from pipeline.extract.head import Head
from pipeline.extract.moment import Moment
from pipeline.records import Stamp

_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "published", "pubdate", "pub_date",
    "article.published", "article_date_original", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "dcsext.articlefirstpublished", "date",
    "cxenseparse:recs:publishtime", "iso-8601-publish-date", "originalpublicationdate", "article:post_date", "displaydate",
    "citation_publication_date", "citation_date", "datecreated", "article:create_at", "date_published", "weibo:article:create_at",
    "pubtime", "rnews:datepublished", "sort_date", "vr:published_time", "bt:pubdate", "lastpublishdate", "created",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "article:modified", "lastmod", "revised", "article:updated_time", "modified_time", "weibo:article:update_at",
)  # fmt: skip
_SOUNDS_PUBLISHED = re.compile(
    r"published|publi[sc]\w*[_.:-]?(?:date|time|on|at)|pub[_.:-]?(?:date|time)|issued|posted|post[_.:-]?date"
    r"|(?:article|release|story|news|content|display|first|creation)[_.:-]?(?:date|time)|created?(?:[_.:-]|date|time|on|at|$)"
)
_SOUNDS_OTHERWISE = re.compile(
    r"modif|updat|expir|valid|revis|event|start|end|publisher|cache|build|generat|render|crawl|server|copyright|birth|deadline"
)
_LONGEST_DATE = 45
_MAX_THINGS = 200
_UNDATED_TYPES = frozenset({"Comment", "Answer", "Question", "ImageObject", "Event", "Product", "Person"})
"""Things on a page whose dates are their own."""
_URL_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_.-](?P<month>[01]?\d)[/_.-](?P<day>[0-3]?\d)(?=[/_.-]|$)"),
    re.compile(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20[0-3]\d)[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=\d{2,6}(?!\d))"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(?P<day>[0-3]?\d)(?=/)"),
)  # fmt: skip
_SHORT_MONTHS = {
    m: i
    for i, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def stated(sources: DateSources) -> Iterator[Dated]:
    """Yield what JSON-LD and the metas call the publication."""
    head = sources.head
    for thing in _ld_things(head):
        yield from dated(_ld_moment(thing, sources), "jsonld", Trust.JSONLD)
    for name in _PUBLISHED_METAS:
        if value := head.metas.get(name):
            yield from dated(parse_stated(value, sources.zone, sources.order), "meta", Trust.META)


def hinted(sources: DateSources) -> Iterator[Dated]:
    """Yield what metas of no common name, and JSON-LD about no article, seem to call the publication.

    JSON-LD only where all such things on the page agree on the day.
    """
    for name, value in sources.head.metas.items():
        if (
            len(value) <= _LONGEST_DATE
            and _SOUNDS_PUBLISHED.search(name)
            and not _SOUNDS_OTHERWISE.search(name)
        ):
            yield from dated(parse_stated(value, sources.zone, sources.order), "meta", Trust.OTHER_META)
    others = [t for t in sources.head.things[:_MAX_THINGS] if not _has_own_date(t)]
    moments = [m for t in others if (m := _ld_moment(t, sources)) is not None]
    if moments and len({m.at.date() for m in moments}) == 1:
        yield from dated(moments[0], "jsonld", Trust.OTHER_JSONLD)


def _has_own_date(thing: jsonld.Thing) -> bool:
    """Tell whether a thing beside the article has dates of its own; an article there is another one."""
    return jsonld.is_article(thing) or bool(_UNDATED_TYPES.intersection(jsonld.types_of(thing)))


def _ld_things(head: Head) -> list[jsonld.Thing]:
    if head.article is not None and "datePublished" in head.article:
        return [head.article]
    pages = [
        t for t in head.things if "datePublished" in t and any(n.endswith("Page") for n in jsonld.types_of(t))
    ]
    return [t for t in [head.article, *pages[:1]] if t is not None]


def _ld_moment(thing: jsonld.Thing, sources: DateSources) -> Moment | None:
    value = jsonld.string(thing, "datePublished") or jsonld.string(thing, "dateCreated", "uploadDate")
    return parse_stated(value, sources.zone, sources.order) if value else None


def modifications(sources: DateSources) -> Iterator[Moment]:
    """Yield when JSON-LD and the metas say that the page was last changed."""
    things = [*([sources.head.article] if sources.head.article else []), *_ld_things(sources.head)]
    values = [jsonld.string(t, "dateModified") for t in things]
    values += [sources.head.metas.get(name, "") for name in _MODIFIED_METAS]
    for value in values:
        if value and (moment := parse_stated(value, sources.zone, sources.order)) is not None:
            yield moment


def in_address(url: str, zone: tzinfo) -> Iterator[Dated]:
    """Yield the day that the path of an address names."""
    path = urlsplit(url).path.lower()
    for pattern in _URL_DATES:
        match = pattern.search(path)
        if match is None:
            continue
        month = _SHORT_MONTHS.get(match["month"]) or int(match["month"])
        try:
            at = datetime(int(match["year"]), month, int(match["day"]), tzinfo=zone)
        except ValueError:
            continue
        yield Dated(Stamp(at, "day", "url"), Trust.URL)
        return
