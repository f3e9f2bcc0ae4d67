"""Extraction alone: saved pages in, records out, nothing stored."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import zlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from config.errors import ConfigError, WirewatchError
from config.outlet import Outlet
from config.settings import Settings
from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.extract import extract_page
from pipeline.ports import Workers
from pipeline.records import Candidate, Extract, Page, Rejected
from pipeline.urls import site_of
from wirewatch.app import make_workers, now
from wirewatch.record import Record, extracted

T = TypeVar("T")

MAX_FILE_BYTES = 64 << 20
"""A saved page larger than this is not even read; what is too large to be parsed is much less."""
_AHEAD = 64


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved page that is to be read: what to call it, where it lies and came from."""

    name: object
    """A file's name, or the `id` of a batch line as it stands there."""
    path: Path | None
    """None for standard input."""
    url: str | None = None
    charset: str | None = None
    """The charset that is known from elsewhere than the page."""
    problem: str | None = None
    """Why there is nothing to read, for a batch line that says nothing usable."""


def print_pages(
    settings: Settings, pages: Iterable[Saved], outlet: Outlet | None, *, as_text: bool, explain: bool
) -> bool:
    """Print a record (or bare text) for each page, complain of what cannot be read; True if all went well."""

    def answer(saved: Saved, record: Record) -> bool:
        if "error" in record:
            sys.stderr.write(f"wirewatch: {saved.name}: {record['error']}\n")
        elif as_text:
            sys.stdout.write(f"{record['title']}\n\n{record['text']}\n")
        else:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return "error" not in record

    return _read_and(answer, settings, pages, outlet, explain=explain)


def print_batch(
    settings: Settings, pages: Iterable[Saved], outlet: Outlet | None, *, explain: bool, learn: bool
) -> None:
    """Print a JSON line for each line of a batch, in its order: `id` and the record, or `id` and `error`.

    `learn` reads the batch twice: first to see which blocks recur on the pages of each site.
    """

    def answer(saved: Saved, record: Record) -> bool:
        sys.stdout.write(
            json.dumps({"id": saved.name} | record | {"id": saved.name}, ensure_ascii=False) + "\n"
        )
        return True

    _read_and(answer, settings, pages, outlet, explain=explain, learn=learn)


