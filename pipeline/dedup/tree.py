"""Who copied whom: the original among the copies of one text, and the tree of those that took it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.dedup.verdict import part_or_near
from pipeline.process import by_precedence, earlier_stated
from pipeline.records import Copy, Relation


@dataclass(frozen=True, slots=True)
class Link:
    """Two texts one of which is a copy of the other, whichever that is."""

    a: int
    b: int
    """The texts' numbers."""
    covered_a: float
    """The share of `a` that `b` has."""
    covered_b: float
    similarity: float

    def turned(self) -> Link:
        """Return the same link, told from the other text."""
        return Link(self.b, self.a, self.covered_b, self.covered_a, self.similarity)

    @property
    def a_is_part(self) -> bool:
        """True where `a` is contained in `b`."""
        return self.covered_a > self.covered_b and part_or_near(self.covered_a, self.covered_b) == "contained"


@dataclass(frozen=True, slots=True)
class Source:
    """What a copy was taken from, as far as it is held."""

    id: str
    relation: Relation
    similarity: float
    covered: float
    """The share of the source's text that the copy has."""


Wordings = Mapping[str, int]
"""The number of each article's text, by the article's id."""


def sources(copies: Sequence[Copy], wordings: Wordings, links: Sequence[Link]) -> dict[str, Source | None]:
    """Say of each of `copies` what it was taken from; None for an original.

    Every copy has one source among those that come before it (`in_order`) and that it is linked to: the
    original of its tree if it is linked to that, else the first. Of several trees it is in the one that has
    most of its text: a round-up that holds two stories whole does not make one of them. The answer does not
    depend on the order of the arguments.
    """
    near = _neighbours(links)
    firsts: dict[int, dict[str, str]] = {}  # of each text the first article in each tree, by the tree's root
    rank: dict[str, int] = {}
    found: dict[str, Source | None] = {}
    for copy in in_order(copies, wordings, links):
        mine = wordings[copy.id]
        linked = {mine: _same(mine), **near.get(mine, {})}
        met = [
            (root, id_, link)
            for number, link in linked.items()
            for root, id_ in firsts.get(number, {}).items()
        ]
        root, found[copy.id] = _taken_from(met, rank) if met else (copy.id, None)
        firsts.setdefault(mine, {}).setdefault(root, copy.id)
        rank[copy.id] = len(rank)
    return found


def source_among(
    wording: int, others: Sequence[Copy], wordings: Wordings, links: Sequence[Link]
) -> Source | None:
    """Say what an article with this text was taken from, if it came behind all of `others`."""
    linked = {wording: _same(wording), **_neighbours(links).get(wording, {})}
    for copy in in_order(others, wordings, links):
        if (link := linked.get(wordings[copy.id])) is not None:
            return _source(copy.id, link)
    return None


def in_order(copies: Sequence[Copy], wordings: Wordings, links: Sequence[Link]) -> list[Copy]:
    """Return `copies` so that each comes before those that may have been taken from it.

    They go by `pipeline.process.by_precedence`, but a part does not come before the text that holds it,
    unless there is evidence: it was stated to be earlier, or the longer text credits somebody, the part not.
    """
    wholes: dict[int, set[int]] = {}
    for link in links:
        for one in (link, link.turned()):
            if one.a_is_part:
                wholes.setdefault(one.a, set()).add(one.b)
    left = by_precedence(copies)
    holding: dict[int, list[Copy]] = {}
    for copy in left:
        holding.setdefault(wordings[copy.id], []).append(copy)
    ordered = []
    while left:
        place = next(
            (n for n, c in enumerate(left) if not _waits(c, wholes.get(wordings[c.id], ()), holding)), 0
        )
        first = left.pop(place)
        holding[wordings[first.id]].remove(first)
        ordered.append(first)
    return ordered


def _waits(part: Copy, wholes: Collection[int], holding: Mapping[int, Sequence[Copy]]) -> bool:
    """Tell whether one of the texts that hold `part`, of those that are left, comes first."""
    return any(not _may_lead(part, whole) for number in wholes for whole in holding.get(number, ()))


def _may_lead(part: Copy, whole: Copy) -> bool:
    if (earlier := earlier_stated(part, whole)) is not None:
        return earlier
    return whole.credits_others and not part.credits_others


def _neighbours(links: Sequence[Link]) -> dict[int, dict[int, Link]]:
    """Return the links of each text, told from it, by the other text."""
    found: dict[int, dict[int, Link]] = {}
    for link in links:
        for one in (link, link.turned()):
            found.setdefault(one.a, {})[one.b] = one
    return found


def _same(wording: int) -> Link:
    return Link(wording, wording, 1.0, 1.0, 1.0)


def _taken_from(met: Sequence[tuple[str, str, Link]], rank: Mapping[str, int]) -> tuple[str, Source]:
    """Choose among the articles that a copy is linked to: return the root of the tree, and the source.

    `met` are (root, article, link).
    """
    tree = min(met, key=lambda one: (-one[2].covered_a, rank[one[0]]))[0]
    within = [(id_, link) for root, id_, link in met if root == tree]
    return tree, _source(*min(within, key=lambda one: (one[0] != tree, rank[one[0]])))


def _source(id_: str, link: Link) -> Source:
    relation: Relation = "exact" if link.a == link.b else part_or_near(link.covered_a, link.covered_b)
    return Source(id_, relation, link.similarity, link.covered_b)
