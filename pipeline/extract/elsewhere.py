"""Where else a page names its author: away from the headline, or there without a word that says so."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.extract import bywords, names
from pipeline.extract.blocks import Block
from pipeline.extract.bodies import is_desk
from pipeline.extract.bylines import (
    BY_ALONE,
    DATE,
    ELSEWHERE,
    FOREIGN,
    LONGEST_BYLINE,
    LONGEST_NAME,
    linked,
    marked,
)
from pipeline.extract.regions import Region
from pipeline.extract.signed import signed
from pipeline.extract.strings import key
from pipeline.extract.tree import is_styled_away, names_of

_MARKED_ELSEWHERE = FOREIGN | Region.CARD
_ABOUT = re.compile(r"^about (?:the author:? )?|^(?:the )?author:? ", re.IGNORECASE)
_OPENING = 14
"""Blocks from the headline on among which a Chinese dateline stands."""
_CLOSE = 3
"""Blocks behind the headline among which the author's bare name stands."""
_LIFE = re.compile(
    r" (?:is|was|has been) (?:an?|the|our|my)\b.{0,80}?\b(?:writer|journalist|editor|author|reporter|correspondent|columnist|blogger|freelancer?|founder|contributor)\b",
    re.IGNORECASE,
)
"""How a few words about an author go on behind the name, in a box that is called the author's."""
_AT_WORK = re.compile(
    r" is (?:an?|the|our) (?:[\w-]+ ){0,3}?(?:(?:freelance|staff|senior|contributing|guest) (?:[\w-]+ )?writer|journalist|editor|reporter|correspondent|columnist|blogger|freelancer|contributor)\b",
    re.IGNORECASE,
)
"""How they go on anywhere else: whoever "was a writer" may be whom the text is about."""
_PLACED = re.compile(
    r"^[〔［【（(]\s?(?:本報|本报|特派)?(?:记者|記者)\s?(?P<names>[\u3400-\u9fff、·，,\s]{2,24})[/／][^〕］】）)]{2,14}[〕］】）)]"
)
_CLOSED = re.compile(
    r"(?:^|[。！？」”])\s*[（(][\u3400-\u9fff]{0,8}(?:记者|記者|通讯员)\s*[:：/]?\s*(?P<zh>[\u3400-\u9fff]{2,4}(?:[·、，,\s]{1,2}[\u3400-\u9fff]{2,4}){0,4})[）)]$"
)
_CLOSING = frozenset("）)")
_LONGEST_CLOSING = 50
_OF_PLACE = re.compile(r"location|place|city|venue|country", re.IGNORECASE)
"""What the element is called that says where something was said."""
_REPORTED = re.compile(
    r"[\u3400-\u9fff]{2,12}[\d月日]{2,8}(?:电|電|讯|訊|消息)\s?[（(](?:[^（()）]{0,8})(?:记者|記者)\s?[:：]?\s?(?P<names>[\u3400-\u9fff·、，,\s]{2,30})[）)]"
)


def signing(blocks: Sequence[Block]) -> list[str]:
    """Return the names in the lines by which reporters sign, if such lines stand together or agree."""
    lines = [
        (block.index, named)
        for block in blocks
        if not block.regions & ELSEWHERE and (named := signed(block.text))
    ]
    together = all(then - at == 1 for (at, _), (then, _) in pairwise(lines))
    if not together and len({tuple(named) for _, named in lines}) > 1:
        return []
    return list(dict.fromkeys(name for _, named in lines for name in named))


