"""How an article is kept: the steps that every store takes, within the transaction that decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
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
from pipeline.urls import is_entry_key
from storage.copying import CopyShelf, Peer, give_up, settle, take_up
from storage.groups import Member, Place, original
from storage.rows import dated_at

_SOON = timedelta(days=2)
MOST_TWINS = 200
"""Articles with the very same text that are looked at."""


class Shelf(CopyShelf, Protocol):
    """What keeping asks of the place where articles lie."""

    def owners(self, outlet: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Return the id of the article that each of `keys` belongs to; free keys are missing."""

    def held(self, id_: str) -> Held:
        """Return the current revision of an article, as far as a decision needs it."""

    def wording(self, id_: str) -> int:
        """Return the number of an article's text."""

    def place_of(self, id_: str) -> Place:
        """Return what an article is to the others."""

    def twins(self, content_sha256: str, outlet: str, limit: int) -> Sequence[Member]:
        """Return up to `limit` articles whose current text has this hash, those of the outlet first."""

    def add(self, id_: str, article: Article, place: Place, wording: int | None) -> int:
        """Put a new article down as revision 1, first seen when it was fetched; return its text's number.

        That is `wording`, or a new one for a text that nobody has.
        """

    def revise(self, id_: str, article: Article, place: Place, wording: int | None, change: Change) -> int:
        """Set the current revision aside and put `article` in its place, as the next one; like `add`.

        `change` is what it changed; id, key, canonical address and the time it was first seen stay.
        """

    def renew(self, id_: str, article: Article) -> None:
        """Put `article`, with the same title and text, in the place of the current revision.

        Id, revision, key, canonical address, text number and the time it was first seen stay.
        """

    def add_addresses(self, id_: str, outlet: str, addresses: Mapping[str, str]) -> None:
        """Note further addresses of an article, by key; the keys are free."""


def keep_article(shelf: Shelf, article: Article, candidate: Candidate) -> Outcome:
    """Decide on `article`, put it down and settle what it and its copies are to each other."""
    addresses = addresses_of(article, candidate)
    owners = shelf.owners(article.outlet, keys_of(article, candidate))
    held = _holder(shelf, article, candidate, owners)
    twins = shelf.twins(article.content_sha256, article.outlet, MOST_TWINS)
    new_id = article_id(article.outlet, article.key, article.fetched_at)
    outcome = decide(article, held, [m.copy for m in twins], new_id)
    match outcome:
        case New(id=id_) | Duplicate(id=id_):
            outcome = _added(shelf, id_, article, twins)
        case Revised(id=id_, change=change) if held is not None:
            _revise(shelf, held, article, [m for m in twins if m.copy.id != id_], change)
        case Unchanged(id=id_, renewed=True):
            shelf.renew(id_, article)
            settle(shelf, id_, [shelf.wording(id_)])
        case Revised(id=id_) | Unchanged(id=id_):
            pass
        case Rejected() | Failed():
            return outcome
    free = {key: url for key, url in addresses.items() if key not in owners}
    shelf.add_addresses(id_, article.outlet, free)
    return outcome


def _holder(shelf: Shelf, article: Article, candidate: Candidate, owners: Mapping[str, str]) -> Held | None:
    """Return what lies under one of the addresses of a page: its own first, then what it claims."""
    met = [key for key in keys_of(article, candidate) if key in owners]
    if not met:
        return None
    holder = owners[met[0]]
    own = {owners.get(article.key), owners.get(candidate.key)} & {holder}
    claimed = is_entry_key(met[0]) or (article.claim is not None and met[0] == article.claim[0])
    return replace(shelf.held(holder), by_own_key=bool(own), by_claim=claimed and not own)


def keys_of(article: Article, candidate: Candidate) -> list[str]:
    """Return every key by which an article may be held already, the surest first."""
    keys = list(addresses_of(article, candidate))
    return [*keys, article.claim[0]] if article.claim is not None else keys


def _added(shelf: Shelf, id_: str, article: Article, twins: Sequence[Member]) -> New | Duplicate:
    wording = shelf.add(id_, article, _joining(id_, twins), twins[0].wording if twins else None)
    found = _is_looked_up(article, twins) and take_up(shelf, _peer(wording, article), known=bool(twins))
    if not (twins or found):
        return New(id_)
    settle(shelf, id_, [wording])
    place = shelf.place_of(id_)
    if place.duplicate_of is None:
        return New(id_)
    return Duplicate(id_, place.relation, place.duplicate_of, place.similarity or 0.0)


def _revise(shelf: Shelf, held: Held, article: Article, twins: Sequence[Member], change: Change) -> None:
    """Put another revision in the place of the one held; who had its text, or has it now, is settled anew."""
    before = shelf.wording(held.id)
    if held.content_sha256 == article.content_sha256:
        shelf.revise(held.id, article, shelf.place_of(held.id), before, change)
        settle(shelf, held.id, [before])
        return
    known = twins[0].wording if twins else None
    wording = shelf.revise(held.id, article, _joining(held.id, twins), known, change)
    stayed = shelf.members_of([before], 1)
    touched = {before} if stayed else give_up(shelf, before, held.text)
    if _is_looked_up(article, twins):
        take_up(shelf, _peer(wording, article), known=bool(twins))
    settle(shelf, held.id, {wording, *touched})


def _peer(wording: int, article: Article) -> Peer:
    dates = [dated_at(article, article.fetched_at)]
    return Peer(wording, article.outlet, article.title, article.text, dates, article.traits)


def _is_looked_up(article: Article, twins: Sequence[Member]) -> bool:
    """Tell whether the copies of a text are to be looked for: it is new, or held with other dates only."""
    own = dated_at(article, article.fetched_at)
    return all(abs(own - dated_at(m.copy, m.copy.first_seen_at)) > _SOON for m in twins)


def addresses_of(article: Article, candidate: Candidate) -> dict[str, str]:
    """Return every key under which the page was met with its address: the one it is kept under first."""
    met = dict(zip(article.keys, article.addresses, strict=False))
    first = {article.key: met.get(article.key, article.canonical_url)}
    return first | met | {candidate.key: met.get(candidate.key, candidate.url)}


def _joining(id_: str, others: Sequence[Member]) -> Place:
    """Return the place of an article until its group is settled: in the story of its copies, if any."""
    alone = original(id_)
    return alone if not others else Place("original", None, None, others[0].place.story)
