"""Where texts are found by what they share: the SQL around fingerprints and links, on one connection."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

import sqlalchemy as sa

from pipeline.dedup.tree import Link
from storage.copying import MOST_DATES, Peer
from storage.engine import in_chunks, insert
from storage.schema import article, fingerprint, link, text

_POSTINGS = sa.select(fingerprint.c.hash, fingerprint.c.wording).where(
    fingerprint.c.hash.in_(sa.bindparam("hashes", expanding=True))
)
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
        for hash_, wording in connection.execute(_POSTINGS, {"hashes": chunk}):
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
        connection.execute(insert(connection, link).on_conflict_do_nothing(), values)
