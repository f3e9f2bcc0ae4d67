"""The real daemon in a process of its own: it starts, looks, reloads, stops and shows what it does."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.acceptance.command import Command
from tests.site.plans import PLANS
from tests.site.server import Server, answer
from tests.site.world import World, build

WATCHED = ("north_wire", "ministry", "blog")


@dataclass
class Daemon:
    """A daemon that runs, and the lines of its log so far."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(json.loads(line))

    def wait(self, happened: Callable[[list[dict[str, Any]]], bool], seconds: float = 45) -> None:
        deadline = time.monotonic() + seconds
        while not happened(self.lines):
            assert time.monotonic() < deadline, self.lines[-5:]
            assert self.process.poll() is None, self.lines[-5:]
            time.sleep(0.05)

    def looks(self, outlet: str) -> int:
        return sum(line["event"] == "look done" and line["outlet"] == outlet for line in self.lines)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal; return the seconds until it had ended, and well."""
        began = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(20) == 0
        return time.monotonic() - began


@contextmanager
def running(command: Command, *options: str) -> Iterator[Daemon]:
    with command.started("--log-level", "debug", "daemon", "--log-format", "json", *options) as process:
        daemon = Daemon(process)
        reader = threading.Thread(target=daemon.read, daemon=True)
        reader.start()
        yield daemon
        reader.join(5)


def schedule(folder: Path, every: str) -> None:
    """Write a fixed interval into every outlet file."""
    for file in folder.glob("*.yaml"):
        outlet = yaml.safe_load(file.read_text())
        file.write_text(yaml.safe_dump({**outlet, "schedule": {"every": every}}))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def world(server: Server) -> World:
    return build(server, datetime.now(UTC), plans=[plan for plan in PLANS if plan.id in WATCHED])


@pytest.fixture
def command(world: World, tmp_path: Path) -> Command:
    folder = world.write_catalogue(tmp_path / "outlets")
    schedule(folder, "2s")
    return Command(tmp_path / "data", folder)


def test_it_finds_what_appears_says_what_breaks_and_stops_when_told(world: World, command: Command) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running(command, "--metrics-port", str(port)) as daemon:
        daemon.wait(lambda _: all(daemon.looks(name) >= 2 for name in WATCHED))
        second = command.run("daemon")
        assert second.code == 1
        assert f"process {daemon.process.pid}" in second.err

        added = world.add("ministry", 2)
        site = world.outlets["blog"].site
        well, site.pages = site.pages, dict.fromkeys(site.pages, answer("", status=503))
        daemon.wait(lambda lines: any(line["event"] == "state changed" for line in lines))
        looks = daemon.looks("ministry")
        daemon.wait(lambda _: daemon.looks("ministry") >= looks + 3)
        site.pages = well

        (broken,) = [line for line in daemon.lines if line["event"] == "state changed"]
        assert (broken["outlet"], broken["before"], broken["state"]) == ("blog", "ok", "down")
        assert "503" in broken["evidence"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as reply:
            numbers = reply.read().decode()
        assert 'wirewatch_outlet_state{outlet="blog",state="down"} 1.0' in numbers
        assert 'wirewatch_pages_total{outcome="new",outlet="ministry"}' in numbers
        assert daemon.stop() < 10
    assert daemon.lines[-1]["event"] == "daemon stopped"
    titles = Counter((r["outlet"], r["title"]) for r in command.export())
    assert titles == Counter(world.truth().keys())
    assert {story.title for story in added} <= {title for _, title in titles}


def test_it_takes_up_changed_files_on_a_hangup_and_keeps_the_old_ones_if_broken(command: Command) -> None:
    folder = command.outlets
    moved = folder / "blog.yaml"
    kept = moved.read_text()
    moved.unlink()
    with running(command) as daemon:
        daemon.wait(lambda _: all(daemon.looks(name) >= 1 for name in ("north_wire", "ministry")))
        moved.write_text(kept)
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait(lambda _: daemon.looks("blog") >= 1)

        moved.write_text("id: [")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait(lambda lines: any(line["event"] == "catalogue not reloaded" for line in lines))
        mistake = next(line for line in daemon.lines if line["event"] == "catalogue not reloaded")
        assert "blog.yaml" in mistake["mistake"]
        looks = daemon.looks("blog")
        daemon.wait(lambda _: daemon.looks("blog") >= looks + 2)

        moved.unlink()
        daemon.process.send_signal(signal.SIGHUP)
        reloaded = sum(line["event"] == "catalogue reloaded" for line in daemon.lines)
        daemon.wait(lambda lines: sum(x["event"] == "catalogue reloaded" for x in lines) > reloaded)
        looks = daemon.looks("blog")
        others = daemon.looks("ministry")
        daemon.wait(lambda _: daemon.looks("ministry") >= others + 2)
        assert daemon.looks("blog") <= looks + 1
        assert daemon.stop(signal.SIGINT) < 10


def test_it_ends_in_time_though_everything_hangs_and_what_it_leaves_is_found_again(
    server: Server, world: World, command: Command
) -> None:
    for outlet in world.outlets.values():
        outlet.site.slow = {path: 60.0 for story in outlet.listed for path in outlet.paths(story)}
    with running(command) as daemon:
        assert server.log.wait(lambda visits: sum("robots" not in v.path for v in visits) >= 6, 45)
        assert daemon.stop() < 10
    for outlet in world.outlets.values():
        outlet.site.slow = {}
    with running(command) as daemon:
        daemon.wait(lambda _: all(daemon.looks(name) >= 1 for name in WATCHED))
        assert daemon.stop() < 10
    assert Counter((r["outlet"], r["title"]) for r in command.export()) == Counter(world.truth().keys())
    assert command.integrity() == ["ok"]
