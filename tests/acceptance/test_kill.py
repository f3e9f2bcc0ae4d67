"""kill -9 in the middle of a crawl: the next one completes it; nothing is lost, nothing is there twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import Command
from tests.acceptance.measure import processes, word_f1
from tests.site.server import Server, Visit
from tests.site.world import World, build


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def slow_world(server: Server) -> World:
    """Make a world whose articles take a while, so that a crawl can be caught in its middle."""
    world = build(server, datetime.now(UTC))
    for outlet in world.outlets.values():
        starts = {path for story in outlet.listed for path in outlet.paths(story)}
        outlet.site.slow = dict.fromkeys(starts, 0.25)
    return world


def crawl_and_kill(command: Command, server: Server, world: World, articles: int) -> None:
    """Start a crawl and kill it as soon as so many articles were asked for."""
    targets = {(o.plan.id, p) for o in world.outlets.values() for s in o.listed for p in o.paths(s)}

    def enough(visits: list[Visit]) -> bool:
        return sum((v.site, v.path) in targets for v in visits) >= articles

    with command.started("crawl") as process:
        assert server.log.wait(enough, 30), process.communicate(timeout=5)
        process.kill()
        process.communicate(timeout=10)
        deadline = time.monotonic() + 8
        while processes(process.pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert processes(process.pid) == [], "workers outlive their killed parent"


def tear_archive(command: Command) -> None:
    """Leave behind what a crash in the middle of a write leaves: half a record at the end of the file."""
    for file in command.archive_files[-1:]:
        whole = file.read_bytes()
        file.write_bytes(whole + whole[:100])


def test_a_crawl_that_was_killed_twice_is_completed_by_the_next(server: Server, tmp_path: Path) -> None:
    world = slow_world(server)
    command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))

    stored: set[str] = set()
    for articles in (8, 36):
        crawl_and_kill(command, server, world, articles)
        assert command.integrity() == ["ok"]
        held = {r["id"] for r in command.export()}
        assert held >= stored, "an article that was stored is gone"
        stored = held
        tear_archive(command)
    command.crawl()

    records = command.export()
    truth = world.truth()
    assert Counter((r["outlet"], r["title"]) for r in records) == Counter(truth.keys())
    assert all(word_f1(r["text"], truth[r["outlet"], r["title"]].text) >= 0.98 for r in records)
    assert {r["id"] for r in records} >= stored, "an article that was stored is gone"
    assert all(r["revision"] == 1 for r in records)
    assert "pending" not in {page.outcome for page in command.pages()}
    assert command.integrity() == ["ok"]
    assert {r["raw_sha256"] for r in records} <= command.archived()
