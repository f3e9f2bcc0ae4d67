"""Who wrote it: people's names, split and freed from what bylines wrap around them."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from pipeline.extract import jsonld
from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.regions import Region
from pipeline.extract.strings import cjk_share, key, squash
from pipeline.extract.tree import text_of

MAX_AUTHORS = 12
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "bin",
        "ibn",
        "al",
        "el",
        "e",
        "y",
        "zu",
        "af",
        "av",
    ]
)
_BY = re.compile(
    r"^(?:about|by|von|par|por|di|door|av|af|text|words|story|written by|reported by|report by|posted by|published by|author|autor|auteur|oleh|penulis|автор"
    r"|通过|作者|文|撰文|记者|記者|取材|글)\s*[:：/]?\s+|^(?:by|author|posted by|作者|记者|記者|文|撰文|通过)\s*[:：/]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|•·/、，]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d|esq)\b)|\s(?:and|und|et|y|e|en|och|og|dan|ve|и|&|with|mit|con|avec)\s)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(.{0,80}\)|\[.{0,80}\]|<.{0,80}>|\s[-–—|]\s.*|,?\s+(?:in|for|at|from)\s+[A-Z].*|\s+\S+@\S+.*|\s*@\w+.*|(?<=[\u4e00-\u9fff\uac00-\ud7af])\s?(?:记者|記者|編集委員|기자|특파원|기자$|報導|报道))\s*$"
)
_JUNK = re.compile(
    r"(?:^|\b)(?:admin(?:istrator)?|editor(?:s|ial)?|editorial (?:board|team|staff)|staff(?: (?:writer|reporter))?|reporter|correspondent|newsroom|news ?desk|web ?desk|desk|team|agency|agencies"
    r"|redaktion|rédaction|redacción|redacao|redação|redazione|redaksi|webmaster|contributors?|guest|user|unknown|anonymous|press release|wire|news|media|press|magazine|online|digital"
    r"|institute|university|foundation|association|society|council|committee|ministry|department|office|commission|organi[sz]ation|company|inc\.?|ltd\.?|gmbh|llc|corp"
    r"|reuters|afp|dpa|apa|sda|tass|xinhua|yonhap|bloomberg|getty|associated press|updated|published|posted|minutes?|read|share|follow|view|all posts|subscribe|author|profile|archive)(?:$|\b)"
    r"|https?:|www\.|\.(?:com|org|net|de|fr|uk|ru|cn|jp|kr)\b|@|\d|编辑|編集|편집|新闻|新聞|日报|日報|通信|通讯|신문|뉴스|報社|网|報道局",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:(?:senior|chief|staff|deputy|political|foreign|business|science|health|associated press|assistant|managing|contributing|guest|special)\s+)*"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|author|analyst|fellow|professor|dr|prof|mr|mrs|ms)\.?\s+(?=[A-Z])",
    re.IGNORECASE,
)


def authors_of(
    head: Head, blocks: Sequence[Block], title_index: int | None, offered: Sequence[str], site: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the people who wrote the article, from the first signal that names any.

    In order: JSON-LD, the author metas, the byline near the headline, the offer. `site` holds the names
    of the site and its publisher, which are nobody's names.
    """
    signals = (
        jsonld.people(head.article, head.things),
        (*head.meta_authors, *_labelled(head)),
        _bylines(blocks, title_index),
        offered,
    )
    for signal in signals:
        if names := people(signal, site):
            return names
    return ()


def _labelled(head: Head) -> list[str]:
    """Return the author that a preview card names: its first label says "Written by" in some language."""
    label = head.meta("twitter:label1").lower()
    written = (
        "written by",
        "verfasst von",
        "geschrieben von",
        "écrit par",
        "rédigé par",
        "escrito por",
        "scritto da",
        "автор",
        "作者",
    )
    return [head.meta("twitter:data1")] if label.startswith(written) else []


def people(raw: Iterable[str], site: Sequence[str] = ()) -> tuple[str, ...]:
    """Split and clean bylines into names of people; what is no person's name is left out."""
    not_names = {key(s) for s in site}
    names: dict[str, str] = {}
    for line in raw:
        for part in _split(squash(line)):
            name = _clean(part)
            if name and key(name) not in not_names and _is_name(name):
                names.setdefault(key(name), name)
    return tuple(list(names.values())[:MAX_AUTHORS])


def _split(line: str) -> list[str]:
    if not line or len(line) > 400:
        return []
    line = _BY.sub("", line)
    parts = [p for p in _SPLIT.split(line) if p]
    if len(parts) == 2 and "," in line and all(len(p.split()) == 1 for p in parts) and " and " not in line:
        return (
            [f"{parts[1]} {parts[0]}"]
            if line.count(",") == 1 and ", " in line and cjk_share(line) == 0
            else parts
        )
    return parts


def _clean(part: str) -> str:
    name = _TAIL.sub("", _BY.sub("", part)).strip(" .,;:|-–—·•\"'“”‘’*")
    name = _ROLE.sub("", name)
    if name.isupper() and " " in name:
        name = name.title()
    return squash(name)


def _is_name(name: str) -> bool:
    if _JUNK.search(name):
        return False
    if cjk_share(name) > 0.5 or re.search(r"[\uac00-\ud7af]", name):
        return 2 <= len(name.replace(" ", "")) <= 12
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) < 3 or len(name) > 60:
        return False
    cased = [w for w in words if w[:1].isalpha() and w.lower() not in _PARTICLES]
    return bool(cased) and all(w[0].upper() == w[0] for w in cased) and (len(words) > 1 or len(name) >= 4)


def _bylines(blocks: Sequence[Block], title_index: int | None) -> list[str]:
    """Return what stands near the headline in an author's element or link, or begins with "By"."""
    if title_index is None:
        return []
    around = blocks[title_index].regions if title_index < len(blocks) else 0
    found: list[str] = []
    for block in blocks[max(0, title_index - 4) : title_index + 14]:
        if len(block.text) > 200 or block.regions & ~around & _ELSEWHERE:
            continue
        links = [link.text for link in block.links if link.href and _AUTHOR_PAGE.search(link.href)]
        named = links or _marked(block)
        if named:
            found += named
        elif block.regions & ~around & Region.AUTHOR or _STARTS_BY.match(block.text):
            found += [n for n in people([block.text]) if " " in n or not n.isascii()]
        if found and not named and not block.regions & Region.AUTHOR:
            break
    return found


def _marked(block: Block) -> list[str]:
    """Return the names that an inline element of a block marks as the author's."""
    inner = [e for e in block.element.iter("span", "a", "b", "strong", "em", "cite") if _is_marked(e)]
    return [text for e in inner[:4] if (text := text_of(e)) and len(text) < 60]


def _is_marked(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return (
        element.get("rel") == "author"
        or re.search(r"(?:^|[\s_-])(?:author|byline)(?:[_-]?name)?(?:$|\s)", names) is not None
    )


_ELSEWHERE = Region.RELATED | Region.COMMENTS | Region.CHROME | Region.CAPTION
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|profiles?|people|staff|auteurs?|autore?n?|by|contributors?|journalists?|reporters?|redaktion/[^/]+|writers?)/[^/]+",
    re.IGNORECASE,
)
_STARTS_BY = re.compile(r"^(?:by|von|par|por|written by|words by|text)\s*:?\s+[A-ZÀ-Þ]", re.IGNORECASE)
