"""trafilatura's cascade over one tree: what its runs share is done once, what decides nothing not at all.

It follows `trafilatura.core.trafilatura_sequence` of the version that `pipeline.extract.accelerate` knows,
for our options, and gives the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import inf

from lxml.etree import _Element, strip_elements, strip_tags, tostring
from lxml.html import HtmlElement
from trafilatura import core, external, htmlprocessing, main_extractor, settings, xpaths
from trafilatura.baseline import baseline, html2txt
from trafilatura.settings import Extractor
from trafilatura.utils import SPACING_PROTECTED, text_chars_test, trim
from trafilatura.xml import delete_element, xmltotxt

from pipeline.extract.accelerate import roll
from pipeline.extract.accelerate.strictness import Strictness, watched_by, watching

_CLEANED = [tag for tag in settings.MANUALLY_CLEANED if tag != "form"]
_EMPTY = frozenset(settings.CUT_EMPTY_ELEMS)
_RAW = ("iframe", "xmp", "plaintext", "noembed", "noframes")
"""What readability writes into, and what a parser takes literally that was escaped."""

Found = tuple[_Element, str]
"""A body, and its text as trafilatura measures it."""


@dataclass
class Cascade:
    """The runs over one tree, which is changed. It holds no scripts, no frames and no comments."""

    root: HtmlElement
    least: int
    """Characters below which a run tries its other ways of reading."""
    ask: roll.Ask
    """Answers what the expressions ask."""
    _compared: dict[str, Found] = field(default_factory=dict)
    _called: roll.Roll | None = None
    """The roll of the tree that the first run extracted from."""
    _precise_too: Found | None = None
    """What a permissive run extracted, if a precise one would extract the same."""

    def __post_init__(self) -> None:
        with roll.calling(roll.roll_of(self.root, self.ask)):
            htmlprocessing.prune_unwanted_nodes(self.root, xpaths.RAW_TREE_PRUNE_XPATH)
            htmlprocessing.prune_unwanted_nodes(self.root, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH)

    def text(self, focus: str) -> str:
        """Return the text of a run; empty if there is none."""
        try:
            body, text = self._run(options_for(focus, self.least))
        except (TypeError, ValueError):
            return ""
        return xmltotxt(body, include_formatting=False) if text else ""

    def _run(self, options: Extractor) -> Found:
        body, text = self._compared_run(options)
        if len(text) < options.min_extracted_size and options.focus != "precision":
            dumped, dump, size = baseline(self.root)
            if size > len(text):
                body, text = dumped, dump
        if options.focus == "balanced" and self._covers_little(text):
            return self._escalated(body, text, options)
        return body, text

    def _covers_little(self, text: str) -> bool:
        """Tell whether a text is short and little of the page (stage 4 of the cascade)."""
        if not 0 < len(text) < core.ESCALATION_MAX_LENGTH:
            return False
        return len(text) < core.ESCALATION_PAGE_SHARE * len(html2txt(self.root))

    def _escalated(self, body: _Element, text: str, options: Extractor) -> Found:
        """Choose between a text that covers little, a run for recall, and justext's."""
        try:
            retried, retry = self._compared_run(options_for("recall", self.least))
        except Exception:  # noqa: BLE001 - as trafilatura does: the first text stands
            retried, retry = body, ""
        try:
            rescued, rescue = external.justext_rescue(copy(self.root), options)
        except Exception:  # noqa: BLE001
            rescued, rescue = body, ""
        if len(rescue) > len(retry) and len(rescue) > core.ESCALATION_JUSTEXT_RATIO * len(text):
            return rescued, rescue
        if len(retry) >= self.least and len(retry) > core.ESCALATION_ACCEPT_RATIO * len(text):
            return retried, retry
        return body, text

    def _compared_run(self, options: Extractor) -> Found:
        """Return what the stages 1 and 2 give, the rules and the general algorithms."""
        if options.focus not in self._compared:
            body, text = self._content(options)
            self._compared[options.focus] = self._comparison(body, text, options)
        return self._compared[options.focus]

    # --- before the extraction

    @cached_property
    def _cleaned(self) -> HtmlElement:
        """The tree without what is never text, and before it lost its empty elements (`tree_cleaning`)."""
        tree = copy(self.root)
        htmlprocessing.recover_math(tree)
        for element in tree.iter("figure", "table"):
            is_frame = (
                element.find(".//table") is not None
                if element.tag == "figure"
                else element.get("role") in {"presentation", "none"}
            )
            if is_frame:
                element.tag = "div"
        strip_tags(tree, *settings.MANUALLY_STRIPPED)
        present = {element.tag for element in tree.iter(*_CLEANED)}
        for tag in _CLEANED:
            if tag in present:
                for element in tree.iter(tag):
                    delete_element(element)
        htmlprocessing._handle_forms(tree)  # noqa: SLF001
        return tree

    def _prepared(self, options: Extractor) -> HtmlElement:
        """Return the tree that a run extracts from."""
        watch = watching()
        if options.focus == "recall" and self._cleaned.find(".//p") is None:
            tree = htmlprocessing.tree_cleaning(copy(self.root), options)  # it may take back what it deletes
            if watch is not None:
                watch.differs = True
        else:
            tree = copy(self._cleaned)
            tails = options.focus != "precision"
            empty = [e for e in tree.iterdescendants(*_EMPTY) if e.text is None and len(e) == 0]
            if watch is not None:
                watch.see_empty(empty)
            for element in empty:
                delete_element(element, keep_tail=tails)
        return htmlprocessing.convert_tags(tree, options, None)

    # --- stage 1: rules

    def _content(self, options: Extractor) -> Found:
        """Return the main content by trafilatura's rules (`extract_content`)."""
        if options.focus == "precision" and self._precise_too is not None:
            return self._precise_too
        watch = Strictness() if options.focus == "recall" else None
        with watched_by(watch):
            body, text, is_sure = self._extracted(options)
        _drop_repeated(body)
        strip_elements(body, "done")
        strip_tags(body, "div")
        _bare_line_breaks(body)
        if watch is not None and is_sure and not watch.differs:
            self._precise_too = body, text
        return body, text

    def _extracted(self, options: Extractor) -> tuple[_Element, str, bool]:
        """Return what the rules find, and whether all of it stands in a frame."""
        tree = self._prepared(options)
        with roll.calling(self._roll_of(tree)):
            if options.focus == "precision":
                htmlprocessing.prune_unwanted_nodes(tree, xpaths.REMOVE_COMMENTS_XPATH)
            elif (watch := watching()) is not None:
                watch.differs = any(expression(tree) for expression in xpaths.REMOVE_COMMENTS_XPATH)
            order = list(tree.iter())
            body, text, tags = main_extractor._extract(tree, options)  # noqa: SLF001
        if len(body) == 0 or len(text) < options.min_extracted_size:
            body = self._recovered(order, body, tags, options)
            return body, " ".join(map(str, body.itertext())).strip(), False
        return body, text, True

    def _roll_of(self, tree: HtmlElement) -> roll.Roll:
        """Call the roll of a tree that a run extracts from; those of two runs often differ in tails only."""
        called = self._called.for_twin(tree) if self._called is not None else None
        if called is None:
            called = self._called = roll.roll_of(tree, self.ask)
        return called

    def _recovered(
        self, order: Sequence[_Element], body: _Element, tags: set[str], options: Extractor
    ) -> _Element:
        """Add what stands outside of the frame that was chosen."""
        again = self._prepared(options)
        if options.focus == "precision":
            htmlprocessing.prune_unwanted_nodes(again, xpaths.REMOVE_COMMENTS_XPATH)
        twins = zip(order, again.iter(), strict=True)
        consumed = {twin for element, twin in twins if element.tag == "done"}
        return main_extractor.recover_wild_text(again, body, options, tags, consumed)

    # --- stage 2: general algorithms

    def _comparison(self, body: _Element, text: str, options: Extractor) -> Found:
        """Choose between the rules' text and those of readability and justext (`compare_extraction`)."""
        if options.focus == "recall" and len(text) > options.min_extracted_size * 10:
            return body, text
        readable = self._readable(body, text, options)
        if readable is not None:
            body, text = readable
        unclean = bool(body.xpath(external.SANITIZED_XPATH))
        if unclean or len(text) < options.min_extracted_size:
            cleaned = htmlprocessing.tree_cleaning(copy(self.root), options)
            other, found = external.justext_rescue(cleaned, options)
            if found and _replaces(found, text, unclean=unclean):
                return other, found
        if readable is not None:
            body, text = external.sanitize_tree(body, options)
        return body, text

    @cached_property
    def _most(self) -> float:
        return _most_of(self.root)

    def _readable(self, body: _Element, text: str, options: Extractor) -> Found | None:
        """Return readability's text if it is preferred; it is not even made where it cannot be."""
        if not _may_be_preferred(body, len(text), self._most, options):
            return None
        tree = copy(self.root)
        if options.focus == "precision":
            with roll.calling(roll.roll_of(tree, self.ask)):
                htmlprocessing.prune_unwanted_nodes(tree, xpaths.OVERALL_DISCARD_XPATH)
            if not _may_be_preferred(body, len(text), _most_of(tree), options):
                return None
        found = external.try_readability(tree)
        said = trim(tostring(found, method="text", encoding="utf-8").decode("utf-8"))
        preferred = external._prefer_readability(body, found, said, len(text), len(said), options)  # noqa: SLF001
        return (found, said) if preferred else None


