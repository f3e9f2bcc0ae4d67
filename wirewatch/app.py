"""The one place where objects meet: from settings to a working whole, and back to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from config.settings import Settings
from pipeline.errors import StoreError
from pipeline.intake import PageIntake
from pipeline.ports import Store
from pipeline.workers import ProcessWorkers
from storage.archive import WarcArchive
from storage.engine import exists
from storage.store import SqlStore
from wirewatch.early import PRELOAD, start_early


@dataclass(frozen=True, slots=True)
class App:
    """What a crawl works with."""

    store: Store
    workers: ProcessWorkers
    intake: PageIntake
    writer: Executor
    """The one thread that writes to the store."""


def now() -> datetime:
    """Read the clock; the only place that does."""
    return datetime.now(UTC)


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Open the store alone, for reading what is there.

    Raises:
        StoreError: nothing was ever stored there.
    """
    if not exists(settings.database):
        where = settings.database_url or settings.data_dir
        raise StoreError(f"there is no database yet ({where}): `wirewatch crawl` makes it")
    with closing(SqlStore.open(settings.database)) as store:
        yield store


@contextmanager
def open_app(settings: Settings) -> Iterator[App]:
    """Open all that a crawl needs; on the way out everything is written, synced and let go of."""
    with ExitStack() as stack:
        store = stack.enter_context(closing(SqlStore.open(settings.database)))
        archive = stack.enter_context(closing(WarcArchive(settings.data_dir / "archive", now=now)))
        workers = stack.enter_context(closing(make_workers(settings)))
        writer = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="writer"))
        yield App(store, workers, PageIntake(store, archive, workers, writer, now), writer)


@contextmanager
def open_dry(settings: Settings) -> Iterator[App]:
    """Open what a dry run needs: it reads the store if there is one, and makes nothing."""
    with ExitStack() as stack:
        from storage.memory import MemoryStore, Nowhere  # noqa: PLC0415 - nobody else needs it

        held = exists(settings.database)
        store: Store = SqlStore.open(settings.database) if held else MemoryStore()
        stack.enter_context(closing(store))
        workers = stack.enter_context(closing(make_workers(settings)))
        writer = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="writer"))
        yield App(store, workers, PageIntake(store, Nowhere(), workers, writer, now), writer)


def make_workers(settings: Settings) -> ProcessWorkers:
    """Start the processes that read pages."""
    start_early()
    return ProcessWorkers(settings.workers, seconds=settings.page_seconds, preload=PRELOAD)
