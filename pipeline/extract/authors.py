"""Who wrote it: the people that the page's signals name, completed by the byline that is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from pipeline.extract import jsonld, names
from pipeline.extract.blocks import Block, laid_out
from pipeline.extract.head import Head
from pipeline.extract.labelled import facts_in
from pipeline.extract.regions import Region
from pipeline.extract.signed import signed
from pipeline.extract.strings import key
from pipeline.extract.tree import host_of, is_styled_away, names_of, text_of

MAX_AUTHORS = 12
_FOREIGN = Region.RELATED | Region.COMMENTS | Region.CAPTION | Region.PROMO
_ELSEWHERE = _FOREIGN | Region.CHROME | Region.CARD
"""Near the headline, what begins with "By" may stand in what is called a card or a header all the same."""
_MARKED_ELSEWHERE = _FOREIGN | Region.CARD
_ABOVE, _BELOW = 4, 14
"""Blocks before and behind the headline among which a byline stands."""
_LONGEST_BYLINE = 200
_LONGEST_NAME = 60
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|profiles?|people|person|staff|auteurs?|autore?n?|autores|verfasser|by|contributors?"
    r"|journalists?|journalistes?|reporters?|redaktion|writers?|columnists?|bio)/[^/]+|[?&]author=",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:^|[\s_-])(?:author|byline)s?(?:[_-]{0,2}(?:name|link))?(?:$|\s)", re.IGNORECASE)
_BY_ALONE = re.compile(
    r"^(?:(?:written|posted|published|words|text) )?(?:by|von|par|por|di|door|av|af|oleh|penulis)\s*:?$",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"^(?:(?:medically|fact|expert|technically|clinically|copy)[ -])*(?:edited|reviewed|checked|photos?"
    r"|photographs?|illustrations?|translated|produced|verified|approved)(?: by\b|:)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^about (?:the author:? )?|^(?:the )?author:? ", re.IGNORECASE)
_OF_PLACE = re.compile(r"location|place|city|venue|country", re.IGNORECASE)
"""What the element is called that says where something was said."""
_REPORTED = re.compile(
    r"[\u3400-\u9fff]{2,12}[\d月日]{2,8}(?:电|電|讯|訊|消息)\s?[（(](?:[^（()）]{0,8})(?:记者|記者)\s?[:：]?\s?(?P<names>[\u3400-\u9fff·、，,\s]{2,30})[）)]"
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\bago$", re.IGNORECASE
)
_WRITTEN = (
    "written by", "verfasst von", "geschrieben von", "écrit par", "rédigé par", "escrito por", "scritto da",
    "автор", "作者",
)  # fmt: skip


def authors_of(
    head: Head, blocks: Sequence[Block], title_index: int | None, offered: Sequence[str], site: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the people who wrote the article, from the first signal that names any.

    In order: JSON-LD, the author metas, the byline near the headline, the only byline elsewhere, the offer.
    A byline with all the names of an earlier signal and more is believed instead. `site` holds the names of
    the site and its publisher; they name a person only if they look like one and nobody else is named. If
    no signal names a person, it is what the article is signed with: a pen name, a first name, a desk, but
    no agency, no bare account ("admin"), and not the site.
    """
    blocks = laid_out(blocks)
    near = list(_near(blocks, title_index))
    own = _own(head, site)
    asked: list[Sequence[str]] = []
    for signal in _signals(head, blocks, title_index, offered, [line for named in near for line in named]):
        if found := people(signal, own):
            return _completed(found, [people(named, own) for named in near])
        asked.append(signal)
    for signal in asked:
        if found := people(signal):
            return found
    signatures = (names.signature(line, own) for signal in asked for line in signal)
    return next(((name,) for name in signatures if name), ())


def _signals(
    head: Head,
    blocks: Sequence[Block],
    title_index: int | None,
    offered: Sequence[str],
    seen: Sequence[str],
) -> Iterator[Sequence[str]]:
    """Yield the lines of every signal; what is dear to find only once it is asked for."""
    yield jsonld.people(head.article, head.things)
    yield (*head.meta_authors, *_labelled(head))
    yield seen
    yield offered
    if not seen:
        yield _marked_alone(blocks)
        yield _apart(blocks)
        yield _signed(blocks)
        yield _in_brackets(blocks, title_index)
        yield _dated(blocks, title_index)