def _replaces(found: str, text: str, *, unclean: bool) -> bool:
    """Tell whether justext's text takes the place of one that is short, or holds what should be gone."""
    if unclean:
        return len(text) <= external.JUSTEXT_OVERRIDE_RATIO * len(found)
    return len(text) < len(found)


def _may_be_preferred(body: _Element, size: int, most: float, options: Extractor) -> bool:
    """Tell whether a text of at most `most` characters may be preferred (`_prefer_readability`).

    Every clause of that choice asks for a certain length at least.
    """
    if size == 0 or most > 2 * size:
        return True
    if most > 2 * options.min_extracted_size and _is_deficient(body):
        return True
    if options.focus != "recall":
        return False
    return most > 1.5 * size or (most > size and not body.xpath(".//head"))


def _is_deficient(body: _Element) -> bool:
    return not body.xpath(".//p//text()") or len(body.findall(".//table")) > len(body.findall(".//p"))


def _most_of(tree: HtmlElement) -> float:
    """Return how many characters of text anything made of a tree may have at most."""
    if next(tree.iter(*_RAW), None) is not None:
        return inf
    return len(" ".join(str(tree.text_content()).split()))


def _drop_repeated(body: _Element) -> None:
    """Take out what repeats the element before it."""
    before = None
    for element in list(body):
        text = main_extractor._elem_text(element)  # noqa: SLF001
        if text and text == before and len(text) > settings.MIN_DUPLICATE_LENGTH:
            delete_element(element, keep_tail=False)
        else:
            before = text


def _bare_line_breaks(body: _Element) -> None:
    """Take the white space off line breaks that is not code."""
    for element in body.iter("lb"):
        tail = element.tail
        if not tail or text_chars_test(tail):
            continue
        if not any(around.tag in SPACING_PROTECTED for around in element.iterancestors()):
            element.tail = None


@lru_cache(maxsize=16)
def options_for(focus: str, least: int) -> Extractor:
    """Return trafilatura's options for a run."""
    options = Extractor(
        output_format="python", precision=focus == "precision", recall=focus == "recall", comments=False
    )
    options.min_extracted_size = least
    options.min_output_size = 1
    return options
