"""When an article was published: every date that is stated, where, and which one is believed."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum

from lxml.html import HtmlElement

from config.outlet import DateRule
from pipeline.extract import jsonld
from pipeline.extract.blocks import Block
from pipeline.extract.datetext import DayOrder, Found, Moment, find_dates, parse_format, parse_stated
from pipeline.extract.head import Head
from pipeline.extract.regions import Region
from pipeline.extract.rules import MODIFIED_LABEL, PUBLISHED_LABEL
from pipeline.extract.tree import select, text_of
from pipeline.records import Signal, Stamp


class Trust(IntEnum):
    """Who is believed first; a lower number wins."""

    SELECTOR = 1
    API = 2
    JSONLD = 3
    META = 4
    OFFER = 5
    TIME_ELEMENT = 6
    URL = 7
    LABELLED = 8
    NEAR_TITLE = 9
    DATELINE = 10


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of publication that somebody stated."""

    stamp: Stamp
    trust: Trust


_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
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
_US = re.compile(r"^en[-_]us|^en$", re.IGNORECASE)
_FOREIGN = Region.RELATED | Region.COMMENTS | Region.CLOCK | Region.CHROME | Region.PROMO
_NOT_EVEN_CLOSE = Region.RELATED | Region.COMMENTS | Region.CLOCK | Region.CAPTION
_BEFORE_TITLE = 6
_AFTER_TITLE = 14
_CLOSE = 6
_LONGEST_RULED = 2000
_SHORT = 60
_LONGEST_DATE_BLOCK = 200


def believable(stamp_at: datetime, fetched_at: datetime) -> bool:
    """Tell whether a stated time can be one: not before the web, not an epoch's zero, not in the future."""
    return _EARLIEST <= stamp_at.astimezone(UTC) <= fetched_at + _AHEAD


def choose(dated: Sequence[Dated]) -> Stamp | None:
    """Return the stamp that is believed.

    The most trusted signal says the day. Where it knows no time of day, another one that names the same
    day and the time adds it. Where JSON-LD or an API state just what a selector found, they are named.
    """
    if not dated:
        return None
    best = min(dated, key=lambda d: d.trust).stamp
    if best.precision == "day":
        finer = [
            d for d in dated
            if d.stamp.precision != "day" and d.stamp.at.date() == best.at.date() and d.trust <= Trust.NEAR_TITLE
        ]  # fmt: skip
        if finer:
            best = min(finer, key=lambda d: d.trust).stamp
    if best.signal == "selector":
        machine = (d.stamp for d in dated if d.trust in {Trust.API, Trust.JSONLD})
        return next((s for s in machine if s.at == best.at and s.precision == best.precision), best)
    return best


def day_order(language: str, country: str | None) -> DayOrder:
    """Say how "03/04/2023" is meant by an outlet of that language (as declared, with region) and country."""
    if country is not None and country != "INT":
        return "mdy" if country in {"US", "PH"} else "dmy"
    return "mdy" if _US.match(language) and country is None else "dmy"


@dataclass(frozen=True, slots=True)
class DateSources:
    """What a page offers to find its dates in."""

    root: HtmlElement
    head: Head
    blocks: Sequence[Block]
    title_index: int | None
    """Which block is the headline."""
    body_end: int
    """The last block of the body."""
    zone: tzinfo
    order: DayOrder
    fetched_at: datetime


def published(sources: DateSources, rule: DateRule | None, offer: Stamp | None) -> Stamp | None:
    """Return when the page was published, by the most trusted of all that say so; None if nobody does."""
    dated = [*_machine_dates(sources, rule), *_offered(offer), *_time_elements(sources), *_url_date(sources)]
    dated += _visible(sources)
    return choose([d for d in dated if believable(d.stamp.at, sources.fetched_at)])


def _dated(moment: Moment | None, signal: Signal, trust: Trust) -> Iterator[Dated]:
    if moment is not None:
        yield Dated(Stamp(moment.at, moment.precision, signal), trust)


