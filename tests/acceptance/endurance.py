"""The daemon against a world in which outlets publish, break and mend for minutes on end.

usage: .venv/bin/python -m tests.acceptance.endurance [--outlets 100] [--minutes 10] [--kills 0] [--seed 1]

Outlets publish at random for three tenths of the time, then some of them fail, each in a way of its own,
for four tenths, then they are mended for the rest; all go on publishing throughout. At the end every article
has to be stored once; the health of each outlet has to have told its own fault and never another, and to be
well again; and no host may have been asked faster than its politeness allows, nor before it wished after a
429, by the access log of the world itself. With `--kills` the daemon is ended that often at random instants,
by SIGKILL or SIGTERM, and started again. What takes long because the machine is busy is waited for as long
as something moves. Too long for the test suite; prints what was found, and exits with 1 where something was
wrong. `--keep FOLDER` keeps what the daemon left.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from sqlite3 import OperationalError, connect
from typing import Any

import yaml

from tests.acceptance.command import Command
from tests.site.faults import FAULTS, Fault
from tests.site.outlets import Plan
from tests.site.plans import PLANS
from tests.site.server import Server, Visit
from tests.site.world import World, build

DELAY = 0.5
"""Seconds between two requests to a host, as the outlet files ask for."""
TIMER = 0.1
"""What the world's clock may be off by, between the request sent and the request seen, but for its stalls."""
SEEN = 0.01
"""Seconds after a stall in which what came in meanwhile is seen."""
STEP = timedelta(minutes=37)
"""By which the world's clock goes on with each story."""
BURST = 12
"""Articles that an outlet publishes at once where its health is told by its articles."""


