"""What a page tells about its text beside it: whom it credits, and what it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, zip_longest
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config.outlet import LinkRule
from pipeline.extract import rules
from pipeline.extract.agencies import agency_of
from pipeline.extract.blocks import Block, laid_out
from pipeline.extract.credits import Credit, distinct, found, is_same
from pipeline.extract.jsonld import contained
from pipeline.extract.labelled import facts_in
from pipeline.extract.reading import Line
from pipeline.extract.regions import Region
from pipeline.extract.strings import is_prose, key, squash
from pipeline.extract.tree import host_of, names_of, resolve, select, text_of

_FIELD = re.compile(r"\s+[|·•／]\s+|\s*｜\s*")
_ELSEWHERE = Region.RELATED | Region.CARD | Region.COMMENTS | Region.CAPTION
_FOREIGN = _ELSEWHERE | Region.CHROME
"""Where a page does not speak of its text. A byline, and what is called a source, may stand in a header."""
_REACH = 10
"""Blocks before and behind the body in which the page speaks of it."""
_HEAD = 2
"""Blocks at the body's beginning among which the page may still speak of it."""
_OPENING, _CLOSING = 3, 2
_TAIL = 4
"""Blocks at the body's end among which a source is the text's own if it is an agency: a chart's is none."""
_LONGEST_SOURCE = 80
_MOST_FIELDS = 8
_LABEL = 30
_LABELLING = re.compile(r"(?<!s)\s?[:：]$", re.IGNORECASE)
"""How a label ends; one in the plural heads a list of references."""
_BYLINES = 16
"""Blocks behind the headline among which bylines stand."""
_PICTURED = re.compile(
    r"image|img|picture|photo|figure|caption|gallery|video|player|chart|infograph|embed", re.IGNORECASE
)
_CAPTION = 400
MAX_CREDITS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """Credits in the page's own words; the address and name of what was republished."""

    credits: tuple[str, ...] = ()
    origin_url: str | None = None
    origin_name: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """A body and what stands around it."""

    blocks: Sequence[Block]
    lines: Sequence[Line]
    """The body's lines."""
    span: tuple[int, int]
    """The first and the last block of the body."""
    title_index: int | None
    signed: Sequence[str] = ()
    """The authors that the page states."""
    own: Sequence[str] = ()
    """What the site and the outlet are called: their own dateline credits nobody."""


def facts_of(root: HtmlElement, around: Around, url: str, rule: LinkRule | None) -> Facts:
    """Read the facts that stand around the body, and at its ends."""
    near = list(_near(around))
    credited = _credited(around, near)
    names = tuple(distinct(c.name for c in credited))[:MAX_CREDITS]
    first = next((c.name for c in credited if c.is_origin), None)
    stated = next(
        (t for c in credited if (t := resolve(url, c.address)) and host_of(t) != host_of(url)), None
    )
    origin = _by_rule(root, url, rule) or _by_words(near) or _by_name([*near, *_closing(around)]) or stated
    if origin is None:
        return Facts(names, None, first)
    return Facts(names, origin, first or (names[0] if names else host_of(origin)))


def _near(around: Around) -> Iterator[Block]:
    """Yield the blocks before and behind the body in which the page speaks of it."""
    first, last = around.span
    prose = [line.block.index for line in around.lines if line.block is not None and is_prose(line.text)]
    tail = prose[-1] if prose else last
    for block in around.blocks[max(0, first - _REACH) : last + _REACH]:
        inside = first + _HEAD < block.index <= tail
        foreign = _ELSEWHERE if block.regions & Region.SOURCE else _FOREIGN
        if not (inside or block.regions & foreign or _is_in_picture(block)):
            yield block


def _tail(around: Around) -> Iterator[Block]:
    """Yield the last blocks of the body but the very last: promotion may stand behind a credit."""
    end = around.span[1]
    for block in around.blocks[max(around.span[0] + _HEAD + 1, end - _TAIL) : end]:
        if not (block.regions & _FOREIGN or _is_in_picture(block)):
            yield block


def _is_in_picture(block: Block) -> bool:
    """Tell whether a block stands with a picture, a video or a chart: what it credits is that."""
    element: HtmlElement | None = block.element
    for _ in range(3):
        if element is None or element.tag in {"body", "article", "main"}:
            return False
        if _is_pictured(names_of(element)) or element.tag in {"figure", "figcaption"}:
            return len(text_of(element)) <= _CAPTION
        element = element.getparent()
    return False


@lru_cache(maxsize=4096)
def _is_pictured(names: str) -> bool:
    return _PICTURED.search(names) is not None


def _credited(around: Around, near: Sequence[Block]) -> list[Credit]:
    """Return whom the page credits: in words, by its bylines, by its dateline, by its end."""
    named: list[Credit] = []
    for text in _texts(near):
        fields = (fact for field in (text, *_FIELD.split(text)[:_MOST_FIELDS]) for fact in facts_in(field))
        for part in dict.fromkeys(islice(fields, 2 * _MOST_FIELDS)):
            named += found(part, "line")
    for block in _tail(around):
        sources = found(block.text, "line") if len(block.text) <= _LONGEST_SOURCE else []
        named += [c for c in sources if not c.is_origin and agency_of(c.name) is not None]
    return named + [c for c in _signs(around) if not any(is_same(c.name, own) for own in around.own)]


def _signs(around: Around) -> Iterator[Credit]:
    """Yield whom the bylines, the text's beginning and its end credit."""
    for name in around.signed:
        yield from found(name, "byline")
    for block in laid_out(list(_bylines(around))):
        yield from found(block.text, "byline")
    lines = [line.text for line in around.lines]
    for line in lines[:_OPENING]:
        yield from found(line, "opening")
    for line in lines[-_CLOSING:]:
        yield from found(line, "closing") or found(line, "line")


def _texts(near: Sequence[Block]) -> Iterator[str]:
    """Yield what blocks say: a label with what follows it, without a link that is glued to the end."""
    for block, then in zip_longest(near, near[1:]):
        text = block.text
        if then is not None and len(text) <= _LABEL and _LABELLING.search(text):
            text = f"{text} {then.text}"
        elif block.links and (before := text.removesuffix(block.links[-1].text)) and before != text:
            text = before if before[-1:].isalnum() or before[-1:] == "." else text
        yield text


def _bylines(around: Around) -> Iterator[Block]:
    """Yield the blocks between the headline and the text that may be bylines."""
    first = around.span[0]
    at = around.title_index if around.title_index is not None and around.title_index < first else first - 5
    for block in around.blocks[max(0, at - 2) : min(first + _HEAD, at + _BYLINES) + 1]:
        if not block.regions & _ELSEWHERE and not _is_in_picture(block):
            yield block


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


def _closing(around: Around) -> list[Block]:
    """Return the blocks of the body's last lines."""
    return [line.block for line in around.lines[-_CLOSING:] if line.block is not None]


def _by_name(around: Sequence[Block]) -> str | None:
    """Return where the name of a place leads of which a block says that the text was published there before.

    A link to a site's front page names the place, but is no address of the text.
    """
    for block in around:
        links = [
            link.href
            for credit in found(block.text, "line")
            if credit.is_origin
            for link in block.links
            if link.href and not link.internal and contained(key(link.text), key(credit.name))
        ]
        for href in links:
            if urlsplit(href).path.strip("/"):
                return href
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
