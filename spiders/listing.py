"""What a page that lists articles offers: the links that its outlet's selector finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urljoin
from zoneinfo import ZoneInfo

from cssselect import HTMLTranslator, SelectorError
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from config.outlet import Listing
from pipeline.extract.charset import decode_html
from pipeline.normalise import clean_line
from pipeline.records import Stamp
from spiders import dates
from spiders.links import absolute
from spiders.offers import Answer, Document, Offer
from spiders.sniff import page_title, turned_away

MAX_LINKS = 2000
LONGEST_TITLE = 300

_CARD_LEVELS = 6
_MANY_LINKS = 15
_FEWEST_WORDS = 3
_FEWEST_CJK = 6
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_HEADINGS = "descendant::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "u", "wbr")
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "noscript", "svg", "template"))


def read(listing: Listing, document: Document, zone: str) -> Answer:
    """Read a listing: each link once, in the order of the page, with its text as title.

    A `<time datetime>` in the same card gives the time of publication; a date without a zone is taken for
    one of `zone` (an IANA name). Never raises: a page without such links gives a complaint.
    """
    text = decode_html(document.body, document.header("Content-Type"))
    tree = _tree(text)
    title = page_title(text)
    if tree is None:
        return Answer(complaint="the listing is an empty page")
    if turned_away(title) and len(list(tree.iter("a"))) < _MANY_LINKS:
        return Answer(complaint=f"a block page titled “{title}” where the listing should be")
    links = _links(tree, listing.links, document.url)
    if links:
        offers = _offers(links, ZoneInfo(zone))
        further = next_page(listing, document.page)
        return Answer(tuple(offers[:MAX_LINKS]), next_page=further, window=len(offers))
    if document.page > 1:
        return Answer(notes=(f"page {document.page} lists nothing: the listing ends before it",))
    named = f" titled “{title}”" if title else ""
    return Answer(
        complaint=f"the page{named} answered, but the selector {listing.links!r} matches nothing: "
        "has the site been redesigned?"
    )


def next_page(listing: Listing, page: int) -> str | None:
    """Return the address of the page after `page` (from 1), or None past the listing's `max_pages`."""
    if listing.pages is None or page >= listing.max_pages:
        return None
    return urljoin(listing.listing, listing.pages.replace("{n}", str(listing.first + page - 1)))


def _tree(text: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _links(tree: HtmlElement, selector: str, url: str) -> list[tuple[str, HtmlElement]]:
    """Return the address and the element of each link, without those that lead back to the listing itself."""
    stated = next((base.get("href") for base in tree.iter("base") if base.get("href")), None)
    base = (absolute(url, stated) if stated else None) or url
    try:
        selected = tree.xpath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError):
        return []
    links = []
    for element in selected if isinstance(selected, list) else []:
        anchor = next((a for a in element.iter("a", "area") if a.get("href")), None)
        address = absolute(base, anchor.get("href") or "") if anchor is not None else None
        if (
            anchor is not None
            and address is not None
            and not (anchor.get("href") or "").lstrip().startswith("#")
        ):
            links.append((urldefrag(address).url, anchor))
    return links


def _offers(links: Sequence[tuple[str, HtmlElement]], zone: ZoneInfo) -> list[Offer]:
    """Make an offer of each address; of several links to it, the first with a title gives the title."""
    cards = _cards(links)
    offers: dict[str, Offer] = {}
    for url, element in links:
        known = offers.get(url)
        title = (known.title if known else None) or _title(element)
        published = (known.published if known else None) or _time(element, cards, zone)
        offers[url] = Offer(url, title=title, published=published)
    return list(offers.values())


def _title(link: HtmlElement) -> str | None:
    """Return the headline of a link: its one heading, else its text; None if that is no headline."""
    headings = link.xpath(_HEADINGS)
    source = headings[0] if isinstance(headings, list) and len(headings) == 1 else link
    text = clean_line("".join(_pieces(source)))
    cjk = len(_CJK.findall(text))
    enough = cjk >= _FEWEST_CJK if cjk else len(text.split()) >= _FEWEST_WORDS
    return text if enough and len(text) <= LONGEST_TITLE else None


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Yield the text within an element, with blanks where blocks begin and end."""
    blank = "" if element.tag in _INLINE else " "
    if element.tag not in _UNSEEN:
        yield blank + (element.text or "")
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
        yield blank


def _cards(links: Sequence[tuple[str, HtmlElement]]) -> dict[HtmlElement, set[str]]:
    """Tell for the elements around the links which addresses lie in each."""
    around: dict[HtmlElement, set[str]] = {}
    for url, link in links:
        for level, element in enumerate(link.iterancestors()):
            if level == _CARD_LEVELS:
                break
            around.setdefault(element, set()).add(url)
    return around


def _time(link: HtmlElement, cards: dict[HtmlElement, set[str]], zone: ZoneInfo) -> Stamp | None:
    """Return the first `<time datetime>` in the largest element around a link that holds no other link."""
    card = link
    for element in link.iterancestors():
        if len(cards.get(element, ())) != 1:
            break
        card = element
    times = (dates.stamp(time.get("datetime") or "", zone, "visible") for time in card.iter("time"))
    return next((time for time in times if time), None)
