"""What the copies of one text are to each other: the original, the story they share. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.dedup.tree import Link, source_among, sources
from pipeline.records import Copy, Relation


@dataclass(frozen=True, slots=True)
class Place:
    """What an article is to the others."""

    relation: Relation
    duplicate_of: str | None
    similarity: float | None
    story: str
    covered: float | None = None
    """The share of the article that it copies which it has."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article among those that have one text or copies of it, and what it was to them until now."""

    copy: Copy
    place: Place
    wording: int
    """The number of its text."""


def original(id_: str) -> Place:
    """Return the place of an article that is alone with its text."""
    return Place(relation="original", duplicate_of=None, similarity=None, story=id_)


def places(members: Sequence[Member], links: Sequence[Link] = ()) -> Mapping[str, Place]:
    """Return the place of each of `members`, by id; `links` are all those between their wordings."""
    wordings = {m.copy.id: m.wording for m in members}
    found = sources([m.copy for m in members], wordings, links)
    roots: dict[str, str] = {}
    for id_, source in found.items():  # a source stands before its copies
        roots[id_] = id_ if source is None else roots[source.id]
    names = {root: story_of([m for m in members if roots[m.copy.id] == root]) for root in set(roots.values())}
    return {
        id_: Place("original", None, None, names[roots[id_]])
        if source is None
        else Place(source.relation, source.id, source.similarity, names[roots[id_]], source.covered)
        for id_, source in found.items()
    }


def joined(id_: str, wording: int, some: Sequence[Member], links: Sequence[Link]) -> Place | None:
    """Return the place of an article with this text among `some` of a story that is too large to be settled.

    None if none of them is linked to it.
    """
    others = {m.copy.id: m for m in some if m.copy.id != id_}
    wordings = {other.copy.id: other.wording for other in others.values()}
    source = source_among(wording, [m.copy for m in others.values()], wordings, links)
    if source is None:
        return None
    place = others[source.id].place
    if source.relation == "exact" and place.duplicate_of not in {None, id_}:
        return place
    return Place(source.relation, source.id, source.similarity, place.story, source.covered)


def story_of(members: Sequence[Member]) -> str:
    """Return the name of the story that `members` share.

    A story is named after one of its articles and keeps that name as long as the article is in it: of
    several such names the one that most members know it by, then the older one. When the article that
    gave the name gets another text, it takes the name along and the story is named after the oldest
    article that stayed.
    """
    ids = {m.copy.id for m in members}
    names = Counter(m.place.story for m in members if m.place.story in ids)
    return min(names, key=lambda name: (-names[name], name), default=min(ids))
