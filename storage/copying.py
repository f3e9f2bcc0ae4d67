"""How an article's copies are found and what they are to each other is settled: the steps of every store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.dedup.candidates import MOST_CANDIDATES, crowded, ranked
from pipeline.dedup.fingerprints import fingerprints
from pipeline.dedup.likeness import Reading, compare, read
from pipeline.dedup.lines import without_repeated
from pipeline.dedup.tree import Link
from pipeline.dedup.verdict import judge, part_or_near
from pipeline.normalise import tokens
from pipeline.records import Akin, Kept, Recurrence, Traits
from pipeline.traits import digests_of
from storage.groups import Member, Place, joined, places

MOST_WORDINGS = 60
"""Texts of a story up to which an arrival settles it anew."""
MOST_MEMBERS = 200
"""Articles of a story up to which an arrival settles it anew; a later one finds its place among them."""
MOST_DATES = 100
"""Articles with one text whose times are looked at."""
_A_FEW = 8
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Peer:
    """A text and one of the articles that have it, as far as a comparison needs it."""

    wording: int
    outlet: str
    title: str
    text: str
    dates: Sequence[datetime]
    """When its articles were published, or first seen where that is unknown; not all of very many."""
    traits: Traits | None = None
    """What the text is found by, where that is made already."""


class CopyShelf(Protocol):
    """What finding copies asks of the place where articles lie.

    Texts go by their number: articles with one normalised text share it (`wording`).
    """

    def postings(self, fingerprints: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return the texts that are held under each of these fingerprints."""

    def add_fingerprints(
        self, wording: int, fingerprints: AbstractSet[int], leaving: Sequence[tuple[int, int]]
    ) -> None:
        """Put a text under its fingerprints, and take the (fingerprint, text) pairs `leaving` away."""

    def drop_wording(self, wording: int, fingerprints: AbstractSet[int]) -> None:
        """Take a text that no article has any more away from its fingerprints, and its links."""

    def peers(self, wordings: Collection[int]) -> Sequence[Peer]:
        """Return each of these texts with the first of its articles, and the times of up to `MOST_DATES`."""

    def roots(self, wordings: Collection[int]) -> Collection[int]:
        """Return the texts that the articles with these texts are copies of."""

    def blocks(self, outlet: str, digests: Collection[int]) -> Mapping[int, Recurrence]:
        """Return what is remembered of these blocks of an outlet's pages."""

    def links(self, wordings: Collection[int]) -> Sequence[Link]:
        """Return the links of these texts, each told from theirs."""

    def add_links(self, links: Sequence[Link]) -> None:
        """Note that texts are copies of each other."""

    def members_of(self, wordings: Collection[int], limit: int) -> Sequence[Member]:
        """Return up to `limit` articles with these texts."""

    def place(self, id_: str, place: Place) -> None:
        """Note what an article is to the others."""


def take_up(shelf: CopyShelf, new: Peer, *, known: bool = False) -> bool:
    """Find the copies of a text, link it to them, and make it findable unless it is `known`.

    Tell whether there are any. Not more than `MOST_CANDIDATES` texts are compared with it, and as many of
    those that they are copies of.
    """
    mine = fingerprints(tokens(new.text)) if new.traits is None else new.traits.fingerprints
    text = _own_lines(shelf, new)
    asked = mine if text is new.text else fingerprints(tokens(text))
    postings = shelf.postings(mine | asked)
    candidates = [wording for wording in ranked(postings, asked) if wording != new.wording]
    links = _compared(shelf, new, text, candidates)
    if links:
        further = set(shelf.roots([link.b for link in links])) - {*candidates, new.wording}
        links += _compared(shelf, new, text, sorted(further)[:MOST_CANDIDATES])
    if not known:
        shelf.add_fingerprints(new.wording, mine, crowded(postings, mine))
    shelf.add_links(links)
    return bool(links)


def give_up(shelf: CopyShelf, wording: int, text: str) -> set[int]:
    """Forget a text that no article has any more; return those that it was linked to."""
    neighbours = {link.b for link in shelf.links([wording])}
    shelf.drop_wording(wording, fingerprints(tokens(text)))
    return neighbours


