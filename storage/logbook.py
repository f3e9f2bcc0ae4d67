"""The logbook in the database: `pipeline.ports.Logbook` over the tables of looks, watches and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from pipeline.documents import Gap, Remembered
from pipeline.looks import Look
from pipeline.ports import AHEAD, KEPT_DOCUMENTS, KEPT_GAPS, KEPT_LOOKS
from pipeline.rhythm import MOST_ARRIVALS, Arrival
from pipeline.watch import Watch
from storage import look_rows, rows
from storage.engine import Database, insert_into
from storage.hygiene import utc
from storage.schema import article, document, gap, look, watch

_DATED = (
    article.c.published_at,
    article.c.published_offset,
    article.c.published_precision,
    article.c.published_signal,
    article.c.first_seen_at,
)
_LATEST = (
    sa.select(
        *(column for column in look.c if column is not look.c.details),
        sa.cast(look.c.details, sa.Text).label("details"),
    )
    .where(look.c.outlet == sa.bindparam("of"))
    .order_by(look.c.at.desc())
    .limit(sa.bindparam("most"))
)
_TIMES = sa.select(look.c.at).where(look.c.outlet == sa.bindparam("of"))
_DOCUMENTS = sa.select(document).where(document.c.outlet == sa.bindparam("of"))
_ARRIVED = (
    sa.select(*_DATED)
    .where(article.c.outlet == sa.bindparam("of"), article.c.id >= sa.bindparam("since"))
    .order_by(article.c.id.desc())
    .limit(MOST_ARRIVALS)
)


class SqlLogbook:
    """A logbook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, one: Look) -> None:
        """Remember a look, with the `KEPT_LOOKS` latest of its outlet, less what a wrong clock dated."""
        values = look_rows.look_values(one)
        with self._database.writing("remembering a look") as connection:
            ahead = (look.c.outlet == one.outlet) & (look.c.at > utc(one.at) + AHEAD)
            connection.execute(look.delete().where(ahead))
            _put(connection, look, [values], ("outlet", "at"))
            _prune(connection, look, look.c.at, one.outlet, KEPT_LOOKS)

    def looks(self, outlet: str, limit: int = KEPT_LOOKS) -> Sequence[Look]:
        """Return the latest looks at an outlet, oldest first."""
        with self._database.reading("looking up looks") as connection:
            found = connection.execute(_LATEST, {"of": outlet, "most": limit}).mappings()
            return [look_rows.look_of(row) for row in found][::-1]

    def documents(self, outlet: str) -> Mapping[str, Remembered]:
        """Return what is remembered of the documents of an outlet's discoveries, by their address."""
        with self._database.reading("looking up documents") as connection:
            found = connection.execute(_DOCUMENTS, {"of": outlet}).mappings()
            return {row["url"]: look_rows.document_of(row) for row in found}

    def remember(self, outlet: str, documents: Sequence[Remembered], gaps: Sequence[Gap]) -> None:
        """Remember documents, in place of what was remembered of them before, and gaps."""
        if not documents and not gaps:
            return
        with self._database.writing("remembering documents") as connection:
            rows = [look_rows.document_values(outlet, one) for one in documents]
            _put(connection, document, rows, ("outlet", "url"))
            rows = [look_rows.gap_values(outlet, one) for one in gaps]
            _put(connection, gap, rows, ("outlet", "discovery", "noticed_at"))
            _prune(connection, document, document.c.read_at, outlet, KEPT_DOCUMENTS)
            _prune(connection, gap, gap.c.noticed_at, outlet, KEPT_GAPS)

    def gaps(self, outlet: str) -> Sequence[Gap]:
        """Return the gaps that were noticed at an outlet, oldest first."""
        query = sa.select(gap).where(gap.c.outlet == outlet).order_by(gap.c.noticed_at, gap.c.discovery)
        with self._database.reading("looking up gaps") as connection:
            return [look_rows.gap_of(row) for row in connection.execute(query).mappings()]

    def watches(self) -> Mapping[str, Watch]:
        """Return what is kept of each outlet between its looks, by outlet."""
        with self._database.reading("looking up next looks") as connection:
            found = connection.execute(sa.select(watch)).mappings()
            return {row["outlet"]: look_rows.watch_of(row) for row in found}

    def watch(self, one: Watch) -> None:
        """Keep that of an outlet, in place of what was kept before."""
        values = look_rows.watch_values(one)
        with self._database.writing("noting a next look") as connection:
            _put(connection, watch, [values], ("outlet",))

    def arrivals(self, outlet: str, since: datetime) -> Sequence[Arrival]:
        """Return when the outlet's articles first seen after `since` came, oldest first, copies included."""
        with self._database.reading("looking up when articles came") as connection:
            found = connection.execute(_ARRIVED, {"of": outlet, "since": _id_at(since)}).mappings()
            seen = [(rows.stamp(row), row["first_seen_at"]) for row in found]
            looks = connection.execute(_TIMES, {"of": outlet}).scalars() if seen else ()
            return look_rows.arrivals(seen, list(looks), utc(since))


def _put(
    connection: sa.Connection, table: sa.Table, values: Sequence[rows.Values], keys: tuple[str, ...]
) -> None:
    """Write rows, each in the place of one with the same key."""
    if values:
        connection.execute(_putting(connection.dialect.name, table, keys), list(values))


@lru_cache
def _putting(dialect: str, table: sa.Table, keys: tuple[str, ...]) -> sa.Insert:
    statement = insert_into(dialect, table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _prune(
    connection: sa.Connection, table: sa.Table, at: sa.Column[datetime], outlet: str, kept: int
) -> None:
    """Forget the rows of an outlet but for the latest."""
    beyond, forget = _pruning(table, at)
    asked = {"of": outlet, "kept": kept}
    if (too_old := connection.execute(beyond, asked).scalar()) is not None:
        connection.execute(forget, {"of": outlet, "too_old": too_old})


@lru_cache
def _pruning(table: sa.Table, at: sa.Column[datetime]) -> tuple[sa.Select[datetime], sa.Delete]:
    of_outlet = table.c.outlet == sa.bindparam("of")
    beyond = sa.select(at).where(of_outlet).order_by(at.desc()).offset(sa.bindparam("kept")).limit(1)
    return beyond, table.delete().where(of_outlet, at <= sa.bindparam("too_old", type_=at.type))


def _id_at(since: datetime) -> str:
    """Return the beginning of the ids of articles first seen at `since`: ids sort by time."""
    return f"{utc(since):%Y%m%dT%H%M%S}"
