"""What the daemon holds in memory after hundreds and thousands of looks at outlets that do not change.

usage: .venv/bin/python -m tests.acceptance.memory [--looks 200 1000 3000] [--outlets 20]

Each outlet's feed is on loopback, and asked for every second. Prints, each time so many looks were made, the
resident memory of the daemon's own process and its CPU time a look since the time before. Too long for the
test suite.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from threading import Thread

import yaml

from tests.acceptance.command import Command
from tests.site.plans import PLANS
from tests.site.server import Server
from tests.site.world import build

FEEDS = [plan for plan in PLANS if "feed" in plan.discover[0]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The daemon's own process at some moment."""

    looks: int
    resident: float
    """MiB."""
    cpu: float
    """Seconds, of user and system."""


def sample(pid: int, looks: int) -> Sample:
    """Read what the kernel says of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return Sample(looks, pages * os.sysconf("SC_PAGE_SIZE") / 2**20, ticks / os.sysconf("SC_CLK_TCK"))


def samples(log: Iterable[str], pid: int, at: list[int]) -> Iterator[Sample]:
    """Yield a sample as soon as so many looks were made, by the daemon's log."""
    looks = 0
    for line in log:
        looks += json.loads(line)["event"] == "look done"
        if looks >= at[0]:
            yield sample(pid, looks)
            del at[0]
        if not at:
            return


def main() -> int:
    """Run the daemon and print its samples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--looks", type=int, nargs="+", default=[200, 1000, 3000])
    parser.add_argument("--outlets", type=int, default=20)
    options = parser.parse_args()
    chosen = islice(cycle(FEEDS), options.outlets)
    plans = [replace(p, id=f"outlet_{n}", copies_from="", decoys={}) for n, p in enumerate(chosen)]
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        world = build(server, datetime.now(UTC), plans=plans)
        outlets = world.write_catalogue(Path(folder) / "outlets")
        for file in outlets.glob("*.yaml"):
            file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), "schedule": {"every": "1s"}}))
        command = Command(Path(folder) / "data", outlets)
        began = time.monotonic()
        with command.started("--log-level", "info", "daemon", "--log-format", "json") as daemon:
            assert daemon.stderr is not None
            before = Sample(0, 0.0, 0.0)
            for now in samples(daemon.stderr, daemon.pid, sorted(options.looks)):
                each = 1000 * (now.cpu - before.cpu) / (now.looks - before.looks)
                words = f"{now.looks:6,} looks, {time.monotonic() - began:4.0f} s: {now.resident:6.1f} MiB"
                print(f"{words}, {each:.0f} ms of CPU a look since {before.looks:,}", flush=True)  # noqa: T201
                before = now
            with closing(daemon.stderr) as rest:
                reader = Thread(target=rest.read, daemon=True)
                reader.start()
                daemon.terminate()
                code = daemon.wait(15)
                reader.join(5)
        return code


if __name__ == "__main__":
    sys.exit(main())
