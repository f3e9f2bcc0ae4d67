"""Where texts are found by what they share: the SQL around fingerprints and links, on one connection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from itertools import chain

import sqlalchemy as sa

from pipeline.dedup.tree import Link
from pipeline.records import Rebuild
from storage.copying import MOST_DATES, Peer
from storage.engine import in_chunks, insert, numbers, run
from storage.schema import article, fingerprint, link, rebuild, text

_LINKS = sa.select(link).where(link.c.a.in_(sa.bindparam("wordings", expanding=True)))
_FIRST = (
    sa.select(sa.func.min(article.c.id))
    .where(article.c.wording.in_(sa.bindparam("wordings", expanding=True)))
    .group_by(article.c.wording)
)
_PEERS = (
    sa.select(article.c.wording, article.c.outlet, article.c.title, text.c.text)
    .join(text, text.c.sha256 == article.c.text_sha256)
    .where(article.c.id.in_(_FIRST))
    .order_by(article.c.wording)
)
_DATES = sa.select(article.c.dated_at).where(article.c.wording == sa.bindparam("wording")).limit(MOST_DATES)
_copy = article.alias("copy")
_ROOTS = (
    sa.select(article.c.wording)
    .join(_copy, _copy.c.duplicate_of == article.c.id)
    .where(_copy.c.wording.in_(sa.bindparam("wordings", expanding=True)))
    .distinct()
)


class Fingerprints:
    """The texts under fingerprints within one writing transaction: read once, and written at its end."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._held: dict[int, list[int]] = {}
        self._added: set[tuple[int, int]] = set()
        self._left: set[tuple[int, int]] = set()

    def expect(self, hashes: Iterable[int]) -> None:
        """Read what is held under these fingerprints, all at once."""
        missing = sorted({hash_ for hash_ in hashes if hash_ not in self._held})
        self._held.update((hash_, []) for hash_ in missing)
        for chunk in in_chunks(missing):
            query = f"SELECT hash, wording FROM fingerprint WHERE hash IN ({numbers(chunk)})"  # noqa: S608
            for hash_, wording in self._connection.exec_driver_sql(query):
                self._held[hash_].append(wording)

    def postings(self, hashes: Collection[int]) -> dict[int, Sequence[int]]:
        """Return the texts that are held under each of these fingerprints by now."""
        self.expect(hashes)
        return {hash_: tuple(found) for hash_ in hashes if (found := self._held[hash_])}

    def add(self, wording: int, hashes: AbstractSet[int], leaving: Sequence[tuple[int, int]]) -> None:
        """Put a text under its fingerprints, and take the (fingerprint, text) pairs `leaving` away."""
        self.expect({*hashes, *(hash_ for hash_, _ in leaving)})
        for pair in leaving:
            self._leave(*pair)
        for hash_ in hashes:
            if wording not in self._held[hash_]:
                self._held[hash_].append(wording)
                (self._left.discard if (hash_, wording) in self._left else self._added.add)((hash_, wording))

    def drop(self, wording: int, hashes: AbstractSet[int]) -> None:
        """Take a text away from its fingerprints, and its links."""
        self.expect(hashes)
        for hash_ in hashes:
            self._leave(hash_, wording)
        self._connection.execute(link.delete().where(sa.or_(link.c.a == wording, link.c.b == wording)))

    def forget(self) -> None:
        """Take all texts away from their fingerprints, and all links."""
        self._held.clear()
        self._added.clear()
        self._left.clear()
        for table in (fingerprint, link):
            truncate = "DELETE FROM" if self._connection.dialect.name == "sqlite" else "TRUNCATE"
            self._connection.execute(sa.text(f"{truncate} {table.name}"))

    def save(self) -> None:
        """Write what has changed."""
        if self._left:
            run(
                self._connection,
                "DELETE FROM fingerprint WHERE hash = ? AND wording = ?",
                *sorted(self._left),
            )
        if self._added:
            statement = "INSERT INTO fingerprint (hash, wording) VALUES (?, ?) ON CONFLICT DO NOTHING"
            run(self._connection, statement, *sorted(self._added))
        self._added.clear()
        self._left.clear()

    def _leave(self, hash_: int, wording: int) -> None:
        if wording in self._held[hash_]:
            self._held[hash_].remove(wording)
            (self._added.discard if (hash_, wording) in self._added else self._left.add)((hash_, wording))


def peers(connection: sa.Connection, wordings: Collection[int]) -> list[Peer]:
    """Return each of these texts with the first of its articles."""
    asked = sorted(wordings)
    dates = {wording: list(connection.execute(_DATES, {"wording": wording}).scalars()) for wording in asked}
    return [Peer(*row, dates[row.wording]) for row in connection.execute(_PEERS, {"wordings": asked})]


def roots(connection: sa.Connection, wordings: Collection[int]) -> list[int]:
    """Return the texts that the articles with these texts are copies of."""
    return list(connection.execute(_ROOTS, {"wordings": sorted(wordings)}).scalars())


def links(connection: sa.Connection, wordings: Collection[int]) -> list[Link]:
    """Return the links of these texts, each told from theirs."""
    found = (connection.execute(_LINKS, {"wordings": chunk}) for chunk in in_chunks(sorted(wordings)))
    return [Link(*row) for row in chain.from_iterable(found)]


def add_links(connection: sa.Connection, new: Sequence[Link]) -> None:
    """Note that texts are copies of each other, both ways."""
    if new:
        both = [one for pair in new for one in (pair, pair.turned())]
        names = [column.name for column in link.columns]
        values = [{name: getattr(one, name) for name in names} for one in both]
        statement = insert(connection, link)
        found = {name: statement.excluded[name] for name in names if name not in {"a", "b"}}
        connection.execute(statement.on_conflict_do_update(index_elements=["a", "b"], set_=found), values)


def wordings_after(connection: sa.Connection, last: str, limit: int) -> list[tuple[str, int]]:
    """Return the next articles behind the id `last`, by id, each with the number of its text."""
    query = sa.select(article.c.id, article.c.wording).where(article.c.id > last)
    return [(row.id, row.wording) for row in connection.execute(query.order_by(article.c.id).limit(limit))]


def rebuilding(connection: sa.Connection) -> Rebuild | None:
    """Return how far a rebuild has come that is under way, or was broken off."""
    found = connection.execute(sa.select(rebuild.c.progress)).scalar_one_or_none()
    return None if found is None else Rebuild(**found)


def note_rebuilding(connection: sa.Connection, progress: Rebuild) -> None:
    """Remember how far a rebuild has come, until it is done."""
    connection.execute(rebuild.delete())
    if progress.phase != "done":
        connection.execute(rebuild.insert(), {"id": 1, "progress": asdict(progress)})
