"""Brings a database to the tables of this version, whoever opens it first."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import StoreError
from storage import search
from storage.engine import Database
from storage.schema import metadata

HEAD = "0005"
"""The newest revision in `migrations/versions`."""

MIGRATIONS = Path(__file__).parent / "migrations"

_NOTE = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""Where Alembic keeps the revision of a database, as it makes it itself."""


def upgrade(database: Database) -> None:
    """Create the tables, or bring them up to date, under the lock that all writers take.

    Raises:
        StoreError: the database is newer than this version, or belongs to another program.
    """
    with database.reading("opening it") as connection:
        if version(connection) == HEAD:
            return
    with database.writing("preparing its tables") as connection:
        if _is_new(database.name, connection):
            create(connection)
        else:
            _run(connection)


def version(connection: sa.Connection) -> str | None:
    """Return the revision that a database is at; None for one without our tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def is_ours(name: str | None, type_: str, _parents: object = None) -> bool:
    """Leave the full-text index, which differs between databases, out of comparisons of tables."""
    return type_ != "table" or name is None or name in metadata.tables


def create(connection: sa.Connection) -> None:
    """Make the tables of this version at once, and note that they are: what all migrations come to."""
    metadata.create_all(connection, checkfirst=False)
    search.create(connection)
    connection.exec_driver_sql(_NOTE)
    connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _is_new(name: str, connection: sa.Connection) -> bool:
    """Tell whether a database holds no tables of ours yet; refuse one that we cannot use."""
    found = version(connection)
    if found is None:
        taken = set(sa.inspect(connection).get_table_names()) & set(metadata.tables)
        if taken:
            raise StoreError(
                f"{name}: this database holds tables of another program ({', '.join(sorted(taken))})"
            )
    elif not any(MIGRATIONS.glob(f"versions/r{found}_*.py")):
        raise StoreError(
            f"{name}: this database was last used by a newer wirewatch (its tables are at {found}, "
            f"this version knows them up to {HEAD}); update wirewatch"
        )
    return found is None


def _run(connection: sa.Connection) -> None:
    # Alembic takes a fifth of a second to import, and is needed only where tables are of an earlier version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