def _completed(found: tuple[str, ...], seen: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the byline that is seen if it has all the names that were found, and more."""
    mine = {key(name) for name in found}
    return next((names for names in seen if mine < {key(name) for name in names}), found)


def people(lines: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the people's names in bylines, each once; `own` holds the site's own (`names.bare`)."""
    excluded = frozenset(own)
    found: dict[str, str] = {}
    for line in lines:
        for name in names.people(line):
            if not names.is_own(name, excluded):
                found.setdefault(key(name), name)
    return tuple(list(found.values())[:MAX_AUTHORS])


def _own(head: Head, site: Sequence[str]) -> frozenset[str]:
    labels = [label for label in host_of(head.url).split(".") if len(label) >= 4]
    return frozenset(names.bare(name) for name in (*site, *labels, host_of(head.url)))


def _labelled(head: Head) -> list[str]:
    """Return the author that a preview card names: its first label says "Written by" in some language."""
    return [head.meta("twitter:data1")] if head.meta("twitter:label1").lower().startswith(_WRITTEN) else []


def _near(blocks: Sequence[Block], title_index: int | None) -> Iterator[list[str]]:
    """Yield what each block of the byline near the headline names: the first one, and those right behind."""
    if title_index is None:
        return
    around = blocks[title_index].regions if title_index < len(blocks) else 0
    begun = 0
    for at in range(max(0, title_index - _ABOVE), min(len(blocks), title_index + _BELOW)):
        if begun and at > begun + 2:
            return
        block = blocks[at]
        if at == title_index or len(block.text) > _LONGEST_BYLINE:
            continue
        plain = names.begins(block.text) or _BY_ALONE.match(blocks[at - 1].text if at else "")
        if block.regions & ~around & (_FOREIGN if plain and at > title_index else _ELSEWHERE):
            continue
        if named := _named(blocks, at, around):
            begun = at
            yield named


def _named(blocks: Sequence[Block], at: int, around: int) -> list[str]:
    """Return the names that a block near the headline gives as the author's."""
    block = blocks[at]
    before = blocks[at - 1].text if at else ""
    if _HELPED.match(before) or _HELPED.match(block.text):
        return []
    if _BY_ALONE.match(before) and len(block.text) <= _LONGEST_NAME:
        return [block.text]
    facts = facts_in(block.text)
    line = next((found for fact in facts if (found := names.byline(fact))), "")
    linked = _linked(block)
    if line and any(map(names.begins, facts)):
        return linked if linked and len(people(linked)) == len(people([line])) else [line]
    if marked := linked or _marked(block) or signed(block.text):
        return marked
    if line and (block.regions & ~around & (Region.AUTHOR | Region.META) or _DATE.search(block.text)):
        return [line]
    return []


def _linked(block: Block) -> list[str]:
    """Return the words of a block's links to the pages of authors."""
    return [
        link.text
        for link in block.links
        if link.href and len(link.text) <= _LONGEST_NAME and _AUTHOR_PAGE.search(link.href)
    ]


def _marked(block: Block) -> list[str]:
    """Return the names that a small block, or elements within a block, are marked with as the author's."""
    if len(block.text) <= _LONGEST_NAME and (_is_marked(block.element) or _is_marked_around(block.element)):
        return [block.text]
    inner = [e for e in block.element.iter("span", "a", "b", "strong", "em", "cite") if _is_marked(e)]
    return [t for e in inner[:6] if (t := text_of(e)) and len(t) <= _LONGEST_NAME and t in block.text]


def _is_marked_around(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and len(parent) <= 2 and _is_marked(parent)


def _signed(blocks: Sequence[Block]) -> list[str]:
    """Return the names in the lines by which reporters sign, if such lines stand together or agree."""
    lines = [
        (block.index, named)
        for block in blocks
        if not block.regions & _ELSEWHERE and (named := signed(block.text))
    ]
    together = all(then - at == 1 for (at, _), (then, _) in pairwise(lines))
    if not together and len({tuple(named) for _, named in lines}) > 1:
        return []
    return list(dict.fromkeys(name for _, named in lines for name in named))


def _in_brackets(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return the reporters whom a Chinese dateline names: "示例社北京5月3日电（记者王小明、李雷）"."""
    start = title_index or 0
    openings = (
        _REPORTED.match(block.text)
        for block in blocks[start : start + _BELOW]
        if not block.regions & _ELSEWHERE
    )
    return next(([f"记者 {found['names']}"] for found in openings if found), [])


def _dated(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return a name that stands alone under the headline beside a date, or in one line with it."""
    if title_index is None:
        return []
    for before, block, then in _triples(blocks[title_index : title_index + 8]):
        if block.regions & Region.SHARE or block.links or block.is_heading or block.text.isupper():
            continue
        if _OF_PLACE.search(names_of(block.element)) or is_styled_away(block.element):
            continue
        name, _, rest = block.text.partition(" | ")
        dates = rest or f"{before.text[-60:] if len(before.text) < 80 else ''} {then.text[:60]}"
        if _DATE.search(dates) and 2 <= len(name.split()) <= 4:
            return [n for n in names.people(name) if key(n) == key(name)]
    return []


def _triples(blocks: Sequence[Block]) -> Iterable[tuple[Block, Block, Block]]:
    return zip(blocks, blocks[1:], blocks[2:], strict=False)


def _is_marked(element: HtmlElement) -> bool:
    return (
        "author" in (element.get("rel") or "")
        or _MARK.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}") is not None
    )


def _marked_alone(blocks: Sequence[Block]) -> list[str]:
    """Return the one person whom the page's markup calls the author, wherever; nobody if it calls several."""
    found: dict[str, str] = {}
    for block in blocks:
        if not block.regions & _MARKED_ELSEWHERE:
            for line in _linked(block) or _marked(block):
                found |= {key(name): name for name in names.people(line)}
    return list(found.values()) if len(found) == 1 else []


def _apart(blocks: Sequence[Block]) -> list[str]:
    """Return the byline or the author box that stands anywhere else, unless another names somebody else."""
    first: dict[str, str] = {}
    for at, block in enumerate(blocks):
        if block.regions & (_ELSEWHERE | Region.SHARE) or len(block.text) > _LONGEST_BYLINE:
            continue
        alone = at > 0 and _BY_ALONE.match(blocks[at - 1].text) is not None
        if not (block.regions & Region.AUTHOR or alone or names.begins(block.text)):
            continue
        box = _ABOUT.sub("", block.text)
        lines = _linked(block) or ([box] if alone else [names.byline(block.text), box])
        found = {key(n): n for line in lines if len(line) <= _LONGEST_NAME for n in names.people(line)}
        if first and not found.keys() <= first.keys():
            return []
        first = first or found
    return list(first.values())
