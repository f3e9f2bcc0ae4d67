"""What the blocks that are read tell of an article: where its text stands, and how it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.blocks import Block
from pipeline.extract.regions import OTHER_PARTS, Region, parts
from pipeline.extract.strings import heaviest, is_prose
from pipeline.extract.tree import article_around

PARAGRAPH = 60
"""Characters that a paragraph has at least."""
_ITEMS = frozenset({"li", "dd", "dt"})
_NO_TEXT = OTHER_PARTS | Region.AUTHOR | Region.SHARE | Region.HIDDEN | Region.TAGS
_MOST = 0.6
"""The share of the text from which the name of what it stands in says nothing."""

Make = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article by the blocks that are read."""

    kept: frozenset[int]
    """Their places."""
    home: HtmlElement | None
    """The parent of most of the paragraphs."""
    homes: frozenset[HtmlElement | None]
    """The parents of all of them."""
    make: Make | None
    """How the paragraphs of the home are made."""
    style: tuple[str, str]
    """Their tag and class."""
    lists: frozenset[HtmlElement]
    sub_heads: frozenset[Make]
    """How the sub-heads are made."""
    other: int
    """The regions that are other parts of the page: not what the paragraphs themselves stand in."""

    def is_like_home(self, box: HtmlElement) -> bool:
        """Tell whether an element is another one of the home's tag and class, in the same article."""
        home = self.home
        if home is None or box is home or box.tag != home.tag or not home.get("class"):
            return False
        return box.get("class") == home.get("class") and article_around(box) is article_around(home)


def known_of(read: Sequence[Block]) -> Known:
    """Tell what is known of an article by the blocks that are read; there is one at least."""
    prose = [(b, b.weight) for b in read if is_prose(b.text, PARAGRAPH)]
    total = sum(size for _, size in prose)
    named: Counter[int] = Counter()
    for block, size in prose:
        for region in parts(block.regions & _NO_TEXT):
            named[region] += int(size)
    common = sum(region for region, size in named.items() if size > _MOST * total)
    home = heaviest((b.element.getparent(), size) for b, size in prose)
    own = [(b, size) for b, size in prose if b.element.getparent() is home]
    return Known(
        kept=frozenset(b.index for b in read),
        home=home,
        homes=frozenset(b.element.getparent() for b, _ in prose),
        make=heaviest((make_of(b), size) for b, size in own),
        style=heaviest(((b.tag, b.element.get("class") or ""), size) for b, size in own) or ("", ""),
        lists=frozenset(around for b in read if (around := list_of(b)) is not None),
        sub_heads=frozenset(make_of(b) for b in read if b.is_heading),
        other=_NO_TEXT & ~common,
    )


def make_of(block: Block) -> Make:
    """Return a block's tag, and the tag and class of its parent: what the posts of one page share.

    Their ids differ, which are part of a signature.
    """
    parent = block.element.getparent()
    return (
        (block.tag, str(parent.tag), parent.get("class") or "") if parent is not None else (block.tag, "", "")
    )


def list_of(block: Block) -> HtmlElement | None:
    """Return the list that a block is an item of, or the paragraph of an item; None of any other."""
    parent = block.element.getparent()
    if block.tag in _ITEMS:
        return parent
    return parent.getparent() if parent is not None and parent.tag in _ITEMS else None
