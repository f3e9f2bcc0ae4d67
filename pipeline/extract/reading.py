"""What was read as an article's body: lines, each with the block of the page that it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.blocks import Block
from pipeline.extract.strings import is_prose, key, weight
from pipeline.records import Dropped

Way = Literal["profile", "trafilatura", "jsonld", "state", "offer"]


LIST_ITEM = "- "
"""Marks the items of lists in a reading; the text has them without it, as the page says them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the reading and the block of the page that it is, where that is known."""

    text: str
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of the body, and which way of reading gave them."""

    lines: tuple[Line, ...]
    way: Way
    dropped: tuple[Dropped, ...] = ()
    """Lines that another way of reading had."""

    @property
    def size(self) -> float:
        """How much text there is, by the weight of its characters."""
        return sum(weight(line.text) for line in self.lines)

    @property
    def worth(self) -> float:
        """How much of an article there is (see `worth_of`)."""
        return worth_of([line.text for line in self.lines])


def worth_of(lines: Sequence[str]) -> float:
    """Return how much of an article lines hold: their prose, and of the rest no more than goes with it.

    Tables of figures and lists of links are long without being an article.
    """
    prose = sum(weight(line) for line in lines if is_prose(line, 60))
    return prose + min(0.5 * (sum(map(weight, lines)) - prose), prose + 300)


def place(lines: Sequence[str], blocks: Sequence[Block]) -> list[Line]:
    """Find the block of the page that each line is: of several alike, the next one after the last found."""
    index: dict[str, deque[Block]] = {}
    for block in blocks:
        index.setdefault(key(block.text), deque()).append(block)
    placed, last = [], -1
    for line in lines:
        known = index.get(key(line))
        while known is not None and len(known) > 1 and known[0].index <= last:
            known.popleft()
        found = known[0] if known else None
        if found is not None:
            last = max(last, found.index)
        placed.append(Line(line, found))
    return placed
