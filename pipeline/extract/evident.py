"""The body of a page that says plainly where it is: one element holds most of its paragraphs.

Most articles are like that, and need none of the searching that `general` does. How likely each block in it
is part of the text is told by its place, its make and its neighbours. Where too much is in doubt, nothing is
evident.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from pipeline.extract.features import features_of
from pipeline.extract.forest import likelihoods
from pipeline.extract.frame import Frame, is_paragraph
from pipeline.extract.reading import Line, Reading, as_line
from pipeline.extract.tree import is_styled_away, is_within

_LEAST_SHARE = 0.6
"""The share of all paragraphs of the page from which the frame alone is believed."""
_KEPT = 0.52
"""The likelihood from which a block is kept: what is too much can still be taken out by `clean`."""
_HARDLY = 0.2
"""The likelihood up to which a paragraph above all others is none of the text's."""
_MOST_DOUBT = 0.12
"""The part of the text that may be wrong, as far as its blocks tell."""
_UNREADABLE = ("td", "th", "pre")
"""What a line is made of in ways that a block does not show."""


def evident_reading(frame: Frame) -> Reading | None:
    """Read the body of a page whose blocks leave little doubt about it; None of any other."""
    if frame.share < _LEAST_SHARE or _has_unreadable(frame):
        return None
    lines, size, doubt = [], 0.0, 0.0
    begun = False
    for block, likely in zip(frame.blocks, _likelihoods(frame), strict=True):
        worth = block.weight
        doubt += worth * min(likely, 1 - likely)
        if likely > _KEPT:
            size += worth
            lines.append(Line(as_line(block), block))
            begun = begun or is_paragraph(block)
        elif not begun and likely > _HARDLY and is_paragraph(block) and not block.regions & frame.other:
            return None  # it may be the lede
    if not size or doubt > _MOST_DOUBT * size or _are_hidden(lines):
        return None
    why = f"one element holds {frame.share:.0%} of the paragraphs, {doubt / size:.1%} of the text is in doubt"
    return Reading(tuple(lines), "paragraphs", why=why)


def _likelihoods(frame: Frame) -> list[float]:
    """Return how likely each block is part of the text; what is called another part of the page never is."""
    found = likelihoods(features_of(frame))
    return [
        min(likely, 0.5) if block.regions & frame.other else likely
        for block, likely in zip(frame.blocks, found, strict=True)
    ]


def _has_unreadable(frame: Frame) -> bool:
    """Tell whether text in the frame stands in a cell of a table or in a listing of a program."""
    within = {**dict.fromkeys(frame.element.iter(*_UNREADABLE), True), frame.element: False}
    return len(within) > 1 and any(is_within(block.element, within) for block in frame.blocks)


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
    return get("hidden") is not None or get("aria-hidden") == "true" or is_styled_away(element)
