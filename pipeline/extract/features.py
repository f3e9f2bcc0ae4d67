"""What is told of each block in a frame, in figures: its place, its make and its neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache

from pipeline.extract.blocks import Block
from pipeline.extract.frame import PARAGRAPH, Frame, is_paragraph
from pipeline.extract.regions import OTHER_PARTS, Region, parts
from pipeline.extract.strings import ends_sentence, is_prose

_TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "div", "td", "pre", "blockquote", "figcaption", "span", "section",
    "article", "dd", "dt", "header", "button",
)  # fmt: skip
_PARENTS = (
    "div", "ul", "ol", "dl", "blockquote", "section", "article", "td", "main", "aside", "header", "figure",
    "a", "body",
)  # fmt: skip
_TAG = {tag: float(n) for n, tag in enumerate(_TAGS)}
_PARENT = {tag: float(n) for n, tag in enumerate(_PARENTS)}
_MEANT = Region.AUTHOR | Region.SHARE | Region.TAGS | Region.META | Region.SOURCE | Region.HEADER
_NAMED = parts(OTHER_PARTS | _MEANT)
_FAR = 60
"""Blocks from which a place is simply far away."""
_LONG = 2000.0
"""The weight from which a text is simply long."""

_OF_MANY = ("blocks", "text", "linked", "prose")
_OF_ONE = ("weight", "prose", "linked", "item", "alike")
FEATURES = (
    "tag", "parent", "in the home", "in the frame", "by the home", "by the frame",
    "from the first", "to the last", "behind a paragraph", "before a paragraph", "leads",
    "of all before", "of all text before", "apart",
    *(f"called {name.lower()}" for name, region in vars(Region).items() if region in _NAMED),
    "weight", "prose", "linked", "sentence", "colon", "links", "of the make", "times", "children",
    *(f"its make: {what}" for what in _OF_MANY), *(f"its parent: {what}" for what in _OF_MANY),
    *(f"before: {what}" for what in _OF_ONE), *(f"behind: {what}" for what in _OF_ONE),
)  # fmt: skip
"""The columns of `features_of`: places are counted in blocks, texts by weight; the rest are shares or flags.

`its make` are the blocks of one signature, `before` and `behind` the neighbours.
"""

Row = list[float]
_NO_NEIGHBOUR = (0.0,) * 5


def features_of(frame: Frame) -> list[Row]:
    """Return a row of `FEATURES` for each block of a frame."""
    blocks = frame.blocks
    own = [[min(b.weight, _LONG), float(is_prose(b.text, PARAGRAPH)), b.link_share] for b in blocks]
    total = sum(size for size, _, _ in own) or 1.0
    makes = _shared([b.signature for b in blocks], own, total)
    parents = _shared([b.element.getparent() for b in blocks], own, total)
    places = _places(frame)
    times = Counter(b.text for b in blocks)
    above = 0.0
    rows = []
    for n, block in enumerate(blocks):
        before, behind = _neighbour(blocks, own, n, n - 1), _neighbour(blocks, own, n, n + 1)
        passed = [n / len(blocks), above / total]
        above += own[n][0]
        said = [
            *own[n],
            float(ends_sentence(block.text)),
            float(block.text.endswith((":", "："))),
            float(len(block.links)),
            float(block.signature == frame.make),
            float(times[block.text]),
            float(len(block.element)),
        ]
        rows.append(
            [
                *places[n],
                *passed,
                *_called(block.regions, frame.other),
                *said,
                *makes[n],
                *parents[n],
                *before,
                *behind,
            ]
        )
    return rows


def _places(frame: Frame) -> list[Row]:
    """Say where each block stands to the home, to the frame and to the paragraphs of their make."""
    blocks = frame.blocks
    sure = [n for n, b in enumerate(blocks) if b.signature == frame.make and is_paragraph(b)]
    first, last = (sure[0], sure[-1]) if sure else (len(blocks), -1)
    since = _distances(sure, range(len(blocks)))
    until = _distances(sure, range(len(blocks) - 1, -1, -1))[::-1]
    rows = []
    for n, block in enumerate(blocks):
        parent = block.element.getparent()
        above = parent.getparent() if parent is not None else None
        around = (parent is frame.home, parent is frame.element, above is frame.home, above is frame.element)
        rows.append([
            _TAG.get(block.tag, len(_TAGS)),
            _PARENT.get(block.signature[1], len(_PARENTS)),
            *map(float, around),
            float(max(-_FAR, min(_FAR, n - first))),
            float(max(-_FAR, min(_FAR, last - n))),
            since[n],
            until[n],
            float(block.is_heading and until[n] <= 2),
        ])  # fmt: skip
    return rows


def _distances(sure: Sequence[int], places: Iterable[int]) -> Row:
    """Return how far the nearest of `sure` is behind each place, on the way through the places."""
    known = set(sure)
    found, distance = [], _FAR
    for n in places:
        distance = min(distance + 1, _FAR)
        found.append(float(distance))
        if n in known:
            distance = 0
    return found


@lru_cache(maxsize=1024)
def _called(regions: int, other: int) -> tuple[float, ...]:
    """Say what a block and all around it are called, but for what the paragraphs themselves stand in."""
    called = regions & (other | _MEANT)
    return (float(bool(called & other)), *(float(bool(called & region)) for region in _NAMED))


def _shared(names: Sequence[Hashable], own: Sequence[Row], total: float) -> list[Row]:
    """Say what the blocks of one name are together, for each block: how many, their part of all text ..."""
    sums: dict[Hashable, Row] = defaultdict(lambda: [0.0] * 4)
    for name, (size, prose, linked) in zip(names, own, strict=True):
        known = sums[name]
        known[0] += 1
        known[1] += size
        known[2] += size * linked
        known[3] += prose
    shares = {
        name: [min(count, _FAR), size / total, linked / (size or 1), prose / count]
        for name, (count, size, linked, prose) in sums.items()
    }
    return [shares[name] for name in names]


def _neighbour(blocks: Sequence[Block], own: Sequence[Row], n: int, other: int) -> Sequence[float]:
    if not 0 <= other < len(blocks):
        return _NO_NEIGHBOUR
    near = blocks[other]
    return [*own[other], float(near.tag == "li"), float(near.signature == blocks[n].signature)]
