"""What tells a list of other pages from an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from pipeline.extract import jsonld
from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.reading import Reading, is_cut_off, prose_of
from pipeline.extract.regions import Region
from pipeline.extract.strings import weight

_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}([./-])\d{1,2}\1\d{2,4}\b|(?:19|20)\d\d ?[年년]")
_LEAST_ENTRIES = 6
_LONGEST_DATE = 50
"""Characters of a line that says little more than when."""
_MOST_IN_ONE = 0.3
"""Share of the text that one story of a list may have, or what stands above them."""
_LIST_KINDS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "CategoryPage"})


class Vouched(IntEnum):
    """What speaks for an article."""

    NOT = 0
    DATED = 1
    """The page shows when it was published, as it seems."""
    OFFERED = 2
    """The offer states when it was published, or the outlet's profile found its body."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a listing, a stub and an empty page from an article."""

    prose: float
    """The weight of the paragraphs of the body."""
    size: float
    """The weight of the whole body."""
    links: float
    """The share of the page's text that lies in links."""
    headlines: int
    """Blocks that are wholly one link to another page of the site and long enough for a headline."""
    teasers: int
    """Paragraphs cut off with an ellipsis."""
    entries: int
    """Stories told of between the first and the last line of the body: linked headlines, each with a date."""
    vouched: Vouched


def signs_of(reading: Reading, blocks: Sequence[Block], vouched: Vouched) -> Signs:
    """Measure a page for `is_listing`."""
    total = sum(len(b.text) for b in blocks) or 1
    return Signs(
        prose=prose_of(line.text for line in reading.lines),
        size=reading.size,
        links=sum(b.link_share * len(b.text) for b in blocks) / total,
        headlines=sum(is_headline_link(b) for b in blocks),
        teasers=sum(is_cut_off(line.text.rstrip()) for line in reading.lines),
        entries=_entries(reading, blocks),
        vouched=vouched,
    )


def is_listing(head: Head, signs: Signs) -> bool:
    """Tell a list of other pages from an article; in doubt it is an article.

    Each clause was measured: none takes a page of the reference articles.
    """
    if head.article is not None or head.meta("article:published_time"):
        return False
    kind = head.meta("og:type").lower()
    stories = signs.entries >= _LEAST_ENTRIES and signs.vouched < Vouched.OFFERED and kind != "article"
    if stories or _is_home(head.url):
        return True
    kinds = {t for thing in head.things for t in jsonld.types_of(thing)}
    named = bool(kinds & _LIST_KINDS) or kind.startswith("product")
    if (named or signs.teasers >= 4) and signs.prose < 6000:
        return True
    if signs.headlines >= 20 and signs.prose < 600:
        return True
    if signs.vouched or kind == "article":
        return False
    return _looks_like_one(signs)


def _looks_like_one(signs: Signs) -> bool:
    return (
        (signs.headlines >= 12 and signs.prose < 3000)
        or (signs.headlines >= 6 and signs.prose < 700)
        or (signs.headlines >= 40 and signs.links > 0.5)
        or (signs.links > 0.4 and signs.prose < 250)
        or (signs.prose < 120 and signs.size > 800)
    )


def _entries(reading: Reading, blocks: Sequence[Block]) -> int:
    """Count the stories; 0 where much of the text stands in one piece above, between or below them."""
    places = [(line.block.index, weight(line.text)) for line in reading.lines if line.block is not None]
    if not places:
        return 0
    within = blocks[min(places)[0] : max(places)[0] + 1]
    told = {b.links[0].href: b.index for b in reversed(within) if is_headline_link(b)}
    pieces: Counter[int] = Counter()
    starts = sorted(told.values())
    for place, size in places:
        pieces[bisect_right(starts, place)] += round(size)
    if max(pieces.values()) > _MOST_IN_ONE * reading.size:
        return 0
    return min(len(told), sum(_is_date(b) for b in within))


def _is_date(block: Block) -> bool:
    return len(block.text) < _LONGEST_DATE and _DATED.search(block.text) is not None


def is_headline_link(block: Block) -> bool:
    """Tell whether a block is wholly one link to another page of the site, and long enough for a headline."""
    return (
        block.link_share > 0.9
        and block.weight >= 25
        and any(link.internal for link in block.links)
        and not block.regions & (Region.CHROME | Region.TAGS)
    )


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.hostname) and not parts.path.strip("/") and not parts.query