@dataclass
class Trial:
    """A world, its daemon, and what went wrong so far."""

    world: World
    server: Server
    command: Command
    chance: random.Random
    faults: dict[str, str]
    """The fault that each outlet gets which gets one, by its name in `FAULTS`."""
    log: Path
    patience: float
    """Seconds without any progress after which what did not happen will not."""
    kills: list[float]
    """Seconds of publishing after which the daemon is ended."""
    stalls: list[tuple[float, float]]
    """Of the world's server, from when to when."""
    wrong: list[str] = field(default_factory=list)
    refusals: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    broken: bool = False
    """The faults last."""
    published: float = 0.0
    """Seconds that the world has been publishing for."""
    starts: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    """The seconds that each end by SIGTERM took."""
    ends: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """By signal, and whether the daemon had begun to look by then."""
    told: int = 0
    """The length of the log as the daemon was started last."""
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.told = len(self.log.read_text())
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
        begun = '"daemon started"' in self.log.read_text()[self.told :]
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        seconds = time.monotonic() - began
        self.ends[number.name, begun] += 1
        if number is signal.SIGTERM and begun:
            self.stops.append(seconds)
            if self.process.returncode != 0 or seconds > 10:
                self.wrong.append(f"SIGTERM: exit {self.process.returncode} after {seconds:.1f} s")

    def live(self, seconds: float) -> None:
        """Let the world publish for so long, about an article an outlet in 50 seconds."""
        pause = 50 / len(self.world.outlets)
        began = time.monotonic()
        before = self.published
        while self.published < before + seconds:
            while self.kills and self.published > self.kills[0]:
                del self.kills[0]
                self.end(self.chance.choice((signal.SIGKILL, signal.SIGTERM)))
                self.start()
            self.publish(self.chance.choice([name for name in self.world.outlets if self.speaks(name)]))
            time.sleep(pause)
            self.published = before + time.monotonic() - began

    def speaks(self, name: str) -> bool:
        """Tell whether an outlet publishes now."""
        return name not in self.faults or self.fault(name).publishes

    def publish(self, name: str, number: int = 1) -> None:
        """Publish as of now."""
        for _ in range(number):
            self.world.now = datetime.now(UTC) - STEP
            self.world.add(name, 1)

    def fault(self, name: str) -> Fault:
        return FAULTS[self.faults[name]]

    def break_some(self) -> None:
        """Let the faults begin."""
        for name in self.faults:
            outlet = self.world.outlets[name]
            outlet.site.instead = self.fault(name).begin(outlet, self.refusals[name])

    def show(self) -> None:
        """Let articles come where they tell of a fault, now that the outlets were looked at under it."""
        for name in self.faults:
            if self.fault(name).state in {"parser broken", "feed frozen"}:
                self.publish(name, BURST)

    def mend_all(self) -> None:
        """Let the faults end; where health is told by articles, some good ones come."""
        for name in self.faults:
            self.world.outlets[name].site.instead = lambda _: None
            self.publish(name, BURST if self.fault(name).state == "parser broken" else 1)

    def wait(self, what: str, missing: Callable[[], list[str]], meanwhile: str = "") -> None:
        """Wait until nothing is missing, or nothing has moved for long.

        Outlets with the fault `meanwhile` go on publishing.
        """
        last, since = missing(), time.monotonic()
        self.say(f"waiting for what is {what}: {len(last)}")
        while last and time.monotonic() - since < self.patience:
            time.sleep(3)
            for name in (name for name, fault in self.faults.items() if fault == meanwhile):
                self.publish(name)
            now = missing()
            if now != last:
                last, since = now, time.monotonic()
        self.wrong += [f"{what}: {one}" for one in last]

    def say(self, words: str) -> None:
        """Tell whoever waits how far it is."""
        print(f"{time.monotonic() - self.starts[0]:5.0f} s: {words}", file=sys.stderr, flush=True)  # noqa: T201

    def unseen(self) -> list[str]:
        """Return the articles that are not stored."""
        stored = set(self.rows("SELECT outlet, title FROM article"))
        return [f"{name}: {title}" for name, title in sorted(self.world.truth().keys() - stored)]

    def untold(self) -> list[str]:
        """Return the outlets whose health is not what it should be."""
        told = dict(self.rows("SELECT outlet, state FROM watch"))
        wrong = []
        for name in self.world.outlets:
            fault = self.fault(name) if name in self.faults and self.broken else None
            wanted = {fault.state if fault else "ok"} | ({"ok"} if fault and fault.passing else set())
            if told.get(name) not in wanted:
                wrong.append(f"{name} ({self.faults.get(name, 'well')}) is {told.get(name)}")
        return wrong

    def rows(self, query: str) -> list[Any]:
        """Ask the store of the daemon, whatever it does meanwhile."""
        try:
            with closing(connect(self.command.database, timeout=30)) as connection:
                return connection.execute(query).fetchall()
        except OperationalError:  # there is none yet
            return []

    def judge_store(self) -> None:
        stored = Counter((r["outlet"], r["title"]) for r in self.command.export())
        truth = self.world.truth().keys()
        pages = {page.url: page for page in self.command.pages()}
        for name in truth - stored.keys():
            outlet = self.world.outlets[name[0]]
            story = next(s for s in outlet.listed if s.title == name[1])
            self.wrong.append(f"lost: {name}: {pages.get(outlet.url(story))}")
        self.wrong += [f"twice: {name}" for name, number in stored.items() if number > 1]
        self.wrong += [f"never published: {name}" for name in stored.keys() - truth]
        if self.command.integrity() != ["ok"]:
            self.wrong.append("the database is damaged")

    def judge_health(self) -> None:
        """Judge every word that the daemon said of the health of its outlets."""
        for line in self.events("state changed"):
            own = {self.fault(line["outlet"]).state} if line["outlet"] in self.faults else set()
            if line["state"] not in own | {"ok"}:
                self.wrong.append(f"health: {line['outlet']} was {line['state']}: {line['evidence']}")

    def judge_manners(self) -> None:
        for name in self.world.outlets:
            visits = self.server.log.visits(name)
            if any(visit.at_once > 1 for visit in visits):
                self.wrong.append(f"{name}: two requests at once")
            if (lead := self.lead(name)) > TIMER:
                self.wrong.append(f"{name}: asked {lead:.3f} s too early")
            self.wrong += [f"{name}: {words}" for words in self.impatience(name, visits)]

    def lead(self, name: str) -> float:
        """Return by how much an outlet's requests ran ahead of one in `DELAY` seconds, on any stretch.

        A request that was seen at the end of a stall of the world's server may have come at its beginning.
        """
        lead = due = 0.0
        for visit in self.server.log.visits(name):
            lead = max(lead, due - visit.started)
            place = bisect_right(self.stalls, (visit.started,)) - 1
            began, ended = self.stalls[place] if place >= 0 else (0.0, 0.0)
            came = began if visit.started <= ended + SEEN else visit.started
            due = max(due, came) + DELAY
        return lead

    def impatience(self, name: str, visits: list[Visit]) -> Iterator[str]:
        """Tell of visits before the end of a Retry-After, but for those after a restart: see docs/operate."""
        for at, wait in self.refusals[name]:
            visit = next((visit for visit in visits if visit.started > at), None)
            if visit is None or any(at < start < visit.started for start in self.starts):
                continue
            if (early := at + wait - visit.started) > TIMER:
                yield f"asked {early:.1f} s before the end of a Retry-After of {wait} s"

    def events(self, event: str | None = None) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if event in {None, line["event"]}]


