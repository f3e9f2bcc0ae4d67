"""Which blocks are sub-heads of an article, by the text below them and by the others that it has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.extract.blocks import Block
from pipeline.extract.known import Known, list_of, make_of
from pipeline.extract.regions import Region
from pipeline.extract.strings import is_prose

_LONGEST = 200
_LONGEST_NAMED = 120
_MOST_LINKED = 0.5
_ASKS = ("?", "？", "؟", "\u037e")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_OF_STYLE = Region.CHROME | Region.CARD
"""What themes call the titles of an accordion as well."""
_NAMED = re.compile(
    r"sub-?(?:head|title)|(?:head(?:ing|line)|cross-?head|inter-?tit\w*|zwischen\w*|section-?title)\b",
    re.IGNORECASE,
)
"""How an element is called that is a sub-head and no heading by its tag."""


def is_sub_head(block: Block, behind: Sequence[Block], known: Known) -> bool:
    """Tell whether a block is a sub-head: it stands right above text, or is made like others that do.

    `behind` are the next blocks of the page.
    """
    below = next((b for b in behind if not b.is_heading), None)
    if below is None or _leads_on(block):
        return False
    if block.tag == "summary":
        return below.index in known.kept and block.element.getparent() in below.element.iterancestors(
            "details"
        )
    if not block.is_heading:
        return _is_named(block, below, known)
    if below.index in known.kept and _stands_on(block.element, below):
        apart = block.regions & known.other & ~below.regions
        return not apart or (apart == Region.CHROME and _is_styled(block))
    return (
        make_of(block) in known.sub_heads
        and not block.regions & known.other
        and below.link_share < _MOST_LINKED
        and not below.regions & known.other
    )


def _is_styled(block: Block) -> bool:
    """Tell whether a heading is called what themes call the sub-heads of an article as well."""
    return "widget-title" in (block.element.get("class") or "")


def is_title_of_part(block: Block, behind: Sequence[Block], known: Known) -> bool:
    """Tell whether a heading or a question stands right above a box of the text, perhaps in a box of its own.

    The questions of an accordion are like that; so is much else, and one alone proves nothing.
    """
    below = behind[0] if behind else None
    if below is None or below.index not in known.kept or _leads_on(block):
        return False
    if not (block.is_heading or block.text.endswith(_ASKS) or _is_pressed(block.element)):
        return False
    apart = block.regions & known.other & ~below.regions
    return not apart & ~(_OF_STYLE if block.tag == "button" else 0) and _opens(block.element, below.element)


def _leads_on(block: Block) -> bool:
    """Tell whether a block is too long for a sub-head, or a link to another page of the site."""
    return len(block.text) > _LONGEST or any(link.internal for link in block.links)


def _is_pressed(element: HtmlElement) -> bool:
    """Tell whether an element is a button that is the whole of a heading."""
    parent = element.getparent()
    return element.tag == "button" and parent is not None and parent.tag in _HEADINGS


def _opens(title: HtmlElement, below: HtmlElement) -> bool:
    """Tell whether a text stands in the box of a title, or in what comes next behind it or its own box."""
    box = title.getparent()
    around = [title, title.getnext(), box.getnext() if box is not None and len(box) == 1 else None]
    return any(element in around for element in (below, *below.iterancestors()))


def _stands_on(heading: HtmlElement, below: Block) -> bool:
    """Tell whether a heading stands beside the block below it, or beside the list that this is an item of."""
    parent, around = heading.getparent(), list_of(below)
    return parent is below.element.getparent() or (around is not None and around.getparent() is parent)


def _is_named(block: Block, below: Block, known: Known) -> bool:
    """Tell whether a short line beside the paragraphs, with one of them below it, is called a sub-head."""
    home = known.home
    return (
        block.element.getparent() is home
        and below.index in known.kept
        and below.element.getparent() is home
        and not block.links
        and len(block.text) <= _LONGEST_NAMED
        and not block.regions & known.other
        and is_prose(below.text)
        and _NAMED.search(block.element.get("class") or "") is not None
    )
