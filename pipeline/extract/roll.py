"""The roll of a tree: its elements by class and id, so that questions about names are asked once a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from lxml.etree import _Element

Pair = tuple[str | None, str | None]
"""Class and id of an element; None where it has none."""

RARE = frozenset({"style", "role", "itemprop", "aria-hidden", "data-component", "data-lp-replacement-content"})
"""The other attributes that are asked about: few elements have one."""


@dataclass(slots=True)
class Roll:
    """The elements within a root in document order, as they were when the roll was made.

    Elements may be taken out of the tree later; none may be put in, renamed or given other attributes.
    """

    root: _Element
    elements: Sequence[_Element]
    pairs: dict[Pair, list[int]]
    rare: dict[str, list[int]]
    """Where the elements stand that have such an attribute, by its name."""
    is_used: bool = False
    """A frame was chosen by it, and its elements are being changed."""
    places: dict[_Element, int] = field(default_factory=dict)

    def within(
        self, tree: _Element, is_meant: Callable[[Pair], bool], rare: Iterable[str]
    ) -> Iterator[_Element] | None:
        """Yield the elements within `tree` whose class and id are meant, or that have one of the rare attributes.

        In document order. None if `tree` is not on the roll.
        """
        span = self._span(tree)
        if span is None:
            return None
        first, last = span
        places = {i for pair, found in self.pairs.items() if is_meant(pair) for i in found}
        for name in rare:
            places.update(self.rare.get(name, ()))
        chosen = sorted(i for i in places if first <= i <= last)
        return (e for i in chosen if _is_within(e := self.elements[i], tree))

    def _span(self, tree: _Element) -> tuple[int, int] | None:
        """Return the places between which the elements within `tree` stand."""
        if tree is self.root:
            return 0, len(self.elements)
        if not self.places:
            self.places.update(zip(self.elements, range(len(self.elements)), strict=True))
        first, last = self.places.get(tree), tree
        while len(last):
            last = last[-1]
        end = self.places.get(last)
        return (first + 1, end) if first is not None and end is not None else None


def roll_of(root: _Element) -> Roll:
    """Call the roll of a tree."""
    elements = list(root.iterdescendants("*"))
    pairs: dict[Pair, list[int]] = {}
    rare: dict[str, list[int]] = {}
    for place, element in enumerate(elements):
        if names := element.keys():
            pairs.setdefault((element.get("class"), element.get("id")), []).append(place)
            if not RARE.isdisjoint(names):
                for name in RARE.intersection(names):
                    rare.setdefault(name, []).append(place)
    pairs.pop((None, None), None)
    return Roll(root, elements, pairs, rare)


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
