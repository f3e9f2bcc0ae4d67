"""Deciding anew on everything: every text's copies, then every article's place, a piece at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.records import Rebuild
from storage.copying import CopyShelf, hanging_together, join, place_anew, take_up
from storage.groups import Place

PIECE = 100
"""Articles that one step, and so one transaction, goes through."""
MOST_WORDINGS = 2_000
MOST_MEMBERS = 10_000
"""What may hang together to be settled as a whole: more than an arrival may ask for."""


class RebuildShelf(CopyShelf, Protocol):
    """What a rebuild asks of the place where articles lie."""

    def forget_copies(self) -> None:
        """Take all texts away from their fingerprints, and all links."""

    def wordings_after(self, last: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return the next articles behind the id `last`, by id, each with the number of its text."""


def step(shelf: RebuildShelf, before: Rebuild) -> Rebuild:
    """Do the next piece of work; return how far it has come.

    First all texts are forgotten; then each is taken up, as if it came in now, so that each meets those
    before it; then the stories are settled, each when the first of its articles comes by. Articles that a
    crawl brings in meanwhile come by at the end.
    """
    if before.phase == "done":
        return before
    if before.phase == "begin":
        shelf.forget_copies()
        return replace(before, phase="index")
    piece = shelf.wordings_after(before.last, PIECE)
    if not piece:
        return replace(before, phase="settle" if before.phase == "index" else "done", last="")
    changed = Counter(before.changed)
    for id_, wording in piece:
        if before.phase == "index":
            _take_up(shelf, id_, wording)
        else:
            changed.update(_settle(shelf, id_, wording))
    return replace(before, last=piece[-1][0], seen=before.seen + len(piece), changed=dict(changed))


def _take_up(shelf: RebuildShelf, id_: str, wording: int) -> None:
    first = shelf.members_of([wording], 1)[0]
    if first.copy.id == id_:
        for peer in shelf.peers([wording]):
            take_up(shelf, peer)


def _settle(shelf: RebuildShelf, id_: str, wording: int) -> list[str]:
    """Settle a story if this is the first of its articles; return what changed, in words."""
    story, links = hanging_together(shelf, wording, MOST_WORDINGS)
    members = shelf.members_of(story, MOST_MEMBERS + 1)
    if len(story) > MOST_WORDINGS or len(members) > MOST_MEMBERS:
        join(shelf, id_, wording, links)
        return []
    if members[0].copy.id != id_:
        return []
    return [change for old, new in place_anew(shelf, members, links) if (change := _change(old, new))]


def _change(old: Place, new: Place) -> str | None:
    if old.relation != new.relation:
        return f"{old.relation} -> {new.relation}"
    if old.duplicate_of != new.duplicate_of:
        return f"{new.relation} of another"
    return "another story" if old.story != new.story else None
