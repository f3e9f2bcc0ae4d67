"""A store without a database, for tests and dry runs: the same promises, but nothing outlives the process."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.dedup.tree import Link
from pipeline.ports import Logbook
from pipeline.records import (
    Akin,
    Article,
    Candidate,
    Change,
    Copy,
    Deed,
    Duplicate,
    Filters,
    Held,
    Hit,
    Kept,
    Known,
    New,
    Outcome,
    Page,
    Rebuild,
    RecordRef,
    Recurrence,
    Refusal,
    Stamp,
)
from pipeline.revisit import Revisit, is_due_again, oldest
from pipeline.searchwords import tokens
from pipeline.urls import bounded_key
from storage.copying import MOST_DATES, Peer, akin
from storage.frontier import Entry, offered, revisit_of, same, settled
from storage.groups import Member, Place
from storage.hygiene import clean, clean_candidate, clean_deed, utc
from storage.ids import chosen
from storage.keeping import keep_article
from storage.memory_logbook import MemoryLogbook
from storage.rebuild import step
from storage.rows import dated_at, kept_as, met
from storage.words import Query, find, parse_query, snippet


@dataclass(slots=True)
class _Shelves:
    """All that is kept. Its values are frozen, so that a shallow copy is a snapshot."""

    current: dict[str, Kept] = field(default_factory=dict)
    earlier: dict[str, tuple[Kept, ...]] = field(default_factory=dict)
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)
    owner: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: dict[tuple[str, str], Entry] = field(default_factory=dict)
    learned: dict[str, Boilerplate] = field(default_factory=dict)
    wordings: dict[str, int] = field(default_factory=dict)
    fingerprints: dict[int, tuple[int, ...]] = field(default_factory=dict)
    linked: dict[int, tuple[Link, ...]] = field(default_factory=dict)
    entries: int = 0

    def snapshot(self) -> _Shelves:
        return _Shelves(
            dict(self.current),
            dict(self.earlier),
            {id_: dict(addresses) for id_, addresses in self.addresses.items()},
            dict(self.owner),
            dict(self.pages),
            dict(self.learned),
            dict(self.wordings),
            dict(self.fingerprints),
            dict(self.linked),
            self.entries,
        )

    def learn(self, article: Article) -> None:
        before = self.learned.get(article.outlet, NOTHING_LEARNED)
        self.learned[article.outlet] = before.learn(article.sightings).measured(article.word_count)

    def owners(self, outlet: str, keys: Sequence[str]) -> Mapping[str, str]:
        return {key: self.owner[outlet, key] for key in keys if (outlet, key) in self.owner}

    def held(self, id_: str) -> Held:
        kept = self.current[id_]
        article = kept.article
        return Held(
            id_,
            article.key,
            article.title,
            article.content_sha256,
            kept.revision,
            article.text,
            article.url,
            article.canonical_url,
        )

    def wording(self, id_: str) -> int:
        return self.wordings[id_]

    def place_of(self, id_: str) -> Place:
        return self.member(id_).place

    def member(self, id_: str) -> Member:
        return _member(self.current[id_], self.wordings[id_])

    def twins(self, content_sha256: str, outlet: str, limit: int) -> Sequence[Member]:
        same = (k for k in self.current.values() if k.article.content_sha256 == content_sha256)
        first = sorted(same, key=lambda kept: (kept.article.outlet != outlet, kept.id))
        return [self.member(kept.id) for kept in first[:limit]]

    def members_of(self, wordings: Collection[int], limit: int) -> Sequence[Member]:
        ids = sorted(id_ for id_, wording in self.wordings.items() if wording in wordings)
        return [self.member(id_) for id_ in ids[:limit]]

    def add(self, id_: str, article: Article, place: Place, wording: int | None) -> int:
        self.current[id_] = kept_as(id_, replace(article, traits=None), article.fetched_at, 1, place)
        return self._number(id_, wording)

    def revise(self, id_: str, article: Article, place: Place, wording: int | None, change: Change) -> int:
        old = self.current[id_]
        self.earlier[id_] = (*self.earlier.get(id_, ()), old)
        revised = kept_as(id_, _named_as(old, article), old.first_seen_at, old.revision + 1, place)
        self.current[id_] = replace(revised, change=change)
        return self._number(id_, wording)

    def renew(self, id_: str, article: Article) -> None:
        self.current[id_] = replace(self.current[id_], article=_named_as(self.current[id_], article))

    def _number(self, id_: str, wording: int | None) -> int:
        self.entries += 1
        self.wordings[id_] = self.entries if wording is None else wording
        return self.wordings[id_]

    def postings(self, fingerprints: Collection[int]) -> Mapping[int, Sequence[int]]:
        return {f: self.fingerprints[f] for f in fingerprints if f in self.fingerprints}

    def add_fingerprints(
        self, wording: int, fingerprints: AbstractSet[int], leaving: Sequence[tuple[int, int]]
    ) -> None:
        for fingerprint, gone in leaving:
            self._leave(fingerprint, gone)
        for fingerprint in fingerprints:
            held = self.fingerprints.get(fingerprint, ())
            self.fingerprints[fingerprint] = held if wording in held else (*held, wording)

    def drop_wording(self, wording: int, fingerprints: AbstractSet[int]) -> None:
        for fingerprint in fingerprints:
            self._leave(fingerprint, wording)
        for link in self.linked.pop(wording, ()):
            self.linked[link.b] = tuple(one for one in self.linked[link.b] if one.b != wording)

    def _leave(self, fingerprint: int, gone: int) -> None:
        if held := self.fingerprints.get(fingerprint):
            self.fingerprints[fingerprint] = tuple(wording for wording in held if wording != gone)

    def forget_copies(self) -> None:
        self.fingerprints.clear()
        self.linked.clear()

    def wordings_after(self, last: str, limit: int) -> Sequence[tuple[str, int]]:
        return sorted(one for one in self.wordings.items() if one[0] > last)[:limit]

    def peers(self, wordings: Collection[int]) -> Sequence[Peer]:
        return [self._peer(wording, self.members_of([wording], MOST_DATES)) for wording in sorted(wordings)]

    def _peer(self, wording: int, members: Sequence[Member]) -> Peer:
        kept = [self.current[member.copy.id] for member in members]
        first = kept[0].article
        return Peer(wording, first.outlet, first.title, first.text, [_dated_at(one) for one in kept])

    def roots(self, wordings: Collection[int]) -> Collection[int]:
        copies = self.members_of(wordings, len(self.wordings))
        return {self.wordings[m.place.duplicate_of] for m in copies if m.place.duplicate_of is not None}

    def blocks(self, outlet: str, digests: Collection[int]) -> Mapping[int, Recurrence]:
        known = self.learned.get(outlet, NOTHING_LEARNED).blocks
        return {digest: known[digest] for digest in digests if digest in known}

    def links(self, wordings: Collection[int]) -> Sequence[Link]:
        return [link for wording in sorted(wordings) for link in self.linked.get(wording, ())]

    def add_links(self, links: Sequence[Link]) -> None:
        for link in (one for pair in links for one in (pair, pair.turned())):
            others = (one for one in self.linked.get(link.a, ()) if one.b != link.b)
            self.linked[link.a] = (*others, link)

    def add_addresses(self, id_: str, outlet: str, addresses: Mapping[str, str]) -> None:
        self.addresses.setdefault(id_, {}).update(addresses)
        self.owner.update(((outlet, key), id_) for key in addresses)

    def place(self, id_: str, place: Place) -> None:
        old = self.current[id_]
        moved = kept_as(id_, old.article, old.first_seen_at, old.revision, place)
        self.current[id_] = replace(moved, change=old.change)


class MemoryStore:
    """`pipeline.ports.Store` in dictionaries; safe to call from several threads."""

    def __init__(self) -> None:
        self._shelves = _Shelves()
        self._lock = threading.RLock()
        self._logbook = MemoryLogbook(self._first_seen)

    def offer(self, candidates: Sequence[Candidate], now: datetime) -> None:
        """Remember candidates that are to be fetched; one that is already remembered keeps its attempts."""
        with self._lock:
            for candidate in map(clean_candidate, candidates):
                name = (candidate.outlet, candidate.key)
                self._shelves.pages[name] = offered(self._shelves.pages.get(name), candidate, utc(now))

    def known(self, outlet: str, keys: Iterable[str], now: datetime) -> Mapping[str, Known]:
        """Return what is known of each of `keys`; keys never offered nor met are missing from the answer."""
        with self._lock:
            found = {key: self._known((outlet, bounded_key(clean(key))), utc(now)) for key in keys}
        return {key: known for key, known in found.items() if known is not None}

    def pending(self, outlet: str, now: datetime, limit: int = 10_000) -> Sequence[Candidate]:
        """Return the candidates that are still to be fetched, or due to be tried again, oldest first."""
        with self._lock:
            entries = [e for e in self._shelves.pages.values() if e.candidate.outlet == outlet]
        due = [e for e in entries if e.due(utc(now))]
        due.sort(key=lambda e: (e.first_offered_at, e.candidate.key))
        return [e.candidate for e in due[:limit]]

    def keep(self, deeds: Sequence[Deed]) -> Sequence[Outcome]:
        """Decide and store each deed, in order; answer with their outcomes."""
        with self._lock:
            shelves = self._shelves.snapshot()
            outcomes: list[Outcome] = []
            for deed in map(clean_deed, deeds):
                outcome: Outcome
                if isinstance(deed.result, Article):
                    read = replace(deed.result, sightings=())
                    outcome = keep_article(shelves, read, deed.candidate)
                    if isinstance(outcome, New | Duplicate):
                        shelves.learn(deed.result)
                else:
                    outcome = deed.result
                name = (deed.candidate.outlet, deed.candidate.key)
                shelves.pages[name] = settled(shelves.pages.get(name), deed, outcome)
                outcomes.append(outcome)
            self._shelves = shelves
        return outcomes

    def revisits(
        self, outlet: str, now: datetime, spans: Sequence[timedelta], limit: int
    ) -> Sequence[Revisit]:
        """Return pages of articles that are due to be looked at again, oldest first."""
        at = utc(now)
        with self._lock:
            entries = [e for e in self._shelves.pages.values() if e.candidate.outlet == outlet]
        held = [e for e in entries if e.article is not None and e.state != "pending" and not e.next_try_at]
        due = [
            e
            for e in held
            if e.first_offered_at >= oldest(at, spans)
            and is_due_again(e.first_offered_at, e.fetched_at or at, at, spans)
        ]
        due.sort(key=lambda e: (e.first_offered_at, e.candidate.key))
        return [revisit_of(entry) for entry in due[:limit]]

    def same(self, outlet: str, key: str, now: datetime) -> Outcome:
        """Note that the page of an article is, by its server's word, the one that was read last."""
        name = (outlet, bounded_key(clean(key)))
        with self._lock:
            self._shelves.pages[name], outcome = same(self._shelves.pages[name], utc(now))
        return outcome

    def gone_at(self, id_: str) -> datetime | None:
        """Return when an article was found to be taken off at all of its addresses; None where it is not."""
        with self._lock:
            pages = [entry for entry in self._shelves.pages.values() if entry.article == id_]
        times = [e.fetched_at for e in pages if e.label == f"rejected:{Refusal.GONE}" and e.fetched_at]
        return max(times) if times and len(times) == len(pages) else None

    def learned(self, outlet: str) -> Boilerplate:
        """Return what is remembered of the text blocks of an outlet's pages."""
        with self._lock:
            return self._shelves.learned.get(outlet, NOTHING_LEARNED)

    def article(self, id_: str) -> Kept | None:
        """Return the current revision of an article; `id_` may be any unambiguous beginning of its id."""
        with self._lock:
            found = self._resolve(id_)
            return None if found is None else self._whole(self._shelves.current[found])

    def revisions(self, id_: str) -> Sequence[Kept]:
        """Return the earlier revisions of an article, first one first."""
        with self._lock:
            found = self._resolve(id_)
            return [] if found is None else [self._whole(k) for k in self._shelves.earlier.get(found, ())]

    def copies(self, story: str) -> Sequence[Kept]:
        """Return all articles of a story, the original first, then by the time they were published."""
        with self._lock:
            found = [self._whole(k) for k in self._shelves.current.values() if k.story == story]
        return sorted(found, key=lambda k: (k.duplicate_of is not None, _dated_at(k), k.id))

    def akin(self, id_: str) -> Sequence[Akin]:
        """Return the articles whose text is a copy of this one's, or of which its own is one, by id."""
        with self._lock:
            found = self._resolve(id_)
            return [] if found is None else akin(self._shelves, self._shelves.wordings[found], self._get)

    def rebuild(self) -> Iterator[Rebuild]:
        """Decide anew what all articles are to each other, from their texts; yield after each step."""
        progress = Rebuild()
        while progress.phase != "done":
            with self._lock:
                shelves = self._shelves.snapshot()
                progress = step(shelves, progress)
                self._shelves = shelves
            yield progress

    def articles(self, filters: Filters) -> Iterator[Kept]:
        """Yield the articles that pass, by id, in bounded memory."""
        with self._lock:
            passing = sorted((k for k in self._shelves.current.values() if _passes(k, filters)), key=_id)
            found = [self._whole(kept) for kept in passing[: filters.limit]]
        yield from found

    def search(self, query: str, filters: Filters) -> Sequence[Hit]:
        """Return the best answers to `query`: words, "phrases", -excluded; CJK by any run of characters."""
        asked = parse_query(query)
        hits = [
            Hit(kept, snippet(kept.article.text, asked), score)
            for kept in self.articles(replace(filters, limit=None))
            if (score := _score(kept.article, asked)) > 0
        ]
        hits.sort(key=lambda hit: (hit.score, hit.kept.id), reverse=True)
        return hits[: filters.limit]

    def outcomes(self, outlet: str | None = None) -> Mapping[str, Mapping[str, int]]:
        """Count the pages of each outlet by outcome, as `{"un_news": {"new": 3, "rejected:listing": 1}}`."""
        counts: dict[str, dict[str, int]] = {}
        with self._lock:
            for entry in self._shelves.pages.values():
                if outlet in {None, entry.candidate.outlet}:
                    count = counts.setdefault(entry.candidate.outlet, {})
                    count[entry.label] = count.get(entry.label, 0) + 1
        return counts

    @property
    def logbook(self) -> Logbook:
        """What is remembered of looks."""
        return self._logbook

    def close(self) -> None:
        """Nothing is held open."""

    def _first_seen(self, outlet: str) -> list[tuple[Stamp | None, datetime]]:
        with self._lock:
            of_outlet = (k for k in self._shelves.current.values() if k.article.outlet == outlet)
            return [(kept.article.published, kept.first_seen_at) for kept in of_outlet]

    def _known(self, name: tuple[str, str], now: datetime) -> Known | None:
        entry, owner = self._shelves.pages.get(name), self._shelves.owner.get(name)
        if entry is None:
            return None if owner is None else Known(article=owner, stated=None, due=False)
        known = entry.known(now)
        return replace(known, article=known.article or owner)

    def _get(self, ids: Sequence[str]) -> Mapping[str, Kept]:
        return {id_: self._whole(self._shelves.current[id_]) for id_ in ids}

    def _resolve(self, beginning: str) -> str | None:
        return chosen(beginning, sorted(id_ for id_ in self._shelves.current if id_.startswith(beginning)))

    def _whole(self, kept: Kept) -> Kept:
        """Return `kept` with all its addresses."""
        addresses = tuple(self._shelves.addresses.get(kept.id, {}).items())
        whole = kept_as(
            kept.id, met(kept.article, addresses), kept.first_seen_at, kept.revision, _place(kept)
        )
        return replace(whole, change=kept.change)


