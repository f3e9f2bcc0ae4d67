"""What kind of block a block is by its place among the paragraphs, and how often its kind is in the text.

The rates (`kinds.tsv`) are how often the general reading of saved pages has blocks of a kind; they are made
by `benchmarks/fit_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.extract.blocks import Block
from pipeline.extract.frame import PARAGRAPH, Frame, is_paragraph
from pipeline.extract.strings import is_prose

TABLE = Path(__file__).with_name("kinds.tsv")
KEPT = 0.45
"""The rate from which blocks of a kind are kept: what is too much can still be taken out by `clean`."""


class Kind(NamedTuple):
    """What decides about a block: its tag and place in the frame, its make, and what is beside it."""

    tag: str
    place: str
    alike: bool
    """It is of the make of most paragraphs."""
    apart: bool
    """What is around it is called another part of the page."""
    linked: bool
    prose: bool
    inside: bool
    """Paragraphs stand before and behind it."""
    leads: bool
    """It is a sub-head right above a paragraph."""


def kinds_of(frame: Frame) -> list[tuple[Block, Kind]]:
    """Return the blocks within the frame, each with its kind."""
    inner = frame.blocks
    sure = [n for n, b in enumerate(inner) if b.signature == frame.make and is_paragraph(b)]
    first, last = (sure[0], sure[-1]) if sure else (len(inner), -1)
    below = {n - 1 for n in sure} | {n - 2 for n in sure}
    found = []
    for n, block in enumerate(inner):
        tag = _tag_of(block)
        kind = Kind(
            tag,
            _place_of(block, tag, frame),
            block.signature == frame.make,
            bool(block.regions & frame.other),
            block.link_share >= 0.5,
            is_prose(block.text, PARAGRAPH),
            first <= n <= last,
            tag == "h" and n in below,
        )
        found.append((block, kind))
    return found


def _tag_of(block: Block) -> str:
    """Return what a block is by its tag and its parent's: p, li, h, h1, quote or other."""
    parent = block.signature[1]
    if block.tag == "li" or (block.tag == "p" and parent == "li"):
        return "li"
    if block.is_heading:
        return "h"
    if block.tag == "blockquote" or parent == "blockquote":
        return "quote"
    return block.tag if block.tag in {"p", "h1"} else "other"


def _place_of(block: Block, tag: str, frame: Frame) -> str:
    """Say how a block stands to the paragraphs: beside them, in an element beside them, or deeper."""
    around = [frame.home, frame.element]
    parent = block.element.getparent()
    if parent is not None and tag == "li" and block.tag != "li":
        parent = parent.getparent()
    if any(parent is e for e in around):
        return "beside"
    above = parent.getparent() if parent is not None else None
    return "in one beside" if any(above is e for e in around) else "deeper"


def rate_of(kind: Kind) -> float:
    """Return how often a block of a kind is in the text; a hardly known one may be where paragraphs are."""
    known = rates().get(kind)
    if known is not None:
        return known
    return 0.5 if (kind.prose or kind.inside) and not (kind.apart or kind.linked) else KEPT


@cache
def rates() -> Mapping[Kind, float]:
    """Return how often a block of each kind is in the text."""
    found = {}
    for row in TABLE.read_text("utf-8").splitlines()[1:]:
        tag, place, *marks, _, rate = row.split("\t")
        found[Kind(tag, place, *(m == "yes" for m in marks))] = float(rate)
    return found
