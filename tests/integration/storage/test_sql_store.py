"""What only a database can do: migrate, be shared, be killed, be locked, full, damaged or out of reach."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from pipeline.errors import StoreError
from pipeline.records import Article, Failed, Fault, Filters, New
from storage import engine
from storage.migrate import HEAD, MIGRATIONS, is_ours, version
from storage.schema import metadata
from storage.store import SqlStore
from tests.integration.storage.make import NOON, article, at, candidate, deed
from tests.unit.pipeline.dedup.texts import EDITED, WIRE

ROOT = Path(__file__).resolve().parents[3]
ALL = Filters()


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def at_path(path: Path, **options: Any) -> SqlStore:
    return SqlStore.open(f"sqlite:///{path}", **options)


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start `script` in another process."""
    command = [sys.executable, "-c", PREAMBLE + script, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str], said: str | None = None) -> str:
    out, _ = process.communicate(said, timeout=60)
    assert process.returncode == 0
    return out


def run_both(script: str, address: str) -> None:
    """Run `script` as the outlets one and two in two processes that begin at the same time."""
    SqlStore.open(address).close()
    processes = [run(script, address, outlet) for outlet in ("one", "two")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        finish(process)


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


PREAMBLE = """
import sys, json
from storage.store import SqlStore
from tests.integration.storage.make import *
from pipeline.records import *
"""


# --- migrations


def migrate(connection: sa.Connection) -> None:
    """Make the tables by all migrations, one after the other."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def tables(connection: sa.Connection) -> dict[str, Any]:
    """Describe all tables, but for the order of their columns."""
    inspector = sa.inspect(connection)
    return {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            },
            "key": inspector.get_pk_constraint(name),
            "parts": sorted(map(repr, [*inspector.get_indexes(name), *inspector.get_foreign_keys(name)])),
            "unique": sorted(map(repr, inspector.get_unique_constraints(name))),
        }
        for name in inspector.get_table_names()
    }


def test_migrations_make_the_tables_that_the_code_knows(address: str) -> None:
    database = engine.connect(address)
    with database.writing("migrating") as connection:
        migrate(connection)
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    database.dispose()


def test_a_new_store_has_the_tables_that_all_migrations_make(address: str) -> None:
    SqlStore.open(address).close()
    database = engine.connect(address)
    with database.writing("looking") as connection:
        made = tables(connection)
        metadata.drop_all(connection)
        for name in ("article_search", "alembic_version"):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        assert tables(connection) == {}
        migrate(connection)
        assert tables(connection) == made
        assert version(connection) == HEAD
    database.dispose()
    SqlStore.open(address).close()


def test_a_new_file_is_made_by_the_statements_of_the_migrations(sqlite: Path, tmp_path: Path) -> None:
    at_path(sqlite).close()
    database = engine.connect(f"sqlite:///{tmp_path / 'migrated.db'}")
    with database.writing("migrating") as connection:
        migrate(connection)
    database.dispose()
    virtual = "SELECT sql FROM sqlite_master WHERE name = 'article_search'"
    bare = "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'"
    with sqlite3.connect(sqlite) as made, sqlite3.connect(tmp_path / "migrated.db") as migrated:
        for statement in (virtual, bare):
            assert made.execute(statement).fetchall() == migrated.execute(statement).fetchall()
    made.close()
    migrated.close()


def test_the_head_that_is_looked_for_is_the_head_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_store_can_be_opened_again_and_holds_what_it_held(address: str) -> None:
    store = SqlStore.open(address)
    [new] = store.keep([deed(article())])
    store.offer([candidate("/b")], NOON)
    store.keep([deed(Failed(Fault.TIMEOUT), candidate("/c"))])
    store.close()
    store = SqlStore.open(address)
    assert isinstance(new, New)
    assert [kept.id for kept in store.articles(ALL)] == [new.id]
    assert [c.key for c in store.pending("wire", at(1))] == ["wire.example.org/b", "wire.example.org/c"]
    store.close()


def test_processes_that_open_a_new_store_at_once_all_succeed(address: str) -> None:
    processes = [run("SqlStore.open(sys.argv[1]).close(); print('open')", address) for _ in range(2)]
    assert [finish(process) for process in processes] == ["open\n"] * 2


def test_a_store_of_a_newer_version_is_refused_in_words(address: str) -> None:
    SqlStore.open(address).close()
    database = engine.connect(address)
    with database.writer.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    with pytest.raises(StoreError, match=f"newer wirewatch .its tables are at 9999, .* up to {HEAD}."):
        SqlStore.open(address)


def test_a_database_of_another_program_is_refused_in_words(sqlite: Path) -> None:
    with sqlite3.connect(sqlite) as other:
        other.execute("CREATE TABLE article (id INTEGER)")
    other.close()
    with pytest.raises(StoreError, match=r"holds tables of another program \(article\)"):
        at_path(sqlite)


LATER = (
    "ALTER TABLE article DROP COLUMN change",
    "ALTER TABLE revision DROP COLUMN change",
    "DROP INDEX ix_page_article_id",
    "ALTER TABLE page DROP COLUMN etag",
    "ALTER TABLE page DROP COLUMN last_modified",
    *(f"DROP TABLE {name}" for name in ("look", "watch", "document", "gap")),
)
"""What newer migrations made."""


def test_a_store_of_before_there_were_fingerprints_finds_its_copies_by_a_rebuild(address: str) -> None:
    store = SqlStore.open(address)
    for n, text in enumerate((WIRE, WIRE, EDITED)):
        store.keep([deed(article(text, outlet=f"o{n}", fetched_at=at(n)))])
    store.close()
    before = sa.create_engine(engine.connect(address).url)
    with before.begin() as connection:
        for statement in (
            "UPDATE article SET relation = 'original', duplicate_of = NULL WHERE relation = 'near'",
            "DROP TABLE fingerprint",
            "DROP TABLE link",
            "DROP TABLE rebuild",
            "DROP INDEX ix_article_wording",
            "ALTER TABLE article DROP COLUMN wording",
            "ALTER TABLE article DROP COLUMN covered",
            "ALTER TABLE revision DROP COLUMN covered",
            *LATER,
            "UPDATE alembic_version SET version_num = '0002'",
        ):
            connection.exec_driver_sql(statement)
    before.dispose()
    store = SqlStore.open(address)
    assert [k.covered for k in store.articles(ALL)] == [None, 1.0, None]
    *_, done = store.rebuild()
    assert done.changed == {"original -> near": 1}
    assert [k.relation for k in store.articles(ALL)] == ["original", "exact", "near"]
    store.close()


# --- several processes

KEEP_COPIES = """
store = SqlStore.open(sys.argv[1])
sys.stdin.readline()
for n in range(12):
    store.keep([deed(article(f"Story number {n}.", f"/{n}", outlet=sys.argv[2], fetched_at=at(n)))])
store.close()
"""


def test_two_processes_with_copies_of_one_text_make_exactly_one_of_them_the_original(address: str) -> None:
    run_both(KEEP_COPIES, address)
    store = SqlStore.open(address)
    kept = list(store.articles(ALL))
    originals = {k.article.text: k.id for k in kept if k.relation == "original"}
    copies = {k.article.text: k.duplicate_of for k in kept if k.relation == "exact"}
    assert len(kept) == 24
    assert copies == originals
    assert len(originals) == 12
    outcomes = store.outcomes()
    assert sum(counts.get("new", 0) for counts in outcomes.values()) >= 12
    store.close()


KEEP_VERSIONS = """
import random
store = SqlStore.open(sys.argv[1])
sys.stdin.readline()
for n in range(6):
    chance = random.Random(n)
    words = ["".join(chance.choices("abdegiklmnorstu", k=6)) for _ in range(150)]
    if sys.argv[2] == "two":
        words[::25] = ["other"] * 6
    store.keep([deed(article(" ".join(words), f"/{n}", outlet=sys.argv[2], fetched_at=at(n)))])
store.close()
"""


def test_two_processes_with_versions_of_one_text_make_exactly_one_of_them_the_original(address: str) -> None:
    run_both(KEEP_VERSIONS, address)
    store = SqlStore.open(address)
    kept = list(store.articles(ALL))
    store.close()
    originals = {k.id: k.article.key[-1] for k in kept if k.relation == "original"}
    assert sorted(originals.values()) == [str(n) for n in range(6)]
    copies = [k for k in kept if k.relation == "near"]
    assert len(copies) == 6
    assert all(originals[k.duplicate_of or ""] == k.article.key[-1] for k in copies)


def test_a_second_process_reads_while_one_writes(address: str) -> None:
    store = SqlStore.open(address)
    reader = run(
        """
store = SqlStore.open(sys.argv[1])
print("ready", flush=True)
seen = 0
while seen < 200:
    kept = list(store.articles(Filters()))
    assert len(kept) >= seen and len(kept) % 20 == 0, len(kept)
    assert all(k.urls and k.article.text for k in kept)
    seen = len(kept)
    assert len(store.search("number", Filters(limit=5))) >= min(seen, 5)
print(seen)
""",
        address,
    )
    assert output(reader).readline() == "ready\n"
    for n in range(0, 200, 20):
        store.keep([deed(article(f"Text number {m}.", f"/{m}", fetched_at=at(m))) for m in range(n, n + 20)])
    assert finish(reader) == "200\n"
    store.close()


def test_a_reader_in_another_thread_never_waits_for_the_writer(sqlite: Path) -> None:
    store = at_path(sqlite)
    [new] = store.keep([deed(article())])
    found: list[Any] = []
    with store._database.writing("holding the lock"):
        thread = threading.Thread(target=lambda: found.extend(store.articles(ALL)))
        thread.start()
        thread.join(5)
    assert isinstance(new, New)
    assert [kept.id for kept in found] == [new.id]
    store.close()


def test_a_stream_of_articles_does_not_hold_up_the_writer(address: str) -> None:
    store = SqlStore.open(address)
    store.keep([deed(article(f"Text number {n}.", f"/{n}", fetched_at=at(n))) for n in range(5)])
    stream = store.articles(ALL)
    next(stream)
    store.keep([deed(article("Another.", "/x", fetched_at=at(9)))])
    assert len(list(stream)) == 4
    store.close()


# --- crashes

KEEP_FOREVER = """
store = SqlStore.open(sys.argv[1])
n = int(sys.argv[2])
while True:
    batch = [deed(article(f"Text number {n + m}.", f"/{n + m}", fetched_at=at(n + m))) for m in range(5)]
    store.offer([d.candidate for d in batch], at(n))
    n += 5
    print(json.dumps([o.id for o in store.keep(batch)]), flush=True)
"""


def test_everything_acknowledged_survives_a_kill(sqlite: Path) -> None:
    acknowledged: list[str] = []
    for round_ in range(3):
        with run(KEEP_FOREVER, f"sqlite:///{sqlite}", str(round_ * 100_000)) as writer:
            lines = [output(writer).readline() for _ in range(3 + round_)]
            writer.kill()
            lines += output(writer).read().splitlines()
        for line in lines:
            if line.strip().endswith("]"):
                acknowledged += json.loads(line)
    with sqlite3.connect(sqlite) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        plain.execute("INSERT INTO article_search (article_search) VALUES ('integrity-check')")
    plain.close()
    store = at_path(sqlite)
    kept = {k.id for k in store.articles(ALL)}
    assert kept >= set(acknowledged)
    assert len(kept) % 5 == 0, "a batch is kept whole or not at all"
    assert len(store.search("number", ALL)) == len(kept)
    lost = store.outcomes()["wire"].get("pending", 0)
    assert lost == len(store.pending("wire", at(1e6)))
    assert len(kept) == store.outcomes()["wire"]["new"]
    store.close()


# --- trouble


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://localhost/x", "'mysql' is no database that wirewatch knows"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("nonsense", "write sqlite:///path"),
        ("postgresql://u:p@[::1", "write sqlite:///path"),
    ],
)
def test_a_wrong_address_is_refused_with_an_example(address: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        SqlStore.open(address)


def test_a_server_out_of_reach_is_named_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        SqlStore.open("postgresql://me:s3cret@127.0.0.1:1/news?connect_timeout=3")
    assert "127.0.0.1" in str(caught.value)
    assert "opening it" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    at_path(tmp_path / "a" / "b" / "store.db").close()
    assert (tmp_path / "a" / "b" / "store.db").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        StoreError, match="file/data: the folder of the database cannot be made: Not a directory"
    ):
        at_path(tmp_path / "file" / "data" / "store.db")


def test_a_file_that_is_no_database_is_named(sqlite: Path) -> None:
    sqlite.write_text("This is a diary. " * 1000)
    with pytest.raises(StoreError, match=r"store.db: this file is not a SQLite database"):
        at_path(sqlite)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the file cannot be opened"):
        at_path(tmp_path)


def test_a_damaged_database_is_told_in_words(sqlite: Path) -> None:
    store = at_path(sqlite)
    store.keep([deed(article(f"Text number {n}. " * 200, f"/{n}")) for n in range(50)])
    store.close()
    with sqlite.open("r+b") as file:
        file.seek(sqlite.stat().st_size // 3)
        file.write(b"\xff" * (sqlite.stat().st_size // 2))
    with pytest.raises(StoreError, match="the file is damaged"):
        list(at_path(sqlite).articles(ALL))


def test_a_full_disk_is_told_in_words_and_changes_nothing(sqlite: Path) -> None:
    store = at_path(sqlite)
    store.keep([deed(article())])
    with store._database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
        connection.rollback()
    with pytest.raises(
        StoreError, match=r"store.db: there is no space left on the disk .while keeping pages."
    ):
        store.keep([deed(article("Long text. " * 10_000, "/b"))])
    assert store.outcomes() == {"wire": {"new": 1}}
    store.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_SECONDS", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_told_in_words(address: str) -> None:
    holder, store = SqlStore.open(address), SqlStore.open(address)
    with (
        holder._database.writing("holding the lock"),
        pytest.raises(StoreError, match="another program is writing"),
    ):
        store.keep([deed(article())])
    assert isinstance(store.keep([deed(article())])[0], New)
    holder.close()
    store.close()


def test_durable_means_synchronous_full(sqlite: Path) -> None:
    for durable, level in ((False, 1), (True, 2)):
        store = at_path(sqlite, durable=durable)
        with store._database.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        store.close()


def test_an_exact_copy_is_stored_with_its_text_once(address: str) -> None:
    store = SqlStore.open(address)
    store.keep([deed(article(outlet=outlet)) for outlet in ("a", "b", "c")])
    with store._database.reading("counting") as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM text")).scalar() == 1
    assert [k.article.text for k in store.articles(ALL)] == ["Rain fell on the capital."] * 3
    store.close()


def test_the_longest_of_texts_can_be_kept_and_found(address: str) -> None:
    store = SqlStore.open(address)
    words: Article = article("".join(f"word{n} " for n in range(60_000)), title="x" * 5000)
    letters = article("".join(chr(0x4E00 + n % 20_000) for n in range(200_000)), "/b")
    assert [type(o) for o in store.keep([deed(words), deed(letters)])] == [New, New]
    assert len(store.search("word77 word78", ALL)) == 1
    assert len(store.search("一丁丂", ALL)) == 1
    store.close()
