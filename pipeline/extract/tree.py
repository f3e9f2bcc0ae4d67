"""The parsed page, within bounds, and small questions to its elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from itertools import islice
from typing import cast
from urllib.parse import urljoin, urlsplit

from cssselect import GenericTranslator
from lxml import etree
from lxml.html import HtmlElement

from pipeline.errors import TooLarge, Undecodable
from pipeline.extract.strings import squash, weight

MAX_ELEMENTS = 20_000
MAX_LINKS = 4_000
MAX_DEPTH = 200
"""Levels of nesting. The parser silently loses what lies deeper than 255, and real pages stay under 60."""
MAX_TABLE_CELLS = 150
MAX_CELLS = 400
"""A page with more loses its tables of more than `MAX_TABLE_CELLS`: trafilatura is quadratic in cells."""

_LONGEST_NAMES = 300
_LARGEST_BOX = 300
"""Characters that a box around a form holds, spaces of the markup included."""
_CLASS_ALONE = ["class"]
_Number = Callable[[HtmlElement], float]
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_ELEMENTS = cast("_Number", etree.XPath("count(descendant-or-self::*)"))
_HAS_LONG_NAMES = etree.XPath(
    f"boolean(descendant-or-self::*/@class[string-length() > {_LONGEST_NAMES}])"
    f" or boolean(descendant-or-self::*/@id[string-length() > {_LONGEST_NAMES}])"
)
_Elements = Callable[[HtmlElement], list[HtmlElement]]
_HYPHENATED = cast("_Elements", etree.XPath("descendant::*/@id[contains(substring-after(., '-'), '-')]/.."))
_MOST_NAMED = 500
_MOST_TEXTS = 30
_LEAST_SLUG = 12
"""Letters that the id of a part has at least if it is made of its heading."""
_EMBEDS = cast("_Elements", etree.XPath("descendant::*[contains(@class, 'embed')]"))
_WORD_EMBED = re.compile(r"(?<![\w-])embed(?![\w-])")
_LINKS = cast("_Number", etree.XPath("count(descendant::a)"))
_SIZE = cast("_Number", etree.XPath("string-length()"))
_LOOKUP = etree.ElementDefaultClassLookup(element=HtmlElement)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MISUSED = frozenset({"nav", "aside", "footer", "dialog", "menu", "label", "button"})
_HIDING = re.compile(r"(?:visibility|content-visibility)\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)
"""A style that hides an element."""
_PARAGRAPH = 80
_LONG_PARAGRAPH = 300
"""Characters of a paragraph that no caption has."""
_SPACES = bytes(0x20 if byte < 0x20 and byte not in b"\t\n\r" else byte for byte in range(256))
"""What stands for each byte: white space for the control characters, which no text of a tree may hold."""
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF in UTF-8."""
_ORIGIN = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_DEAD = (
    "style", "svg", "iframe", "canvas", "audio", "video", "object", "embed", "map", "select", "datalist",
    "textarea", "template", "noscript", "nav", "footer", "aside", "button", "menu", "dialog", "label",
    "legend", "script", "input",
)  # fmt: skip


