"""What is asked of the articles in the database: by id, by story, by filters. Only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from pipeline.records import Filters, Kept
from storage import rows
from storage.engine import in_chunks
from storage.ids import chosen
from storage.schema import address, article, revision, text

_AFTER_ANY_ID = "~"


def resolve(connection: sa.Connection, beginning: str) -> str | None:
    """Return the id that starts with `beginning`; None where none does.

    Raises:
        StoreError: `beginning` is shorter than six characters, or several ids start with it.
    """
    ids = sa.select(article.c.id).order_by(article.c.id).limit(6)
    within = ids.where(article.c.id >= beginning, article.c.id < beginning + _AFTER_ANY_ID)
    return chosen(beginning, [row.id for row in connection.execute(within)])


def current(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Kept]:
    """Return the current revisions of articles, by id."""
    found: dict[str, Kept] = {}
    for chunk in in_chunks(ids):
        query = _joined(article).where(article.c.id.in_(chunk))
        found.update((kept.id, kept) for kept in _kept(connection, query))
    return found


def earlier(connection: sa.Connection, id_: str) -> list[Kept]:
    """Return the earlier revisions of an article, first one first."""
    query = _joined(revision).where(revision.c.id == id_).order_by(revision.c.revision)
    return _kept(connection, query)


def of_story(connection: sa.Connection, story: str) -> list[Kept]:
    """Return all articles of a story, the original first, then by the time they were published."""
    is_copy = sa.case((article.c.duplicate_of.is_(None), 0), else_=1)
    query = _joined(article).where(article.c.story == story)
    return _kept(connection, query.order_by(is_copy, article.c.dated_at, article.c.id))


def after(connection: sa.Connection, last: str, filters: Filters, limit: int) -> list[Kept]:
    """Return the next `limit` articles that pass, by id, behind the id `last`."""
    query = _joined(article).where(article.c.id > last, *conditions(filters))
    return _kept(connection, query.order_by(article.c.id).limit(limit))


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Return what an article must fulfil to pass."""
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.outlets:
        wanted.append(article.c.outlet.in_(filters.outlets))
    if filters.kinds:
        wanted.append(article.c.outlet_kind.in_(filters.kinds))
    if filters.since is not None:
        wanted.append(article.c.dated_at >= filters.since)
    if filters.until is not None:
        wanted.append(article.c.dated_at < filters.until)
    if filters.originals_only:
        wanted.append(article.c.relation == "original")
    return wanted


def _joined(table: sa.Table) -> sa.Select[*tuple[object, ...]]:
    return sa.select(*table.columns, text.c.text).join(text, text.c.sha256 == table.c.text_sha256)


def _kept(connection: sa.Connection, query: sa.Select[*tuple[object, ...]]) -> list[Kept]:
    found = connection.execute(query).mappings().all()
    addresses = _addresses(connection, list(dict.fromkeys(row["id"] for row in found)))
    return [rows.kept(row, addresses.get(row["id"], ())) for row in found]


def _addresses(connection: sa.Connection, ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in in_chunks(ids):
        query = sa.select(address.c.article_id, address.c.key, address.c.url)
        query = query.where(address.c.article_id.in_(chunk)).order_by(address.c.article_id, address.c.met)
        for row in connection.execute(query):
            found.setdefault(row.article_id, []).append((row.key, row.url))
    return found
