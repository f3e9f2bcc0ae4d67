"""The element of a page that holds most of its paragraphs, and nearly all of those near them, if one does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from math import inf
from typing import cast

from lxml.html import HtmlElement

from pipeline.extract.blocks import Block
from pipeline.extract.regions import OTHER_PARTS, Region, parts
from pipeline.extract.strings import heaviest, is_prose
from pipeline.extract.tree import is_within

_MOST = 0.9
"""The share of the paragraphs that the frame holds."""
_LEAST_SHARE = 0.5
"""The share of all paragraphs of the page below which the frame may be that of another article."""
_LEAST_OF_ARTICLES = 0.6
"""The same where it is in one of several `<article>`s: they may be the posts of one."""
_BESIDE_THE_POINT = ("nav", "aside", "footer", "dialog")
"""What is no article by its tag; one that was never closed may swallow it, and then the whole page tells."""
_LEAST_PROSE = 500.0
_MOST_AHEAD = 0.2
"""Paragraphs above the frame, to those in it, from which it may be an article below the page's own."""
_MOST_CELLS = 20
"""Cells beside the frame from which a page has a table that may be part of the article."""
_CELLS = frozenset({"td", "th"})
_MOST_LEFT = 0.05
"""What may be text beside the frame in its `<article>`, to the frame's own, from which it counts."""
_ARTICLES = ("article", "main")
_NO_TEXT = Region.COMMENTS | Region.AUTHOR | Region.TAGS | Region.SHARE | Region.META
PARAGRAPH = 60
"""Characters that a paragraph has at least."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The element that holds most paragraphs of a page."""

    element: HtmlElement
    home: HtmlElement
    """The parent of most paragraphs."""
    make: tuple[str, str, str]
    """The signature of most paragraphs."""
    other: int
    """The regions that are other parts: not what the paragraphs themselves stand in."""
    share: float
    """The share of all paragraphs of the page."""
    blocks: Sequence[Block]
    """What stands in it."""


def frame_of(blocks: Sequence[Block]) -> Frame | None:
    """Find the element that holds most paragraphs, and nine tenths of those near the most of them.

    None where there are few paragraphs, or they are all over the page.
    """
    prose = [(b, b.weight) for b in blocks if is_paragraph(b)]
    total = sum(size for _, size in prose)
    other = OTHER_PARTS & ~_common(prose, total)
    prose = [(b, size) for b, size in prose if not b.regions & other]
    make = heaviest((b.signature, size) for b, size in prose)
    home = heaviest((b.element.getparent(), size) for b, size in prose if b.signature == make)
    if make is None or home is None:
        return None
    article = next(home.iterancestors(*_ARTICLES), None)
    sizes: dict[HtmlElement, float] = defaultdict(float)
    near = 0.0
    for block, size in prose:
        above = list(block.element.iterancestors())
        if article is None or article in above:
            near += size
            for element in above:
                sizes[element] += size
    around = (e for e in (home, *home.iterancestors()) if e.tag != "blockquote")
    frame = next((e for e in around if sizes[e] >= _MOST * near), home)
    while article is not None and frame is not article and _starts_above(frame, article, prose):
        frame = cast("HtmlElement", frame.getparent())
    ahead = sum(size for _, size in _above(frame, prose))
    if frame.tag in {"body", "html"} or sizes[frame] < _LEAST_PROSE or ahead > _MOST_AHEAD * sizes[frame]:
        return None
    share = sizes[frame] / total
    found = Frame(frame, home, make, other, share, _inside(frame, blocks))
    return found if share >= _least_share(frame) and not _leaves_out(found, blocks) else None


def _leaves_out(frame: Frame, blocks: Sequence[Block]) -> bool:
    """Tell whether a table, lists or paragraphs stand beside a frame that may be the article's as well."""
    within = {frame.element: True}
    elsewhere = frame.other | _NO_TEXT
    beside = [b for b in blocks if _is_matter(b, elsewhere) and not is_within(b.element, within)]
    if sum(b.tag in _CELLS for b in beside) > _MOST_CELLS:
        return True
    around = dict.fromkeys(islice(frame.element.iterancestors(*_ARTICLES), 1), True)
    left = sum(b.weight for b in beside if is_within(b.element, around))
    return left > _MOST_LEFT * sum(b.weight for b in frame.blocks)


def _is_matter(block: Block, elsewhere: int) -> bool:
    if block.regions & elsewhere or block.link_share >= 0.5:
        return False
    return block.tag in _CELLS or block.tag == "li" or is_paragraph(block)


def _least_share(frame: HtmlElement) -> float:
    """Return the share of all paragraphs of the page that a frame must hold, by what is around it."""
    for element in (frame, *frame.iterancestors()):
        if element.tag in _BESIDE_THE_POINT:
            return inf
        if element.tag in _ARTICLES:
            parent = element.getparent()
            alone = parent is None or len(parent.findall("article")) < 2
            return _LEAST_SHARE if alone else _LEAST_OF_ARTICLES
    return _LEAST_SHARE


def _starts_above(frame: HtmlElement, article: HtmlElement, prose: Sequence[tuple[Block, float]]) -> bool:
    """Tell whether the article has a paragraph above the frame: a lede in an element of its own."""
    around = {article: True}
    return any(is_within(b.element, around) for b, _ in _above(frame, prose))


def _above(frame: HtmlElement, prose: Sequence[tuple[Block, float]]) -> Iterator[tuple[Block, float]]:
    within = {frame: True}
    return takewhile(lambda b: not is_within(b[0].element, within), prose)


def _inside(element: HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    known = {element: True}
    return [b for b in blocks if is_within(b.element, known)]


def is_paragraph(block: Block) -> bool:
    """Tell whether a block reads like a paragraph, and is no comment and no link."""
    return not block.regions & Region.COMMENTS and is_prose(block.text, PARAGRAPH) and block.link_share < 0.5


def _common(prose: Sequence[tuple[Block, float]], total: float) -> int:
    """Return the regions that most paragraphs stand in: what a theme called the article itself."""
    return sum(
        region
        for region in parts(OTHER_PARTS)
        if sum(size for b, size in prose if b.regions & region) > 0.6 * total
    )
