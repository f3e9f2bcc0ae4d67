"""How fast it goes: against what a user would pick instead, and against what the cores can do.

usage: nice .venv/bin/python benchmarks/throughput.py [--small] [--rounds N] [--json] [--save FILE]

One loopback site (`loadsite.py`, a process of its own whose CPU is not counted) of 20 outlets with 50
articles each, made of the saved pages. On it run in turn, A B A B:

A  `wirewatch crawl`, everything on that it does by default (archive, copies, search, learned boilerplate),
   with `politeness: {delay: 0, concurrency: 8}`, which is what plain Scrapy does to a host;
B  Scrapy with trafilatura in its callback (`plain_scrapy.py`), JSON lines out;

and once a round fundus, if a Python that has it is given (--fundus, `peer_fundus.py`). The ceiling is the
rate at which as many processes as A has workers read (`pipeline.article.read_article`) the same pages, which
are in their memory already. CPU is that of a process and all its descendants, memory the largest sum of their
proportional set sizes. An article counts as had if a sentence that is on its page alone came out.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cost
import loadsite
from serving import Site, serving

from config.outlet import Outlet
from pipeline.article import read_article
from pipeline.records import Article, Candidate, Page

HERE = Path(__file__).parent
WIREWATCH = Path(sys.executable).with_name("wirewatch")
WORKERS = len(os.sched_getaffinity(0))
WARM_UP = 6
"""Pages that a process of the ceiling reads before it is timed."""


@dataclass(frozen=True)
class Run:
    """One run of one of those compared."""

    wall: float
    cpu: float
    peak_mb: float
    had: int
    """Articles whose own sentence came out."""


def run_wirewatch(site: Site, marks: Sequence[str], folder: Path) -> Run:
    """Crawl with the real command into a fresh folder."""
    outlets = folder / "outlets"
    outlets.mkdir()
    for number in range(site.outlets):
        (outlets / f"outlet{number}.yaml").write_text(site.outlet_file(number))
    line = [str(WIREWATCH), "--data-dir", str(folder / "data"), "--outlets", str(outlets)]
    line += ["--allow-private-hosts", "127.0.0.0/8", "--log-level", "warning"]
    done = cost.run([*line, "crawl", "--json"], env=_environment())
    assert done.code == 0, done.out[-2000:]
    export = subprocess.run([*line, "export"], capture_output=True, check=True, env=_environment(), text=True)
    texts = [json.loads(row)["text"] for row in export.stdout.splitlines()]
    return Run(done.wall, done.cpu, done.peak_mb, _had(texts, marks))


def peer(script: str, python: str) -> Callable[[Site, Sequence[str], Path], Run]:
    """Return what runs a peer: a script that is given a file to write JSON lines to, and the feeds."""

    def run(site: Site, marks: Sequence[str], folder: Path) -> Run:
        output = folder / "out.jsonl"
        done = cost.run([python, str(HERE / script), str(output), *site.feeds], env=_environment())
        assert done.code == 0, f"{script} ended with {done.code}"
        texts = [json.loads(row).get("text") or "" for row in output.read_text().splitlines()]
        return Run(done.wall, done.cpu, done.peak_mb, _had(texts, marks))

    return run


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}


def _had(texts: Sequence[str], marks: Sequence[str]) -> int:
    found = {mark for text in texts for mark in loadsite.MARK.findall(text.lower())}
    return len(found.intersection(marks))


@dataclass(frozen=True)
class Ceiling:
    """What the workers alone can do."""

    rate: float
    """Pages a second of all processes together."""
    cpu_ms: float
    """A page."""
    articles: int
    """Pages that were articles."""


def ceiling(served: Sequence[loadsite.Served]) -> Ceiling:
    """Read all pages in `WORKERS` processes that hold them already."""
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(WORKERS)
    answers = context.SimpleQueue()
    shares = [served[n::WORKERS] for n in range(WORKERS)]
    processes = [context.Process(target=_read_share, args=(share, barrier, answers)) for share in shares]
    for process in processes:
        process.start()
        cost.KEPT.add(process.pid or 0)
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    wall = max(end for _, end, _, _ in found) - min(start for start, _, _, _ in found)
    cpu = sum(used for _, _, used, _ in found)
    return Ceiling(len(served) / wall, 1000 * cpu / len(served), sum(kept for *_, kept in found))


def _read_share(share: Sequence[loadsite.Served], barrier: Any, answers: Any) -> None:  # noqa: ANN401
    outlet = Outlet.model_validate(
        {
            "id": "ceiling", "name": "Ceiling", "kind": "newspaper", "home": "http://127.1.0.1/",
            "languages": ["en"], "country": "GB", "timezone": "Europe/London",
            "discover": [{"feed": "http://127.1.0.1/feed.xml"}],
        }
    )  # fmt: skip
    pages = [page_of(one) for one in share]
    for page in pages[:WARM_UP]:
        _is_read(page, outlet)
    barrier.wait()
    start, used = time.monotonic(), time.process_time()
    kept = sum(_is_read(page, outlet) for page in pages)
    answers.put((start, time.monotonic(), time.process_time() - used, kept))


def _is_read(page: Page, outlet: Outlet) -> bool:
    """Read a page; one that breaks its reader is `failed` in a crawl, too."""
    try:
        return isinstance(read_article(page, outlet, None), Article)
    except Exception:  # noqa: BLE001 - whatever it is, it is counted
        return False


def page_of(one: loadsite.Served) -> Page:
    """Return a page as the crawl hands it to a worker."""
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    return Page(
        Candidate("ceiling", one.url, one.url, "feed"), one.url, 200, headers, one.body, loadsite.NEWEST
    )


@dataclass
class Result:
    """All runs of a benchmark."""

    site: Site
    ceilings: list[Ceiling] = field(default_factory=list)
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Return what is printed."""
        pages = self.site.outlets * self.site.articles
        top = statistics.median(one.rate for one in self.ceilings)
        reading = statistics.median(one.cpu_ms for one in self.ceilings)
        ours = self.runs["wirewatch"]
        rates = [run.had / run.wall for run in ours]
        ratios = {
            name: sorted(theirs.wall / mine.wall for mine, theirs in zip(ours, runs, strict=False))
            for name, runs in self.runs.items()
            if name != "wirewatch"
        }
        cpu_ratios = {
            name: [round(theirs.cpu / mine.cpu, 2) for mine, theirs in zip(ours, runs, strict=False)]
            for name, runs in self.runs.items()
            if name != "wirewatch"
        }
        cpu = statistics.median(1000 * run.cpu / pages for run in ours)
        plain = ratios.get("plain", [])
        return {
            "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}Z",
            "pages": pages,
            "workers": WORKERS,
            "ratio_to_plain": round(statistics.median(plain), 2) if plain else None,
            "ratios": {name: [round(ratio, 2) for ratio in found] for name, found in ratios.items()},
            "cpu_ratios": cpu_ratios,
            "share_of_ceiling": round(statistics.median(pages / run.wall for run in ours) / top, 3),
            "ceiling_pages_per_s": round(top, 1),
            "articles_per_s": round(statistics.median(rates), 1),
            "cpu_ms_per_article": round(cpu, 1),
            "extraction_cpu_ms": round(reading, 1),
            "other_cpu_ms": round(cpu - reading, 1),
            "extraction_share": round(reading / cpu, 3),
            "peak_mb": round(max(run.peak_mb for run in ours)),
            "runs": {name: [_row(run, pages) for run in runs] for name, runs in self.runs.items()},
            "versions": versions(),
        }