def parse(html: str) -> HtmlElement:
    """Parse markup.

    Raises:
        TooLarge: it has more elements, links or levels than the bounds allow.
        Undecodable: there is no element in it.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(_LOOKUP)
    try:
        root = etree.fromstring(_as_xml_text(html), parser)
    except etree.LxmlError as error:
        raise Undecodable(f"the markup cannot be parsed: {error}") from error
    if not isinstance(root, HtmlElement):
        raise Undecodable("the markup holds no element")
    _check(root)
    for element in _HYPHENATED(root)[:_MOST_NAMED]:
        if _is_called_as_it_begins(element):
            del element.attrib["id"]
    return root


def _as_xml_text(html: str) -> bytes:
    """Encode markup without the characters that a parsed text has, but cannot be given (XML 1.0, 2.2)."""
    return _NO_CHARACTER.sub(b"", html.encode("utf-8", "replace").translate(_SPACES))


def _check(root: HtmlElement) -> None:
    """Refuse a tree beyond the bounds; cut names short that no person wrote."""
    check_depth(root)
    if int(_ELEMENTS(root)) > MAX_ELEMENTS:
        raise TooLarge(f"the page has more than {MAX_ELEMENTS:,} elements")
    if (links := int(_LINKS(root))) > MAX_LINKS:
        raise TooLarge(f"the page has {links:,} links, more than {MAX_LINKS:,}")
    if _HAS_LONG_NAMES(root):
        for element in root.iter("*"):
            for name in ("class", "id"):
                if len(value := element.get(name) or "") > _LONGEST_NAMES:
                    element.set(name, value[:_LONGEST_NAMES])


def check_depth(root: HtmlElement) -> None:
    """Refuse a tree that nests too deep.

    Raises:
        TooLarge: it has more levels than the bounds allow.
    """
    if _TOO_DEEP(root):
        raise TooLarge(f"the page nests elements more than {MAX_DEPTH} deep")


def _is_called_as_it_begins(element: HtmlElement) -> bool:
    """Tell whether the id of an element is made of the words that it begins with, and tells nothing of it.

    A part of an article under the heading "Menu for the summit" is no menu.
    """
    slug = "".join(filter(str.isalnum, element.get("id", "").lower()))
    if len(slug) < _LEAST_SLUG:
        return False
    begins = ""
    for text in islice(element.itertext(), _MOST_TEXTS):
        begins += "".join(filter(str.isalnum, str(text)[: 2 * _LONGEST_NAMES].lower()))
        if len(begins) >= len(slug):
            return begins.startswith(slug)
        if not slug.startswith(begins):
            return False
    return False


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def alone(element: HtmlElement) -> HtmlElement:
    """Return a copy of the page that holds nothing but an element, and those around it empty."""
    places = []
    page = element
    while (parent := page.getparent()) is not None:
        places.append(parent.index(page))
        page = parent
    page = around = deepcopy(page)
    for place in reversed(places):
        del around[place + 1 :], around[:place]
        (inner,) = around
        around.text = inner.tail = None
        around = inner
    return page


def spell(root: HtmlElement, signs: Mapping[int, str]) -> None:
    """Write other signs for some characters of all texts below `root`."""
    for element in root.iter():
        if element.text and not element.text.isascii():
            element.text = element.text.translate(signs)
        if element.tail and not element.tail.isascii():
            element.tail = element.tail.translate(signs)


def slim(root: HtmlElement) -> None:
    """Take out what is never part of an article, and the tables that are data rather than text."""
    total = size_of(root) or 1
    for element in list(root.iter(*_DEAD)):
        if not (element.tag in _MISUSED and _holds_article(element, total)):
            drop(element)
    for element in _clipped(root):
        del element.attrib["style"]
    for element in _EMBEDS(root)[:_MOST_NAMED]:
        if _is_written(element):
            element.set("class", _WORD_EMBED.sub("", element.get("class", "")))
    for table in big_tables(root):
        drop(table)
    for table in root.iter("table"):
        if _lays_out(table):
            _unbox(table)


def _clipped(root: HtmlElement) -> list[HtmlElement]:
    """Return what is styled "overflow: hidden" and the like: it is cut at a height, but shown.

    trafilatura takes the word alone for hidden, and loses articles that unfold at a click.
    """
    styled = (e for e in root.xpath(".//*[contains(@style, 'hidden')]") if isinstance(e, HtmlElement))
    return [e for e in styled if not is_styled_away(e)]


def is_styled_away(element: HtmlElement) -> bool:
    """Tell whether an element is hidden by the style that it has itself."""
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def _is_written(element: HtmlElement) -> bool:
    """Tell whether something called an embed holds a paragraph of the page rather than a quoted post."""
    own = (
        p for p in islice(element.iter("p"), _MOST_TEXTS) if next(p.iterancestors("blockquote"), None) is None
    )
    return any(size_of(p) >= _LONG_PARAGRAPH and len(text_of(p)) >= _LONG_PARAGRAPH for p in own)


def _lays_out(table: HtmlElement) -> bool:
    """Tell whether a table lays out the page: one cell holds most of it, in paragraphs of some length.

    Paragraphs may be runs of text between line breaks.
    """
    size = size_of(table)
    cells = (cell for row in _rows(table) for cell in row.iterchildren("td", "th"))
    return any(
        size_of(cell) > 0.5 * size
        and (
            sum(weight(text_of(p)) >= _PARAGRAPH for p in cell.iter("p")) > 1
            or sum(weight(run) >= _PARAGRAPH for run in _runs_in(cell)) > 1
        )
        for cell in cells
    )


def _runs_in(cell: HtmlElement) -> Iterator[str]:
    """Yield the runs of text that stand before, between and behind line breaks."""
    before = None
    for br in cell.iter("br"):
        parent = br.getparent()
        if parent is not None and parent is not before:
            yield (parent.text or "").strip()
        before = parent
        yield (br.tail or "").strip()


def _unbox(table: HtmlElement) -> None:
    for row in list(_rows(table)):
        for cell in row.iterchildren("td", "th"):
            cell.tag = "div"
        row.tag = "div"
    for part in table.iterchildren("tbody", "thead", "tfoot"):
        part.tag = "div"
    table.tag = "div"


def _holds_article(element: HtmlElement, total: int) -> bool:
    """Tell whether a part that is beside the point by its tag holds the text all the same.

    An element that was never closed swallows what follows it.
    """
    if size_of(element) < 0.3 * total:
        return False
    return sum(size_of(p) > 100 for p in element.iter("p")) >= 3


def big_tables(root: HtmlElement) -> list[HtmlElement]:
    """Return the tables that hold too many cells of their own, on a page that has too many."""
    if int(root.xpath("count(.//td)")) <= MAX_CELLS:
        return []
    return [t for t in root.iter("table") if _own_cells(t) > MAX_TABLE_CELLS]


def _own_cells(table: HtmlElement) -> int:
    """Count the cells of a table that lie in no table within it."""
    return sum(1 for row in _rows(table) for _ in row.iterchildren("td", "th"))


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from child.iterchildren("tr")


def size_of(element: HtmlElement) -> int:
    """Return how many characters of text an element holds, spaces of the markup included."""
    return int(_SIZE(element))


def is_within(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Tell whether an element lies in one of those that `known` begins with; it remembers what it finds."""
    if (answer := known.get(element)) is None:
        parent = element.getparent()
        answer = known[element] = parent is not None and is_within(parent, known)
    return answer


