"""trafilatura's pruning of the frame of an article, with what is asked twice asked once.

It follows `trafilatura.main_extractor.prune_unwanted_sections` and `link_density_test` of
`trafilatura.htmlprocessing`, of the version that `pipeline.extract.accelerate` knows.
"""

from __future__ import annotations

from lxml.etree import XPath, _Element, strip_tags
from lxml.html import HtmlElement
from trafilatura import htmlprocessing, xpaths
from trafilatura.settings import Extractor
from trafilatura.utils import LINK_FARM_RATIO
from trafilatura.xml import delete_element

from pipeline.extract.accelerate.strictness import watching

_text = XPath("string()", smart_strings=False)


def prune_sections(
    tree: HtmlElement,
    potential_tags: set[str],
    options: Extractor,
    keep_teasers: bool = False,  # noqa: FBT001, FBT002
) -> HtmlElement:
    """Delete what is no part of an article from its frame (`prune_unwanted_sections`)."""
    precise = options.focus == "precision"
    _prune_named(tree, potential_tags, options, keep_teasers=keep_teasers)
    if (watch := watching()) is not None:
        watch.see_frame(tree)
    if next(tree.iter("ref"), None) is not None and _prune_links(tree, precise=precise):
        _prune_links(tree, precise=precise)
    if "table" in potential_tags or precise:
        tables = [e for e in tree.iter("table") if htmlprocessing.link_density_test_tables(e) is True]
        for table in tables:
            delete_element(table, keep_tail=False)
    if precise:
        while _ends_with_head(tree):
            delete_element(tree[-1], keep_tail=False)
        _prune_dense(tree, "head", backtracking=False, precise=True)
        _prune_dense(tree, "quote", backtracking=False, precise=True)
    elif (watch := watching()) is not None:
        watch.differs = _ends_with_head(tree) or any(
            _is_dense(e, {}, backtracking=False, precise=True) for e in tree.iter("head", "quote")
        )
    strip_tags(tree, "span", *(() if "ref" in potential_tags else ("ref",)))
    if (watch := watching()) is not None:
        watch.see_paragraphs(tree, options.min_extracted_size)
    return tree


def _ends_with_head(tree: HtmlElement) -> bool:
    return len(tree) > 0 and tree[-1].tag == "head"


def _prune_named(
    tree: HtmlElement, potential_tags: set[str], options: Extractor, *, keep_teasers: bool
) -> None:
    prune = htmlprocessing.prune_unwanted_nodes
    prune(tree, xpaths.OVERALL_DISCARD_XPATH, with_backup=True)
    if "graphic" not in potential_tags:
        prune(tree, xpaths.DISCARD_IMAGE_ELEMENTS)
    if options.focus == "recall":
        return
    if not keep_teasers:
        prune(tree, xpaths.TEASER_DISCARD_XPATH)
    if options.focus == "precision":
        prune(tree, xpaths.PRECISION_DISCARD_XPATH)


def _prune_links(tree: HtmlElement, *, precise: bool) -> bool:
    """Delete what is mostly links; tell whether anything was. If not, asking again changes nothing."""
    pruned = [
        _prune_dense(tree, tag, backtracking=tag == "div", precise=precise) for tag in ("div", "list", "p")
    ]
    return any(pruned)


def _prune_dense(tree: HtmlElement, tag: str, *, backtracking: bool, precise: bool) -> bool:
    """Delete the elements of a tag that are mostly links (`delete_by_link_density`); tell whether any was."""
    sizes: dict[_Element, int] = {}
    pruned = False
    watch = watching()
    strict = precise or watch is not None
    found = [e for e in tree.iter(tag) if _is_dense(e, sizes, backtracking=backtracking, precise=strict)]
    if watch is not None and found:
        loose = [e for e in found if _is_dense(e, sizes, backtracking=backtracking, precise=False)]
        watch.differs = len(loose) != len(found)
        found = loose
    for element in found:
        parent = element.getparent() if tag == "p" else None
        if parent is None or parent.tag not in {"item", "td", "th"}:
            delete_element(element)
            pruned = True
    return pruned


def _is_dense(element: _Element, sizes: dict[_Element, int], *, backtracking: bool, precise: bool) -> bool:
    """Tell whether an element is mostly links, or short with links in it; `sizes` are of links."""
    links = list(element.iterdescendants("ref"))
    if not links or next(element.iterdescendants("graphic"), None) is not None:
        return False
    found = [size for link in links if (size := _known_size(link, sizes))]
    text, linked = str(_text(element)), sum(found)
    if len(links) == 1 and linked > (10 if precise else 100) and _outweighs(linked, text, 0.9):
        return True
    if _reaches(text, _limit(element)):
        is_farm = len(links) > 4 and linked < 100 * len(found) and _outweighs(linked, text, LINK_FARM_RATIO)
        return is_farm and not htmlprocessing.is_paragraph_listing(links)
    size = _size(text)
    if linked > size * 0.8 or not found:
        return True
    if len(found) > 1 and sum(size < 10 for size in found) / len(found) > 0.8:
        return True
    return backtracking and len(element) >= (1 if precise else 3) and size < (200 if precise else 100)


def _outweighs(linked: int, text: str, share: float) -> bool:
    """Tell whether links of a size are more than a share of a text."""
    return not _reaches(text, int(linked / share) + 2) and linked > _size(text) * share


def _reaches(text: str, size: int) -> bool:
    """Tell whether a text is of a size at least: a long one is by its beginning."""
    beginning = 4 * size + 200
    return (len(text) > beginning and _size(text[:beginning]) >= size) or _size(text) >= size


def _limit(element: _Element) -> int:
    """Return the size from which an element is no short one."""
    is_last = element.getnext() is None
    if element.tag == "p":
        return 60 if is_last else 30
    return 300 if is_last else 100


def _known_size(link: _Element, sizes: dict[_Element, int]) -> int:
    if (size := sizes.get(link)) is None:
        size = sizes[link] = _size(str(_text(link)))
    return size


def _size(text: str) -> int:
    return len(" ".join(text.split()))
