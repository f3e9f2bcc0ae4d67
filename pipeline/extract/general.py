"""The body of any page: what a permissive and a precise run of trafilatura agree on."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from pipeline.extract import tree
from pipeline.extract.accelerate import Focus, Runs, runs_over
from pipeline.extract.blocks import Block
from pipeline.extract.reading import Line, Reading, place, worth_of
from pipeline.extract.regions import OTHER_PARTS, Region
from pipeline.extract.strings import cjk_share, heaviest, is_prose, key, squash, weight
from pipeline.records import Dropped

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page that has no text

_BLOB = 1500
"""Characters above which a line beside the body is a part of the page that was read as one."""
_THIN = 0.6
"""A reading with less than this share of the page's paragraphs is doubted."""
_LEAST_EXTRACTED = 250
"""Characters below which trafilatura tries its other ways of reading."""
_LEAST_CJK = 80
_STAND_INS = {0x200C: "\U00010a7f", 0x200D: "\U0001091f"}
"""For the two joiners, signs of scripts that no news is written in: trafilatura takes joiners for control
characters and drops them, and with them the spelling of Persian and of the scripts of India."""


def general_reading(root: HtmlElement, blocks: Sequence[Block]) -> Reading:
    """Read the body of any page: what a permissive and a precise run of trafilatura agree on.

    The permissive run gives the lines. One that the precise run does not have stays only if it reads like
    a paragraph, or is a sub-head. `root` is changed: it loses what is never an article.
    """
    tree.slim(root)
    if any("\u200c" in block.text or "\u200d" in block.text for block in blocks):
        tree.spell(root, _STAND_INS)
    least = _LEAST_CJK if _is_cjk(blocks) else _LEAST_EXTRACTED
    runs = runs_over(root, least)
    permissive, precise = _lines_of(runs, "recall"), _lines_of(runs, "precision")
    reading = _merge(_with_missed(place(permissive, blocks), place(precise, blocks)), precise)
    if reading.worth < 0.9 * worth_of(precise):
        reading = Reading(tuple(place(precise, blocks)), "trafilatura")
    if reading.size < _THIN * _page_prose(blocks):
        balanced = Reading(tuple(place(_lines_of(runs, "balanced"), blocks)), "trafilatura")
        if balanced.worth > 1.3 * reading.worth:
            reading = balanced
    return _with_siblings(reading, blocks)


def _with_siblings(reading: Reading, blocks: Sequence[Block]) -> Reading:
    """Add paragraphs of the same make that stand in containers which the reading passed over.

    Some sites cut a body into several containers, of which one is read. It takes three paragraphs with the
    parent's tag and names of most of the text, a third of the text more, and none of it in other parts.
    """
    shapes: Counter[tuple[str, str, str]] = Counter()
    for line in reading.lines:
        if line.block is not None:
            shapes[line.block.signature] += len(line.text)
    if not shapes:
        return reading
    shape, size = shapes.most_common(1)[0]
    if size < 0.6 * sum(len(line.text) for line in reading.lines):
        return reading
    have = {key(line.text) for line in reading.lines}
    home = Counter(
        tree.article_around(line.block.element) for line in reading.lines if line.block is not None
    ).most_common(1)[0][0]
    missing = [
        Line(b.text, b)
        for b in blocks
        if b.signature == shape
        and tree.article_around(b.element) is home
        and is_prose(b.text)
        and not b.regions & OTHER_PARTS
        and b.link_share < 0.5
        and key(b.text) not in have
    ]
    if len(missing) < 3 or sum(len(line.text) for line in missing) < 0.35 * size:
        return reading
    return Reading(tuple(_in_order([*reading.lines, *missing])), reading.way, reading.dropped)


def _with_missed(permissive: Sequence[Line], precise: Sequence[Line]) -> list[Line]:
    """Add the lines of the precise run that the permissive one lacks, among its lines or of their make.

    Where a text is short the runs choose frames of their own, and sub-heads or paragraphs are in one alone.
    """
    have = "\n".join(key(line.text) for line in permissive)
    placed = [line.block for line in permissive if line.block is not None]
    if not placed:
        return list(permissive)
    first, last = min(b.index for b in placed), max(b.index for b in placed)
    shapes = {b.signature for b in placed}
    missed = [
        line
        for line in precise
        if (block := line.block) is not None
        and (first < block.index < last or (block.signature in shapes and is_prose(line.text)))
        and not block.regions & OTHER_PARTS
        and key(line.text) not in have
    ]
    return _in_order([*permissive, *missed]) if missed else list(permissive)


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """Sort lines by their place on the page; one of unknown place stays behind the one before it."""
    places, last = [], -1
    for line in lines:
        last = line.block.index if line.block is not None else last
        places.append(last)
    return [
        line for _, _, line in sorted(zip(places, range(len(lines)), lines, strict=True), key=lambda t: t[:2])
    ]


