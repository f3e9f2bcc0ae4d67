"""What the copies of one text are to each other: the original, the story they share. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.process import relate
from pipeline.records import Copy, Relation


@dataclass(frozen=True, slots=True)
class Place:
    """What an article is to the others."""

    relation: Relation
    duplicate_of: str | None
    similarity: float | None
    story: str


@dataclass(frozen=True, slots=True)
class Member:
    """One of the articles with the same text, and what it was to the others until now."""

    copy: Copy
    place: Place


def original(id_: str) -> Place:
    """Return the place of an article that is alone with its text."""
    return Place(relation="original", duplicate_of=None, similarity=None, story=id_)


def places(members: Sequence[Member]) -> Mapping[str, Place]:
    """Return the place of each of `members`, which are all articles that have one text, by id."""
    story = story_of(members)
    return {
        id_: Place("original", None, None, story) if of is None else Place("exact", of, 1.0, story)
        for id_, of in relate([m.copy for m in members]).items()
    }


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
