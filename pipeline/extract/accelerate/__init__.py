"""Whether trafilatura runs as it is or accelerated; the texts are the same.

Accelerated, its XPath expressions are predicates (`expressions`, with a memory in `conditions`, asked all at
once by `questions` and `roll`), and its runs over one tree share what they have in common (`cascade`,
`sections`). That follows the source of one version: any other, and one that is switched off, runs as it is.
trafilatura is changed only while a page is read.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

import trafilatura
from justext import core
from lxml.html import HtmlElement
from trafilatura import main_extractor, xpaths

from pipeline.extract import stopwords
from pipeline.extract.accelerate import roll
from pipeline.extract.accelerate.cascade import Cascade, options_for
from pipeline.extract.accelerate.conditions import UnknownExpressionError
from pipeline.extract.accelerate.expressions import Expression, compile_expression
from pipeline.extract.accelerate.questions import Questions
from pipeline.extract.accelerate.sections import prune_sections

Focus = Literal["precision", "recall", "balanced"]

_MODULES = (
    "baseline", "core", "external", "htmlprocessing", "main_extractor", "readability_lxml", "settings",
    "utils", "xml", "xpaths",
)  # fmt: skip
KNOWN = "2084cc4acae3efe4"
"""The digest of the modules of trafilatura that the acceleration follows (2.3.1)."""
_LISTS = (
    "RAW_TREE_PRUNE_XPATH", "REMOVE_COMMENTS_AND_LISTS_XPATH", "REMOVE_COMMENTS_XPATH", "BODY_XPATH",
    "OVERALL_DISCARD_XPATH", "TEASER_DISCARD_XPATH", "PRECISION_DISCARD_XPATH", "DISCARD_IMAGE_ELEMENTS",
)  # fmt: skip
_QUESTIONS = Questions()
_log = logging.getLogger(__name__)


class Runs(Protocol):
    """The runs of trafilatura over one tree."""

    def text(self, focus: Focus) -> str:
        """Return the text that a run gives, one paragraph a line; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Runs of trafilatura as it is."""

    root: HtmlElement
    least: int

    def text(self, focus: Focus) -> str:
        """See `Runs.text`."""
        document = trafilatura.bare_extraction(self.root, options=copy(options_for(focus, self.least)))
        return getattr(document, "text", None) or ""


@dataclass(frozen=True, slots=True)
class Accelerated:
    """Runs of trafilatura's cascade with everything that makes it faster."""

    cascade: Cascade

    def text(self, focus: Focus) -> str:
        """See `Runs.text`."""
        with _changed():
            return self.cascade.text(focus)


@dataclass
class _Switch:
    is_on: bool = True


_switch = _Switch()


def switch(*, on: bool) -> None:
    """Accelerate trafilatura in this process from now on, or let it run as it is."""
    _switch.is_on = on


def is_on() -> bool:
    """Tell whether trafilatura is accelerated."""
    return _switch.is_on and _changes() is not None


def runs_over(root: HtmlElement, least: int) -> Runs:
    """Return the runs over a tree, which they may change.

    `least` is the size in characters below which a run tries its other ways of reading.
    """
    if not is_on() or root.find(".//script") is not None:
        return Plain(root, least)
    with _changed():
        return Accelerated(Cascade(root, least, _QUESTIONS.ask))


@dataclass(frozen=True, slots=True)
class _Frame:
    """An expression that chooses the frame of an article; once one was chosen, its elements are changed."""

    expression: Expression

    @property
    def path(self) -> str:
        return self.expression.path

    def __call__(self, tree: HtmlElement) -> list[Any]:
        called = roll.called()
        if called is not None and called.is_used:
            with roll.calling(None):
                return list(self.expression(tree))
        found = self.expression(tree)
        if called is not None and found:
            called.is_used = True
        return list(found)


_Change = tuple[object, str, object, object]
"""A module, a name in it, what it stands for and what it stands for while a page is read."""


@contextmanager
def _changed() -> Iterator[None]:
    changes = _changes() or ()
    for module, name, _, new in changes:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module, name, old, _ in changes:
            setattr(module, name, old)


@lru_cache(maxsize=1)
def _changes() -> tuple[_Change, ...] | None:
    """Return what is changed in trafilatura; None, and a line in the log, if its source is not known."""
    if (found := digest()) != KNOWN:
        _log.warning(
            "trafilatura %s is not known: it runs unaccelerated (%s)", trafilatura.__version__, found
        )
        return None
    try:
        return (*_expressions(), *_functions())
    except UnknownExpressionError as error:
        _log.warning("trafilatura runs unaccelerated, an expression is not known: %s", error)
        return None


def digest() -> str:
    """Return a digest of the source of trafilatura, as far as the acceleration follows it."""
    found = sha256()
    for name in _MODULES:
        spec = find_spec(f"trafilatura.{name}")
        source = Path(spec.origin) if spec is not None and spec.origin is not None else None
        found.update(source.read_bytes() if source is not None and source.suffix == ".py" else b"")
    return found.hexdigest()[:16]


def _expressions() -> Iterator[_Change]:
    """Yield the expressions as predicates, in all modules that name them."""
    modules = [module for name in _MODULES if (module := sys.modules.get(f"trafilatura.{name}")) is not None]
    for name in _LISTS:
        old = getattr(xpaths, name)
        compiled = [_QUESTIONS.numbered(compile_expression(expression.path)) for expression in old]
        new = [_Frame(expression) for expression in compiled] if name == "BODY_XPATH" else compiled
        yield from ((module, name, old, new) for module in modules if getattr(module, name, None) is old)
    lone = sys.modules["trafilatura.baseline"].BASIC_CLEAN_XPATH
    yield sys.modules["trafilatura.baseline"], "BASIC_CLEAN_XPATH", lone, compile_expression(lone.path)


def _functions() -> Iterator[_Change]:
    """Yield the functions that do the same faster."""
    yield main_extractor, "prune_unwanted_sections", main_extractor.prune_unwanted_sections, prune_sections
    yield core, "define_stoplist", core.define_stoplist, stopwords.set_of
