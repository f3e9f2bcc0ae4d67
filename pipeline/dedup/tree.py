"""Who copied whom: the original among the copies of one text, and the tree of those that took it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.dedup.verdict import part_or_near
from pipeline.process import earlier_stated, first_of
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
    across = {(link.a, link.b): link for one in links for link in (one, one.turned())}
    placed: list[str] = []
    found: dict[str, Source | None] = {}
    roots: dict[str, str] = {}
    for copy in in_order(copies, wordings, links):
        mine = wordings[copy.id]
        near = {id_: link for id_ in placed if (link := _link(across, mine, wordings[id_])) is not None}
        source = _chosen(near, roots)
        found[copy.id] = None if source is None else _source(source, near[source])
        roots[copy.id] = copy.id if source is None else roots[source]
        placed.append(copy.id)
    return found


def source_among(
    wording: int, others: Sequence[Copy], wordings: Wordings, links: Sequence[Link]
) -> Source | None:
    """Say what an article with this text was taken from, if it came behind all of `others`."""
    across = {(link.a, link.b): link for one in links for link in (one, one.turned())}
    for copy in in_order(others, wordings, links):
        if (link := _link(across, wording, wordings[copy.id])) is not None:
            return _source(copy.id, link)
    return None


def in_order(copies: Sequence[Copy], wordings: Wordings, links: Sequence[Link]) -> list[Copy]:
    """Return `copies` so that each comes before those that may have been taken from it.

    First comes the original (`pipeline.process.first_of`), then the original of the others, and so on. A part
    does not come before the text that holds it, unless there is evidence: it was stated to be earlier, or the
    longer text credits somebody and the part does not.
    """
    wholes: dict[int, set[int]] = {}
    for link in links:
        for one in (link, link.turned()):
            if one.a_is_part:
                wholes.setdefault(one.a, set()).add(one.b)
    left = sorted(copies, key=lambda copy: copy.id)
    ordered = []
    while left:
        held = {number for copy in left if (number := wordings[copy.id])}
        free = left
        if any(wholes.get(number, set()) & held for number in held):
            free = [c for c in left if not _waits(c, left, wordings, wholes.get(wordings[c.id], set()))]
        first = first_of(free or left)
        ordered.append(first)
        left.remove(first)
    return ordered


def _waits(part: Copy, others: Sequence[Copy], wordings: Wordings, wholes: set[int]) -> bool:
    """Tell whether a text that holds `part` comes first."""
    return any(wordings[whole.id] in wholes and not _may_lead(part, whole) for whole in others)


def _may_lead(part: Copy, whole: Copy) -> bool:
    if (earlier := earlier_stated(part, whole)) is not None:
        return earlier
    return whole.credits_others and not part.credits_others


def _link(across: Mapping[tuple[int, int], Link], mine: int, other: int) -> Link | None:
    return Link(mine, other, 1.0, 1.0, 1.0) if mine == other else across.get((mine, other))


def _chosen(near: Mapping[str, Link], roots: Mapping[str, str]) -> str | None:
    """Return which of the linked articles before it, in their order, a copy was taken from."""
    if not near:
        return None
    most: dict[str, float] = {}
    for id_, link in near.items():
        root = roots[id_]
        most[root] = max(most.get(root, 0.0), link.covered_a)
    tree = max(most, key=lambda root: most[root])
    return tree if tree in near else next(id_ for id_ in near if roots[id_] == tree)


def _source(id_: str, link: Link) -> Source:
    relation: Relation = "exact" if link.a == link.b else part_or_near(link.covered_a, link.covered_b)
    return Source(id_, relation, link.similarity, link.covered_b)
