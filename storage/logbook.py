"""The logbook in the database: `pipeline.ports.Logbook` over the tables of looks and watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from pipeline.looks import Look
from pipeline.ports import KEPT_LOOKS
from pipeline.rhythm import MOST_ARRIVALS, Arrival
from pipeline.watch import Watch
from storage import look_rows, rows
from storage.engine import Database, insert
from storage.hygiene import utc
from storage.schema import article, look, watch

_DATED = (
    article.c.published_at,
    article.c.published_offset,
    article.c.published_precision,
    article.c.published_signal,
    article.c.first_seen_at,
)


class SqlLogbook:
    """A logbook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, one: Look) -> None:
        """Remember a look; of the looks at an outlet, the latest `KEPT_LOOKS` are kept."""
        values = look_rows.look_values(one)
        with self._database.writing("remembering a look") as connection:
            statement = insert(connection, look).values(values)
            changed = {name: statement.excluded[name] for name in values if name not in {"outlet", "at"}}
            connection.execute(statement.on_conflict_do_update(index_elements=["outlet", "at"], set_=changed))
            oldest = _latest(one.outlet).offset(KEPT_LOOKS).limit(1).with_only_columns(look.c.at)
            if (too_old := connection.execute(oldest).scalar()) is not None:
                connection.execute(look.delete().where(look.c.outlet == one.outlet, look.c.at <= too_old))

    def looks(self, outlet: str, limit: int = KEPT_LOOKS) -> Sequence[Look]:
        """Return the latest looks at an outlet, oldest first."""
        with self._database.reading("looking up looks") as connection:
            found = connection.execute(_latest(outlet).limit(limit)).mappings()
            return [look_rows.look_of(row) for row in found][::-1]

    def watches(self) -> Mapping[str, Watch]:
        """Return what is kept of each outlet between its looks, by outlet."""
        with self._database.reading("looking up next looks") as connection:
            found = connection.execute(sa.select(watch)).mappings()
            return {row["outlet"]: look_rows.watch_of(row) for row in found}

    def watch(self, one: Watch) -> None:
        """Keep that of an outlet, in place of what was kept before."""
        values = look_rows.watch_values(one)
        with self._database.writing("noting a next look") as connection:
            statement = insert(connection, watch).values(values)
            changed = {name: statement.excluded[name] for name in values if name != "outlet"}
            connection.execute(statement.on_conflict_do_update(index_elements=["outlet"], set_=changed))

    def arrivals(self, outlet: str, since: datetime) -> Sequence[Arrival]:
        """Return when the outlet's articles first seen after `since` came, oldest first, copies included."""
        articles = sa.select(*_DATED).where(article.c.outlet == outlet, article.c.id >= _id_at(since))
        with self._database.reading("looking up when articles came") as connection:
            found = connection.execute(articles.order_by(article.c.id.desc()).limit(MOST_ARRIVALS)).mappings()
            seen = [(rows.stamp(row), row["first_seen_at"]) for row in found]
            looks = connection.execute(sa.select(look.c.at).where(look.c.outlet == outlet)).scalars()
            return look_rows.arrivals(seen, list(looks), utc(since))


def _latest(outlet: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(look).where(look.c.outlet == outlet).order_by(look.c.at.desc())


def _id_at(since: datetime) -> str:
    """Return the beginning of the ids of articles first seen at `since`: ids sort by time."""
    return f"{utc(since):%Y%m%dT%H%M%S}"
