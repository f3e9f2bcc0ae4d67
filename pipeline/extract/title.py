"""The headline, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from pipeline.extract import jsonld
from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.jsonld import alike, contained
from pipeline.extract.strings import cjk_share, key, squash, weight
from pipeline.extract.tree import host_of

_MARK = re.compile(
    r"\s+[|\-–—·•»:>]{1,2}\s+|\s*[|»｜丨]\s*|\s*_(?=[^_]*$)|\s+::\s+|(?<=[\u4e00-\u9fff])\s*[-—–]+\s*(?=[\u4e00-\u9fff])"
)
_MEDIUM = re.compile(
    r"[\w\u3400-\u9fff]{0,8}(?:网|網|网站|新闻|新聞|日报|日報|晚报|晚報|时报|時報|早报|周刊|电视台|電視台|广播|频道|頻道|在线|传媒|资讯|资讯网|客户端|通讯社)"
)
_LONGEST = 300
_MOST_MARKS = 8
_SHOWN = 12
"""The weight of a block that may show the headline."""
_SHORTEST = 8
"""Characters below which a heading is too little to be recognised by."""
_SHORTEST_NAME = 4
"""Characters of a site's name behind a dash without spaces: shorter ones end people's names."""


def site_names(head: Head, outlet_name: str | None) -> tuple[str, ...]:
    """Return what the site calls itself: what a headline may carry at its end and no author is called.

    Some pages give their headline for the site's name; it is known by the title, which adds to it.
    """
    names = [
        outlet_name or "",
        head.meta(
            "og:site_name", "application-name", "twitter:app:name:iphone", "apple-mobile-web-app-title"
        ),
    ]
    names += [*head.signs, *jsonld.organisations(head.things)]
    headline = key(head.meta("og:title"))
    if len(key(head.title_tag)) <= len(headline):
        headline = ""
    return tuple(dict.fromkeys(n for n in names if n and key(n) != headline))


def title_of(head: Head, chosen: str | None, offered: str | None, site: Sequence[str]) -> str:
    """Return the headline.

    `chosen` is what the outlet's title selector found. Else the `<h1>` that most other signals repeat, or
    one that shares its words with them or with the address: sites word the title for search engines and
    previews anew, but about the same thing. Else JSON-LD, `og:title`, the offer, `<title>`, a lone `<h1>`.
    """
    if chosen:
        return squash(chosen)[:_LONGEST]
    others = [
        head.headline,
        head.meta("og:title", "twitter:title", "dc.title", "citation_title", "articletitle"),
        offered or "",
        head.title_tag,
    ]
    stated = (_without_site(t, site, head) for t in others if t)
    named = list(dict.fromkeys(t for t in stated if t and not _is_site(t, site)))
    headings = [t for h in head.headings if not _is_site(h, site) and (t := _without_site(h, site, head))]
    title = _agreed(headings, named) or _akin(headings, named, _slug(head.url))
    if not title and named:
        title = _whole(named[0], named)
    if not title:
        title = next((h for h in headings if not _is_site(h, site)), "")
    return _cased(title, named)[:_LONGEST]


def _agreed(headings: Sequence[str], named: Sequence[str]) -> str:
    """Return the heading that most of the other signals repeat, the first of several."""
    votes = [
        (sum(_same(h, t) for t in named), -place, h)
        for place, h in enumerate(headings)
        if len(key(h)) >= _SHORTEST
    ]
    best = max(votes, default=(0, 0, ""))
    return best[2] if best[0] else ""


def _akin(headings: Sequence[str], named: Sequence[str], slug: str) -> str:
    """Return the heading that shares the most words with another signal, if it is half of them or more.

    Not if the address is made of the other signal's words rather than the heading's.
    """
    best, share = "", 0.5
    address = _terms(slug)
    for heading in headings:
        mine = _terms(heading)
        for other in filter(None, (*named, slug)):
            theirs = _terms(other)
            common = len(mine & theirs)
            if common < 2 or (len(address & theirs - mine) > len(address & mine - theirs) and other != slug):
                continue
            if (found := common / min(len(mine), len(theirs))) > share or (not best and found == share):
                best, share = heading, found
    return best


def _terms(title: str) -> set[str]:
    """Return what headlines about one thing share: stems of long words, numbers, pairs of Han characters."""
    words = key(title).split()
    pairs = {w[i : i + 2] for w in words if cjk_share(w) > 0.5 for i in range(len(w) - 1)}
    return pairs | {w[:6] for w in words if len(w) >= 4 or w.isdigit()}


def _slug(url: str) -> str:
    """Return the words of an address's last part that has any."""
    parts = [p for p in unquote(urlsplit(url).path).split("/") if re.search(r"[^\W\d]+[-_]+[^\W\d]", p)]
    return re.sub(r"[-_]+|\.\w{2,5}$", " ", parts[-1]) if parts else ""