def saved_pages(batch: Path) -> Iterator[Saved]:
    """Yield the pages that a batch file lists, one JSON object a line; paths are relative to the file.

    Keys: `id` and `html_path`, and if known `url` and `enc` (the charset the file is written in).

    A line that is not as it should be is yielded with its problem, so that every line has its answer.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        with batch.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _saved(line, f"{batch}:{number}", batch.parent)
    except OSError as error:
        raise ConfigError(f"{batch} cannot be read: {error.strerror or error}") from error


def _read_and(
    answer: Callable[[Saved, Record], bool],
    settings: Settings,
    pages: Iterable[Saved],
    outlet: Outlet | None,
    *,
    explain: bool,
    learn: bool = False,
) -> bool:
    async def read() -> bool:
        with closing(make_workers(settings)) as workers:
            known = list(pages) if learn else []
            learned = await learn_sites(known, outlet, workers, now)
            records = read_all(known or pages, outlet, workers, now, explain=explain, learned=learned)
            return all([answer(saved, record) async for saved, record in records])

    return asyncio.run(read())


async def learn_sites(
    pages: Sequence[Saved], outlet: Outlet | None, workers: Workers, now: Callable[[], datetime]
) -> Mapping[str, Boilerplate]:
    """Return what recurs on the pages of each site (`pipeline.urls.site_of`) of which there are several.

    What is returned is for reading these same pages: each of them knows that it was counted.
    """
    sizes = Counter(_site(saved) for saved in pages)
    several = [saved for saved in pages if sizes[_site(saved)] > 1 and _site(saved)]
    learned: dict[str, Boilerplate] = {}
    async for saved, answer in _in_order(several, lambda one: _read(one, outlet, workers, now)):
        if not isinstance(answer, str):
            before = learned.get(_site(saved), Boilerplate(counted=True))
            learned[_site(saved)] = before.learn(answer[1].sightings)
    return learned


async def read_all(
    pages: Iterable[Saved],
    outlet: Outlet | None,
    workers: Workers,
    now: Callable[[], datetime],
    *,
    explain: bool,
    learned: Mapping[str, Boilerplate] = MappingProxyType({}),
) -> AsyncIterator[tuple[Saved, Record]]:
    """Read pages many at a time and yield their records in order; an error is a record with `error`.

    `learned` is the boilerplate of their sites.
    """

    async def record(saved: Saved) -> Record:
        answer = await _read(saved, outlet, workers, now, learned.get(_site(saved), NOTHING_LEARNED))
        if isinstance(answer, str):
            return {"error": answer}
        page, extract = answer
        return extracted(extract, page, outlet, explain=explain)

    async for saved, answer in _in_order(pages, record):
        yield saved, answer


async def _in_order(
    pages: Iterable[Saved], read: Callable[[Saved], Coroutine[None, None, T]]
) -> AsyncIterator[tuple[Saved, T]]:
    waiting: deque[tuple[Saved, asyncio.Task[T]]] = deque()
    for saved in pages:
        waiting.append((saved, asyncio.create_task(read(saved))))
        if len(waiting) >= _AHEAD:
            first, task = waiting.popleft()
            yield first, await task
    while waiting:
        first, task = waiting.popleft()
        yield first, await task


async def _read(
    saved: Saved,
    outlet: Outlet | None,
    workers: Workers,
    now: Callable[[], datetime],
    learned: Boilerplate = NOTHING_LEARNED,
) -> tuple[Page, Extract] | str:
    """Return a page with what it says, or in words why it says nothing."""
    try:
        if saved.problem:
            return saved.problem
        page = _page(saved, outlet, now())
        result: Extract | Rejected = await workers.run(extract_page, page, outlet, learned)
    except WirewatchError as error:
        return f"failed: {error}"
    if isinstance(result, Rejected):
        return f"rejected: {result.reason}" + (f": {result.detail}" if result.detail else "")
    return page, result


def _site(saved: Saved) -> str:
    """Return the site that a page came from; empty where that is not known."""
    try:
        return site_of(saved.url or "")
    except ValueError:
        return ""


def _page(saved: Saved, outlet: Outlet | None, now: datetime) -> Page:
    body = _bytes(saved)
    url = saved.url or "about:blank"
    charset = f"; charset={saved.charset}" if saved.charset else ""
    kind = "application/json" if saved.path is not None and saved.path.suffix == ".json" else "text/html"
    return Page(
        candidate=Candidate(outlet=outlet.id if outlet else "", url=url, key=url, offered_by="file"),
        url=url,
        status=200,
        headers=(("Content-Type", kind + charset),),
        body=body,
        fetched_at=now,
    )


def _bytes(saved: Saved) -> bytes:
    if saved.path is None:
        return sys.stdin.buffer.read(MAX_FILE_BYTES)
    try:
        if saved.path.suffix == ".gz":
            with gzip.open(saved.path) as file:
                return file.read(MAX_FILE_BYTES)
        with saved.path.open("rb") as file:
            return file.read(MAX_FILE_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        name = "it" if str(saved.path) == saved.name else saved.path
        words = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ConfigError(f"{name} cannot be read: {words}") from error


def _saved(line: bytes, where: str, folder: Path) -> Saved:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Saved(None, None, problem=f"{where}: not a JSON object: {error}")
    if not isinstance(entry, dict) or "id" not in entry or not isinstance(entry.get("html_path"), str):
        name = entry.get("id") if isinstance(entry, dict) else None
        return Saved(name, None, problem=f'{where}: a line needs "id" and "html_path"')
    url, charset = entry.get("url"), entry.get("enc")
    return Saved(
        name=entry["id"],
        path=folder / entry["html_path"],
        url=url if isinstance(url, str) else None,
        charset=charset.split()[0] if isinstance(charset, str) and charset.strip() else None,
    )