def settle(shelf: CopyShelf, newcomer: str, wordings: Iterable[int]) -> None:
    """Settle anew what the articles with these texts, and all that hang together with them, are.

    That is bounded: in a story that has grown larger, `newcomer`, who has one of these texts, finds its place
    among those it is linked to, and the others keep theirs until `wirewatch dedup --rebuild`.
    """
    left = set(wordings)
    while left:
        story, links = hanging_together(shelf, min(left), MOST_WORDINGS)
        members = shelf.members_of(story, MOST_MEMBERS + 1)
        if len(story) <= MOST_WORDINGS and len(members) <= MOST_MEMBERS:
            place_anew(shelf, members, links)
        else:
            join(shelf, newcomer, min(left), links)
        left -= {min(left), *story}


def hanging_together(shelf: CopyShelf, first: int, most: int) -> tuple[set[int], list[Link]]:
    """Return the texts that hang together with one, and their links; it ends at more than `most`."""
    story, edge = {first}, {first}
    links: list[Link] = []
    while edge and len(story) <= most:
        found = shelf.links(edge)
        links += found
        edge = {link.b for link in found} - story
        story |= edge
    return story, links


def place_anew(
    shelf: CopyShelf, members: Sequence[Member], links: Sequence[Link]
) -> list[tuple[Place, Place]]:
    """Place all that hang together; return what changed: the place before, and the one now."""
    new = places(members, links) if members else {}
    changed = [member for member in members if new[member.copy.id] != member.place]
    for member in changed:
        shelf.place(member.copy.id, new[member.copy.id])
    return [(member.place, new[member.copy.id]) for member in changed]


def join(shelf: CopyShelf, newcomer: str, wording: int, links: Sequence[Link]) -> None:
    """Place one article with this text in a story that is too large to be settled anew."""
    near = [link for link in links if link.a == wording]
    texts = (wording, *(link.b for link in near))
    others = [member for text in texts for member in shelf.members_of([text], _A_FEW)]
    if (place := joined(newcomer, wording, others, near)) is not None:
        shelf.place(newcomer, place)


def akin(shelf: CopyShelf, wording: int, get: Callable[[Sequence[str]], Mapping[str, Kept]]) -> list[Akin]:
    """Return the articles whose texts are linked to one, by id; `get` returns articles by id."""
    links = {link.b: link.turned() for link in shelf.links([wording])}
    members = shelf.members_of(list(links), MOST_MEMBERS)
    kept = get([member.copy.id for member in members])
    return [_akin(kept[member.copy.id], links[member.wording]) for member in members]


def _akin(kept: Kept, link: Link) -> Akin:
    relation = part_or_near(link.covered_a, link.covered_b)
    return Akin(kept, relation, link.similarity, link.covered_b)


def _compared(shelf: CopyShelf, new: Peer, text: str, wordings: Sequence[int]) -> list[Link]:
    if not wordings:
        return []
    mine = read(text)
    found = (_link(shelf, new, mine, other) for other in shelf.peers(wordings))
    return [link for link in found if link is not None]


def _link(shelf: CopyShelf, new: Peer, mine: Reading, other: Peer) -> Link | None:
    likeness = compare(mine, read(_own_lines(shelf, other)))
    verdict = judge(likeness, _days(new, other), (new.title, other.title))
    if not verdict.copies:
        return None
    return Link(new.wording, other.wording, verdict.covered, verdict.covers, verdict.similarity)


def _days(new: Peer, other: Peer) -> float:
    """Return the days between two texts: what was published twice may be copied twice."""
    return min(abs((mine - its).total_seconds()) for mine in new.dates for its in other.dates) / _DAY


def _own_lines(shelf: CopyShelf, peer: Peer) -> str:
    known = digests_of(peer.text, peer.traits)
    return without_repeated(peer.text, known, shelf.blocks(peer.outlet, list(known.values())))
