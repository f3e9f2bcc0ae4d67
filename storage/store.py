"""The store on SQLite or PostgreSQL: `pipeline.ports.Store` over the tables of `storage.schema`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from pipeline.boilerplate import Boilerplate
from pipeline.ports import Logbook
from pipeline.records import (
    Akin,
    Article,
    Candidate,
    Deed,
    Duplicate,
    Filters,
    Hit,
    Kept,
    Known,
    New,
    Outcome,
    Rebuild,
)
from pipeline.revisit import Revisit
from pipeline.urls import bounded_key
from storage import blocks, index, pages, queries, rebuild, search, shelf
from storage.copying import akin
from storage.engine import Database, connect, use_wal
from storage.frontier import offered, revisit_of, same, settled
from storage.hygiene import clean, clean_candidate, clean_deed, utc
from storage.keeping import keep_article
from storage.logbook import SqlLogbook
from storage.migrate import upgrade
from storage.words import parse_query, snippet

PIECE = 200
"""Articles that are read in one transaction while many are streamed."""

MOST_HITS = 1000
"""Answers of a search that asks for no limit."""


class SqlStore:
    """A store in a database.

    Writes come from one thread of a process; reads may come from any. `articles` reads in pieces, each of
    which is a transaction of its own, so that an export of everything never holds back a writer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._logbook = SqlLogbook(database)

    @classmethod
    def open(cls, url: str, *, durable: bool = False) -> SqlStore:
        """Open `sqlite:///path` (made with its folder, if missing) or `postgresql://user@host/name`.

        Its tables are brought up to date first; several processes may do so at once. `durable` makes SQLite
        keep what was acknowledged through a power loss too, not only through a crash of the process.

        Raises:
            StoreError: the address is wrong, the database cannot be reached, is damaged, belongs to another
                program or to a newer version of this one.
        """
        database = connect(url, durable=durable)
        try:
            if database.url.get_backend_name() == "sqlite":
                use_wal(database)
            upgrade(database)
        except BaseException:
            database.dispose()
            raise
        return cls(database)

    def offer(self, candidates: Sequence[Candidate], now: datetime) -> None:
        """Remember candidates that are to be fetched; one that is already remembered keeps its attempts."""
        if not candidates:
            return
        with self._database.writing("noting what is to be fetched") as connection:
            cleaned = [clean_candidate(candidate) for candidate in candidates]
            entries = pages.Batch(connection, cleaned)
            for candidate in cleaned:
                entries.put(offered(entries.get(candidate), candidate, utc(now)))
            entries.save()

    def known(self, outlet: str, keys: Iterable[str], now: datetime) -> Mapping[str, Known]:
        """Return what is known of each of `keys`; keys never offered nor met are missing from the answer."""
        wanted = {key: bounded_key(clean(key)) for key in keys}
        bounded = list(dict.fromkeys(wanted.values()))
        with self._database.reading("looking up pages") as connection:
            entries = pages.known(connection, outlet, bounded, utc(now))
            owners = shelf.owners(connection, outlet, bounded)
        found = {key: Known(article=id_, stated=None, due=False) for key, id_ in owners.items()}
        for key, known in entries.items():
            found[key] = replace(known, article=known.article or owners.get(key))
        return {key: found[short] for key, short in wanted.items() if short in found}

    def pending(self, outlet: str, now: datetime, limit: int = 10_000) -> Sequence[Candidate]:
        """Return the candidates that are still to be fetched, or due to be tried again, oldest first."""
        with self._database.reading("looking up what is to be fetched") as connection:
            return [entry.candidate for entry in pages.waiting(connection, outlet, utc(now), limit)]

    def keep(self, deeds: Sequence[Deed]) -> Sequence[Outcome]:
        """Decide and store each deed, in order; answer with their outcomes."""
        if not deeds:
            return []
        cleaned = [clean_deed(deed) for deed in deeds]
        outcomes: list[Outcome] = []
        with self._database.writing("keeping pages") as connection:
            articles = shelf.SqlShelf(connection)
            articles.expect([(d.result, d.candidate) for d in cleaned if isinstance(d.result, Article)])
            entries = pages.Batch(connection, [deed.candidate for deed in cleaned])
            for deed in cleaned:
                outcome: Outcome
                if isinstance(deed.result, Article):
                    outcome = keep_article(articles, deed.result, deed.candidate)
                    if isinstance(outcome, New | Duplicate):
                        articles.learn(deed.result)
                else:
                    outcome = deed.result
                entries.put(settled(entries.get(deed.candidate), deed, outcome))
                outcomes.append(outcome)
            articles.save()
            entries.save()
        return outcomes

    def revisits(
        self, outlet: str, now: datetime, spans: Sequence[timedelta], limit: int
    ) -> Sequence[Revisit]:
        """Return pages of articles that are due to be looked at again, oldest first."""
        with self._database.reading("looking up what is to be looked at again") as connection:
            return [revisit_of(entry) for entry in pages.revisits(connection, outlet, utc(now), spans, limit)]

    def same(self, outlet: str, key: str, now: datetime) -> Outcome:
        """Note that the page of an article is, by its server's word, the one that was read last."""
        with self._database.writing("noting an unchanged page") as connection:
            found = pages.load(connection, outlet, [bounded_key(clean(key))])
            entry, outcome = same(next(iter(found.values())), utc(now))
            pages.save(connection, [entry])
            return outcome

    def gone_at(self, id_: str) -> datetime | None:
        """Return when an article was found to be taken off at all of its addresses; None where it is not."""
        with self._database.reading("looking up an article") as connection:
            return pages.gone_at(connection, clean(id_))

    def learned(self, outlet: str) -> Boilerplate:
        """Return what is remembered of the text blocks of an outlet's pages."""
        with self._database.reading("looking up what was learned") as connection:
            return blocks.learned(connection, outlet)

    def article(self, id_: str) -> Kept | None:
        """Return the current revision of an article; `id_` may be any unambiguous beginning of its id."""
        with self._database.reading("looking up an article") as connection:
            found = queries.resolve(connection, clean(id_))
            return None if found is None else queries.current(connection, [found]).get(found)

    def revisions(self, id_: str) -> Sequence[Kept]:
        """Return the earlier revisions of an article, first one first."""
        with self._database.reading("looking up revisions") as connection:
            found = queries.resolve(connection, clean(id_))
            return [] if found is None else queries.earlier(connection, found)

    def copies(self, story: str) -> Sequence[Kept]:
        """Return all articles of a story, the original first, then by the time they were published."""
        with self._database.reading("looking up copies") as connection:
            return queries.of_story(connection, clean(story))

    def akin(self, id_: str) -> Sequence[Akin]:
        """Return the articles whose text is a copy of this one's, or of which its own is one, by id."""
        with self._database.reading("looking up copies") as connection:
            if (found := queries.resolve(connection, clean(id_))) is None:
                return []
            articles = shelf.SqlShelf(connection)
            return akin(articles, articles.wording(found), partial(queries.current, connection))

    def rebuild(self) -> Iterator[Rebuild]:
        """Decide anew what all articles are to each other, from their stored texts; yield after each step."""
        progress: Rebuild | None = None
        while progress is None or progress.phase != "done":
            with self._database.writing("deciding anew") as connection:
                noted = index.rebuilding(connection)
                if noted is None and progress is not None:  # another process has come to the end of it
                    noted = replace(progress, phase="done")
                articles = shelf.SqlShelf(connection)
                progress = rebuild.step(articles, noted or Rebuild())
                articles.save()
                index.note_rebuilding(connection, progress)
            yield progress

    def articles(self, filters: Filters) -> Iterator[Kept]:
        """Yield the articles that pass, by id, in bounded memory."""
        last, left = "", filters.limit
        while left is None or left > 0:
            size = PIECE if left is None else min(PIECE, left)
            with self._database.reading("reading articles") as connection:
                piece = queries.after(connection, last, filters, size)
            yield from piece
            if len(piece) < size:
                return
            last = piece[-1].id
            left = None if left is None else left - size

    def search(self, query: str, filters: Filters) -> Sequence[Hit]:
        """Return the best answers to `query`: words, "phrases", -excluded; CJK by any run of characters."""
        asked = parse_query(query)
        limit = MOST_HITS if filters.limit is None else max(0, filters.limit)
        with self._database.reading("searching") as connection:
            best = search.best(connection, asked, queries.conditions(filters), limit)
            found = queries.current(connection, [id_ for id_, _ in best])
        return [Hit(found[id_], snippet(found[id_].article.text, asked), score) for id_, score in best]

    def outcomes(self, outlet: str | None = None) -> Mapping[str, Mapping[str, int]]:
        """Count the pages of each outlet by outcome, as `{"un_news": {"new": 3, "rejected:listing": 1}}`.

        Pages that are still to be fetched are counted as "pending".
        """
        with self._database.reading("counting outcomes") as connection:
            return pages.count(connection, outlet)

    @property
    def logbook(self) -> Logbook:
        """What is remembered of looks, in the same database."""
        return self._logbook

    def close(self) -> None:
        """Let go of every connection."""
        self._database.dispose()
