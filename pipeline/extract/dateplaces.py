"""Where on a page the article's own date may stand for readers, and where the dates of others stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from pipeline.extract.blocks import Block
from pipeline.extract.datesources import DateSources
from pipeline.extract.datetext import Found
from pipeline.extract.regions import Region, region_of
from pipeline.extract.rules import MODIFIED_LABEL, PUBLISHED_LABEL
from pipeline.extract.tree import names_of

FOREIGN = Region.RELATED | Region.COMMENTS | Region.CLOCK | Region.CHROME | Region.PROMO
NOT_EVEN_CLOSE = Region.RELATED | Region.COMMENTS | Region.CLOCK | Region.CAPTION
BEHIND_BODY = 8
"""Blocks behind the body in which a page still speaks of it."""
FAR_BEHIND_BODY = 40
"""Blocks behind the body in which a date with a label may still be that of it."""
_BEFORE_TITLE = 6
_AFTER_TITLE = 14
_CLOSE = 6
_SHORT = 60
_LONGEST_LABEL = 30
_REACH = 40
"""Characters before a date in which its label stands."""
_SMALL = 300
"""Characters beside the headline that its own box may hold."""
_CLOSE_AROUND = 3
"""Levels between a container and what it holds closely."""
_MAX_LEVELS = 1000
_CHANGE_NAME = re.compile(r"modif|updat|(?:^|[\s_-])changed|revis|edited", re.IGNORECASE)
_PUBLICATION_NAME = re.compile(r"publi[sc]|pub-?date|posted|created", re.IGNORECASE)
_SENTENCES = re.compile(r"[a-zа-я]{3}\.\s+[A-ZА-Я]")


def head_blocks(sources: DateSources) -> list[Block]:
    """Return the blocks around the headline that may carry the article's own date."""
    at = sources.title_index
    if at is None:
        return []
    chosen = []
    title = sources.blocks[at]
    for block in sources.blocks[max(0, at - _BEFORE_TITLE) : at + _AFTER_TITLE]:
        close = at <= block.index <= at + _CLOSE and len(block.text) <= _SHORT
        # What the headline itself stands in says nothing of its neighbours.
        if block.regions & ~title.regions & (NOT_EVEN_CLOSE if close else NOT_EVEN_CLOSE | FOREIGN):
            continue
        if block.index < at and not together(block, title):
            continue
        if at < sources.body_end < block.index:
            break
        chosen.append(block)
    return chosen


def body_block(sources: DateSources) -> Block | None:
    """Return the last block of the body, or None on a page without blocks."""
    return sources.blocks[sources.body_end] if 0 <= sources.body_end < len(sources.blocks) else None


def together(one: Block, other: Block) -> bool:
    """Tell whether the smallest container of two blocks is the article's, by its name."""
    shared = _shared(one, other)
    return shared is not None and _specific(shared)


def boxed(one: Block, other: Block) -> bool:
    """Tell whether two blocks share a container that holds hardly anything else."""
    shared = _shared(one, other)
    return shared is not None and _small(shared, len(one.text) + len(other.text))


def in_one_part(one: Block, title: Block, body: Block) -> bool:
    """Tell whether the smallest container of a block and the headline holds the body, near both."""
    shared = _shared(one, title)
    if shared is None or shared not in body.element.iterancestors():
        return False
    return all(_depth(block.element, shared) <= _CLOSE_AROUND for block in (one, title))


def _depth(element: HtmlElement, around: HtmlElement) -> int:
    return next((n for n, e in enumerate((element, *element.iterancestors())) if e is around), _MAX_LEVELS)


def _shared(one: Block, other: Block) -> HtmlElement | None:
    ancestors = {other.element, *other.element.iterancestors()}
    shared = next((e for e in (one.element, *one.element.iterancestors()) if e in ancestors), None)
    return None if shared is None or shared.tag in {"body", "html"} else shared


def _specific(element: HtmlElement) -> bool:
    names = (element.get("class") or "").lower()
    return element.tag in {"article", "header", "main", "section"} or any(
        w in names for w in ("article", "post", "entry", "story", "head", "title", "content")
    )


def _small(element: HtmlElement, least: int) -> bool:
    size = 0
    for text in element.itertext():
        size += len(str(text).strip())
        if size > least + _SMALL:
            return False
    return True


def holders(blocks: Sequence[Block]) -> Mapping[HtmlElement, Block]:
    """Return the first block of each element that has one."""
    held: dict[HtmlElement, Block] = {}
    for block in blocks:
        held.setdefault(block.element, block)
    return held


def holder_of(element: HtmlElement, held: Mapping[HtmlElement, Block]) -> Block | None:
    """Return the block that an element stands in."""
    return next((held[e] for e in (element, *element.iterancestors()) if e in held), None)


def regions_around(element: HtmlElement) -> int:
    """Return what an element and all around it are called."""
    found = Region.NONE
    for around in (element, *element.iterancestors()):
        found |= region_of(str(around.tag), names_of(around))
    return found


def label_of(block: Block, found: Found, blocks: Sequence[Block]) -> str:
    """Return the words before a date in its block, or where there are none a short block before it."""
    words = block.text[max(0, found.start - _REACH) : found.start]
    if not words.strip(" :|,.-–—(") and block.index > 0:
        before = blocks[block.index - 1].text
        return before if len(before) <= _LONGEST_LABEL else ""
    return words


def is_change(label: str, element: HtmlElement) -> bool:
    """Tell whether a date is that of a change, by the words before it or the names of its element."""
    if MODIFIED_LABEL.search(label):
        return not PUBLISHED_LABEL.search(label)
    names = _own_names(element)
    return bool(_CHANGE_NAME.search(names)) and not _PUBLICATION_NAME.search(names)


def is_called_published(element: HtmlElement) -> bool:
    """Tell whether the names of an element say that it holds the date of publication."""
    names = _own_names(element)
    return bool(_PUBLICATION_NAME.search(names)) and not _CHANGE_NAME.search(names)


def _own_names(element: HtmlElement) -> str:
    parent = element.getparent()
    return names_of(element) + " " + (names_of(parent) if parent is not None else "")


def words_beside(text: str, found: Found) -> Iterator[str]:
    """Yield the words of a text that are not the date."""
    yield from re.findall(r"\w+", text[: found.start] + text[found.end :])


def mostly_date(block: Block, found: Found, most: int = 22) -> bool:
    """Tell whether a block is there to tell the date, rather than a sentence that mentions one."""
    prose = block.tag in {"h1", "h2", "h3"} or block.regions & Region.DEK
    if prose and not block.regions & (Region.AUTHOR | Region.META):
        most = 2
    rest = block.text[: found.start] + " " + block.text[found.end :]
    return len(list(words_beside(block.text, found))) <= most and not _SENTENCES.search(rest)
