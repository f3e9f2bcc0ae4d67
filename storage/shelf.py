"""Where articles lie in the database: the SQL behind `storage.keeping.Shelf`, on one writing connection."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from pipeline.dedup.tree import Link
from pipeline.records import Article, Candidate, Change, Held, Recurrence
from pipeline.traits import digests_of
from storage import index, rows, search
from storage.blocks import Blocks
from storage.copying import Peer
from storage.engine import in_chunks, marks, run
from storage.groups import Member, Place
from storage.keeping import keys_of
from storage.schema import article, revision, text

_PLACE = [
    article.c.relation,
    article.c.duplicate_of,
    article.c.similarity,
    article.c.story,
    article.c.covered,
]
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
        article.c.url,
        article.c.canonical_url,
        text.c.text,
    )
    .join(text, text.c.sha256 == article.c.text_sha256)
    .where(article.c.id == sa.bindparam("id_"))
)
_MEMBERS = sa.select(
    article.c.id,
    article.c.outlet,
    article.c.title,
    article.c.first_seen_at,
    article.c.credits_others,
    article.c.wording,
    *_STAMP,
    *_PLACE,
).limit(sa.bindparam("limit"))
_TWINS = _MEMBERS.where(article.c.content_sha256 == sa.bindparam("content_sha256")).order_by(
    sa.case((article.c.outlet == sa.bindparam("outlet"), 0), else_=1), article.c.id
)
_MEMBERS_OF = _MEMBERS.where(article.c.wording.in_(sa.bindparam("wordings", expanding=True))).order_by(
    article.c.id
)
_PLACE_OF = sa.select(*_PLACE).where(article.c.id == sa.bindparam("id_"))
_FIRST_SEEN_AT = sa.select(article.c.first_seen_at).where(article.c.id == sa.bindparam("id_"))
_WORDING = sa.select(article.c.wording).where(article.c.id == sa.bindparam("id_"))
_HASHES = sa.select(article.c.content_sha256).where(
    article.c.content_sha256.in_(sa.bindparam("hashes", expanding=True))
)
_ADD_TEXT = "INSERT INTO text (sha256, text) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING"
_ADD_ADDRESS = (
    "INSERT INTO address (outlet, key, url, article_id, met)"
    " VALUES (?, ?, ?, ?, (SELECT count(*) FROM address WHERE article_id = ?))"
)


class SqlShelf:
    """The articles in a database, within one writing transaction, which is to end with `save`."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._blocks = Blocks(connection)
        self._fingerprints = index.Fingerprints(connection)
        self._owners: dict[tuple[str, str], str | None] = {}
        self._strange: set[str] = set()

    def expect(self, coming: Sequence[tuple[Article, Candidate]]) -> None:
        """Read at once what keeping these articles will ask for."""
        keys: dict[str, list[str]] = {}
        names: dict[str, list[int]] = {}
        for one, candidate in coming:
            keys.setdefault(one.outlet, []).extend(keys_of(one, candidate))
            digests = digests_of(one.text, one.traits).values()
            names.setdefault(one.outlet, []).extend([*digests, *(seen.block for seen in one.sightings)])
        for outlet, wanted in keys.items():
            self.owners(outlet, wanted)
            self._blocks.expect(outlet, names[outlet])
        traits = [one.traits for one, _ in coming if one.traits is not None]
        self._fingerprints.expect(chain.from_iterable(found.fingerprints for found in traits))
        hashes = {one.content_sha256 for one, _ in coming}
        for chunk in in_chunks(sorted(hashes)):
            hashes -= set(self.connection.execute(_HASHES, {"hashes": chunk}).scalars())
        self._strange |= hashes

    def save(self) -> None:
        """Write what is gathered to be written at once."""
        self._blocks.save()
        self._fingerprints.save()

    def learn(self, one: Article) -> None:
        """Remember the blocks of the page of an article that was not seen before."""
        self._blocks.learn(one.outlet, one.sightings)

    def owners(self, outlet: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Return the id of the article that each of `keys` belongs to; free keys are missing."""
        if missing := [key for key in dict.fromkeys(keys) if (outlet, key) not in self._owners]:
            self._owners.update(((outlet, key), None) for key in missing)
            found = owners(self.connection, outlet, missing)
            self._owners.update(((outlet, key), id_) for key, id_ in found.items())
        return {key: id_ for key in keys if (id_ := self._owners[outlet, key]) is not None}

    def held(self, id_: str) -> Held:
        """Return the current revision of an article, as far as a decision needs it."""
        return rows.held(self.connection.execute(_HELD, {"id_": id_}).mappings().one())

    def wording(self, id_: str) -> int:
        """Return the number of an article's text."""
        return int(self.connection.execute(_WORDING, {"id_": id_}).scalar_one())

    def place_of(self, id_: str) -> Place:
        """Return what an article is to the others."""
        return rows.place(self.connection.execute(_PLACE_OF, {"id_": id_}).mappings().one())

    def twins(self, content_sha256: str, outlet: str, limit: int) -> Sequence[Member]:
        """Return up to `limit` articles whose current text has this hash, those of the outlet first."""
        if content_sha256 in self._strange:
            return []
        asked = {"content_sha256": content_sha256, "outlet": outlet, "limit": limit}
        return [rows.member(row) for row in self.connection.execute(_TWINS, asked).mappings()]

    def add(self, id_: str, new: Article, place: Place, wording: int | None) -> int:
        """Put a new article down as revision 1; return its text's number."""
        self._write_text(new)
        entry = search.add_entry(self.connection, new)
        number = entry if wording is None else wording
        values = {
            "id": id_,
            "revision": 1,
            **rows.article_values(new, new.fetched_at),
            **rows.place_values(place),
            "dated_at": rows.dated_at(new, new.fetched_at),
            "search_id": entry,
            "wording": number,
        }
        self.connection.execute(article.insert(), values)
        return number

    def revise(self, id_: str, new: Article, place: Place, wording: int | None, change: Change) -> int:
        """Set the current revision aside and put `new` in its place, as the next one."""
        self._write_text(new)
        names = [column.name for column in revision.columns]
        current = sa.select(*(article.c[name] for name in names)).where(article.c.id == id_)
        self.connection.execute(revision.insert().from_select(names, current))
        first_seen_at = self._first_seen_at(id_)
        entry = search.add_entry(self.connection, new)
        number = entry if wording is None else wording
        values = {
            **rows.article_values(new, first_seen_at),
            **rows.place_values(place),
            **rows.change_values(change),
            "revision": article.c.revision + 1,
            "dated_at": rows.dated_at(new, first_seen_at),
            "search_id": entry,
            "wording": number,
        }
        del values["key"], values["canonical_url"]
        self.connection.execute(article.update().where(article.c.id == id_).values(values))
        return number

    def renew(self, id_: str, new: Article) -> None:
        """Put `new`, with the same title and text, in the place of the current revision."""
        self._write_text(new)
        first_seen_at = self._first_seen_at(id_)
        values = {
            **rows.article_values(new, first_seen_at),
            "dated_at": rows.dated_at(new, first_seen_at),
            "search_id": search.add_entry(self.connection, new),
        }
        del values["key"], values["canonical_url"]
        self.connection.execute(article.update().where(article.c.id == id_).values(values))

    def _first_seen_at(self, id_: str) -> datetime:
        at: datetime = self.connection.execute(_FIRST_SEEN_AT, {"id_": id_}).scalar_one()
        return at

    def add_addresses(self, id_: str, outlet: str, addresses: Mapping[str, str]) -> None:
        """Note further addresses of an article, by key; the keys are free."""
        if addresses:
            values = [(outlet, key, url, id_, id_) for key, url in addresses.items()]
            run(self.connection, _ADD_ADDRESS, *values)
            self._owners.update(((outlet, key), id_) for key in addresses)

    def place(self, id_: str, place: Place) -> None:
        """Note what an article is to the others."""
        self.connection.execute(article.update().where(article.c.id == id_).values(rows.place_values(place)))

    def postings(self, fingerprints: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return the texts that are held under each of these fingerprints."""
        return self._fingerprints.postings(fingerprints)

    def add_fingerprints(
        self, wording: int, fingerprints: AbstractSet[int], leaving: Sequence[tuple[int, int]]
    ) -> None:
        """Put a text under its fingerprints, and take the (fingerprint, text) pairs `leaving` away."""
        self._fingerprints.add(wording, fingerprints, leaving)

    def drop_wording(self, wording: int, fingerprints: AbstractSet[int]) -> None:
        """Take a text that no article has any more away from its fingerprints, and its links."""
        self._fingerprints.drop(wording, fingerprints)

    def forget_copies(self) -> None:
        """Take all texts away from their fingerprints, and all links."""
        self._fingerprints.forget()

    def wordings_after(self, last: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return the next articles behind the id `last`, by id, each with the number of its text."""
        return index.wordings_after(self.connection, last, limit)

    def peers(self, wordings: Collection[int]) -> Sequence[Peer]:
        """Return each of these texts with the first of its articles."""
        return index.peers(self.connection, wordings)

    def roots(self, wordings: Collection[int]) -> Collection[int]:
        """Return the texts that the articles with these texts are copies of."""
        return index.roots(self.connection, wordings)

    def blocks(self, outlet: str, digests: Collection[int]) -> Mapping[int, Recurrence]:
        """Return what is remembered of these blocks of an outlet's pages."""
        return self._blocks.known(outlet, digests)

    def links(self, wordings: Collection[int]) -> Sequence[Link]:
        """Return the links of these texts, each told from theirs."""
        return index.links(self.connection, wordings)

    def add_links(self, links: Sequence[Link]) -> None:
        """Note that texts are copies of each other."""
        index.add_links(self.connection, links)

    def members_of(self, wordings: Collection[int], limit: int) -> Sequence[Member]:
        """Return up to `limit` articles with these texts."""
        asked = {"wordings": sorted(wordings), "limit": limit}
        return [rows.member(row) for row in self.connection.execute(_MEMBERS_OF, asked).mappings()]

    def _write_text(self, new: Article) -> None:
        """Keep the text, unless the very same is kept."""
        run(self.connection, _ADD_TEXT, (rows.text_sha256(new), new.text))
        self._strange.discard(new.content_sha256)


def owners(connection: sa.Connection, outlet: str, keys: Sequence[str]) -> dict[str, str]:
    """Return the id of the article that each of `keys` belongs to; free keys are missing."""
    found: dict[str, str] = {}
    for chunk in in_chunks(keys):
        asked = f"SELECT key, article_id FROM address WHERE outlet = ? AND key IN ({marks(chunk)})"  # noqa: S608
        found.update((row[0], row[1]) for row in run(connection, asked, (outlet, *chunk)))
    return found
