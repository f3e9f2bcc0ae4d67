"""What a reading passed over between its own lines: items of lists, quotations, paragraphs of further boxes.

Both ways of reading judge each line by itself. What they left out is judged once more by what they kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.blocks import POSTED, Block
from pipeline.extract.known import PARAGRAPH, Known, known_of, list_of, make_of
from pipeline.extract.reading import Line, Reading, as_line
from pipeline.extract.strings import is_prose, key
from pipeline.extract.subheads import is_sub_head, is_title_of_part

_LEAST_LINES = 3
_NEAR = 4
"""Blocks below a sub-head in which the text stands that it is of."""
_OPENING = 24
"""Characters that two versions of one line begin or end with alike."""
_QUOTATION = 30
"""Characters that a quotation has at least."""
_MOST_OTHER = 3
"""Blocks behind the last line that may be anything else before the text goes on."""


def with_missed(reading: Reading, blocks: Sequence[Block]) -> Reading:
    """Add to a reading what stands between its lines or right behind them, and is made or placed as they are.

    Nothing is added that it has in another cut: whatever begins or ends like a line of it. `clean` judges
    what is added as any other line.
    """
    placed = [line.block for line in reading.lines if line.block is not None]
    if len(placed) < _LEAST_LINES:
        return reading
    missed = _missed(known_of(placed), blocks)
    new = list(_new(missed, reading)) if missed else []
    return replace(reading, lines=tuple(_woven(reading.lines, new))) if new else reading


def _missed(known: Known, blocks: Sequence[Block]) -> list[Block]:
    first, last = min(known.kept), max(known.kept)
    near = [b for b in blocks if first - 1 <= b.index <= last]
    found, titles = [], []
    for n, block in enumerate(near):
        behind = near[n + 1 : n + 1 + _NEAR]
        if block.index in known.kept:
            continue
        if _belongs(block, behind, known, first):
            found.append(block)
        elif is_title_of_part(block, behind, known):
            titles.append(block)
    times = Counter(map(make_of, titles))
    found += [block for block in titles if times[make_of(block)] > 1]
    found += _behind((b for b in blocks if b.index > last), known)
    return sorted(found, key=lambda block: block.index)


def _belongs(block: Block, behind: Sequence[Block], known: Known, first: int) -> bool:
    """Tell whether a block is text or a sub-head; above the first line, only one that others are like is."""
    if block.index < first:
        return make_of(block) in known.sub_heads and is_sub_head(block, behind, known)
    return _is_text(block, known) or is_sub_head(block, behind, known)


def _behind(blocks: Iterable[Block], known: Known) -> list[Block]:
    """Return what the text goes on with right behind its last line."""
    found, other = [], 0
    for block in blocks:
        if _goes_on(block, known):
            found.append(block)
        elif (other := other + 1) > _MOST_OTHER:
            break
    return found


def _goes_on(block: Block, known: Known) -> bool:
    """Tell whether a block is an item of a list of the home, or a paragraph of a box beside it."""
    if (around := list_of(block)) is not None:
        return _is_item(block, known) and around.getparent() is known.home
    box = block.element.getparent()
    if known.home is None or box is None or box.getparent() is not known.home.getparent():
        return False
    styled = known.style[1] != "" and (block.tag, block.element.get("class") or "") == known.style
    return (styled or _is_alike(block, known)) and _is_paragraph(block, known)


def _is_text(block: Block, known: Known) -> bool:
    if block.is_heading:
        return False
    if list_of(block) is not None:
        return _is_item(block, known)
    if _is_alike(block, known):
        return _is_paragraph(block, known)
    return _is_quote(block, known) and _is_paragraph(block, known, _QUOTATION)


def _is_paragraph(block: Block, known: Known, least: int = PARAGRAPH) -> bool:
    return not block.regions & known.other and block.link_share < 0.5 and is_prose(block.text, least)


def _is_item(block: Block, known: Known) -> bool:
    """Tell whether a block is an item of a list that is read in part, or stands beside paragraphs.

    One that is a link is only where the list is read and it leads to another site.
    """
    around = list_of(block)
    if around is None or block.regions & known.other:
        return False
    if block.link_share < 0.5:
        return around in known.lists or around.getparent() in known.homes
    return around in known.lists and not any(link.internal or link.href is None for link in block.links)


def _is_quote(block: Block, known: Known) -> bool:
    """Tell whether a block is a quotation beside the paragraphs, perhaps in a box or figure of its own."""
    around = block.element if block.tag == "blockquote" else block.element.getparent()
    if around is None or around.tag != "blockquote" or known.home is None:
        return False
    if POSTED.search(around.get("class") or ""):
        return False
    box = around.getparent()
    if box is None or box is known.home:
        return box is not None
    return known.is_like_home(box) or (box.tag == "figure" and box.getparent() is known.home)


def _is_alike(block: Block, known: Known) -> bool:
    """Tell whether a block is made like the article's paragraphs, in another box of the same name."""
    box = block.element.getparent()
    return make_of(block) == known.make and box is not None and known.is_like_home(box)


def _new(missed: Sequence[Block], reading: Reading) -> Iterator[Block]:
    """Yield the blocks that are not in the reading already, whole or as a part of its lines."""
    lines = {key(line.text) for line in reading.lines}
    unplaced = "\n".join(key(line.text) for line in reading.lines if line.block is None)
    have = "\n".join(lines)
    for block in missed:
        words = key(block.text)
        if not words or words in lines or words in unplaced:
            continue
        if len(words) < 3 * _OPENING or (words[:_OPENING] not in have and words[-_OPENING:] not in have):
            yield block


def _woven(lines: Sequence[Line], missed: Sequence[Block]) -> Iterator[Line]:
    """Put each block before the first line that stands behind it on the page."""
    waiting = list(reversed(missed))
    for line in lines:
        while waiting and line.block is not None and waiting[-1].index < line.block.index:
            block = waiting.pop()
            yield Line(as_line(block), block)
        yield line
    for block in reversed(waiting):
        yield Line(as_line(block), block)
