"""The connections to the database: one writer at a time, readers beside it, errors in words."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

LOCK_SECONDS = 30
"""How long a writer waits for another one."""

CACHE_KIB = 32_768
"""Memory for pages of a SQLite file, a connection: an article's fingerprints lie all over their table."""

CHECKPOINT_PAGES = 4_000
"""Pages in the log of a SQLite file after which they go into the file: then each is written once."""

CHUNK = 500
"""Values in one IN (...): SQLite's oldest bound is 999."""

_WRITE_LOCK = 0x77697265
"""PostgreSQL's advisory lock that every writing transaction of wirewatch holds."""

T = TypeVar("T")
Result = sa.CursorResult[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Database:
    """Where the tables are, and how to reach them."""

    url: sa.URL
    writer: sa.Engine
    """Its transactions exclude each other, in all processes, from their first statement on."""
    reader: sa.Engine
    """Its transactions see one state of the database and never wait for a writer."""

    @property
    def name(self) -> str:
        """The database as it is named to the user: never with its password."""
        if self.url.get_backend_name() == "sqlite":
            return str(self.url.database)
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def writing(self, doing: str) -> Iterator[sa.Connection]:
        """Open a transaction that writes; committed at the end, rolled back by an exception."""
        with self.translating(doing), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self, doing: str) -> Iterator[sa.Connection]:
        """Open a transaction that only reads."""
        with self.translating(doing), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def translating(self, doing: str) -> Iterator[None]:
        """Turn the database's errors into a `StoreError` that names the database and what was being done."""
        try:
            yield
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            raise StoreError(f"{self.name}: {self._in_words(error)} (while {doing})") from error

    def dispose(self) -> None:
        """Close all connections."""
        self.reader.dispose()
        self.writer.dispose()

    def _in_words(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        said = lines[0]
        if self.url.password:
            said = said.replace(str(self.url.password), "***")
        for sign, words in _WORDS:
            if sign in said:
                return words
        return said


_WORDS = (
    ("database is locked", f"another program is writing to it and did not finish within {LOCK_SECONDS} s"),
    ("lock timeout", f"another program is writing to it and did not finish within {LOCK_SECONDS} s"),
    ("is full", "there is no space left on the disk"),
    ("No space left", "there is no space left on the server's disk"),
    ("readonly database", "it may not be written to: the file, its folder or its file system is read-only"),
    ("file is not a database", "this file is not a SQLite database"),
    (
        "malformed",
        "the file is damaged; restore it from a backup, or save what is readable with sqlite3 .recover",
    ),
    (
        "unable to open database file",
        "the file cannot be opened: is its folder there, and may it be written to?",
    ),
    ("disk I/O error", "the disk reported an error, or the file may not grow any more"),
)


def connect(address: str, *, durable: bool = False) -> Database:
    """Prepare the engines for `sqlite:///path` or `postgresql://user@host/name`; connects to nothing yet.

    `durable` makes SQLite survive a power loss with its last transactions, not only a crash of the process.
    """
    url = _parsed(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, durable=durable)
    return _postgresql(url)


def use_wal(database: Database) -> None:
    """Put a SQLite file into write-ahead mode, which stays with the file.

    SQLite does not wait for its busy timeout here when two processes do this at once, so we do.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    with database.translating("opening it"), closing(database.writer.raw_connection()) as connection:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


def in_chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield `values` in pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def exists(address: str) -> bool:
    """Tell whether a database may hold something; only of an SQLite file can it be told that it does not."""
    url = sa.make_url(address)
    return url.get_backend_name() != "sqlite" or url.database is None or Path(url.database).exists()


def run(connection: sa.Connection, statement: str, *rows: Sequence[object]) -> Result:
    """Run a plain statement, with ? for each value, for one row or for each of several.

    For what every article does: written out, it costs a third of what an expression does. The values are
    those of the database's driver.
    """
    marked = statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
    return connection.exec_driver_sql(marked, tuple(rows[0]) if len(rows) == 1 else list(map(tuple, rows)))


def marks(values: Sequence[object]) -> str:
    """Write the marks of values as they stand in the IN (...) of a plain statement."""
    return ", ".join("?" * len(values))


def numbers(values: Iterable[int]) -> str:
    """Write integers as they stand in an IN (...): as parameters they would cost three times as much."""
    return ",".join(map(str, map(int, values)))


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT, for the connection's database."""
    return insert_into(connection.dialect.name, table)


def insert_into(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT, for a database by the name of its dialect."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - imported already where it is connected to

    return postgresql.insert(table)


def _parsed(address: str) -> sa.URL:
    try:
        url = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError(
            "the database's address cannot be read: write sqlite:///path/to/file.db "
            "or postgresql://user@host/name"
        ) from error
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            if not url.database or url.database == ":memory:":
                raise StoreError("a SQLite database needs a file: write sqlite:///path/to/file.db")
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise StoreError(f"{other!r} is no database that wirewatch knows: use sqlite or postgresql")


def _sqlite(url: sa.URL, *, durable: bool) -> Database:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the folder of the database cannot be made: {error.strerror}") from error
    writer = _engine(url, connect_args={"timeout": LOCK_SECONDS}, pool_size=1)
    reader = _engine(url, connect_args={"timeout": LOCK_SECONDS})
    prepare = partial(_prepare_sqlite, synchronous="FULL" if durable else "NORMAL")
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        sa.event.listen(engine, "connect", prepare)
        sa.event.listen(engine, "begin", partial(_execute, begin))
    return Database(url, writer, reader)


def _postgresql(url: sa.URL) -> Database:
    try:
        writer = _engine(url, pool_pre_ping=True, pool_size=1)
        reader = _engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    except ImportError as error:
        raise StoreError("PostgreSQL needs psycopg: install wirewatch[postgresql]") from error
    for engine in (writer, reader):
        sa.event.listen(engine, "connect", _prepare_postgresql)
    sa.event.listen(writer, "begin", partial(_execute, f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})"))
    return Database(url, writer, reader)


def _engine(url: sa.URL, **options: Any) -> sa.Engine:  # noqa: ANN401 - create_engine's own
    return sa.create_engine(url, json_serializer=partial(json.dumps, ensure_ascii=False), **options)


def _execute(statement: str, connection: sa.Connection) -> None:
    connection.exec_driver_sql(statement)


def _prepare_sqlite(
    connection: sqlite3.Connection,
    _entry: ConnectionPoolEntry,
    *,
    synchronous: str,
) -> None:
    """Take over transactions: the driver's own never begin IMMEDIATE, and then no timeout helps."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")


def _prepare_postgresql(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - psycopg is optional
    """Count in UTC, whose years are Python's, and wait for a lock no longer than for SQLite's."""
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.commit()
