"""What a look costs at an outlet that has nothing new, in the daemon's own code, on loopback.

usage: nice .venv/bin/python benchmarks/idle.py [--outlets N] [--past N] [--same-bytes] [--json]

N (300) outlets, each a feed on an address of its own (`loadsite.py --tiny`, a process of its own whose CPU
is not counted), are visited by `wirewatch.daemon.Daemon`: each item is known, the feed answers 304 (or
the same bytes, with --same-bytes). A visit is all of it: the crawler that starts and ends, the request, what
is written, and when the outlet is due again. CPU is this process's, per visit; --past looks of each are
remembered before, for the plan is made of them (at most 300 are).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import yaml
from serving import Site, serving

from config.outlet import Outlet
from config.settings import Settings
from pipeline.cadence import Limits
from pipeline.looks import Look, Seen
from spiders.crawl import new_runner
from spiders.reactor import run
from spiders.services import Bounds, new_services
from wirewatch.app import App, now, open_app
from wirewatch.daemon import Daemon
from wirewatch.metrics import Metrics
from wirewatch.planner import Planner


def outlets_of(site: Site) -> list[Outlet]:
    """Return the outlets of a site, looked at once a day, so that none is due by itself."""
    files = (site.outlet_file(number) + "schedule: {every: 1d}\n" for number in range(site.outlets))
    return [Outlet.model_validate(yaml.safe_load(file)) for file in files]


async def measured(app: App, outlets: Sequence[Outlet], rounds: int, past: int) -> list[dict[str, float]]:
    """Visit each outlet once to know it, then `rounds` times; return what a visit of each round cost."""
    services = new_services(
        app.intake,
        app.workers,
        Bounds("wirewatch-benchmark", timeout=30),
        now=now,
        chance=random.Random(7),  # noqa: S311 - no secret
        allow=[ip_network("127.0.0.0/8")],
    )
    daemon = Daemon(
        services=services,
        runner=new_runner(services),
        planner=Planner(app.store.logbook, Limits()),
        writer=app.writer,
        metrics=Metrics(),
        read=lambda: (_ for _ in ()).throw(AssertionError),
        room=asyncio.Semaphore(16),
    )
    await daemon.take_up(outlets)
    await visit_all(daemon, outlets)
    await asyncio.get_running_loop().run_in_executor(app.writer, remember, app, outlets, past)
    await visit_all(daemon, outlets)  # what is met for the first time: connections, statements
    return [await visit_all(daemon, outlets) for _ in range(rounds)]


def remember(app: App, outlets: Sequence[Outlet], past: int) -> None:
    """Put looks that found nothing into the logbook."""
    for outlet in outlets:
        seen = (Seen(f"feed {outlet.discover[0].address}", offered=20, unchanged=True, window=20),)
        for n in range(past):
            at = now() - timedelta(minutes=15 * (past - n) + 15)
            app.store.logbook.note(Look(outlet.id, at, 0.05, looked=True, seen=seen))


async def visit_all(daemon: Daemon, outlets: Sequence[Outlet]) -> dict[str, float]:
    """Visit all; return milliseconds of CPU and wall clock of each visit."""
    began, used = time.monotonic(), _used()
    await asyncio.gather(*(daemon.visit(outlet.id) for outlet in outlets))
    wall, cpu = time.monotonic() - began, _used() - used
    return {"cpu_ms": 1000 * cpu / len(outlets), "wall_ms": 1000 * wall / len(outlets)}


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Serve, look, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--outlets", type=int, default=300, metavar="N")
    parser.add_argument("--items", type=int, default=20, metavar="N", help="of each feed")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--past", type=int, default=0, metavar="N", help="looks remembered of each before")
    parser.add_argument("--same-bytes", action="store_true", help="the server never says 304")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    print_figures(
        figures(options.outlets, options.items, options.rounds, options.past, same=options.same_bytes),
        options,
    )


def figures(outlets: int, items: int, rounds: int, past: int, *, same: bool) -> dict[str, Any]:
    """Return what a visit costs."""
    logging.getLogger("wirewatch").setLevel(logging.ERROR)
    with serving(outlets, items, tiny=True, forgetful=same) as site, tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), workers=1)
        with open_app(settings) as app:
            found = run(measured(app, outlets_of(site), rounds, past))
    cpu = [one["cpu_ms"] for one in found]
    return {
        "outlets": outlets,
        "past_looks": past,
        "answer": "same bytes" if same else "304",
        "cpu_ms_per_look": round(statistics.median(cpu), 2),
        "spread": [round(min(cpu), 2), round(max(cpu), 2)],
        "wall_ms_per_look": round(statistics.median(one["wall_ms"] for one in found), 2),
        "looks_in_5_minutes_on_one_core": round(300_000 / statistics.median(cpu)),
    }


def print_figures(found: dict[str, Any], options: argparse.Namespace) -> None:
    """Print them for people, or as JSON."""
    lines = [f"{name:32}{value}" for name, value in found.items()]
    print(json.dumps(found, indent=1) if options.json else "\n".join(lines))


if __name__ == "__main__":
    main()
