"""Clean text, measured: our extraction beside plain trafilatura, on the same saved pages in the same run.

usage: .venv/bin/python benchmarks/text.py [--limit N] [--step N] [--json] [--worst N] [--keep DIR]

Both read the pages of `../shared/pages` in two processes with a time limit a page, and are judged by
`../shared/tools/score.py`. CPU is process time a page, parsing included.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import TimeoutError as PageTimeout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pebble import ProcessPool
from trafilatura import bare_extraction

from pipeline.errors import PageError
from pipeline.extract import extract_page
from pipeline.records import Candidate, Page, Rejected

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "tools" / "score.py"
PAGES = SHARED / "pages" / "pages.jsonl"
NOW = datetime.now(UTC)
PAGE_SECONDS = 30


@dataclass(frozen=True)
class Job:
    """One saved page and who is to read it."""

    ours: bool
    id: str
    url: str
    path: Path
    trust_utf8: bool


def read(job: Job) -> dict[str, Any]:
    """Extract one page; the answer carries the CPU milliseconds it took."""
    body = gzip.decompress(job.path.read_bytes())
    began = time.process_time()
    record = _ours(job, body) if job.ours else _plain(job, body)
    return {"id": job.id, "cpu_ms": (time.process_time() - began) * 1000, **record}


def _ours(job: Job, body: bytes) -> dict[str, Any]:
    content_type = "text/html; charset=utf-8" if job.trust_utf8 else "text/html"
    page = Page(
        candidate=Candidate(outlet="benchmark", url=job.url, key=job.url, offered_by="benchmark"),
        url=job.url,
        status=200,
        headers=(("Content-Type", content_type),),
        body=body,
        fetched_at=NOW,
    )
    try:
        result = extract_page(page, None)
    except PageError as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if isinstance(result, Rejected):
        return {"error": f"rejected: {result.reason} {result.detail}"}
    return {
        "text": result.text,
        "title": result.title,
        "published_at": result.published.at.isoformat() if result.published else None,
        "published_from": result.published.signal if result.published else None,
        "authors": list(result.authors),
        "summary": result.summary,
        "credits": list(result.credits),
        "language": result.language,
        "dropped": [[d.reason, d.text] for d in result.dropped],
    }


def _plain(job: Job, body: bytes) -> dict[str, Any]:
    html: str | bytes = body.decode("utf-8", "replace") if job.trust_utf8 else body
    found = bare_extraction(html, url=job.url or None, include_comments=False, with_metadata=True)
    if found is None:
        return {"error": "nothing"}
    data = found if isinstance(found, dict) else found.as_dict()
    authors = [a.strip() for a in (data.get("author") or "").split(";") if a.strip()]
    return {
        "text": data.get("text"),
        "title": data.get("title"),
        "published_at": data.get("date"),
        "authors": authors,
    }


def run(jobs: list[Job]) -> list[dict[str, Any]]:
    """Read all pages in two processes; a page that takes too long is an error, not a hang."""
    records = []
    with ProcessPool(max_workers=2, max_tasks=500) as pool:
        results = pool.map(read, jobs, timeout=PAGE_SECONDS, chunksize=1).result()
        for job in jobs:
            try:
                records.append(next(results))
            except (PageTimeout, Exception) as error:  # noqa: BLE001 - one page must not end the measurement
                records.append({"id": job.id, "error": repr(error)[:300]})
    return records


def score(pages: Path, records: Path, worst: int) -> dict[str, Any]:
    """Judge one file of records; the `worst` pages go to stderr."""
    command = [sys.executable, str(SCORE), str(pages), str(records), "--json", "--worst", str(worst)]
    table: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return table


def show(tables: dict[str, dict[str, Any]], cpu: dict[str, list[float]]) -> None:
    """Print both tables, corpus by corpus, one below the other."""
    columns = list(next(iter(tables.values()))["all"])
    print("corpus".ljust(11), "who".ljust(11), *(c[:11].rjust(11) for c in columns))
    for corpus in next(iter(tables.values())):
        for who, table in tables.items():
            values = (str(table[corpus][c]).rjust(11) for c in columns)
            print(corpus.ljust(11), who.ljust(11), *values)
    for who, times in cpu.items():
        print(
            f"{who}: CPU ms a page: mean {statistics.fmean(times):.1f}, median {statistics.median(times):.1f}"
        )


def main() -> None:
    """Run both on the same pages and print what came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=None, help="only the first N pages")
    parser.add_argument("--step", type=int, default=1, help="only every Nth page")
    parser.add_argument("--worst", type=int, default=0, help="name our N worst pages")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, default=None, help="leave the records in this folder")
    parser.add_argument("--ours-only", action="store_true")
    options = parser.parse_args()
    lines = PAGES.read_text("utf-8").splitlines()[:: options.step][: options.limit]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        pages = folder / "pages.jsonl"
        pages.write_text("\n".join(lines) + "\n", "utf-8")
        tables: dict[str, dict[str, Any]] = {}
        cpu: dict[str, list[float]] = {}
        for who, ours in (("wirewatch", True), ("trafilatura", False)):
            if options.ours_only and not ours:
                continue
            records = run([_job(json.loads(line), ours=ours) for line in lines])
            path = folder / f"{who}.jsonl"
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
            tables[who] = score(pages, path, options.worst if ours else 0)
            cpu[who] = [r["cpu_ms"] for r in records if "cpu_ms" in r]
        if options.json:
            print(
                json.dumps(
                    {"scores": tables, "cpu_ms": {w: statistics.fmean(t) for w, t in cpu.items()}}, indent=1
                )
            )
        else:
            show(tables, cpu)


def _job(page: dict[str, Any], *, ours: bool) -> Job:
    return Job(
        ours=ours,
        id=page["id"],
        url=page["url"] or "",
        path=PAGES.parent / page["html_path"],
        trust_utf8=str(page["enc"]).startswith("utf-8 (re-encoded"),
    )


if __name__ == "__main__":
    main()