def _machine_dates(sources: DateSources, rule: DateRule | None) -> Iterator[Dated]:
    head, zone = sources.head, sources.zone
    if rule is not None:
        for element in select(sources.root, rule.css)[:5]:
            text = (text_of(element) or element.get("content") or "")[:_LONGEST_RULED]
            moment = parse_format(text, rule.format, zone) if rule.format else _first(text, element, sources)
            yield from _dated(moment, "selector", Trust.SELECTOR)
    for thing in _ld_things(head):
        value = jsonld.string(thing, "datePublished") or jsonld.string(thing, "dateCreated", "uploadDate")
        yield from _dated(parse_stated(value, zone) if value else None, "jsonld", Trust.JSONLD)
    stated = (head.metas[name] for name in _PUBLISHED_METAS if name in head.metas)
    for text in stated:
        yield from _dated(parse_stated(text, zone), "meta", Trust.META)


def _ld_things(head: Head) -> list[jsonld.Thing]:
    if head.article is not None and "datePublished" in head.article:
        return [head.article]
    pages = [t for t in head.things if "WebPage" in jsonld.types_of(t) and "datePublished" in t]
    return [t for t in [head.article, *pages[:1]] if t is not None]


def _first(text: str, element: HtmlElement, sources: DateSources) -> Moment | None:
    if value := element.get("datetime") or element.get("content"):
        return parse_stated(value, sources.zone)
    found = next(find_dates(text, sources.zone, sources.order), None)
    return found.moment if found else None


def _offered(offer: Stamp | None) -> list[Dated]:
    if offer is None:
        return []
    return [Dated(offer, Trust.API if offer.signal == "api" else Trust.OFFER)]


def _time_elements(sources: DateSources) -> Iterator[Dated]:
    """Yield the `<time>` elements at the article's head that are not the date of a change."""
    near = _near_blocks(sources)
    for element in list(sources.root.iter("time"))[:30]:
        value = element.get("datetime") or element.get("content") or ""
        around = text_of(element.getparent()) if element.getparent() is not None else ""
        names = " ".join(filter(None, (element.get("class"), element.get("itemprop")))).lower()
        if "modif" in names or "updated" in names or not value:
            continue
        holder = element if id(element) in near else element.getparent()
        if holder is None or not (id(holder) in near or "published" in names):
            continue
        label = around[: max(0, around.find(text_of(element)))][-40:]
        if MODIFIED_LABEL.search(label) and not PUBLISHED_LABEL.search(label):
            continue
        yield from _dated(
            _as_shown(parse_stated(value, sources.zone), element, sources), "visible", Trust.TIME_ELEMENT
        )
        if "published" in names:
            return


def _as_shown(moment: Moment | None, element: HtmlElement, sources: DateSources) -> Moment | None:
    """Take the time of an element that shows a day alone, at noon or midnight, for that day.

    Content management systems keep a day as noon or midnight of some zone: the reader's date is the true one.
    """
    if (
        moment is None
        or moment.precision == "day"
        or (moment.at.hour, moment.at.minute) not in {(0, 0), (12, 0)}
    ):
        return moment
    shown = next(find_dates(text_of(element), sources.zone, sources.order), None)
    return shown.moment if shown is not None and shown.moment.precision == "day" else moment


def _near_blocks(sources: DateSources) -> set[int]:
    """Return the elements around the headline (by identity), and those within them."""
    near: set[int] = set()
    for block in _head_blocks(sources):
        near.add(id(block.element))
        near.update(id(e) for e in block.element.iterdescendants("time"))
    return near


def _head_blocks(sources: DateSources) -> list[Block]:
    """Return the blocks around the headline that may carry the article's own date."""
    at = sources.title_index
    if at is None:
        return []
    chosen = []
    around = sources.blocks[at].regions  # what the headline itself stands in says nothing of its neighbours
    for block in sources.blocks[max(0, at - _BEFORE_TITLE) : at + _AFTER_TITLE]:
        close = at <= block.index <= at + _CLOSE and len(block.text) <= _SHORT
        if block.regions & ~around & (_NOT_EVEN_CLOSE if close else _NOT_EVEN_CLOSE | _FOREIGN):
            continue
        if block.index < at and not _together(block, sources.blocks[at]):
            continue
        if at < sources.body_end < block.index:
            break
        chosen.append(block)
    return chosen


