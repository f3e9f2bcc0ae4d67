"""The frontier in the database: the SQL that reads and writes `storage.frontier.Entry`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa

from pipeline.records import Candidate, Known, Refusal
from pipeline.revisit import is_due_again, oldest
from storage import rows
from storage.engine import in_chunks, insert_into
from storage.frontier import Entry, is_due
from storage.schema import page

_KEYS = ("outlet", "key")
_ASKED = (page.c.outlet == sa.bindparam("outlet"), page.c.key.in_(sa.bindparam("keys", expanding=True)))
_ENTRIES = sa.select(page).where(*_ASKED)
_ENTRIES_OF = sa.select(page).where(
    page.c.outlet.in_(sa.bindparam("outlets", expanding=True)),
    page.c.key.in_(sa.bindparam("keys", expanding=True)),
)
_KNOWN = sa.select(
    page.c.key, page.c.state, page.c.next_try_at, page.c.stated, page.c.fetched_at, page.c.article_id
).where(*_ASKED)
_NOW = sa.bindparam("now", type_=page.c.next_try_at.type)
_WAITING = (
    sa.select(page)
    .where(page.c.outlet == sa.bindparam("of"), sa.or_(page.c.state == "pending", page.c.next_try_at <= _NOW))
    .order_by(page.c.first_offered_at, page.c.key)
    .limit(sa.bindparam("most"))
)
_REVISITED = (
    sa.select(page.c.key, page.c.first_offered_at, page.c.fetched_at)
    .where(
        page.c.outlet == sa.bindparam("of"),
        page.c.state != "pending",
        page.c.next_try_at.is_(None),
        page.c.article_id.is_not(None),
        page.c.first_offered_at >= sa.bindparam("oldest", type_=page.c.first_offered_at.type),
    )
    .order_by(page.c.first_offered_at, page.c.key)
)


class Batch:
    """The entries of some candidates within a writing transaction: read at once, written at once."""

    def __init__(self, connection: sa.Connection, candidates: Sequence[Candidate]) -> None:
        self._connection = connection
        self._entries: dict[tuple[str, str], Entry] = {}
        self._changed: dict[tuple[str, str], Entry] = {}
        wanted = sorted({(candidate.outlet, candidate.key) for candidate in candidates})
        for chunk in in_chunks(wanted):
            asked = {"outlets": sorted({outlet for outlet, _ in chunk}), "keys": [key for _, key in chunk]}
            for row in connection.execute(_ENTRIES_OF, asked).mappings():
                self._entries[row["outlet"], row["key"]] = rows.entry(row)

    def get(self, candidate: Candidate) -> Entry | None:
        """Return the entry of a candidate's page as it is by now."""
        return self._entries.get((candidate.outlet, candidate.key))

    def put(self, entry: Entry) -> None:
        """Note what has become of a page."""
        name = (entry.candidate.outlet, entry.candidate.key)
        if self._entries.get(name) != entry:
            self._entries[name] = self._changed[name] = entry

    def save(self) -> None:
        """Write what has changed."""
        save(self._connection, list(self._changed.values()))


def load(connection: sa.Connection, outlet: str, keys: Sequence[str]) -> dict[str, Entry]:
    """Return the entries of those of `keys` that were ever offered, by key."""
    found: dict[str, Entry] = {}
    for chunk in in_chunks(keys):
        answer = connection.execute(_ENTRIES, {"outlet": outlet, "keys": chunk})
        found.update((row["key"], rows.entry(row)) for row in answer.mappings())
    return found


def known(connection: sa.Connection, outlet: str, keys: Sequence[str], now: datetime) -> dict[str, Known]:
    """Return what is known of those of `keys` that were ever offered, by key."""
    found: dict[str, Known] = {}
    for chunk in in_chunks(keys):
        for row in connection.execute(_KNOWN, {"outlet": outlet, "keys": chunk}):
            due = is_due(row.state, row.next_try_at, now)
            found[row.key] = Known(article=row.article_id, stated=row.stated or row.fetched_at, due=due)
    return found


def save(connection: sa.Connection, entries: Sequence[Entry]) -> None:
    """Write entries, each in the place of what was known of its page."""
    if not entries:
        return
    values = [rows.entry_values(entry) for entry in entries]
    connection.execute(_upsert(connection.dialect.name, tuple(values[0])), values)


@lru_cache(maxsize=2)
def _upsert(dialect: str, names: tuple[str, ...]) -> sa.Insert:
    statement = insert_into(dialect, page)
    changed = {name: statement.excluded[name] for name in names if name not in _KEYS}
    return statement.on_conflict_do_update(index_elements=_KEYS, set_=changed)


def waiting(connection: sa.Connection, outlet: str, now: datetime, limit: int) -> list[Entry]:
    """Return the entries that are to be fetched by `now`, those first that were offered first."""
    asked = {"of": outlet, "now": now, "most": limit}
    return [rows.entry(row) for row in connection.execute(_WAITING, asked).mappings()]


def revisits(
    connection: sa.Connection, outlet: str, now: datetime, spans: Sequence[timedelta], limit: int
) -> list[Entry]:
    """Return the entries of articles that are due to be looked at again, those first that were met first."""
    asked = {"of": outlet, "oldest": oldest(now, spans)}
    due = [row.key for row in connection.execute(_REVISITED, asked) if is_due_again(*row[1:], now, spans)][
        :limit
    ]
    found = load(connection, outlet, due)
    return [found[key] for key in due]


def gone_at(connection: sa.Connection, id_: str) -> datetime | None:
    """Return when the last page of an article was found to be gone; None where one is not."""
    query = sa.select(page.c.state, page.c.reason, page.c.fetched_at).where(page.c.article_id == id_)
    found = connection.execute(query).all()
    times = [row.fetched_at for row in found if (row.state, row.reason) == ("rejected", Refusal.GONE.value)]
    return max(times) if times and len(times) == len(found) else None


def count(connection: sa.Connection, outlet: str | None) -> Mapping[str, Mapping[str, int]]:
    """Count the pages of each outlet by outcome."""
    query = sa.select(page.c.outlet, page.c.state, page.c.reason, sa.func.count().label("pages"))
    query = query.group_by(page.c.outlet, page.c.state, page.c.reason)
    query = query.order_by(page.c.outlet, page.c.state, page.c.reason)
    if outlet is not None:
        query = query.where(page.c.outlet == outlet)
    counts: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        label = f"{row.state}:{row.reason}" if row.reason else row.state
        counts.setdefault(row.outlet, {})[label] = row.pages
    return counts
