"""Where the article's text is: the outlet's profile, what is evident, the general reading, or a rescue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import groupby

from lxml.html import HtmlElement

from config.outlet import ExtractRules
from pipeline.errors import PageError
from pipeline.extract import jsonld, tree
from pipeline.extract.blocks import Block, read_blocks
from pipeline.extract.cards import without_cards
from pipeline.extract.evident import evident_reading
from pipeline.extract.fragments import fragment_lines
from pipeline.extract.frame import Frame, frame_of, is_paragraph
from pipeline.extract.general import general_reading
from pipeline.extract.head import Head
from pipeline.extract.missed import with_missed
from pipeline.extract.reading import MAX_DROPPED_TEXT, Line, Reading, Way, as_line, place, prose_of
from pipeline.extract.state import state_bodies
from pipeline.extract.strings import weight
from pipeline.extract.tree import select
from pipeline.records import Dropped

LEAST_PROFILED = 60.0
"""An element that the profile names and that holds less text is not the body."""
LEAST_PROSE = 150.0
"""A general reading with less than this of paragraphs looks for a rescue."""
SHRUNK = 0.3
"""A profile's text with less than this share of what is usual is doubted."""
FULLER = 2.0
"""How much more the general reading must have, to be believed instead."""
LEAST_FRAMED = 0.5
"""A general reading of a frame that has less than this share of its paragraphs is not trusted."""


def read_body(
    root: HtmlElement,
    head: Head,
    blocks: Sequence[Block],
    *,
    rules: ExtractRules,
    states: Sequence[str],
    content: str | None,
    usual_size: int,
) -> Reading:
    """Choose the reading of a page: the profile's, else what is evident, else the general one, else a rescue.

    The general reading sees the element that holds the paragraphs alone, or else the whole page. Where the
    profile's selectors match nothing, or hardly any text, the page is read as any other; so it is where they
    match much less than the outlet's articles usually have (`usual_size` words, 0 if that is not known) and
    the page has more. `root` and `blocks` are the whole page's.
    """
    unprofiled = partial(_unprofiled, root, head, blocks, states, content, rules.drop)
    if not rules.body:
        return unprofiled()
    page = deepcopy(root)
    dropped = _drop(page, rules.drop)
    lines = _profile_reading(page, rules.body, head.url)
    if lines is None:
        return unprofiled()
    placed = place([line.text for line in lines], blocks)
    known = [Line(p.text, p.block or line.block) for p, line in zip(placed, lines, strict=True)]
    profiled = Reading(tuple(known), "profile", tuple(dropped))
    profiled = replace(profiled, why=f"the profile's body selectors match {profiled.words} words")
    if profiled.words >= SHRUNK * usual_size:
        return profiled
    other = unprofiled()
    return other if other.worth > FULLER * profiled.worth else profiled


def _unprofiled(
    root: HtmlElement,
    head: Head,
    blocks: Sequence[Block],
    states: Sequence[str],
    content: str | None,
    unwanted: Sequence[str],
) -> Reading:
    """Read a page as any other: what is evident, else the general reading, or a rescue."""
    wanted = _outside(blocks, [e for s in unwanted for e in select(root, s)])
    frame = frame_of(wanted)
    evident = evident_reading(frame) if frame is not None else None
    if frame is not None and not unwanted and (found := evident or _framed(frame)):
        return with_missed(found, blocks)
    page = deepcopy(root)
    dropped = _drop(page, unwanted)
    if evident is not None:
        return with_missed(replace(evident, dropped=tuple(dropped)), wanted)
    general = with_missed(without_cards(general_reading(page, blocks), blocks), wanted)
    prose = prose_of((line.text for line in general.lines), 50)
    why = f"the page shows {prose:.0f} characters in paragraphs"
    if prose < LEAST_PROSE:
        saved = _rescue(head, states, content, blocks)
        if saved is not None and saved.worth > 1.5 * general.worth:
            return replace(saved, why=f"{why}, and {saved.way} holds {saved.worth:.0f}")
    return Reading(general.lines, general.way, (*dropped, *general.dropped), why)


def _framed(frame: Frame) -> Reading | None:
    """Read nothing of a page but its frame; None where most of the paragraphs are lost."""
    reading = general_reading(tree.alone(frame.element), frame.blocks)
    if reading.size < LEAST_FRAMED * sum(b.weight for b in frame.blocks if is_paragraph(b)):
        return None
    return replace(reading, why=f"one element holds {frame.share:.0%} of the paragraphs")


def _outside(blocks: Sequence[Block], unwanted: Sequence[HtmlElement]) -> Sequence[Block]:
    if not unwanted:
        return blocks
    known = dict.fromkeys(unwanted, True)
    return [b for b in blocks if not tree.is_within(b.element, known)]


def _drop(root: HtmlElement, selectors: Sequence[str]) -> list[Dropped]:
    dropped = []
    for selector in selectors:
        for unwanted in select(root, selector):
            if unwanted.tag not in {"html", "body"}:
                dropped.append(Dropped(tree.text_of(unwanted)[:MAX_DROPPED_TEXT], "profile"))
                tree.drop(unwanted)
    return [d for d in dropped if d.text]


def _profile_reading(root: HtmlElement, selectors: Sequence[str], url: str) -> list[Line] | None:
    for selector in selectors:
        lines = [line for element in _outermost(select(root, selector)) for line in _lines_of(element, url)]
        if sum(weight(line.text) for line in lines) >= LEAST_PROFILED:
            return lines
    return None


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    chosen = set(elements)
    return [e for e in elements if not any(a in chosen for a in e.iterancestors())]


def _lines_of(element: HtmlElement, url: str) -> list[Line]:
    """Return the lines of an element: list items begin with "- ", the cells of a table's row are one line."""
    tree.slim(element)
    lines = []
    within = set(element.iterdescendants("tr"))
    for row, cells in groupby(read_blocks(element, url), key=lambda block: _row_around(block, within)):
        if row is None:
            lines += [Line(as_line(b), b) for b in cells]
        else:
            lines.append(Line(" | ".join(b.text for b in cells)))
    return lines


def _row_around(block: Block, rows: Collection[HtmlElement]) -> HtmlElement | None:
    """Return the row of several cells in which a block is a cell; a paragraph within a cell is none."""
    row = block.element.getparent() if block.tag in {"td", "th"} else None
    return row if row is not None and row in rows and len(row) > 1 else None


def _rescue(
    head: Head, states: Sequence[str], content: str | None, blocks: Sequence[Block]
) -> Reading | None:
    """Look for the body where no markup shows it: JSON-LD, embedded state, what the offer carried."""
    sources: list[tuple[Way, str]] = [("jsonld", jsonld.body_of(head.article))]
    sources += [
        ("state", text) for text in state_bodies(states, (head.title_tag, head.headline, *head.headings))
    ]
    sources += [("offer", content or "")]
    best: Reading | None = None
    for way, source in sources:
        if not source:
            continue
        try:
            lines = fragment_lines(source, head.url)
        except PageError:
            continue
        reading = Reading(tuple(place(lines, blocks)), way)
        if best is None or reading.worth > best.worth:
            best = reading
    return best
