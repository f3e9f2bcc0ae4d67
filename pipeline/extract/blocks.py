"""The page as a run of text blocks, each with where it stands: what is decided about a line rests on this."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml.html import HtmlElement

from pipeline.extract.regions import Region, parts, region_of
from pipeline.extract.strings import squash, weight
from pipeline.extract.tree import host_of, is_path, names_of, origin_of, resolve, size_of

_BLOCK_TAGS = frozenset({
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dd", "dt", "figcaption",
    "blockquote", "pre", "div", "section", "article", "aside", "header", "footer", "main", "nav",
    "ul", "ol", "dl", "table", "tr", "tbody", "thead", "figure", "form", "body", "address",
    "details", "summary", "caption", "center", "fieldset", "label", "button",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "select", "option", "textarea",
    "head", "canvas", "audio", "video", "object", "datalist",
})  # fmt: skip
_INLINE = frozenset({"span", "em", "strong", "small", "i", "b"})
_TELLING = _BLOCK_TAGS | _INLINE
"""Elements whose names are read."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


class Link(NamedTuple):
    """A link within a block: its words, and where it leads (None for what is no web address)."""

    text: str
    href: str | None
    internal: bool
    """It leads to another page of the same site."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of text within the nearest block element; a `<br>` ends one too.

    Nobody changes one; it is not frozen because a page has thousands, and that would double their cost.
    """

    text: str
    tag: str
    element: HtmlElement
    regions: int
    """What the element and those around it are called."""
    region_roots: Mapping[int, int] = field(default_factory=dict)
    """For each region, which element (by number) brought it."""
    links: tuple[Link, ...] = ()
    index: int = 0
    signature: tuple[str, str, str] = ("", "", "")
    """Tag, parent's tag and parent's names: what sibling paragraphs share."""
    apart: str = ""
    """The text of a short block with a space where elements meet that are no one word; empty if none do."""
    weight: float = 0.0
    """The length of the text in characters of an alphabet (`strings.weight`)."""
    link_share: float = 0.0
    """The share of the text that lies within links."""

    @property
    def is_heading(self) -> bool:
        """A sub-head, by its tag."""
        return self.tag in _HEADINGS


_LONGEST_APART = 200
"""Characters of a line that may be a byline or a date."""
_RAISED = frozenset({"sup", "sub"})
_LEFT = re.compile(r"(?P<word>[^\W\d_]{3})$|(?P<year>(?<!\d)(?:19|20)\d\d)$|(?P<digit>\d)$")
_STICKS = re.compile(r"(?:^|[\W\d_])(?:Mac|Mc|Fitz|Van|Von|Del|Des|Las|Los)$")
_RUNNING_ON = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that a number may be part of a word in, or that put no space between words."""
_CLOCK_TIME = re.compile(r"\d{1,2}[:.h]\d\d")
POSTED = re.compile(r"tweet|video|twitter|instagram|tiktok|embed|pull-?quote", re.IGNORECASE)
"""What a figure is called that shows a post of somebody, or once more what the text says."""
_MOST_OF_IT = 0.6
_MOST_HEADLINES = 3


@dataclass(slots=True)
class _Walker:
    base: str
    host: str
    origin: str
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    seams: list[int] = field(default_factory=list)
    """Before which of the pieces two inline elements meet without a space; none where there are no pieces."""
    links: list[Link] = field(default_factory=list)
    stack: list[tuple[HtmlElement, int, Mapping[int, int], str]] = field(default_factory=list)
    """The block elements around: each with its regions, their roots and its own names."""
    roots: int = 0
    wrappers: frozenset[HtmlElement] = frozenset()

    def flush(self) -> None:
        """End a run of text."""
        pieces, seams = self.pieces, self.seams
        if not pieces:
            if self.links:
                self.links.clear()
            return
        text = squash("".join(pieces) if len(pieces) > 1 else pieces[0])
        apart = _apart(pieces, seams) if seams and len(text) <= _LONGEST_APART else ""
        pieces.clear()
        seams.clear()
        links: tuple[Link, ...] = ()
        if self.links:
            links = tuple(self.links)
            self.links.clear()
        if not text or not self.stack:
            return
        share = sum(len(link.text) for link in links) / len(text) if links else 0.0
        element, regions, roots, _ = self.stack[-1]
        tag = str(element.tag)
        signature = (tag, *self._parent(element))
        size = weight(text)
        self.blocks.append(
            Block(text, tag, element, regions, roots, links, len(self.blocks), signature, apart, size, share)
        )

    def _parent(self, element: HtmlElement) -> tuple[str, str]:
        parent = element.getparent()
        if parent is None:
            return "", ""
        known = len(self.stack) > 1 and self.stack[-2][0] is parent
        return str(parent.tag), self.stack[-2][3] if known else names_of(parent)

    def walk(self, element: HtmlElement) -> None:
        """Read an element and all within it."""
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            return
        opened = self._enter(element, tag) if tag in _TELLING else False
        if opened is None:
            return
        if tag == "br":
            self.flush()
        if text := element.text:
            self._add(text)
        if len(element):
            self._walk_within(element)
        if tag == "a":
            self._link(element)
        if opened:
            self.flush()
            self.stack.pop()

    def _walk_within(self, element: HtmlElement) -> None:
        pieces, seams = self.pieces, self.seams
        for child in element:
            self.walk(child)
            if tail := child.tail:
                if seams and seams[-1] == len(pieces):
                    seams.pop()
                self._add(tail)
            elif pieces and child.tag not in _RAISED:
                seams.append(len(pieces))

    def _add(self, text: str) -> None:
        """Take a piece of text up, unless it is the white space before a run."""
        if self.pieces or not text.isspace():
            self.pieces.append(text)

    def _enter(self, element: HtmlElement, tag: str) -> bool | None:
        """Open a block at an element that may make one, and tell whether it does; None where it is hidden."""
        is_block = tag in _BLOCK_TAGS
        names = names_of(element)
        own = region_of(tag, names) if element not in self.wrappers else Region.NONE
        if not is_block:
            if own & Region.HIDDEN:
                return None
            if not own & Region.CAPTION:
                return False
        self.flush()
        self._push(element, own, names)
        return True

    def _push(self, element: HtmlElement, own: int, names: str) -> None:
        box, regions, roots, around = self.stack[-1] if self.stack else (None, Region.NONE, {}, "")
        if element.tag == "blockquote" and regions & Region.CAPTION and _is_quoted(box, names + around):
            regions &= ~Region.CAPTION
        if added := own & ~regions:
            self.roots += 1
            roots = {**roots, **dict.fromkeys(parts(added), self.roots)}
        self.stack.append((element, regions | own, roots, names))

    def _link(self, element: HtmlElement) -> None:
        text = squash("".join(element.itertext()) if len(element) else element.text)
        if text:
            self.links.append(Link(text, *self._target((element.get("href") or "").strip())))

    def _target(self, href: str) -> tuple[str | None, bool]:
        """Return where a link leads, and whether that is on the same site."""
        if self.origin and is_path(href):
            return self.origin + href, True
        target = None if href.startswith(("#", "javascript:")) else resolve(self.base, href)
        return target, target is not None and _same_site(host_of(target), self.host)


def _is_quoted(box: HtmlElement | None, names: str) -> bool:
    """Tell whether a quotation in a figure is the text's own: no caption, and no post of somebody."""
    return box is not None and box.tag != "figcaption" and not POSTED.search(names)


