"""Where texts are found by what they share: the SQL around fingerprints and links, on one connection."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from itertools import chain

import sqlalchemy as sa

from pipeline.dedup.tree import Link
from pipeline.records import Rebuild
from storage.copying import MOST_DATES, Peer
from storage.engine import in_chunks, insert
from storage.schema import article, fingerprint, link, rebuild, text

_LEAVE = fingerprint.delete().where(
    fingerprint.c.hash == sa.bindparam("gone_hash"), fingerprint.c.wording == sa.bindparam("gone")
)
_DROP = fingerprint.delete().where(
    fingerprint.c.hash.in_(sa.bindparam("hashes", expanding=True)),
    fingerprint.c.wording == sa.bindparam("gone"),
)
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


def postings(connection: sa.Connection, hashes: Collection[int]) -> Mapping[int, Sequence[int]]:
    """Return the texts that are held under each of these fingerprints."""
    found: dict[int, list[int]] = {}
    for chunk in in_chunks(sorted(hashes)):
        # Every article asks this: written out, the numbers cost a third of what parameters do.
        numbers = ",".join(map(str, chunk))
        query = f"SELECT hash, wording FROM fingerprint WHERE hash IN ({numbers})"  # noqa: S608 - integers
        for hash_, wording in connection.exec_driver_sql(query):
            found.setdefault(hash_, []).append(wording)
    return found


def add(
    connection: sa.Connection, wording: int, hashes: AbstractSet[int], leaving: Sequence[tuple[int, int]]
) -> None:
    """Put a text under its fingerprints, and take the (fingerprint, text) pairs `leaving` away."""
    if leaving:
        connection.execute(_LEAVE, [{"gone_hash": hash_, "gone": gone} for hash_, gone in leaving])
    if hashes:
        statement = insert(connection, fingerprint).on_conflict_do_nothing()
        connection.execute(statement, [{"hash": hash_, "wording": wording} for hash_ in sorted(hashes)])


def drop(connection: sa.Connection, wording: int, hashes: AbstractSet[int]) -> None:
    """Take a text away from its fingerprints, and its links."""
    for chunk in in_chunks(sorted(hashes)):
        connection.execute(_DROP, {"hashes": chunk, "gone": wording})
    connection.execute(link.delete().where(sa.or_(link.c.a == wording, link.c.b == wording)))


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


def forget(connection: sa.Connection) -> None:
    """Take all texts away from their fingerprints, and all links."""
    for table in (fingerprint, link):
        truncate = "DELETE FROM" if connection.dialect.name == "sqlite" else "TRUNCATE"
        connection.execute(sa.text(f"{truncate} {table.name}"))


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
