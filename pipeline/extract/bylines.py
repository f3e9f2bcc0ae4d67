"""The byline near the headline, and how a block's markup, links and words name an author."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from pipeline.extract import bywords, names
from pipeline.extract.blocks import Block
from pipeline.extract.bodies import is_agency, is_desk
from pipeline.extract.labelled import facts_in
from pipeline.extract.regions import Region
from pipeline.extract.signed import signed
from pipeline.extract.strings import ends_sentence
from pipeline.extract.tree import names_of, text_of

FOREIGN = Region.RELATED | Region.COMMENTS | Region.CAPTION | Region.PROMO
ELSEWHERE = FOREIGN | Region.CHROME | Region.CARD
"""Near the headline, what begins with "By" may stand in what is called a card or a header all the same."""
_ABOVE, _BELOW = 4, 14
"""Blocks before and behind the headline among which a byline stands."""
_OFFICE = re.compile(r"(?P<name>[^,|–—]{4,40}?)\s*(?:,| [/|–—])\s*(?P<office>[^,|.!?]{2,60})")
"""Jane Example, Staff Reporter; JANE EXAMPLE | Associated Press."""
_CLOSE = 3
"""Blocks behind the headline in which a name in what is called a card may be the author's."""
LONGEST_BYLINE = 200
LONGEST_NAME = 60
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|profiles?|people|person|staff|auteurs?|autore?n?|autores|verfasser|by(?!/\d)|contributors?"
    r"|journalists?|journalistes?|reporters?|redaktion|writers?|columnists?|bio)/(?!log|regist|sign|pass)[^/]+|[?&]author=",
    re.IGNORECASE,
)
_ACCOUNT_PAGE = re.compile(r"/(?:u|users?)/(?!log|regist|sign|pass)[^/]+", re.IGNORECASE)
_NO_OWNER = re.compile(r"(?:my|your|our)\s", re.IGNORECASE)
"""How the words of a link begin that leads to the reader's own account."""
_SEVERAL = re.compile(r"(?:correspondent|reporter|editor|writer|journalist|contributor)s$", re.IGNORECASE)
"""An office of several people stands behind no one's name."""
_MARK = re.compile(r"(?:^|[\s_-])(?:author|byline)s?(?:[_-]{0,2}(?:name|link))?(?:$|\s)", re.IGNORECASE)
BY_ALONE = re.compile(
    r"^(?:(?:(?:written|posted|published|words|text) )?(?:by|von|par|por|di|door|av|af|oleh)"
    r"|(?:article |post )?authors?|writers?|reporters?|autorin(?:/autor)?|autore?n?|autor(?:es|a)?|auteurs?|penulis|pewarta|reporter|tác giả|yazar|muhabir"
    r"|автор|作者|記者|记者|文|기자|글|نویسنده|الكاتب|كاتب)\s*[:：]?$",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"^(?:(?:medically|fact|expert|technically|clinically|copy)[ -])*(?:edited|reviewed|checked|photos?"
    r"|photographs?|illustrations?|translated|produced|verified|approved)(?: by\b|:)",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\bago$", re.IGNORECASE
)


class Byline(NamedTuple):
    """A part of what stands near the headline about the authors: lines with their names."""

    lines: list[str]
    is_sure: bool
    """It stands below the headline, begins with "By" in some language, and is marked or linked as a byline."""


def near(blocks: Sequence[Block], title_index: int | None) -> list[Byline]:
    """Return the parts of the byline near the headline: the first block that is one, and those right behind.

    Blocks that follow each other and are called the same are one part: a line for each author.
    """
    found: list[Byline] = []
    last: Block | None = None
    for block, lines in _parts(blocks, title_index):
        if last is not None and _continues(last, block):
            found[-1].lines.extend(lines)
        else:
            said = block.index > (title_index or 0) and bywords.begins(block.text)
            found.append(Byline(lines, said and _is_certain(block)))
        last = block
    return found


def _is_certain(block: Block) -> bool:
    return bool(block.regions & Region.AUTHOR or linked(block) or accounts(block) or marked(block))


def _continues(one: Block, then: Block) -> bool:
    called = names_of(one.element)
    return (
        then.index == one.index + 1
        and then.tag == one.tag
        and bool(called)
        and names_of(then.element) == called
    )