def _apart(pieces: Sequence[str], seams: Sequence[int]) -> str:
    """Return the text with a space at each seam where two words meet; empty if they do at none."""
    spaced = list(pieces)
    for at in seams:
        if at < len(pieces) and _part("".join(pieces[max(0, at - 3) : at])[-40:], pieces[at]):
            spaced[at] = f" {pieces[at]}"
    return squash("".join(spaced)) if spaced != list(pieces) else ""


def _part(before: str, then: str) -> bool:
    """Tell whether two texts that stand side by side are two words: a letter meets a digit, or a capital.

    A word that markup splits for its style ("<b>W</b>ord"), "<i>Mac</i><b>Donald</b>" and scripts without
    spaces stay whole.
    """
    left, first = _LEFT.search(before), then[:1]
    if left is None or not first.isalnum() or _RUNNING_ON.search(before[-1:] + first):
        return False
    if left["word"]:
        return first.isdigit() or (before[-1].islower() and first.isupper() and not _STICKS.search(before))
    return first.isupper() or (left["year"] is not None and _CLOCK_TIME.match(then) is not None)


def laid_out(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks as their words stand apart on a screen: for reading bylines and dates, not the text.

    "<span>Jane Example</span><span>3 May</span>" is shown with a gap, which only a style sheet makes.
    """
    return [replace(block, text=block.apart) if block.apart else block for block in blocks]


def _same_site(one: str, other: str) -> bool:
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _wrappers(body: HtmlElement) -> frozenset[HtmlElement]:
    """Return the elements that hold a headline and most of the text: their names tell no part of a page."""
    found: set[HtmlElement] = set()
    headings = list(body.iter("h1"))[:_MOST_HEADLINES]
    least = _MOST_OF_IT * size_of(body) if headings else 0
    for heading in headings:
        around = list(heading.iterancestors())
        start = next((n for n, element in enumerate(around) if size_of(element) >= least), len(around))
        found.update(around[start:])
    return frozenset(found)


def read_blocks(root: HtmlElement, url: str) -> list[Block]:
    """Return the blocks of a tree (the whole page, or a part of it) in document order."""
    walker = _Walker(url, host_of(url), origin_of(url))
    start = root.find("body") if root.tag == "html" else root
    if start is not None:
        walker.wrappers = _wrappers(start)
    walker.walk(start if start is not None else root)
    walker.flush()
    return walker.blocks