def _merge(permissive: Sequence[Line], precise: Sequence[str]) -> Reading:
    agreed = {key(line) for line in precise}
    places = [i for i, line in enumerate(permissive) if key(line.text) in agreed]
    trusted = sum(weight(permissive[i].text) for i in places) >= 0.25 * sum(
        weight(line.text) for line in permissive
    )
    first, last = (places[0], places[-1]) if places and trusted else (-1, len(permissive))
    shapes = {line.block.signature for i in places if (line := permissive[i]).block is not None}
    home = _home([permissive[i] for i in places])
    kept: list[Line] = []
    missing: set[int] = set()
    for position, line in enumerate(permissive):
        within = first < position < last
        near = within or (
            line.block is not None and _is_near(position, first, last) and len(line.text) < _BLOB
        )
        alike = line.block is not None and line.block.signature in shapes
        wanted = (
            (within and (_belongs(line, home) or (alike and is_prose(line.text))))
            or ((near or alike or _are_siblings(line, kept)) and _stands_alone(line))
            or _is_item_below(line, kept)
        )
        if wanted or key(line.text) in agreed:
            kept.append(line)
        else:
            missing.add(position)
    gone = {n for n in missing if n == 0 or n + 1 in missing or not _is_sentence(permissive[n], shapes)}
    lines = tuple(line for n, line in enumerate(permissive) if n not in gone)
    dropped = (Dropped(permissive[n].text, "not in the precise reading") for n in sorted(gone))
    return Reading(lines, "trafilatura", tuple(dropped))


def _is_sentence(line: Line, shapes: Collection[tuple[str, str, str]]) -> bool:
    """Tell whether a line is a sentence in an element of the same make as the paragraphs."""
    block = line.block
    return block is not None and block.signature in shapes and not block.links and is_prose(line.text, 30)


def _are_siblings(line: Line, kept: Sequence[Line]) -> bool:
    """Tell whether a line stands beside the last paragraph that was kept."""
    before = kept[-1].block if kept and is_prose(kept[-1].text) else None
    return (
        line.block is not None
        and before is not None
        and line.block.element.getparent() is before.element.getparent()
    )


def _is_item_below(line: Line, kept: Sequence[Line]) -> bool:
    """Tell whether a line is an item of the list that the last kept line introduces or is an item of."""
    before = kept[-1].block if kept else None
    if line.block is None or before is None or before.element.tag not in {"p", "li"}:
        return False
    if line.block.element.tag != "li" or line.block.link_share > 0.5 or line.block.regions & OTHER_PARTS:
        return False
    around, own = before.element.getparent(), line.block.element.getparent()
    if before.element.tag == "li":
        return around is own
    return before.text.endswith((":", "：")) and own is not None and own.getparent() is around


def _page_prose(blocks: Sequence[Block]) -> float:
    """Return the weight of all that reads like a paragraph on the page and stands in no other part of it."""
    return sum(
        b.weight
        for b in blocks
        if b.tag in {"p", "div", "span", "li", "blockquote"}
        and not b.regions & Region.COMMENTS
        and b.link_share < 0.5
        and is_prose(b.text, 100)
    )


def _is_cjk(blocks: Sequence[Block]) -> bool:
    return cjk_share("".join(b.text for b in blocks[:400])) > 0.25


def _is_near(position: int, first: int, last: int) -> bool:
    return first - 3 <= position <= last + 3


def _home(lines: Sequence[Line]) -> HtmlElement | None:
    """Return the element whose own children hold most of the text."""
    return heaviest(
        (line.block.element.getparent(), len(line.text)) for line in lines if line.block is not None
    )


def _belongs(line: Line, home: HtmlElement | None) -> bool:
    """Tell whether a line between two that are sure is no link and in no other part of the page.

    Beside the paragraphs, a sub-head and a line of its own may be links.
    """
    if line.block is None:
        return line.text.startswith("|")  # a row of a table
    if line.block.element.getparent() is home and (
        line.block.is_heading or not line.block.regions & OTHER_PARTS
    ):
        return True
    return line.block.link_share < 0.5 and not line.block.regions & OTHER_PARTS


def _stands_alone(line: Line) -> bool:
    if line.block is not None and line.block.link_share > 0.6:
        return False
    if line.block is not None and line.block.is_heading:
        return True
    return is_prose(line.text, 60)


def _lines_of(runs: Runs, focus: Focus) -> list[str]:
    """Return the lines that a run gives; a table's row of one cell lays out a page and is no row."""
    text = runs.text(focus)
    for joiner, sign in _STAND_INS.items():
        text = text.replace(sign, chr(joiner))
    return [_out_of_its_cell(line) for part in text.splitlines() if (line := squash(part))]


def _out_of_its_cell(line: str) -> str:
    if not line.startswith("|"):
        return line
    cells = [cell.strip() for cell in line.split("|") if cell.strip()]
    return cells[0] if len(cells) == 1 else line
