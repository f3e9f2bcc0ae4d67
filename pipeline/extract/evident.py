"""The body of a page that says plainly where it is: one element holds most of its paragraphs.

Most articles are like that, and need none of the searching that `general` does. What a block in that element
is worth is told by its kind. Where too much of the text is of kinds that are in doubt, nothing is evident.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from pipeline.extract.frame import Frame
from pipeline.extract.kinds import KEPT, kinds_of, rate_of
from pipeline.extract.reading import Line, Reading, as_line
from pipeline.extract.strings import weight
from pipeline.extract.tree import HIDING

_LEAST_SHARE = 0.6
"""The share of all paragraphs of the page from which the frame alone is believed."""
_MOST_DOUBT = 0.06
"""The part of the text that may be wrong, as far as the kinds of its blocks tell."""
_UNREADABLE = frozenset({"td", "th", "pre"})
"""What a line is made of in ways that a block does not show."""


def evident_reading(frame: Frame) -> Reading | None:
    """Read the body of a page whose blocks leave little doubt about it; None of any other."""
    if frame.share < _LEAST_SHARE:
        return None
    lines, size, doubt = [], 0.0, 0.0
    for block, kind in kinds_of(frame):
        if not kind.apart and _UNREADABLE & {block.tag, block.signature[1]}:
            return None
        rate, worth = rate_of(kind), weight(block.text)
        doubt += worth * min(rate, 1 - rate)
        if rate > KEPT:
            size += worth
            lines.append(Line(as_line(block), block))
    if not size or doubt > _MOST_DOUBT * size or _are_hidden(lines):
        return None
    why = f"one element holds {frame.share:.0%} of the paragraphs, {doubt / size:.1%} of the text is in doubt"
    return Reading(tuple(lines), "paragraphs", why=why)


def _are_hidden(lines: Iterable[Line]) -> bool:
    """Tell whether any of the lines is not shown, by the attributes of what it stands in."""
    asked: set[HtmlElement] = set()
    for line in lines:
        element = line.block.element if line.block is not None else None
        while element is not None and element not in asked:
            asked.add(element)
            if _hides(element):
                return True
            element = element.getparent()
    return False


def _hides(element: HtmlElement) -> bool:
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true":
        return True
    style = get("style")
    return style is not None and HIDING.search(style) is not None
