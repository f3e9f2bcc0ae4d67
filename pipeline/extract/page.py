"""From a fetched page to an `Extract`, or to the reason why there is none: the steps in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from config.outlet import ExtractRules, Outlet
from pipeline import wire
from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.extract import (
    authors,
    clean,
    dates,
    facts,
    govuk,
    jsonld,
    listing,
    markup,
    recurring,
    refusal,
    streamed,
    summary,
    title,
    tree,
    walls,
)
from pipeline.extract.blocks import Block, read_blocks
from pipeline.extract.body import read_body
from pipeline.extract.charset import decode_html
from pipeline.extract.ends import trim
from pipeline.extract.head import Head, read_head
from pipeline.extract.language import language_of
from pipeline.extract.reading import LIST_ITEM, MAX_DROPPED_TEXT, Line, Reading
from pipeline.extract.strings import is_prose, key, weight
from pipeline.records import RECURRING, Dropped, Extract, Page, Refusal, Rejected

MAX_BODY = 20_000_000
"""Bytes of a page once unpacked."""
MAX_REASONS = 20
"""Dates whose weighing is told."""
_NEAR_TITLE = 12
"""Blocks below the headline in which a standfirst may be shown."""
NAME = "wirewatch-1"
_FIRST = re.compile(r"\S")


def extract_page(
    page: Page, outlet: Outlet | None, learned: Boilerplate = NOTHING_LEARNED
) -> Extract | Rejected:
    """Read a page as an article, by the rules of its outlet if there is one, without what is `learned`.

    Pure: the page, the outlet and its boilerplate decide, and `page.fetched_at` is the only "now". CPU and
    memory are bounded by the bounds of `markup` and `tree`, so that a hostile page costs seconds at most.

    Raises:
        TooLarge: the page has more bytes, elements, links or levels than the bounds allow.
        Undecodable: the content encoding or the markup cannot be read at all.
    """
    body = wire.decode(page.body, page.encoding, MAX_BODY)
    content_type = page.header("Content-Type")
    if refused := refusal.not_html(body, content_type):
        return refused
    text = decode_html(body, content_type)
    zone = outlet.zone if outlet else ZoneInfo("UTC")
    begins = _FIRST.search(text)
    if begins is None:
        return Rejected(Refusal.EMPTY, "the page has no bytes")
    if content := govuk.content_of(text):
        return govuk.read_content(content, page, zone, extractor_of(None))
    if "json" in content_type.lower() or begins[0] in {"{", "["}:
        return Rejected(Refusal.NOT_HTML, "JSON that is no article")
    return _read_html(text, page, outlet, zone, learned)


def extractor_of(rules: ExtractRules | None) -> str:
    """Name what extracted: trafilatura's version, ours, and the digest of the outlet's profile or "-"."""
    digest = "-"
    if rules is not None and rules != ExtractRules():
        digest = sha256(rules.model_dump_json().encode()).hexdigest()[:8]
    return f"trafilatura-{_version()}+{NAME}/{digest}"


@cache
def _version() -> str:
    return version("trafilatura")


@dataclass(frozen=True, slots=True)
class _View:
    """A parsed page with all that its parts are read from."""

    page: Page
    outlet: Outlet | None
    root: HtmlElement
    head: Head
    blocks: Sequence[Block]
    states: Sequence[str]
    site: tuple[str, ...]
    title: str
    titles: tuple[str, ...]
    """The headline, and every other way in which the page or the offer states it."""
    title_index: int | None
    zone: tzinfo
    learned: Boilerplate

    @property
    def rules(self) -> ExtractRules:
        return self.outlet.extract if self.outlet else ExtractRules()

    @property
    def declared_language(self) -> str:
        return self.head.declared_language or self.head.meta("og:locale", "content-language", "language")


def _read_html(
    text: str, page: Page, outlet: Outlet | None, zone: tzinfo, learned: Boilerplate
) -> Extract | Rejected:
    marked = streamed.mark(text)
    source = markup.strip(marked)
    root = tree.parse(source.html)
    if marked is not text:
        streamed.settle(root)
    head = read_head(root, source, page.url)
    blocks = read_blocks(root, page.url)
    if refused := refusal.block_page(text, head, blocks):
        return refused
    view = _view(page, outlet, root, head, blocks, source.texts("state"), zone, learned)
    reading = read_body(
        root,
        head,
        blocks,
        rules=view.rules,
        states=view.states,
        content=page.candidate.content,
        usual_size=learned.usual_size,
    )
    published = dates.published(_dating(view, reading), view.rules.published, page.candidate.published)
    signs = listing.signs_of(reading, blocks, _vouched(page, reading, published))
    if refused := refusal.not_article(head, signs, view.title):
        return refused
    return _assemble(view, reading, published)


def _vouched(page: Page, reading: Reading, published: dates.Publication) -> listing.Vouched:
    if page.candidate.published is not None or reading.way == "profile":
        return listing.Vouched.OFFERED
    return listing.Vouched.DATED if published.stamp is not None else listing.Vouched.NOT


def _dating(view: _View, reading: Reading) -> dates.DateSources:
    return dates.DateSources(
        root=view.root,
        head=view.head,
        blocks=view.blocks,
        title_index=view.title_index,
        body_end=_span(reading.lines, view)[1],
        zone=view.zone,
        order=dates.day_order(view.declared_language, view.outlet.country if view.outlet else None),
        fetched_at=view.page.fetched_at,
    )


def _view(
    page: Page,
    outlet: Outlet | None,
    root: HtmlElement,
    head: Head,
    blocks: Sequence[Block],
    states: Sequence[str],
    zone: tzinfo,
    learned: Boilerplate,
) -> _View:
    offered = page.candidate.title
    site = title.site_names(head, outlet.name if outlet else None)
    chosen = facts.selected_text(root, outlet.extract.title) if outlet else None
    headline = title.title_of(head, chosen, offered, site)
    stated = (
        headline,
        head.headline,
        head.meta("og:title"),
        head.meta("twitter:title"),
        offered or "",
        *head.headings[:3],
    )
    titles = tuple(dict.fromkeys(t for t in stated if t))
    at = title.title_index(blocks, headline, titles)
    return _View(page, outlet, root, head, blocks, states, site, headline, titles, at, zone, learned)


def _assemble(view: _View, reading: Reading, published: dates.Publication) -> Extract | Rejected:
    """Clean the reading and put the record together."""
    head, candidate, blocks = view.head, view.page.candidate, view.blocks
    names = authors.authors_of(head, blocks, view.title_index, candidate.authors, view.site)
    standfirst = summary.summary_of(head, candidate.summary, reading, _above(view, reading))
    context = clean.Context(
        titles=view.titles,
        summary=standfirst,
        authors=(*names, *head.meta_authors[:3]),
        blocks=blocks,
        alt_texts=frozenset(key(t) for t in facts.picture_texts(view.root)),
        link_texts=link_texts(blocks),
        form_boxes=tree.form_boxes(view.root),
    )
    cleaned, walled = _without_recurring(clean.clean(reading, context), view)
    if walled:
        return Rejected(Refusal.BLOCK_PAGE, f"{walled:.0%} of the text stands under other titles too")
    text = "\n".join(line.text.removeprefix(LIST_ITEM) for line in cleaned.lines)
    wall = walls.wall_below(blocks, cleaned.lines)
    if refused := walls.paywall(head, cleaned.lines, wall) or refusal.too_short(weight(text)):
        return refused
    span = _span(cleaned.lines, view)
    signed = (*jsonld.people(head.article, head.things), *head.meta_authors)
    around = facts.Around(blocks, cleaned.lines, span, view.title_index, signed, view.site)
    told = facts.facts_of(view.root, around, view.page.url, view.rules.origin)
    return Extract(
        title=view.title or candidate.title or "",
        text=text,
        summary=standfirst,
        language=language_of(text, view.declared_language, also=view.outlet.languages if view.outlet else ()),
        authors=names,
        published=published.stamp,
        modified=dates.modified(_dating(view, Reading(cleaned.lines, reading.way))) or candidate.modified,
        credits=told.credits,
        origin_url=told.origin_url,
        origin_name=told.origin_name,
        canonical_link=head.canonical,
        alias_links=head.aliases,
        dropped=cleaned.dropped,
        extractor=extractor_of(view.rules),
        sightings=recurring.sightings_of(blocks, cleaned.lines, view.titles),
        reasons=(f"body by {reading.way}: {reading.why}", *list(published.reasons)[:MAX_REASONS]),
        drift=_drift(view.rules, reading),
        wall=wall,
    )


def _drift(rules: ExtractRules, reading: Reading) -> str:
    """Say that a page was read against its outlet's profile; empty if it was not."""
    if not rules.body or reading.way == "profile":
        return ""
    return "the profile's body selectors match nothing, or much less text than usual"


