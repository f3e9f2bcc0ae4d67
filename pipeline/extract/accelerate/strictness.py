"""Whether a precise run would extract what a permissive one does: then it need not be made.

It follows what `trafilatura.main_extractor` and `trafilatura.htmlprocessing` do otherwise for precision, of
the version that `pipeline.extract.accelerate` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import takewhile
from typing import cast

from lxml.etree import XPath, _Element
from trafilatura import xpaths

_STAYS = (
    "p", "div", "section", "article", "main", "body", "ul", "ol", "dl", "li", "dt", "dd", "table", "tr", "td",
    "th", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
"""Elements that the conversion of a tree leaves in their place, though it may rename them."""


_paragraphs = cast("Callable[[_Element], list[str]]", XPath("//p//text()", smart_strings=False))


@dataclass(slots=True)
class Strictness:
    """What a precise run would do otherwise than the permissive run that is watched."""

    differs: bool = False
    robbed: set[_Element] = field(default_factory=set)
    """The elements around text that a precise run drops with an empty element before it."""
    lost: int = 0
    """Characters of that text."""

    def see_empty(self, elements: Sequence[_Element]) -> None:
        """Note what is lost with empty elements, which a precise run takes out with their tails."""
        for element in elements:
            if _tail_matters(element):
                self.lost += len(element.tail or "")
                around = element.iterancestors(*_STAYS)
                self.robbed.update(takewhile(lambda e: e not in self.robbed, around))

    def see_paragraphs(self, frame: _Element, least: int) -> None:
        """Compare the paragraphs of the tree with what keeps a run from reading containers as paragraphs."""
        size = sum(map(len, _paragraphs(frame)))
        self.differs = self.differs or least <= size < 3 * least or size - self.lost < least <= size

    def see_frame(self, frame: _Element) -> None:
        """Look for what a precise run would take out of the frame of an article by its names."""
        named = (*xpaths.TEASER_DISCARD_XPATH, *xpaths.PRECISION_DISCARD_XPATH)
        self.differs = (
            self.differs
            or frame in self.robbed
            or any(expression(frame) for expression in named)
            or any(next(cell.iterdescendants("list"), None) is not None for cell in frame.iter("td", "th"))
        )


def _tail_matters(element: _Element) -> bool:
    """Tell whether the text behind an element is more than white space beside white space."""
    if not (tail := element.tail):
        return False
    if not tail.isspace():
        return True
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    if before:
        return not before[-1].isspace()
    return previous is not None and previous.tag not in _STAYS


_WATCHING: ContextVar[Strictness | None] = ContextVar("strictness", default=None)


def watching() -> Strictness | None:
    """Return what watches this run, as long as it saw no difference."""
    watch = _WATCHING.get()
    return watch if watch is not None and not watch.differs else None


@contextmanager
def watched_by(watch: Strictness | None) -> Iterator[None]:
    """Let a run be watched."""
    before = _WATCHING.set(watch)
    try:
        yield
    finally:
        _WATCHING.reset(before)
