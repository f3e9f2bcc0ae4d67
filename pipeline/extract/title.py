"""The headline, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import jsonld
from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.jsonld import alike, contained
from pipeline.extract.strings import key, squash

_MARK = re.compile(
    r"\s+[|\-–—·•»:]{1,2}\s+|\s*[|»｜丨]\s*|\s*_(?=[^_]*$)|\s+::\s+|(?<=[\u4e00-\u9fff])\s*[-—–]+\s*(?=[\u4e00-\u9fff])"
)
_LONGEST = 300


def site_names(head: Head, outlet_name: str | None) -> tuple[str, ...]:
    """Return what the site calls itself: what a headline may carry at its end and no author is called."""
    names = [
        outlet_name or "",
        head.meta(
            "og:site_name", "application-name", "twitter:app:name:iphone", "apple-mobile-web-app-title"
        ),
    ]
    names += jsonld.organisations(head.things)
    return tuple(dict.fromkeys(n for n in names if n))


def title_of(head: Head, chosen: str | None, offered: str | None, site: Sequence[str]) -> str:
    """Return the headline.

    `chosen` is what the outlet's title selector found. Else an `<h1>` that agrees with another signal,
    else JSON-LD, `og:title`, the offer, `<title>`, a lone `<h1>`.
    """
    others = [
        head.headline,
        head.meta("og:title", "twitter:title", "dc.title", "citation_title", "articletitle"),
        offered or "",
        head.title_tag,
    ]
    named = [_without_site(t, site, head) for t in others]
    if chosen:
        return squash(chosen)[:_LONGEST]
    for heading in head.headings:
        trimmed = _without_site(heading, site, head)
        if (
            len(key(trimmed)) >= 8
            and not _is_site(heading, site)
            and any(t and _same(trimmed, t) for t in named)
        ):
            return trimmed[:_LONGEST]
    for title in named:
        if title and not _is_site(title, site):
            return title[:_LONGEST]
    return next((h for h in head.headings if not _is_site(h, site)), "")[:_LONGEST]


def _same(heading: str, title: str) -> bool:
    one, other = key(heading), key(title)
    return alike(one, other) or (len(one) >= 10 and (one in other or other in one))


def _is_site(title: str, site: Sequence[str]) -> bool:
    return key(title) in {key(s) for s in site}


def _without_site(title: str, site: Sequence[str], head: Head) -> str:
    """Take the name of the site, or of its section, off either end of a title."""
    title = squash(title)
    names = {key(s) for s in site if key(s)}
    while True:
        marks = list(_MARK.finditer(title))
        if not marks:
            return title
        first, last = marks[0], marks[-1]
        tail, front = key(title[last.end() :]), key(title[: first.start()])
        if tail and (_is_name_of(tail, names) or _added(tail, title[: last.start()], head)):
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
    wanted = [k for t in (title, *titles) if (k := key(t))]
    headings = [b for b in blocks if b.tag == "h1" and len(b.text) <= 400][:20]
    for block in headings:
        if any(alike(key(block.text), w) for w in wanted):
            return block.index
    for block in blocks:
        if 12 <= len(block.text) <= 400 and any(contained(key(block.text), w) for w in wanted):
            return block.index
    return headings[0].index if headings else None