def _without_recurring(cleaned: clean.Cleaned, view: _View) -> tuple[clean.Cleaned, float]:
    """Take out what recurs on other pages; also return the share of the text that makes the page a wall."""
    judged = recurring.judge(cleaned.lines, view.titles, view.learned)
    kept = [line for i, line in enumerate(cleaned.lines) if i not in judged.reasons]
    gone = [Dropped(cleaned.lines[i].text[:MAX_DROPPED_TEXT], reason) for i, reason in judged.reasons.items()]
    if gone:
        kept, bared = trim(kept)
        gone += [Dropped(d.text, f"{RECURRING}: {d.reason} once the rest is gone") for d in bared]
    dropped = (*cleaned.dropped, *gone)[-clean.MAX_DROPPED :]
    return clean.Cleaned(tuple(kept), dropped), judged.walled


def _span(lines: Sequence[Line], view: _View) -> tuple[int, int]:
    """Return the first and the last block of the body; without any, the headline's place."""
    places = sorted(line.block.index for line in lines if line.block is not None)
    if not places:
        at = view.title_index or 0
        return at, at
    return places[0], places[-1]


def link_texts(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the words of the links to other pages of the site, as they are compared."""
    return frozenset(k for b in blocks for link in b.links if link.internal and len(k := key(link.text)) >= 8)


def _above(view: _View, reading: Reading) -> list[Line]:
    """Return what stands between the headline and the first paragraph, if that is near, and is not read."""
    at = view.title_index
    if at is None:
        return []
    read = {line.block.index for line in reading.lines if line.block is not None}
    first = next((n for n in sorted(read) if n > at and is_prose(view.blocks[n].text)), len(view.blocks))
    if first > at + _NEAR_TITLE:
        return []
    return [Line(block.text, block) for block in view.blocks[at + 1 : first] if block.index not in read]
