"""The roll of a tree: its elements by class and id, so that questions about names are asked once a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain

from lxml.etree import _Element

Answers = tuple[int, int]
"""What a class or an id says to numbered questions: bits of those that it says yes to, and bits of those
where the other attributes of an element decide."""
Ask = Callable[[str, str], Answers]
"""Asks the value of an attribute: "class" or "id", and the value."""

RARE = frozenset(
    {"style", "role", "itemprop", "aria-hidden", "data-component", "data-lp-replacement-content"}
)
"""The other attributes that are asked about: few elements have one."""


@dataclass(slots=True)
class Roll:
    """The elements within a root in document order, as they were when the roll was made.

    Elements may be taken out of the tree later; none may be put in, renamed or given other attributes.
    """

    root: _Element
    elements: Sequence[_Element]
    tags: Sequence[str]
    sure: Mapping[int, Sequence[int]]
    """Where the elements stand whose class or id says yes to a question, by its number."""
    perhaps: Mapping[int, Sequence[int]]
    rare: Mapping[str, Sequence[int]]
    """Where the elements stand that have another attribute, by its name."""
    is_used: bool = False
    """A frame was chosen by it, and its elements are being changed."""
    numbers: dict[_Element, int] = field(default_factory=dict)

    def for_twin(self, root: _Element) -> Roll | None:
        """Return the roll of a tree that was made like this one's, but for its text; None if tags differ."""
        elements = list(root.iterdescendants("*"))
        if [element.tag for element in elements] != self.tags:
            return None
        return Roll(root, elements, self.tags, self.sure, self.perhaps, self.rare)

    def within(
        self, tree: _Element, question: int, rare: Iterable[str]
    ) -> Iterator[tuple[_Element, bool]] | None:
        """Yield the elements within `tree` that may be meant, in document order, and whether each is sure.

        One that has a `rare` attribute may be meant. None if `tree` is not on the roll.
        """
        if tree is not self.root and tree.getroottree().getroot() is not self.root:
            return None
        sure = frozenset(self.sure.get(question, ()))
        perhaps = {*self.perhaps.get(question, ()), *chain.from_iterable(self.rare.get(n, ()) for n in rare)}
        if not sure and not perhaps:
            return iter(())
        if (span := self._span(tree)) is None:
            return None
        return self._present(tree, range(*span), sure, perhaps)

    def _present(
        self, tree: _Element, span: range, sure: frozenset[int], perhaps: set[int]
    ) -> Iterator[tuple[_Element, bool]]:
        for place in sorted(sure | perhaps):
            if place in span and _is_within(element := self.elements[place], tree):
                yield element, place in sure

    def _span(self, tree: _Element) -> tuple[int, int] | None:
        """Return where the elements within `tree` begin and end."""
        if tree is self.root:
            return 0, len(self.elements)
        if not self.numbers:
            self.numbers.update(zip(self.elements, range(len(self.elements)), strict=True))
        first, last = self.numbers.get(tree), tree
        while len(last):
            last = last[-1]
        end = self.numbers.get(last)
        return (first + 1, end + 1) if first is not None and end is not None else None


def roll_of(root: _Element, ask: Ask) -> Roll:
    """Call the roll of a tree."""
    elements = list(root.iterdescendants("*"))
    named: dict[tuple[str, str], list[int]] = {}
    rare: dict[str, list[int]] = {}
    for place, element in enumerate(elements):
        if not (names := element.keys()):
            continue
        for name in ("class", "id"):
            if (value := element.get(name)) is not None:
                named.setdefault((name, value), []).append(place)
        if not RARE.isdisjoint(names):
            for name in RARE.intersection(names):
                rare.setdefault(str(name), []).append(place)
    sure: dict[int, list[int]] = {}
    perhaps: dict[int, list[int]] = {}
    for (name, value), places in named.items():
        answers = ask(name, value)
        for mask, found in zip(answers, (sure, perhaps), strict=True):
            for question in bits(mask) if mask else ():
                found.setdefault(question, []).extend(places)
    return Roll(root, elements, [str(element.tag) for element in elements], sure, perhaps, rare)


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _is_within(element: _Element, tree: _Element) -> bool:
    return any(around is tree for around in element.iterancestors())


_CALLED: ContextVar[Roll | None] = ContextVar("roll", default=None)


def called() -> Roll | None:
    """Return the roll that holds now."""
    return _CALLED.get()


@contextmanager
def calling(roll: Roll | None) -> Iterator[None]:
    """Let a roll hold while its tree is worked on."""
    before = _CALLED.set(roll)
    try:
        yield
    finally:
        _CALLED.reset(before)
