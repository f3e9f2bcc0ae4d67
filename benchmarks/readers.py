"""Who reads the saved pages: we, we with what recurs on each site, plain trafilatura, newspaper4k."""

from __future__ import annotations

import gzip
import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as PageTimeout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pebble import ProcessPool
from trafilatura import bare_extraction

from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.errors import PageError
from pipeline.extract import accelerate, extract_page, warmup
from pipeline.records import Candidate, Page, Rejected
from pipeline.urls import site_of

NOW = datetime.now(UTC)
WARM = warmup.__name__
"""The readers are forked from a process that has paid for the first page."""
PAGE_SECONDS = 30
NEWSPAPER = Path(__file__).with_name("newspaper4k.py")

Record = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One saved page; `trust_utf8` where the file was written anew in UTF-8, whatever the page says."""

    id: str
    url: str
    path: Path
    trust_utf8: bool
    learned: Boilerplate = NOTHING_LEARNED

    @property
    def content_type(self) -> str:
        """What a server would say of the file."""
        return "text/html; charset=utf-8" if self.trust_utf8 else "text/html"

    @property
    def site(self) -> str:
        """The site of the page, by the address alone; empty where there is none."""
        try:
            return site_of(self.url)
        except ValueError:
            return ""


def job_of(page: Record, folder: Path) -> Job:
    """Make the job of a line of `pages.jsonl` or `listings.jsonl`."""
    trusted = str(page.get("enc")).startswith("utf-8 (re-encoded")
    return Job(page["id"], page["url"] or "", folder / page["html_path"], trusted)


def ours(jobs: Sequence[Job], *, accelerated: bool = True) -> list[Record]:
    """Read pages as `wirewatch extract --batch` does, perhaps with trafilatura as it is."""
    return _pooled(_ours, jobs, partial(accelerate.switch, on=accelerated))


def ours_learned(jobs: Sequence[Job], first: Sequence[Record]) -> list[Record]:
    """Read pages as `wirewatch extract --batch --learn` does; `first` is what the first pass gave."""
    sizes = Counter(job.site for job in jobs)
    learned: dict[str, Boilerplate] = {}
    for job, record in zip(jobs, first, strict=True):
        if job.site and sizes[job.site] > 1 and "sightings" in record:
            before = learned.get(job.site, Boilerplate(counted=True))
            learned[job.site] = before.learn(record["sightings"])
    again = [replace(job, learned=learned[job.site]) for job in jobs if job.site in learned]
    found = {record["id"]: record for record in _pooled(_ours, again)}
    return [found.get(job.id, record) for job, record in zip(jobs, first, strict=True)]


def plain(jobs: Sequence[Job]) -> list[Record]:
    """Read pages with plain trafilatura: no comments, with metadata."""
    return _pooled(_plain, jobs)


def newspaper(jobs: Sequence[Job], python: Path) -> list[Record]:
    """Read pages with newspaper4k, in two processes of another interpreter where it is installed."""

    def read(half: Sequence[Job]) -> list[Record]:
        asked = "".join(json.dumps([j.id, j.url, str(j.path), j.trust_utf8]) + "\n" for j in half)
        told = subprocess.run(
            [python, "-W", "ignore", NEWSPAPER],
            input=asked,
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
        return [json.loads(line) for line in told.stdout.splitlines()]

    with ThreadPoolExecutor(2) as readers:
        return [record for records in readers.map(read, (jobs[::2], jobs[1::2])) for record in records]


def _pooled(
    read: Callable[[Job], Record], jobs: Iterable[Job], begin: Callable[[], None] | None = None
) -> list[Record]:
    """Read all pages in two processes; a page that takes too long is an error, not a hang."""
    records: list[Record] = []
    waiting = list(jobs)
    with ProcessPool(max_workers=2, max_tasks=500, initializer=begin) as pool:
        results = pool.map(read, waiting, timeout=PAGE_SECONDS, chunksize=1).result()
        for job in waiting:
            try:
                records.append(next(results))
            except (PageTimeout, Exception) as error:  # noqa: BLE001 - one page must not end the measurement
                records.append({"id": job.id, "error": repr(error)[:300]})
    return records


def _ours(job: Job) -> Record:
    body = gzip.decompress(job.path.read_bytes())
    page = Page(
        candidate=Candidate(outlet="benchmark", url=job.url, key=job.url, offered_by="benchmark"),
        url=job.url,
        status=200,
        headers=(("Content-Type", job.content_type),),
        body=body,
        fetched_at=NOW,
    )
    began = time.process_time()
    try:
        result = extract_page(page, None, job.learned)
    except PageError as error:
        return {"id": job.id, "error": f"{type(error).__name__}: {error}"}
    spent = (time.process_time() - began) * 1000
    if isinstance(result, Rejected):
        return {"id": job.id, "error": f"rejected: {result.reason} {result.detail}", "cpu_ms": spent}
    return {
        "id": job.id,
        "cpu_ms": spent,
        "text": result.text,
        "title": result.title,
        "published_at": result.published.at.isoformat() if result.published else None,
        "published_from": result.published.signal if result.published else None,
        "authors": list(result.authors),
        "summary": result.summary,
        "credits": list(result.credits),
        "language": result.language,
        "dropped": [[d.reason, d.text] for d in result.dropped],
        "sightings": result.sightings,
    }


def _plain(job: Job) -> Record:
    body = gzip.decompress(job.path.read_bytes())
    began = time.process_time()
    html: str | bytes = body.decode("utf-8", "replace") if job.trust_utf8 else body
    found = bare_extraction(html, url=job.url or None, include_comments=False, with_metadata=True)
    spent = (time.process_time() - began) * 1000
    if found is None:
        return {"id": job.id, "error": "nothing", "cpu_ms": spent}
    data = found if isinstance(found, dict) else found.as_dict()
    return {
        "id": job.id,
        "cpu_ms": spent,
        "text": data.get("text"),
        "title": data.get("title"),
        "published_at": data.get("date"),
        "authors": [a.strip() for a in (data.get("author") or "").split(";") if a.strip()],
    }
