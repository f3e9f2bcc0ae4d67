"""What a page tells about its text beside it: whom it credits, and what it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from config.outlet import LinkRule
from pipeline.extract import rules
from pipeline.extract.blocks import Block
from pipeline.extract.regions import Region
from pipeline.extract.strings import squash
from pipeline.extract.tree import host_of, resolve, select, text_of

_FIELD = re.compile(r"\s+[|·•／]\s+|\s*｜\s*")
_SPLIT = re.compile(
    r"\s*(?:[,;/、，；]|\s(?:and|und|et|y|e|en|och|og|dan|ve|и|&)\s|(?<=[\u4e00-\u9fff])[及和与與](?=[\u4e00-\u9fff]))\s*",
    re.IGNORECASE,
)
_FOREIGN = Region.RELATED | Region.CARD | Region.COMMENTS | Region.CHROME
_REACH = 10
"""Blocks before and behind the body in which the page speaks of it."""
MAX_CREDITS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """Credits in the page's own words; the address and name of what was republished."""

    credits: tuple[str, ...] = ()
    origin_url: str | None = None
    origin_name: str | None = None


def facts_of(
    root: HtmlElement, blocks: Sequence[Block], span: tuple[int, int], url: str, rule: LinkRule | None
) -> Facts:
    """Read the facts that stand around the body, which reaches from block `span[0]` to `span[1]`."""
    around = [b for b in blocks[max(0, span[0] - _REACH) : span[1] + _REACH] if not b.regions & _FOREIGN]
    credited: list[str] = []
    for block in around:
        for part in _FIELD.split(block.text):
            if len(part) <= 160 and (source := rules.credited(part)):
                credited += _split(source)
    names = tuple(dict.fromkeys(credited))[:MAX_CREDITS]
    origin = _by_rule(root, url, rule) or _by_words(around)
    if origin is None:
        return Facts(names)
    return Facts(names, origin, names[0] if names else host_of(origin))


def _split(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        if (name := squash(part).strip(" .:：")) and not rules.ORIGINAL_LINK.search(name):
            yield name


def _by_rule(root: HtmlElement, url: str, rule: LinkRule | None) -> str | None:
    if rule is None:
        return None
    for element in select(root, rule.css):
        href = element.get("href") or next((a.get("href") for a in element.iter("a") if a.get("href")), None)
        if target := resolve(url, href):
            return target
    return None


def _by_words(around: Sequence[Block]) -> str | None:
    """Return where a link leads that leaves the site and says that the original stands there."""
    for block in around:
        for link in block.links:
            if (
                link.href
                and not link.internal
                and len(link.text) <= 80
                and rules.ORIGINAL_LINK.search(link.text)
            ):
                return link.href
    return None


def picture_texts(root: HtmlElement) -> frozenset[str]:
    """Return the alternative texts of the page's pictures."""
    return frozenset(t for e in root.iter("img", "amp-img") if (t := squash(e.get("alt"))))


def selected_text(root: HtmlElement, selectors: Sequence[str]) -> str | None:
    """Return the text of the first element that any of the selectors matches."""
    for selector in selectors:
        for element in select(root, selector):
            if text := text_of(element):
                return text
    return None