def in_brackets(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return the reporters in the brackets of a dateline, or behind the last sentence of a paragraph.

    "示例社北京5月3日电（记者王小明、李雷）", "…。（记者 王小明 李雷）"
    """
    start = title_index or 0
    openings = (
        _REPORTED.match(block.text) or _PLACED.match(block.text)
        for block in blocks[start : start + _OPENING]
        if not block.regions & ELSEWHERE
    )
    if found := next(filter(None, openings), None):
        return [f"记者 {found['names']}"]
    closings = (
        _CLOSED.search(block.text[-_LONGEST_CLOSING:])
        for block in blocks[start:]
        if block.text[-1:] in _CLOSING and not block.regions & ELSEWHERE
    )
    signed = {f"记者 {m['zh']}" for m in closings if m is not None}
    return list(signed) if len(signed) == 1 else []


def dated(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return a name that stands alone under the headline beside a date, or in one line with it."""
    if title_index is None:
        return []
    for before, block, then in _triples(blocks[title_index : title_index + 8]):
        if block.regions & Region.SHARE or block.links or block.is_heading or block.text.isupper():
            continue
        if _OF_PLACE.search(names_of(block.element)) or is_styled_away(block.element):
            continue
        name, _, rest = block.text.partition(" | ")
        dates = f"{rest} {before.text[-60:] if len(before.text) < 80 else ''} {then.text[:60]}"
        if DATE.search(dates) and 2 <= len(name.split()) <= 4:
            return [n for n in names.people(name) if key(n) == key(name)]
    return []


def _triples(blocks: Sequence[Block]) -> Iterable[tuple[Block, Block, Block]]:
    return zip(blocks, blocks[1:], blocks[2:], strict=False)


def marked_alone(blocks: Sequence[Block]) -> list[str]:
    """Return the one person whom the page's markup calls the author, wherever; nobody if it calls several."""
    found: dict[str, str] = {}
    for block in blocks:
        if not block.regions & _MARKED_ELSEWHERE and len(block.text) <= LONGEST_BYLINE:
            menu = block.regions & Region.CHROME and not block.regions & Region.AUTHOR
            for line in linked(block, internal=True) or (() if menu else marked(block)):
                found |= {key(name): name for name in names.people(line)}
    return list(found.values()) if len(found) == 1 else []


def apart(blocks: Sequence[Block], title_index: int | None, *, only_said: bool = False) -> list[str]:
    """Return the byline or the author box that stands anywhere else, unless another names somebody else.

    The headline is told again in some boxes, and is none. With `only_said`, it must say "by" or the like.
    Without a person, it is what the only line says that begins like "Posted by": a pen name.
    """
    title = blocks[title_index] if title_index is not None else None
    around, headline = (title.regions, key(title.text)) if title is not None else (0, "")
    first: dict[str, str] = {}
    pen_names: set[str] = set()
    for at, block in enumerate(blocks):
        if len(block.text) > LONGEST_BYLINE:
            continue
        foreign = block.regions & (ELSEWHERE | Region.SHARE)
        if foreign & ~around:
            continue
        said = bywords.begins(block.text)
        if foreign and not said:
            continue
        alone = at > 0 and BY_ALONE.match(blocks[at - 1].text) is not None
        if not (said or alone or (block.regions & Region.AUTHOR and not only_said)):
            continue
        if key(block.text) == headline:
            continue
        lines = linked(block) or [_boxed(block, alone=alone)]
        found = {key(n): n for line in lines if len(line) <= LONGEST_NAME for n in names.people(line)}
        if first and not found.keys() <= first.keys():
            return []
        first = first or found
        if not found and bywords.has_verb(block.text):
            pen_names.update(lines)
    return list(first.values() or (pen_names if len(pen_names) == 1 else ()))


def _boxed(block: Block, *, alone: bool) -> str:
    """Return the names in a box of the author's: behind "by", before "is a writer", or all that it says."""
    if life := _LIFE.search(block.text) if block.regions & Region.AUTHOR else None:
        return block.text[: life.start()]
    box = _ABOUT.sub("", block.text)
    return box if alone else bywords.byline(block.text) or box


def introduced(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return a name that stands alone under the headline, if a few words about that author stand below.

    They begin with the name, or follow it and are called the author's.
    """
    if title_index is None:
        return []
    for block in blocks[title_index + 1 : title_index + 1 + _CLOSE]:
        name = block.text
        if len(name) <= LONGEST_NAME and names.people(name) == [name]:
            then = next(iter(blocks[block.index + 1 : block.index + 2]), None)
            if then is not None and (then.regions & Region.AUTHOR or _is_office(then.text)):
                return [name]
            rest = (b.text[len(name) :] for b in blocks[block.index + 1 :] if b.text.startswith(name))
            if any(_AT_WORK.match(text) for text in rest):
                return [name]
    return []


def _is_office(line: str) -> bool:
    return len(line) <= LONGEST_NAME and is_desk(line) and not names.people(line)
