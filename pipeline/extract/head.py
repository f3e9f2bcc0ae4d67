"""What a page says of itself: its metas, titles, canonical link and JSON-LD, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.extract import jsonld
from pipeline.extract.jsonld import Thing
from pipeline.extract.markup import Markup
from pipeline.extract.strings import plain, squash
from pipeline.extract.tree import host_of, resolve, text_of

_MAX_METAS = 400
_MAX_HEADINGS = 8
_MAX_SUB_HEADINGS = 30
_RUNNING = frozenset(
    {"sup", "sub", "i", "b", "em", "strong", "u", "mark", "abbr", "q", "cite", "font", "wbr"}
)
"""Elements that do not end a word."""
_AUTHOR_META = re.compile(r"(?:^|[:._-])(?:authors?|creators?|byl)(?:[._-]?names?)?$")
_ADDRESS = re.compile(r"^(?:https?:|www\.|@)|^\S+[@/]\S+$")
"""A profile's address, a handle or an e-mail address: no name."""


@dataclass(frozen=True, slots=True)
class Head:
    """The page's statements about itself, as they stand; nothing of it is believed yet."""

    url: str
    metas: Mapping[str, str]
    """By lower-case property, name or itemprop; the first one of a name."""
    meta_authors: tuple[str, ...]
    """All of them, but for addresses and handles: pages repeat the author meta."""
    title_tag: str
    headings: tuple[str, ...]
    """The texts of the first `<h1>` elements, but for those that are the site's sign."""
    signs: tuple[str, ...]
    """What `<h1>` elements say that are nothing but a link to the front page: what the site is called."""
    sub_headings: tuple[str, ...]
    """The texts of the first headings below `<h1>`, where some systems set the headline."""
    canonical: str | None
    aliases: tuple[str, ...]
    """Where else the page says that it stands: `og:url` beside a canonical link, its AMP twin."""
    declared_language: str
    things: tuple[Thing, ...]
    article: Thing | None
    """The JSON-LD object that is about this page."""
    states: tuple[str, ...] = ()
    """The scripts with the state of the page's application, unread."""

    def meta(self, *names: str) -> str:
        """Return the first of the metas `names` that says something."""
        return next((value for n in names if (value := self.metas.get(n))), "")

    @property
    def headline(self) -> str:
        """The headline of the JSON-LD article, or an empty string."""
        return jsonld.string(self.article, "headline", "name")


def read_head(root: HtmlElement, markup: Markup, url: str) -> Head:
    """Read the statements of the page that was fetched at `url`."""
    metas, authors = _metas(root)
    title = root.find(".//title")
    title_tag = text_of(title) if title is not None else ""
    headings, signs = _headings(root, url)
    links = _links(root, url)
    og_url = resolve(url, metas.get("og:url"))
    canonical = links.get("canonical", og_url)
    things = jsonld.things(markup.texts("ld"))
    titles = [
        t for t in (metas.get("og:title", ""), metas.get("twitter:title", ""), title_tag, *headings) if t
    ]
    return Head(
        url=url,
        metas=metas,
        meta_authors=tuple(dict.fromkeys(authors)),
        title_tag=title_tag,
        headings=headings,
        signs=signs,
        sub_headings=tuple(text_of(h) for h in islice(root.iter("h2", "h3", "h4"), _MAX_SUB_HEADINGS)),
        canonical=canonical,
        aliases=tuple(a for a in dict.fromkeys((og_url, links.get("amphtml"))) if a and a != canonical),
        declared_language=root.get("lang") or root.get("xml:lang") or "",
        things=tuple(things),
        article=jsonld.article_of(things, [a for a in (url, canonical) if a], titles),
        states=tuple(markup.texts("state")),
    )


def _headings(root: HtmlElement, url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headlines among the first `<h1>` elements, and the signs of the site.

    Blogs set their own name as the first `<h1>` of every page, with a link to the front page. A colon that
    screen readers are told after a kicker is no beginning.
    """
    headings: list[str] = []
    signs: list[str] = []
    for heading in list(root.iter("h1"))[:_MAX_HEADINGS]:
        if text := squash("".join(_pieces(heading))).lstrip(" :"):
            (signs if _leads_home(heading, text, url) else headings).append(text)
    return tuple(headings), tuple(signs)


def _leads_home(heading: HtmlElement, text: str, url: str) -> bool:
    """Tell whether a heading is nothing but a link to the front page of the site, from another page of it."""
    links = list(heading.iter("a"))
    if len(links) != 1 or text_of(links[0]) != text:
        return False
    target = resolve(url, links[0].get("href"))
    if target is None or host_of(target) != host_of(url) or urlsplit(target).query:
        return False
    return not urlsplit(target).path.strip("/") and bool(urlsplit(url).path.strip("/"))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Yield the text of a headline; a space goes round what is laid out apart, none round a raised letter."""
    yield element.text or ""
    for child in element:
        space = "" if child.tag in _RUNNING else " "
        if child.tag not in {"script", "style"}:
            yield space
            yield from _pieces(child)
            yield space
        yield child.tail or ""


def _metas(root: HtmlElement) -> tuple[dict[str, str], list[str]]:
    metas: dict[str, str] = {}
    authors: list[str] = []
    for count, element in enumerate(root.iter("meta")):
        if count >= _MAX_METAS:
            break
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        value = plain(element.get("content"))
        if not name or not value:
            continue
        name = name.strip().lower()
        metas.setdefault(name, value)
        if _AUTHOR_META.search(name) and not _ADDRESS.search(value):
            authors.append(value)
    return metas, authors


def _links(root: HtmlElement, url: str) -> dict[str, str | None]:
    """Return the first canonical link and the first link to an AMP twin, where there are such."""
    found: dict[str, str | None] = {}
    for link in root.iter("link"):
        for relation in {"canonical", "amphtml"}.intersection((link.get("rel") or "").lower().split()):
            found.setdefault(relation, resolve(url, link.get("href")))
    return found