def _together(block: Block, title: Block) -> bool:
    """Tell whether a block before the headline shares a small container with it."""
    ancestors = [title.element, *title.element.iterancestors()]
    for element in [block.element, *block.element.iterancestors()]:
        if element in ancestors:
            return (
                str(element.tag) not in {"body", "html"}
                and len(list(element.iter("p"))) < 400
                and _specific(element)
            )
    return False


def _specific(element: HtmlElement) -> bool:
    return element.tag in {"article", "header", "main", "section"} or any(
        w in (element.get("class") or "").lower()
        for w in ("article", "post", "entry", "story", "head", "title", "content")
    )


def _url_date(sources: DateSources) -> Iterator[Dated]:
    path = sources.head.url.split("?")[0].split("://")[-1].partition("/")[2].lower()
    for pattern in _URL_DATES:
        match = pattern.search("/" + path)
        if match is None:
            continue
        month = _SHORT_MONTHS.get(match["month"]) or int(match["month"])
        try:
            at = datetime(int(match["year"]), month, int(match["day"]), tzinfo=sources.zone)
        except ValueError:
            continue
        yield Dated(Stamp(at, "day", "url"), Trust.URL)
        return


def _visible(sources: DateSources) -> Iterator[Dated]:
    """Yield dates that a reader sees at the article's head, or labelled as its publication at its end."""
    for block in _head_blocks(sources):
        if len(block.text) > _LONGEST_DATE_BLOCK or block.link_share > 0.7:
            continue
        for found in find_dates(block.text, sources.zone, sources.order):
            label = block.text[max(0, found.start - 40) : found.start]
            if MODIFIED_LABEL.search(label) and not PUBLISHED_LABEL.search(label):
                continue
            if _mostly_date(block.text, found):
                trust = Trust.LABELLED if PUBLISHED_LABEL.search(label) else Trust.NEAR_TITLE
                yield Dated(Stamp(found.moment.at, found.moment.precision, "visible"), trust)
    for block in sources.blocks[sources.body_end : sources.body_end + 8]:
        if block.regions & (_FOREIGN | Region.CARD) or len(block.text) > 120:
            continue
        for found in find_dates(block.text, sources.zone, sources.order):
            label = block.text[max(0, found.start - 30) : found.start]
            if PUBLISHED_LABEL.search(label) and not MODIFIED_LABEL.search(label):
                yield Dated(Stamp(found.moment.at, found.moment.precision, "visible"), Trust.LABELLED)


def _mostly_date(text: str, found: Found) -> bool:
    """Tell whether a block is there to tell the date, rather than a sentence that mentions one."""
    rest = text[: found.start] + text[found.end :]
    return len(re.findall(r"\w+", rest)) <= 22 and not re.search(r"[a-zа-я]{3}\.\s+[A-ZА-Я]", rest)


def modified(sources: DateSources) -> datetime | None:
    """Return when the page says that it was last changed, or None."""
    head, zone = sources.head, sources.zone
    values = [jsonld.string(head.article, "dateModified")]
    values += [jsonld.string(t, "dateModified") for t in _ld_things(head)]
    values += [head.metas.get(name, "") for name in _MODIFIED_METAS]
    moments = [parse_stated(v, zone) for v in values if v]
    moments += _visibly_modified(sources)
    return next((m.at for m in moments if m is not None and believable(m.at, sources.fetched_at)), None)


def _visibly_modified(sources: DateSources) -> Iterator[Moment]:
    nearby = [*_head_blocks(sources), *sources.blocks[sources.body_end : sources.body_end + 8]]
    for block in nearby:
        if len(block.text) > _LONGEST_DATE_BLOCK or block.regions & (_FOREIGN | Region.CARD):
            continue
        for found in find_dates(block.text, sources.zone, sources.order):
            if MODIFIED_LABEL.search(block.text[max(0, found.start - 40) : found.start]):
                yield found.moment


def stamp_of(value: str, zone: tzinfo, signal: Signal) -> Stamp | None:
    """Read a machine's date into a stamp."""
    moment = parse_stated(value, zone)
    return Stamp(moment.at, moment.precision, signal) if moment else None