def article_around(element: HtmlElement) -> HtmlElement | None:
    """Return the nearest `<article>` or `<main>` that an element lies in."""
    return next(element.iterancestors("article", "main"), None)


def form_boxes(root: HtmlElement) -> frozenset[HtmlElement]:
    """Return the largest elements around the page's forms that hold little but them: prompts to sign up."""
    return frozenset(_box_around(form) for form in root.iter("form") if size_of(form) <= _LARGEST_BOX)


def _box_around(element: HtmlElement) -> HtmlElement:
    while (parent := element.getparent()) is not None and size_of(parent) <= _LARGEST_BOX:
        element = parent
    return element


def text_of(element: HtmlElement) -> str:
    """Return the text of an element and all within it, squashed."""
    return squash(" ".join(element.itertext()))


def names_of(element: HtmlElement) -> str:
    """Return what the page's author called an element: class, id, role and the like, in one string."""
    given = element.keys()
    if not given:
        return ""
    get = element.get
    if given == _CLASS_ALONE:
        return str(get("class", ""))[:_LONGEST_NAMES]
    own = None if element.tag in _HEADINGS else get("id")  # the id of a heading is made of its words
    parts = (get("class"), own, get("itemprop"), get("data-testid"), get("role"))
    return " ".join(filter(None, parts))[:_LONGEST_NAMES]


def resolve(base: str, href: str | None) -> str | None:
    """Return the address that `href` stands for on the page at `base`, or None if it is no web address."""
    href = (href or "").strip()
    if not href:
        return None
    if is_path(href) and (origin := origin_of(base)):
        return origin + href
    try:
        url = href if href.startswith(("https://", "http://")) else urljoin(base, href)
    except ValueError:
        return None
    return url if host_of(url) else None


def is_path(href: str) -> bool:
    """Tell whether an address is a path from the root of its site, with nothing to be resolved in it."""
    return href.startswith("/") and href[1:2] != "/" and "/." not in href


def origin_of(url: str) -> str:
    """Return scheme and host of an address, as they stand there; empty if it is no web address."""
    origin = _ORIGIN.match(url)
    return origin[0] if origin else ""


def host_of(url: str) -> str:
    """Return the host of an address without "www.", lower case; empty if it is no web address."""
    origin = origin_of(url)
    return _host(origin) if origin else ""


@lru_cache(maxsize=4096)
def _host(origin: str) -> str:
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements that a CSS selector matches, in document order."""
    found = root.xpath(_xpath(selector))
    return [e for e in found if isinstance(e, HtmlElement)] if isinstance(found, list) else []


@lru_cache(maxsize=2000)
def _xpath(selector: str) -> str:
    return GenericTranslator().css_to_xpath(selector)