def _row(run: Run, pages: int) -> dict[str, float]:
    return {
        "pages_per_s": round(pages / run.wall, 2),
        "wall_s": round(run.wall, 2),
        "cpu_ms": round(1000 * run.cpu / pages, 1),
        "peak_mb": round(run.peak_mb),
        "had": run.had,
    }


def versions() -> dict[str, str]:
    """Return the versions of what was compared."""
    names = ("scrapy", "trafilatura", "lxml", "sqlalchemy", "pebble")
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def table(figures: Mapping[str, Any]) -> str:
    """Write the figures for people."""
    lines = [f"{'':16}{'pages/s':>9}{'CPU ms':>9}{'MB':>7}{'had':>7}"]
    for name, runs in figures["runs"].items():
        lines += [
            f"{name:16}{run['pages_per_s']:>9}{run['cpu_ms']:>9}{run['peak_mb']:>7}{run['had']:>7}"
            for run in runs
        ]
    shown = [name for name in figures if name not in {"runs", "versions"}]
    return "\n".join([*lines, "", *(f"{name:22}{figures[name]}" for name in shown)])


def measured(site: Site, who: Mapping[str, Callable[..., Run]], rounds: int, *, top: bool) -> Result:
    """Run all in turn, `rounds` times, the ceiling before each round."""
    served = list(loadsite.build(site.outlets, site.articles, site.port))
    marks = [one.mark for one in served]
    result = Result(site)
    for _ in range(rounds):
        if top:
            result.ceilings.append(ceiling(served))
            print(f"ceiling: {result.ceilings[-1]}", file=sys.stderr)
        for name, run in who.items():
            with tempfile.TemporaryDirectory() as folder:
                result.runs.setdefault(name, []).append(run(site, marks, Path(folder)))
            print(f"{name}: {result.runs[name][-1]}", file=sys.stderr)
    return result


def main() -> None:
    """Serve, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--small", action="store_true", help="20 outlets with 5 articles, one round")
    parser.add_argument("--outlets", type=int, default=20, metavar="N")
    parser.add_argument("--articles", type=int, default=50, metavar="N", help="of each outlet")
    parser.add_argument("--rounds", type=int, default=2, metavar="N")
    parser.add_argument("--only-ours", action="store_true", help="no peer")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the JSON there, too")
    for name in PEERS:
        parser.add_argument(f"--{name}", metavar="PYTHON", help=f"of an environment that has {name}")
    options = parser.parse_args()
    who: dict[str, Callable[..., Run]] = {"wirewatch": run_wirewatch}
    if not options.only_ours:
        who["plain"] = peer("plain_scrapy.py", sys.executable)
    given = {name: getattr(options, name) for name in PEERS}
    who |= {name: peer(PEERS[name], python) for name, python in given.items() if python}
    articles, rounds = (5, 1) if options.small else (options.articles, options.rounds)
    with serving(options.outlets, articles) as site:
        figures = measured(site, who, rounds, top=True).figures()
    if options.save:
        options.save.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1) if options.json else table(figures))


PEERS = {"fundus": "peer_fundus.py"}

if __name__ == "__main__":
    main()