def _whole(title: str, named: Sequence[str]) -> str:
    """Return the title that another signal cut off, where a signal has all of it."""
    stem = re.sub(r"\s*(?:…|\.\.\.)$", "", title)
    if stem == title or len(stem) < _SHORTEST:
        return title
    return next((t for t in named if key(t).startswith(key(stem)) and len(t) > len(stem) + 3), title)


def _cased(title: str, named: Sequence[str]) -> str:
    """Return a title that is set in capitals as another signal writes it."""
    if not title.isupper():
        return title
    return next((t for t in named if key(t) == key(title) and not t.isupper()), title)


def _same(heading: str, title: str) -> bool:
    one, other = key(heading), key(title)
    return alike(one, other) or (len(one) >= 10 and (one in other or other in one))


def _is_site(title: str, site: Sequence[str]) -> bool:
    return key(title) in {key(s) for s in site}


def _without_site(title: str, site: Sequence[str], head: Head) -> str:
    """Take the name of the site, or of its section, off either end of a title."""
    title = squash(title)
    names = {key(s) for s in site if key(s)}
    before, colon, behind = title.partition(": ")
    if colon and key(before) in names and len(key(behind)) >= _SHORTEST:
        title = behind
    stem, _, tail = title.rpartition("-")
    is_name = len(key(tail)) >= _SHORTEST_NAME and (key(tail) in names or _is_host(key(tail), head.url))
    if is_name and len(key(stem)) >= _SHORTEST and key(title) not in map(key, head.headings):
        title = stem.strip()
    title = _as_set(title, head)
    while True:
        marks = list(_MARK.finditer(title))
        if not marks:
            return title
        first, last = marks[0], marks[-1]
        tail, front = key(title[last.end() :]), key(title[: first.start()])
        if tail and (
            _is_name_of(tail, names)
            or _is_medium(title, last)
            or _is_host(tail, head.url)
            or _added(tail, title[: last.start()], head)
        ):
            title = title[: last.start()].strip()
        elif front and front in names:
            title = title[first.end() :].strip()
        else:
            return title


def _is_name_of(piece: str, names: set[str]) -> bool:
    joined = piece.replace(" ", "")
    return any(
        piece == n
        or joined == n.replace(" ", "")
        or (len(n) >= 5 and n in piece and len(piece) < 2.5 * len(n))
        for n in names
    )


def _is_medium(title: str, mark: re.Match[str]) -> bool:
    """Tell whether a title ends with "_" and what Chinese media and their sections are called."""
    return mark[0].strip() == "_" and mark.start() >= _SHORTEST and bool(_MEDIUM.fullmatch(title, mark.end()))


def _is_host(piece: str, url: str) -> bool:
    """Tell whether the end of a title is the name in the page's own address."""
    joined = piece.replace(" ", "")
    return len(joined) >= 4 and any(
        joined == label or (len(joined) >= 5 and joined in label) for label in host_of(url).split(".")
    )


def _as_set(title: str, head: Head) -> str:
    """Return the part of a title that a page without a headline of its own sets as a lesser heading.

    A kicker may stand before it there.
    """
    words = key(title)
    if any(key(h) in words or words in key(h) for h in head.headings):
        return title
    known = {key(h) for h in head.sub_headings}
    if any(words in heading for heading in known):
        return title
    marks = list(_MARK.finditer(title))[:_MOST_MARKS]
    parts = [title[: mark.start()] for mark in marks] + [title[mark.end() :] for mark in marks]
    return next((part for part in parts if weight(part) >= _SHOWN and _ends_any(known, key(part))), title)


def _ends_any(headings: Iterable[str], words: str) -> bool:
    return any(heading == words or heading.endswith(f" {words}") for heading in headings)


def _added(tail: str, rest: str, head: Head) -> bool:
    """Tell whether the end of a title is missing from the page's headlines, which know the rest."""
    whole = key(rest)
    for heading in (*head.headings, head.headline):
        known = key(heading)
        if (
            known
            and whole
            and tail not in known
            and (known == whole or (len(known) >= 12 and whole.startswith(known)))
        ):
            return True
    return False


def title_index(blocks: Sequence[Block], title: str, titles: Sequence[str]) -> int | None:
    """Return which block shows the headline: an `<h1>` of that text, or else the first block like it."""
    wanted = list(dict.fromkeys(k for t in (title, *titles) if (k := key(t))))
    headings = [b for b in blocks if b.tag == "h1" and len(b.text) <= 400][:20]
    for words in wanted:
        for block in headings:
            if alike(key(block.text), words):
                return block.index
    for block in blocks:
        if (
            block.weight >= _SHOWN
            and len(block.text) <= 400
            and any(contained(key(block.text), w) for w in wanted)
        ):
            return block.index
    return headings[0].index if headings else None