def catalogue(world: World, folder: Path, seconds: int) -> Path:
    """Write the outlet files: polite, and looked at every few seconds."""
    world.write_catalogue(folder)
    for file in folder.glob("*.yaml"):
        outlet = yaml.safe_load(file.read_text())
        manners = {"delay": DELAY, "concurrency": 1}
        every = {"every": f"{seconds}s"}
        file.write_text(yaml.safe_dump({**outlet, "politeness": manners, "schedule": every}))
    return folder


def plans_of(number: int, chance: random.Random) -> tuple[list[Plan], dict[str, str]]:
    """Choose what the outlets are like, and which fault some of them will have."""
    plans = {f"outlet_{n}": plan for n, plan in enumerate(islice(cycle(PLANS), number))}
    ill = chance.sample(sorted(plans), min(number, max(len(FAULTS), number // 4)))
    faults = dict(zip(ill, cycle(FAULTS), strict=False))
    for name, fault in faults.items():
        plans[name] = FAULTS[fault].plan or plans[name]
    silent = {name for name, fault in faults.items() if fault == "quiet"}
    made = [
        replace(plan, id=name, copies_from="", decoys={}, stories=0 if name in silent else 2)
        for name, plan in plans.items()
    ]
    return made, faults


def make_quiet(world: World, name: str) -> None:
    """Let an outlet have published every ten minutes for ten hours, and have been silent for six."""
    fell_silent = datetime.now(UTC) - timedelta(hours=6)
    for n in reversed(range(60)):
        world.now = fell_silent - n * timedelta(minutes=10) - STEP
        world.add(name, 1)


def play(trial: Trial, seconds: float) -> None:
    """Go through the trial."""
    trial.start()
    trial.wait("never seen", trial.unseen)
    trial.live(0.3 * seconds)
    trial.break_some()
    trial.live(0.15 * seconds)
    trial.show()
    trial.live(0.25 * seconds)
    trial.broken = True
    trial.wait("not told", trial.untold, "feed frozen")  # a look that was killed told of no movement
    trial.broken = False
    trial.mend_all()
    trial.live(0.3 * seconds)
    trial.wait("never seen", trial.unseen)
    trial.wait("not well again", trial.untold)
    trial.end(signal.SIGTERM)


def main() -> int:
    """Run the trial."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--outlets", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seconds = 60 * options.minutes
    plans, faults = plans_of(options.outlets, chance)
    with Server() as server, tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        past = datetime.now(UTC) - 2 * options.outlets * STEP  # or the first stories were of tomorrow
        world = build(server, past, seed=options.seed, plans=plans)
        for name in (name for name, fault in faults.items() if fault == "quiet"):
            make_quiet(world, name)
        outlets = catalogue(world, folder / "outlets", max(10, options.outlets * 3 // 10))
        shutil.rmtree(folder / "data", ignore_errors=True)
        kills = sorted(chance.uniform(0, 0.98 * seconds) for _ in range(options.kills))
        trial = Trial(
            world=world,
            server=server,
            command=Command(folder / "data", outlets),
            chance=chance,
            faults=faults,
            log=folder / "log",
            patience=max(120.0, seconds / 2),
            kills=kills,
            stalls=server.feel_pulse(),
        )
        trial.log.write_text("")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            play(trial, seconds)
        finally:
            if trial.process is not None and trial.process.poll() is None:
                trial.process.kill()
        trial.judge_store()
        trial.judge_health()
        trial.judge_manners()
        trial.wrong += [json.dumps(line)[:2000] for line in trial.events() if "traceback" in line][:3]
        tell(trial)
        return 1 if trial.wrong else 0


def tell(trial: Trial) -> None:
    """Print what was found."""
    looks = trial.events("look done")
    told = Counter(line["state"] for line in trial.events("state changed"))
    log = trial.server.log
    print(  # noqa: T201
        f"{len(trial.world.truth())} articles of {len(trial.world.outlets)} outlets, {len(looks)} looks, "
        f"{len(log.visits())} requests, {time.monotonic() - trial.starts[0]:.0f} s\n"
        f"faults: {dict(Counter(trial.faults.values()))}\n"
        f"told: {dict(told)}; refused with 429: {sum(map(len, trial.refusals.values()))} times\n"
        f"ends: {dict(trial.ends)}; SIGTERM took {', '.join(f'{s:.1f}' for s in trial.stops)} s\n"
        f"most ahead of one request in {DELAY} s: "
        f"{max(map(trial.lead, trial.world.outlets)):.3f} s; the world's server stalled for "
        f"{max((ended - began for began, ended in trial.stalls), default=0.0):.2f} s at the most"
    )
    print("\n".join(trial.wrong) or "nothing was wrong")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
