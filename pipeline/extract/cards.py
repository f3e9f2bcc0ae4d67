"""Cards of other stories that outweigh the article above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.blocks import Block
from pipeline.extract.listing import is_headline_link
from pipeline.extract.reading import MAX_DROPPED_TEXT, Reading, is_cut_off, prose_of
from pipeline.extract.regions import Region
from pipeline.records import Dropped

_LEAST_CARDS = 3
_LEAST_PROSE = 150.0
"""A page with less than this of paragraphs beside the cards is a list of them."""


def without_cards(reading: Reading, blocks: Sequence[Block]) -> Reading:
    """Leave out of a reading what stands in a part called related, where it is made of cards.

    They have a linked headline and a teaser that is cut off, at least three of each. Below a short text the
    cards are most of the page, so that no share of the text tells which of the two is meant.
    """
    inside = [line for line in reading.lines if _is_related(line.block)]
    teasers = sum(is_cut_off(line.text.rstrip()) for line in inside)
    if teasers < _LEAST_CARDS or _headlines(blocks) < _LEAST_CARDS:
        return reading
    beside = tuple(line for line in reading.lines if not _is_related(line.block))
    if prose_of(line.text for line in beside) < _LEAST_PROSE:
        return reading
    dropped = (Dropped(line.text[:MAX_DROPPED_TEXT], "related") for line in inside)
    return replace(reading, lines=beside, dropped=(*reading.dropped, *dropped))


def _is_related(block: Block | None) -> bool:
    return block is not None and bool(block.regions & Region.RELATED)


def _headlines(blocks: Sequence[Block]) -> int:
    return sum(_is_related(block) and is_headline_link(block) for block in blocks)
