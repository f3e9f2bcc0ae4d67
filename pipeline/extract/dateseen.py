"""Dates that readers see: `<time>` elements, bylines, labels, datelines, or the one date beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from pipeline.extract import dateplaces as places
from pipeline.extract.blocks import Block
from pipeline.extract.datesources import DateSources
from pipeline.extract.datestated import parse_stated
from pipeline.extract.datetext import Found, find_dates
from pipeline.extract.datetrust import Dated, Trust, dated
from pipeline.extract.moment import Moment
from pipeline.extract.regions import Region, region_of
from pipeline.extract.rules import MODIFIED_LABEL, PUBLISHED_LABEL
from pipeline.extract.tree import names_of, text_of

_MAX_TIMES = 30
_LONGEST_DATE_BLOCK = 200
_LONGEST_LABELLED = 120
_SHORTEST_LEDE = 60
_MOSTLY_LINKS = 0.7
_DATELINE = re.compile(r"^[^\W\d_].{5,80}?(?:[—–:]|\s--?)\s")
_HATOM = re.compile(r"(?:^|\s)(?:published|updated)(?:$|\s)")
_PLACE = re.compile(
    r"(?:[A-ZÀ-ÞА-ЯЁΑ-Ω][\w.'’-]{1,24}(?:\s(?:de|del|la|of|am|an der|do|di))?[\s-]?){1,3},\s*"
)
"""What goes before a date where official pages date what they say: "Geneva, 3 May 2024"."""
_FIRST = re.compile(
    r"this (?:article|story|post|piece|page) was (?:originally |first )?(?:published|posted) ", re.IGNORECASE
)
"""How a sentence begins that tells when its page was published, and may go on with what was changed."""
_RIGHT_ABOVE = 2
_STRANGER = places.FOREIGN | Region.CARD
_APART = Region.RELATED | Region.COMMENTS | Region.CARD | Region.CLOCK
"""Where not even a label makes a date the article's own."""


def time_elements(sources: DateSources, head: Sequence[Block]) -> Iterator[Dated]:
    """Yield the `<time>` elements at the article's head, or named for its publication."""
    near = {e for block in head for e in (block.element, *block.element.iterdescendants("time"))}
    for element in _times(sources):
        around = places.regions_around(element)
        named = places.is_called_published(element) and not around & _APART
        parent = element.getparent()
        close = element in near or parent in near
        if named or (close and not around & ~_headline_regions(sources) & places.NOT_EVEN_CLOSE):
            yield from dated(_moment(element, sources), "visible", Trust.TIME_ELEMENT)
        if named:
            return


def _headline_regions(sources: DateSources) -> int:
    at = sources.title_index
    return sources.blocks[at].regions if at is not None else Region.NONE


def _times(sources: DateSources) -> Iterator[HtmlElement]:
    """Yield the `<time>` elements that are not called the date of a change."""
    for count, element in enumerate(_marked_times(sources.root)):
        if count >= _MAX_TIMES:
            return
        parent = element.getparent()
        around, own = text_of(parent) if parent is not None else "", text_of(element)
        if not places.is_change(around[: max(0, around.find(own))][-40:], element):
            yield element


