"""The roll of a tree: its elements by class and id, so that questions about names are asked once a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from lxml.etree import _Element

Answer = Literal["yes", "perhaps", "no"]
"""What a name says of the elements that have it; "perhaps" where their other attributes decide."""

RARE = frozenset({"style", "role", "itemprop", "aria-hidden", "data-component", "data-lp-replacement-content"})
"""The other attributes that are asked about: few elements have one."""


@dataclass(slots=True)
class Roll:
    """The elements within a root in document order, as they were when the roll was made.

    Elements may be taken out of the tree later; none may be put in, renamed or given other attributes.
    """

    root: _Element
    elements: Sequence[_Element]
    places: Mapping[str, Mapping[str, Sequence[int]]]
    """Where the elements stand that have a class or an id, by its name and value."""
    rare: Mapping[str, Sequence[int]]
    """Where the elements stand that have another attribute, by its name."""
    is_used: bool = False
    """A frame was chosen by it, and its elements are being changed."""
    numbers: dict[_Element, int] = field(default_factory=dict)

    def within(
        self, tree: _Element, says: Mapping[str, Callable[[str], Answer]], rare: Iterable[str]
    ) -> Iterator[tuple[_Element, bool]] | None:
        """Yield the elements within `tree` that may be meant, in document order, each with whether it is sure.

        `says` answers for the values of class and id; one that has a `rare` attribute may be meant. None if
        `tree` is not on the roll.
        """
        if (span := self._span(tree)) is None:
            return None
        sure: set[int] = set()
        perhaps: set[int] = set(chain.from_iterable(self.rare.get(name, ()) for name in rare))
        for name, answer in says.items():
            for value, places in self.places[name].items():
                if (said := answer(value)) != "no":
                    (sure if said == "yes" else perhaps).update(places)
        return self._present(tree, range(*span), sure, perhaps)

    def _present(
        self, tree: _Element, span: range, sure: set[int], perhaps: set[int]
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


def roll_of(root: _Element) -> Roll:
    """Call the roll of a tree."""
    elements = list(root.iterdescendants("*"))
    classes: dict[str, list[int]] = {}
    ids: dict[str, list[int]] = {}
    rare: dict[str, list[int]] = {}
    for place, element in enumerate(elements):
        if not (names := element.keys()):
            continue
        if (value := element.get("class")) is not None:
            classes.setdefault(value, []).append(place)
        if (value := element.get("id")) is not None:
            ids.setdefault(value, []).append(place)
        if not RARE.isdisjoint(names):
            for name in RARE.intersection(names):
                rare.setdefault(name, []).append(place)
    return Roll(root, elements, {"class": classes, "id": ids}, rare)


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