class Nowhere:
    """An archive for pages that are only looked at."""

    def append(self, page: Page) -> RecordRef:
        """Forget the page."""
        return RecordRef("", 0, len(page.body))

    def sync(self) -> None:
        """Do nothing: there is nothing to lose."""

    def read(self, ref: RecordRef) -> bytes:  # noqa: ARG002 - the port's signature
        """Return nothing: nothing was kept."""
        return b""

    def close(self) -> None:
        """Do nothing."""


def _member(kept: Kept, wording: int) -> Member:
    article = kept.article
    copy = Copy(
        id=kept.id,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        first_seen_at=kept.first_seen_at,
        credits_others=article.credits_others,
    )
    return Member(copy, _place(kept), wording)


def _named_as(old: Kept, article: Article) -> Article:
    named = replace(article, key=old.article.key, canonical_url=old.article.canonical_url)
    return replace(named, traits=None)


def _place(kept: Kept) -> Place:
    return Place(kept.relation, kept.duplicate_of, kept.similarity, kept.story, kept.covered)


def _id(kept: Kept) -> str:
    return kept.id


def _dated_at(kept: Kept) -> datetime:
    return dated_at(kept.article, kept.first_seen_at)


def _passes(kept: Kept, filters: Filters) -> bool:
    return (
        (not filters.outlets or kept.article.outlet in filters.outlets)
        and (not filters.kinds or kept.article.outlet_kind in filters.kinds)
        and (filters.since is None or _dated_at(kept) >= filters.since)
        and (filters.until is None or _dated_at(kept) < filters.until)
        and (not filters.originals_only or kept.relation == "original")
    )


def _score(article: Article, query: Query) -> float:
    """Weigh where the phrases occur, title over summary over text; 0 where the article does not match."""
    parts = ((article.title, 8.0), (article.summary, 3.0), (article.text, 1.0))
    fields = [(tokens(part), weight) for part, weight in parts]
    scores = [sum(w for words, w in fields if find(phrase, words) >= 0) for phrase in query.wanted]
    if not all(scores) or any(find(phrase, words) >= 0 for phrase in query.unwanted for words, _ in fields):
        return 0.0
    return sum(scores)