def _marked_times(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the `<time>` elements, and what hAtom marks in their place: `<abbr class="published">`."""
    for element in root.iter("time", "abbr"):
        if element.tag == "time" or (element.get("title") and _HATOM.search(element.get("class") or "")):
            yield element


def _moment(element: HtmlElement, sources: DateSources) -> Moment | None:
    """Read a `<time>`: its machine-readable value, else its text.

    One that shows a day alone and states noon or midnight is that day: content management systems keep a
    day as noon or midnight of some zone, and the reader's date is the true one.
    """
    value = element.get("datetime") or element.get("content") or ""
    if element.tag == "abbr":
        value = element.get("title") or ""
    moment = parse_stated(value, sources.zone, sources.order)
    if moment is not None and (
        moment.precision == "day" or (moment.at.hour, moment.at.minute) not in {(0, 0), (12, 0)}
    ):
        return moment
    text = text_of(element)[:_LONGEST_DATE_BLOCK]
    shown = next(find_dates(text, sources.zone, sources.order), None)
    if shown is None or (moment is not None and shown.moment.precision != "day"):
        return moment
    return shown.moment


def at_headline(sources: DateSources, head: Sequence[Block]) -> Iterator[Dated]:
    """Yield dates that a reader sees at the article's head, or labelled as its publication at its end."""
    for block in head:
        if len(block.text) > _LONGEST_DATE_BLOCK or block.link_share > _MOSTLY_LINKS:
            continue
        for found, label in _publications(block, sources):
            if places.mostly_date(block, found):
                trust = Trust.LABELLED if PUBLISHED_LABEL.search(label) else Trust.NEAR_TITLE
                yield from dated(found.moment, "visible", trust)
    for block in _tail(sources):
        longest = _LONGEST_DATE_BLOCK if _FIRST.match(block.text) else _LONGEST_LABELLED
        if block.regions & _STRANGER or len(block.text) > longest:
            continue
        for found, label in _publications(block, sources):
            if PUBLISHED_LABEL.search(label):
                yield from dated(found.moment, "visible", Trust.LABELLED)


def _publications(block: Block, sources: DateSources) -> Iterator[tuple[Found, str]]:
    """Yield the dates in a block that are not called a change, each with its label."""
    for found in find_dates(block.text, sources.zone, sources.order):
        label = places.label_of(block, found, sources.blocks)
        if not places.is_change(label, block.element):
            yield found, label


def _tail(sources: DateSources) -> Sequence[Block]:
    return sources.blocks[sources.body_end : sources.body_end + places.BEHIND_BODY]


def dateline(sources: DateSources, head: Sequence[Block]) -> Iterator[Dated]:
    """Yield the date at the beginning of the first paragraph: "GENEVA, 3 May 2024 – …"."""
    lede = next((b for b in head if len(b.text) > _SHORTEST_LEDE and b.index != sources.title_index), None)
    match = _DATELINE.match(lede.text) if lede is not None else None
    if match is not None:
        for found in find_dates(match[0], sources.zone, sources.order):
            yield from dated(found.moment, "dateline", Trust.DATELINE)


def elsewhere(sources: DateSources) -> list[Dated]:
    """Return the date that stands beside the text, away from a headline that was recognised.

    Only if it is one: labelled dates, or else those before the text's end, or else those behind it, must
    agree on the day. The day of the fetch is none: that is what a page clock shows.
    """
    labelled: list[Dated] = []
    beside = list(_times_beside(sources))
    for block in sources.blocks[: sources.body_end + places.FAR_BEHIND_BODY]:
        if len(block.text) > _LONGEST_LABELLED or block.link_share > _MOSTLY_LINKS:
            continue
        near = block.index < sources.body_end + places.BEHIND_BODY
        for found, label in _publications(block, sources):
            if _is_label(label) and not block.regions & _APART:
                labelled += dated(found.moment, "visible", Trust.LABELLED)
            elif near and _beside(block, found, sources):
                beside += [(block.index, d) for d in dated(found.moment, "visible", Trust.ELSEWHERE)]
    before = [d for index, d in beside if index <= sources.body_end]
    group = next((g for g in (labelled, before, [d for _, d in beside]) if g), [])
    days = {d.day for d in group}
    return group if len(days) == 1 and sources.fetched_at.date() not in days else []


def _is_label(label: str) -> bool:
    return bool(PUBLISHED_LABEL.search(label)) and len(re.findall(r"\w+", label)) <= 3


def _times_beside(sources: DateSources) -> Iterator[tuple[int, Dated]]:
    """Yield the `<time>` elements before the text's end or soon behind it, with the index of their block."""
    held, body = places.holders(sources.blocks), places.body_block(sources)
    inside = body.regions if body is not None else Region.NONE
    for element in _times(sources):
        holder = places.holder_of(element, held)
        if holder is None or holder.index > sources.body_end + places.BEHIND_BODY:
            continue
        if not places.regions_around(element) & ~inside & (_STRANGER | Region.CAPTION):
            for one in dated(_moment(element, sources), "visible", Trust.ELSEWHERE):
                yield holder.index, one


def _beside(block: Block, found: Found, sources: DateSources) -> bool:
    """Tell whether a block away from the headline seems to tell the date of this text."""
    body = places.body_block(sources)
    if body is None or not places.mostly_date(block, found, most=8):
        return False
    own = region_of(block.tag, names_of(block.element))
    strange = block.regions & ~body.regions & (_STRANGER | Region.CAPTION)
    if own & (Region.META | Region.AUTHOR):
        strange &= ~(Region.CAPTION | Region.CHROME)
    if strange:
        return False
    if block.regions & Region.AUTHOR:
        return True
    alone = all(word.isdigit() for word in places.words_beside(block.text, found))
    if _is_right_above(block, body, sources):
        return alone or (
            _PLACE.fullmatch(block.text[: found.start]) is not None and found.end >= len(block.text)
        )
    return bool(block.regions & Region.META or alone) and _near(block, body, sources)


def _is_right_above(block: Block, body: Block, sources: DateSources) -> bool:
    """Tell whether a block stands right above the headline, in what holds the headline and the body only.

    A clock stands in the head of the page, with the menu between it and the headline.
    """
    at = sources.title_index
    if at is None or not 0 < at - block.index <= _RIGHT_ABOVE:
        return False
    return places.in_one_part(block, sources.blocks[at], body)


def _near(block: Block, body: Block, sources: DateSources) -> bool:
    if places.together(block, body):
        return True
    at = sources.title_index
    return at is not None and places.boxed(block, sources.blocks[at])


def changes(sources: DateSources) -> Iterator[Moment]:
    """Yield the dates that readers see called a change: at the headline, behind the body, in a byline."""
    tail = [block for block in _tail(sources) if not block.regions & _STRANGER]
    named = [
        block for block in sources.blocks[: sources.body_end]
        if block.regions & (Region.META | Region.AUTHOR) and not block.regions & _STRANGER
    ]  # fmt: skip
    for block in (*places.head_blocks(sources), *tail, *named):
        if len(block.text) > _LONGEST_DATE_BLOCK:
            continue
        for found in find_dates(block.text, sources.zone, sources.order):
            if MODIFIED_LABEL.search(places.label_of(block, found, sources.blocks)):
                yield found.moment
