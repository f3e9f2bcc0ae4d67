"""What is remembered of the text blocks of an outlet's pages, and how it is learned and forgotten. Pure."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median_low

from pipeline.records import Recurrence, Sighting, Spot

MOST_BLOCKS = 4_000
"""Blocks that are remembered of an outlet: the rarest and oldest go."""
MEMORY = 200
"""Pages of the outlet after which a block that none of them had is forgotten."""
EVERY = 50
"""Pages from one forgetting to the next."""
MOST_SIZES = 15
"""Texts whose sizes are remembered of an outlet."""
LEAST_SIZES = 5
_NEVER = Recurrence()
_FIELDS = range(len(Recurrence._fields))
_COPY = 0.6
"""Share of a text that another page has too, above which the page is a copy of it."""
_NEW = 0.1
"""Share of a text up to which what is new in it is no text of its own."""


class PackedBlocks(Mapping[int, Recurrence]):
    """What is remembered of blocks, by digest, in arrays: a tenth of a dict, quick to send and to ask."""

    def __init__(self, blocks: array[int], counts: tuple[array[int], ...]) -> None:
        """`blocks` are sorted; `counts` has an array of 32-bit numbers for each field of `Recurrence`."""
        self._blocks = blocks
        self._counts = counts

    @classmethod
    def of(cls, blocks: Mapping[int, Recurrence]) -> PackedBlocks:
        """Pack what lies in another mapping."""
        if isinstance(blocks, cls):
            return blocks
        known = sorted(blocks)
        counts = (array("i", [blocks[name][place] for name in known]) for place in _FIELDS)
        return cls(array("q", known), tuple(counts))

    def __reduce__(self) -> tuple[object, ...]:
        return PackedBlocks, (self._blocks, self._counts)

    def __getitem__(self, block: int) -> Recurrence:
        place = bisect_left(self._blocks, block)
        if not self._is_at(place, block):
            raise KeyError(block)
        return Recurrence(*(counts[place] for counts in self._counts))

    def __contains__(self, block: object) -> bool:
        return isinstance(block, int) and self._is_at(bisect_left(self._blocks, block), block)

    def __iter__(self) -> Iterator[int]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def updated(self, changed: Mapping[int, Recurrence]) -> PackedBlocks:
        """Return the same with what has changed."""
        blocks, counts = self._blocks[:], tuple(counts[:] for counts in self._counts)
        for block in sorted(changed, reverse=True):  # what is put in moves only what lies behind it
            place = bisect_left(self._blocks, block)
            known = self._is_at(place, block)
            if not known:
                blocks.insert(place, block)
            for column, count in zip(counts, changed[block], strict=True):
                if known:
                    column[place] = count
                else:
                    column.insert(place, count)
        return PackedBlocks(blocks, counts)

    def unpacked(self) -> dict[int, Recurrence]:
        """Return all of it in one go."""
        return dict(zip(self._blocks, map(Recurrence, *self._counts), strict=True))

    def _is_at(self, place: int, block: int) -> bool:
        return place < len(self._blocks) and self._blocks[place] == block


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What is remembered of the blocks of an outlet's pages."""

    pages: int = 0
    """Pages that it was learned from; copies of earlier ones do not count."""
    blocks: Mapping[int, Recurrence] = field(default_factory=dict)
    """By the digest of their words."""
    sizes: tuple[int, ...] = ()
    """Words of the outlet's last texts, at most `MOST_SIZES`."""
    counted: bool = False
    """The very article that is read with it is among what it was learned from."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as arrays, and leave them so: it goes along with every page, which asks for few blocks."""
        return Boilerplate, (self.pages, PackedBlocks.of(self.blocks), self.sizes, self.counted)

    @property
    def usual_size(self) -> int:
        """How many words a text of the outlet has, at the median; 0 while too few are known."""
        return median_low(self.sizes) if len(self.sizes) >= LEAST_SIZES else 0

    def measured(self, words: int) -> Boilerplate:
        """Return what is remembered once a text of so many words has been stored."""
        return replace(self, sizes=(*self.sizes, words)[-MOST_SIZES:])

    def learn(self, sightings: Sequence[Sighting]) -> Boilerplate:
        """Return what is remembered once a page of another article has been seen."""
        number = self.pages + 1
        known = {s.block: self.blocks[s.block] for s in sightings if s.block in self.blocks}
        if not (changed := votes(known, sightings, number)):
            return self
        blocks = PackedBlocks.of(self.blocks).updated(changed)
        if is_time_to_forget(number):
            held = blocks.unpacked()
            gone = forgotten(held, number)
            blocks = PackedBlocks.of({block: seen for block, seen in held.items() if block not in gone})
        return replace(self, pages=number, blocks=blocks)


NOTHING_LEARNED = Boilerplate()


def is_time_to_forget(pages: int) -> bool:
    """Tell whether blocks are to be forgotten once so many pages were seen."""
    return pages % EVERY == 0


def forgotten(blocks: Mapping[int, Recurrence], pages: int) -> frozenset[int]:
    """Return the blocks that are to be forgotten: those unseen for long, then the rarest and oldest."""
    fresh = [(seen.pages, seen.last, block) for block, seen in blocks.items() if seen.last > pages - MEMORY]
    kept = sorted(fresh, reverse=True)[:MOST_BLOCKS] if len(fresh) > MOST_BLOCKS else fresh
    return frozenset(blocks.keys() - {block for _, _, block in kept})


def votes(
    known: Mapping[int, Recurrence], sightings: Sequence[Sighting], number: int
) -> dict[int, Recurrence]:
    """Return what is remembered of the blocks of the outlet's page of that number.

    `known` holds what was remembered of them before. A page with the title and most of the text of an
    earlier one has no vote: the second address of a story must not make boilerplate of it.
    """
    if _is_copy(known, sightings):
        return {}
    stale = _is_stale(known, sightings)
    return {s.block: _counted(known.get(s.block, _NEVER), s, number, stale=stale) for s in sightings}


def _is_stale(known: Mapping[int, Recurrence], sightings: Sequence[Sighting]) -> bool:
    """Tell whether nothing of a page's text is its own."""
    new = sum(s.weight for s in sightings if s.kept and (s.block not in known or not known[s.block].pages))
    return new <= _NEW * sum(s.weight for s in sightings if s.kept)


def _counted(before: Recurrence, seen: Sighting, number: int, *, stale: bool) -> Recurrence:
    pages, outside, stale_pages, _ = before
    _, spot, _, kept = seen
    if spot is Spot.TITLE:
        return Recurrence(pages, outside, stale_pages, number)
    return Recurrence(pages + 1, outside + (spot is Spot.OUTSIDE), stale_pages + (stale and kept), number)


def _is_copy(known: Mapping[int, Recurrence], sightings: Sequence[Sighting]) -> bool:
    """Tell whether most of a page's text, and its title, was last seen on one and the same page."""
    shared: Counter[int] = Counter()
    total = 0
    for sighting in sightings:
        if sighting.kept:
            total += sighting.weight
            if sighting.block in known:
                shared[known[sighting.block].last] += sighting.weight
    titled = {known[s.block].last for s in sightings if s.spot is Spot.TITLE and s.block in known}
    return any(size > _COPY * total for page, size in shared.items() if page in titled)
