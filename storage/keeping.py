"""How an article is kept: the steps that every store takes, within the transaction that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.process import article_id, decide
from pipeline.records import (
    Article,
    Candidate,
    Change,
    Duplicate,
    Failed,
    Held,
    New,
    Outcome,
    Rejected,
    Revised,
    Unchanged,
)
from storage.groups import Member, Place, original, places


class Shelf(Protocol):
    """What keeping asks of the place where articles lie."""

    def owners(self, outlet: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Return the id of the article that each of `keys` belongs to; free keys are missing."""

    def held(self, id_: str) -> Held:
        """Return the current revision of an article, as far as a decision needs it."""

    def members(self, content_sha256: str) -> Sequence[Member]:
        """Return all articles whose current text has this hash."""

    def add(self, id_: str, article: Article, place: Place) -> None:
        """Put a new article down as revision 1, first seen when it was fetched."""

    def revise(self, id_: str, article: Article, place: Place, change: Change) -> None:
        """Set the current revision aside and put `article` in its place, as the next one.

        `change` is what it changed; id, key, canonical address and the time it was first seen stay.
        """

    def add_addresses(self, id_: str, outlet: str, addresses: Mapping[str, str]) -> None:
        """Note further addresses of an article, by key; the keys are free."""

    def place(self, id_: str, place: Place) -> None:
        """Note what an article is to the others."""


def keep_article(shelf: Shelf, article: Article, candidate: Candidate) -> tuple[Outcome, set[str]]:
    """Decide on `article` and put it down; return the outcome and the hashes whose groups changed."""
    addresses = addresses_of(article, candidate)
    owners = shelf.owners(article.outlet, list(addresses))
    holder = next((owners[key] for key in addresses if key in owners), None)
    held = None if holder is None else shelf.held(holder)
    if held is not None and not {owners.get(article.key), owners.get(candidate.key)} & {holder}:
        held = replace(held, by_own_key=False)
    members = shelf.members(article.content_sha256)
    new_id = article_id(article.outlet, article.key, article.fetched_at)
    outcome = decide(article, held, [m.copy for m in members], new_id)
    touched: set[str] = set()
    match outcome:
        case New(id=id_) | Duplicate(id=id_):
            shelf.add(id_, article, _joining(id_, members))
            touched = {article.content_sha256} if members else set()
        case Revised(id=id_, change=change):
            others = [m for m in members if m.copy.id != id_]
            shelf.revise(id_, article, _joining(id_, others), change)
            touched = {article.content_sha256} | ({held.content_sha256} if held is not None else set())
        case Unchanged(id=id_):
            pass
        case Rejected() | Failed():
            return outcome, touched
    free = {key: url for key, url in addresses.items() if key not in owners}
    shelf.add_addresses(id_, article.outlet, free)
    return outcome, touched


def regroup(shelf: Shelf, hashes: Iterable[str]) -> None:
    """Settle anew what the copies of each of these texts are to each other."""
    for content_sha256 in hashes:
        members = shelf.members(content_sha256)
        new = places(members) if members else {}
        for member in members:
            if new[member.copy.id] != member.place:
                shelf.place(member.copy.id, new[member.copy.id])


def addresses_of(article: Article, candidate: Candidate) -> dict[str, str]:
    """Return every key under which the page was met with its address: the one it is kept under first."""
    met = dict(zip(article.keys, article.addresses, strict=False))
    first = {article.key: met.get(article.key, article.canonical_url)}
    return first | met | {candidate.key: met.get(candidate.key, candidate.url)}


def _joining(id_: str, others: Sequence[Member]) -> Place:
    """Return the place of an article until its group is settled: in the story of its copies, if any."""
    alone = original(id_)
    return alone if not others else Place("original", None, None, others[0].place.story)
