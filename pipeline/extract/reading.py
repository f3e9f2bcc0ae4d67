"""What was read as an article's body: lines, each with the block of the page that it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.blocks import Block
from pipeline.extract.strings import is_prose, key, weight
from pipeline.normalise import word_count
from pipeline.records import Dropped

Way = Literal["profile", "paragraphs", "trafilatura", "jsonld", "state", "offer"]


LIST_ITEM = "- "
"""Marks the items of lists in a reading; the text has them without it, as the page says them."""

MAX_DROPPED_TEXT = 500
"""Characters that are told of what was taken out."""
_OPENING = 16
"""Characters that a headline has at least."""


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
    why: str = ""
    """What speaks for this reading, in words."""

    @property
    def size(self) -> float:
        """How much text there is, by the weight of its characters."""
        return sum(weight(line.text) for line in self.lines)

    @property
    def words(self) -> int:
        """How many words there are, as `pipeline.normalise.word_count` counts."""
        return sum(word_count(line.text) for line in self.lines)

    @property
    def worth(self) -> float:
        """How much of an article there is (see `worth_of`)."""
        return worth_of([line.text for line in self.lines])


def as_line(block: Block) -> str:
    """Return the text of a block as a line: what stands in a list begins with "- "."""
    in_list = any(e.tag == "li" for e in (block.element, *block.element.iterancestors()))
    return LIST_ITEM + block.text if in_list else block.text


def prose_of(lines: Iterable[str], least: int = 60) -> float:
    """Return the weight of those lines that read like paragraphs of at least that weight."""
    return sum(weight(line) for line in lines if is_prose(line, least))


def is_cut_off(text: str) -> bool:
    """Tell whether a line ends in an ellipsis, as teasers do."""
    return text.endswith(("…", "...", "[…]", "[...]"))


def worth_of(lines: Sequence[str]) -> float:
    """Return how much of an article lines hold: their prose, and of the rest no more than goes with it.

    Tables of figures and lists of links are long without being an article.
    """
    prose = prose_of(lines)
    return prose + min(0.5 * (sum(map(weight, lines)) - prose), prose + 300)


def place(lines: Sequence[str], blocks: Sequence[Block]) -> list[Line]:
    """Find the block of the page that each line is: of several alike, the next one after the last found.

    The lines before the first paragraph stand as near to it as they can: a page says its headline often.
    """
    index: dict[str, deque[Block]] = {}
    openings: dict[str, list[tuple[str, Block]]] = {}
    for block in blocks:
        words = key(block.text)
        index.setdefault(words, deque()).append(block)
        if len(words) >= _OPENING and block.link_share > 0.5:
            openings.setdefault(words[:_OPENING], []).append((words, block))
    keys = [key(line) for line in lines]
    head = _place_head(keys, index)
    placed, last = [Line(line, block) for line, block in zip(lines, head, strict=False)], -1
    for line, words in zip(lines[len(head) :], keys[len(head) :], strict=True):
        known = index.get(words)
        while known is not None and len(known) > 1 and known[0].index <= last:
            known.popleft()
        found = known[0] if known else _headline(words, openings, last)
        if found is not None:
            last = max(last, found.index)
        placed.append(Line(line, found))
    return placed


def _headline(words: str, openings: Mapping[str, Sequence[tuple[str, Block]]], last: int) -> Block | None:
    """Return the linked heading that begins a line of several blocks: a teaser in a list."""
    known = openings.get(words[:_OPENING], ())
    return next((b for opening, b in known if b.index > last and words.startswith(opening)), None)


def _place_head(keys: Sequence[str], index: Mapping[str, Sequence[Block]]) -> list[Block | None]:
    """Place the lines before the first paragraph that the page has once, from there backwards."""
    anchors = (
        (i, index[k][0].index) for i, k in enumerate(keys) if len(k) > 80 and len(index.get(k, ())) == 1
    )
    position, before = next(anchors, (0, 0))
    found: list[Block | None] = []
    for words in reversed(keys[:position]):
        known = index.get(words, ())
        block = next((b for b in reversed(known) if b.index < before), known[0] if known else None)
        before = min(before, block.index) if block is not None else before
        found.append(block)
    return found[::-1]