def _parts(blocks: Sequence[Block], title_index: int | None) -> Iterator[tuple[Block, list[str]]]:
    if title_index is None:
        return
    around = blocks[title_index].regions if title_index < len(blocks) else 0
    begun = 0
    for at in range(max(0, title_index - _ABOVE), min(len(blocks), title_index + _BELOW)):
        if begun and at > begun + 2:
            return
        block = blocks[at]
        if at == title_index or len(block.text) > LONGEST_BYLINE:
            continue
        close = title_index < at <= title_index + _CLOSE
        if not begun and close and (told := _alone(block, around)):
            begun = at
            yield block, [told]
            continue
        plain = at > title_index and _is_plain(blocks, at)
        if block.regions & ~around & (FOREIGN if plain else ELSEWHERE):
            continue
        if named := [line for line in _named(blocks, at, title_index, around) if names.may_sign(line)]:
            begun = at
            yield block, named


def _is_plain(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block begins with what goes before names, or follows it."""
    return bywords.begins(blocks[at].text) or BY_ALONE.match(blocks[at - 1].text if at else "") is not None


def _alone(block: Block, around: int) -> str:
    """Return the name that is all of a block, which is called the author's or adds an office or an agency.

    It may stand in what is called a card.
    """
    if block.regions & FOREIGN or len(block.text) > LONGEST_NAME or bywords.byline(block.text):
        return ""
    if office := _OFFICE.fullmatch(block.text):
        told = is_desk(office["office"]) or is_agency(office["office"])
        told = told and not _SEVERAL.search(office["office"])
        return office["name"] if told and len(names.people(block.text)) == 1 else ""
    told = bool(block.regions & ~around & Region.AUTHOR) and names.people(block.text) == [block.text]
    return block.text if told else ""


def _named(blocks: Sequence[Block], at: int, title_index: int, around: int) -> list[str]:
    """Return the names that a block near the headline gives as the author's."""
    block = blocks[at]
    before = blocks[at - 1].text if at else ""
    if _HELPED.match(block.text) or (
        (found := _HELPED.match(before)) and not before[found.end() :].strip(" :")
    ):
        return []
    if BY_ALONE.match(before) and len(block.text) <= LONGEST_NAME:
        return [block.text]
    facts = facts_in(block.text)
    line = next((part for fact in facts if (part := bywords.byline(fact))), "")
    leading = linked(block) or (accounts(block) if at <= title_index + _CLOSE else [])
    if line and any(map(bywords.begins, facts)):
        return leading if leading and len(_persons(leading)) == len(_persons([line])) else [line]
    if told := leading or marked(block) or signed(block.text):
        return told
    called = block.regions & ~around & (Region.AUTHOR | Region.META)
    if line and (called or DATE.search(block.text)) and not ends_sentence(block.text):
        return [line]
    return []


def _persons(lines: Sequence[str]) -> set[str]:
    return {name for line in lines for name in names.people(line)}


def linked(block: Block, *, internal: bool = False) -> list[str]:
    """Return the words of a block's links to the pages of authors, if asked so only to those of this site."""
    return [
        link.text
        for link in block.links
        if link.href
        and (link.internal or not internal)
        and len(link.text) <= LONGEST_NAME
        and _AUTHOR_PAGE.search(link.href)
    ]


def accounts(block: Block) -> list[str]:
    """Return the people in the words of a block's links to accounts, the reader's own left out.

    Near the headline they are the authors'; elsewhere they are those of whoever comments.
    """
    return [
        link.text
        for link in block.links
        if link.href and len(link.text) <= LONGEST_NAME and _ACCOUNT_PAGE.search(link.href)
        if names.people(link.text) and not _NO_OWNER.match(link.text)
    ]


def marked(block: Block) -> list[str]:
    """Return the names that a small block, or elements within a block, are marked with as the author's."""
    element = block.element
    may_be = len(block.text) <= LONGEST_NAME and (block.regions & Region.AUTHOR or block.links)
    if may_be and (_is_marked(element) or _is_marked_around(element)):
        return [block.text]
    if not len(element):  # most blocks have no elements within, and to look for them is dear
        return []
    inner = [e for e in element.iter("span", "a", "b", "strong", "em", "cite") if _is_marked(e)]
    return [t for e in inner[:6] if (t := text_of(e)) and len(t) <= LONGEST_NAME and t in block.text]


def _is_marked_around(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and len(parent) <= 2 and _is_marked(parent)


def _is_marked(element: HtmlElement) -> bool:
    get = element.get
    called = get("class")
    # Most elements are called otherwise, and to be told so by the pattern is dear.
    if called and ("uthor" in called or "yline" in called or called.isupper()) and _MARK.search(called):
        return True
    told = get("itemprop")
    if told and _MARK.search(told):
        return True
    return "author" in (get("rel") or "")
