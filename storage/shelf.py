"""Where articles lie in the database: the SQL behind `storage.keeping.Shelf`, on one writing connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pipeline.records import Article, Change, Held
from storage import rows, search
from storage.engine import in_chunks, insert
from storage.groups import Member, Place
from storage.schema import address, article, revision, text

_PLACE = [article.c.relation, article.c.duplicate_of, article.c.similarity, article.c.story]
_STAMP = [
    article.c.published_at,
    article.c.published_offset,
    article.c.published_precision,
    article.c.published_signal,
]
_HELD = (
    sa.select(
        article.c.id,
        article.c.key,
        article.c.title,
        article.c.content_sha256,
        article.c.revision,
        text.c.text,
    )
    .join(text, text.c.sha256 == article.c.text_sha256)
    .where(article.c.id == sa.bindparam("id_"))
)
_MEMBERS = (
    sa.select(
        article.c.id,
        article.c.outlet,
        article.c.title,
        article.c.first_seen_at,
        article.c.credits_others,
        *_STAMP,
        *_PLACE,
    )
    .where(article.c.content_sha256 == sa.bindparam("content_sha256"))
    .order_by(article.c.id)
)
_OWNERS = sa.select(address.c.key, address.c.article_id).where(
    address.c.outlet == sa.bindparam("outlet"), address.c.key.in_(sa.bindparam("keys", expanding=True))
)
_ADD_ADDRESS = address.insert().values(
    outlet=sa.bindparam("outlet"),
    key=sa.bindparam("key"),
    url=sa.bindparam("url"),
    article_id=sa.bindparam("id_"),
    met=sa.select(sa.func.count()).where(address.c.article_id == sa.bindparam("id_")).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class SqlShelf:
    """The articles in a database, within one writing transaction."""

    connection: sa.Connection

    def owners(self, outlet: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Return the id of the article that each of `keys` belongs to; free keys are missing."""
        return owners(self.connection, outlet, keys)

    def held(self, id_: str) -> Held:
        """Return the current revision of an article, as far as a decision needs it."""
        return rows.held(self.connection.execute(_HELD, {"id_": id_}).mappings().one())

    def members(self, content_sha256: str) -> Sequence[Member]:
        """Return all articles whose current text has this hash."""
        group = self.connection.execute(_MEMBERS, {"content_sha256": content_sha256})
        return [rows.member(row) for row in group.mappings()]

    def add(self, id_: str, new: Article, place: Place) -> None:
        """Put a new article down as revision 1, first seen when it was fetched."""
        self._write_text(new)
        values = {
            "id": id_,
            "revision": 1,
            **rows.article_values(new, new.fetched_at),
            **rows.place_values(place),
            "dated_at": rows.dated_at(new, new.fetched_at),
            "search_id": search.add_entry(self.connection, new),
        }
        self.connection.execute(article.insert(), values)

    def revise(self, id_: str, new: Article, place: Place, change: Change) -> None:
        """Set the current revision aside and put `new` in its place, as the next one."""
        self._write_text(new)
        names = [column.name for column in revision.columns]
        current = sa.select(*(article.c[name] for name in names)).where(article.c.id == id_)
        self.connection.execute(revision.insert().from_select(names, current))
        first_seen_at = self.connection.execute(
            sa.select(article.c.first_seen_at).where(article.c.id == id_)
        ).scalar_one()
        values = {
            **rows.article_values(new, first_seen_at),
            **rows.place_values(place),
            **rows.change_values(change),
            "revision": article.c.revision + 1,
            "dated_at": rows.dated_at(new, first_seen_at),
            "search_id": search.add_entry(self.connection, new),
        }
        del values["key"], values["canonical_url"]
        self.connection.execute(article.update().where(article.c.id == id_).values(values))

    def add_addresses(self, id_: str, outlet: str, addresses: Mapping[str, str]) -> None:
        """Note further addresses of an article, by key; the keys are free."""
        if addresses:
            values = [{"outlet": outlet, "key": k, "url": url, "id_": id_} for k, url in addresses.items()]
            self.connection.execute(_ADD_ADDRESS, values)

    def place(self, id_: str, place: Place) -> None:
        """Note what an article is to the others."""
        self.connection.execute(article.update().where(article.c.id == id_).values(rows.place_values(place)))

    def _write_text(self, new: Article) -> None:
        """Keep the text, unless the very same is kept."""
        statement = insert(self.connection, text).on_conflict_do_nothing(index_elements=["sha256"])
        self.connection.execute(statement, {"sha256": rows.text_sha256(new), "text": new.text})


def owners(connection: sa.Connection, outlet: str, keys: Sequence[str]) -> dict[str, str]:
    """Return the id of the article that each of `keys` belongs to; free keys are missing."""
    found: dict[str, str] = {}
    for chunk in in_chunks(keys):
        answer = connection.execute(_OWNERS, {"outlet": outlet, "keys": chunk})
        found.update((row.key, row.article_id) for row in answer)
    return found
