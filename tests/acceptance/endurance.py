"""The daemon against a world in which outlets publish, break and mend for minutes on end.

usage: .venv/bin/python -m tests.acceptance.endurance [--outlets 100] [--minutes 10] [--kills 0] [--seed 1]

Outlets publish at random; some are made to fail in ways of their own. At the end every article has to be
stored once, the health of each outlet to tell its own fault and no other, and no host to have been asked
faster than its politeness allows, by the access log of the world itself. With `--kills` the daemon is ended
that often at random instants, by SIGKILL and SIGTERM in turn, and started again. Too long for the test
suite; prints what was found, and exits with 1 where something was wrong.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import yaml

from tests.acceptance.command import Command
from tests.site import decoys
from tests.site.plans import PLANS
from tests.site.server import Behaviour, Server, answer
from tests.site.world import World, build

DELAY = 0.5
"""Seconds between two requests to a host, as the outlet files ask for."""
TIMER = 0.15
"""What the world's clock may be off by, between the request sent and the request seen."""
FAULTS: dict[str, Behaviour] = {
    "down": answer("", status=503),
    "blocked": answer(decoys.CHALLENGE, status=403),
    "feed broken": answer("<rss><channel><title>Half a"),
}


@dataclass
class Trial:
    """A world, its daemon, and what went wrong so far."""

    world: World
    server: Server
    command: Command
    chance: random.Random
    log: Path
    wrong: list[str]
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command._line(("--log-level", "info", "daemon", "--log-format", "json")),
                stderr=log,
                stdout=log,
                env=self.command._environment(),
                cwd=self.command.data.parent,
                start_new_session=True,
                text=True,
            )

    def end(self, number: signal.Signals) -> None:
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        seconds = time.monotonic() - began
        begun = '"daemon started"' in self.log.read_text().rpartition('"daemon stopped"')[2]
        if number is signal.SIGTERM and begun and (self.process.returncode != 0 or seconds > 10):
            self.wrong.append(f"SIGTERM: exit {self.process.returncode} after {seconds:.1f} s")

    def live(self, seconds: float, kills: int) -> None:
        """Let the world publish for so long."""
        begin = time.monotonic()
        ends = sorted(self.chance.uniform(5, seconds - 5) for _ in range(kills))
        while (at := time.monotonic() - begin) < seconds:
            if ends and at > ends[0]:
                del ends[0]
                self.end(self.chance.choice((signal.SIGKILL, signal.SIGTERM)))
                self.start()
            well = [o for o in self.world.outlets.values() if o.plan.id not in self.broken]
            self.world.add(self.chance.choice(well).plan.id, 1)
            time.sleep(0.5)

    broken: tuple[str, ...] = ()

    def settle(self, seconds: float) -> Counter[tuple[str, str]]:
        """Wait until all is stored, or the time is over; return what is stored."""
        deadline = time.monotonic() + seconds
        while True:
            stored = Counter((r["outlet"], r["title"]) for r in self.command.export())
            if stored.keys() >= self.world.truth().keys() or time.monotonic() > deadline:
                return stored
            time.sleep(3)

    def judge_store(self, stored: Counter[tuple[str, str]]) -> None:
        truth = self.world.truth().keys()
        ends = Counter((page.outlet, page.outcome) for page in self.command.pages())
        for name in truth - stored.keys():
            told = {end: number for (outlet, end), number in ends.items() if outlet == name[0]}
            self.wrong.append(f"missing: {name}; the pages of its outlet: {told}")
        self.wrong += [f"twice: {name}" for name, number in stored.items() if number > 1]
        if self.command.integrity() != ["ok"]:
            self.wrong.append("the database is damaged")

    def judge_health(self, faults: dict[str, str]) -> None:
        told = {one["outlet"]: one for one in self.command.run("health", "--json", timeout=300).json}
        for name, one in told.items():
            if one["state"] != faults.get(name, "ok"):
                wanted = faults.get(name, "ok")
                self.wrong.append(f"health of {name}: {one['state']}, not {wanted}: {one['evidence']}")

    def judge_manners(self) -> None:
        for name in self.world.outlets:
            visits = self.server.log.visits(name)
            if any(visit.at_once > 1 for visit in visits):
                self.wrong.append(f"{name}: two requests at once")
            gaps = [b.started - a.started for a, b in pairwise(visits)]
            if gaps and min(gaps) < DELAY - TIMER:
                self.wrong.append(f"{name}: {min(gaps):.3f} s between two requests")


def catalogue(world: World, folder: Path) -> Path:
    """Write the outlet files: polite, and looked at every few seconds."""
    world.write_catalogue(folder)
    for file in folder.glob("*.yaml"):
        outlet = yaml.safe_load(file.read_text())
        manners = {"delay": DELAY, "concurrency": 1}
        every = {"every": "10s"}
        file.write_text(yaml.safe_dump({**outlet, "politeness": manners, "schedule": every}))
    return folder


def main() -> int:
    """Run the trial."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--outlets", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    plans = [
        replace(PLANS[n % len(PLANS)], id=f"outlet_{n}", copies_from="", stories=2, decoys={})
        for n in range(options.outlets)
    ]
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        world = build(server, datetime.now(UTC), seed=options.seed, plans=plans)
        command = Command(Path(folder) / "data", catalogue(world, Path(folder) / "outlets"))
        trial = Trial(world, server, command, chance, Path(folder) / "log", [])
        trial.start()
        trial.live(60 * options.minutes / 2, options.kills - options.kills // 2)
        trial.settle(60)
        chosen = chance.sample(sorted(world.outlets), max(3, options.outlets // 10))
        faults = {name: list(FAULTS)[n % len(FAULTS)] for n, name in enumerate(chosen)}
        well = {name: world.outlets[name].site.pages for name in faults}
        for name, fault in faults.items():
            outlet = world.outlets[name]  # a broken feed does not break the articles
            hit = outlet.plan.serve(outlet) if fault == "feed broken" else well[name]
            # robots.txt stays, or a daemon that starts meanwhile leaves the host alone for ten minutes
            broken = {path: FAULTS[fault] for path in hit if path != "/robots.txt"}
            outlet.site.pages = {**well[name], **broken}
        trial.broken = tuple(faults)
        trial.live(60 * options.minutes / 2, options.kills // 2)
        trial.judge_health(faults)
        for name, pages in well.items():
            world.outlets[name].site.pages = pages
        for name in faults:
            world.add(name, 1)
        trial.judge_store(trial.settle(180))
        trial.end(signal.SIGTERM)
        trial.judge_manners()
        looks = sum('"look done"' in line for line in trial.log.read_text().splitlines())
        stumbles = [line for line in trial.log.read_text().splitlines() if "traceback" in line.lower()]
        trial.wrong += stumbles[:3]
        print(f"{len(world.truth())} articles, {looks} looks, {len(server.log.visits())} requests")  # noqa: T201
        print("\n".join(trial.wrong) or "nothing was wrong")  # noqa: T201
        return 1 if trial.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
