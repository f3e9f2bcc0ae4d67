"""How `wirewatch health` tells what is wrong with an outlet, after crawls alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import Command
from tests.site.decoys import CHALLENGE
from tests.site.plans import PLANS
from tests.site.server import Server, answer
from tests.site.world import build

WATCHED = ("north_wire", "ministry", "blog", "daily")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def test_each_outlets_health_names_its_own_fault_and_no_other(server: Server, tmp_path: Path) -> None:
    world = build(server, datetime.now(UTC), plans=[plan for plan in PLANS if plan.id in WATCHED])
    command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))
    command.crawl()
    well = command.run("health", "--json")
    assert well.code == 0
    assert {one["outlet"]: one["state"] for one in well.json} == dict.fromkeys(WATCHED, "ok")

    faults = {
        "north_wire": answer("", status=503),
        "ministry": answer(CHALLENGE),
        "blog": answer("<rss><channel><title>Half a"),
    }
    for name, fault in faults.items():
        site = world.outlets[name].site
        site.pages = dict.fromkeys(site.pages, fault)
    command.crawl(code=3)
    ill = command.run("health", "--json")
    assert ill.code == 1
    told = {one["outlet"]: one for one in ill.json}
    assert {name: one["state"] for name, one in told.items()} == {
        "north_wire": "down",
        "ministry": "blocked",
        "blog": "feed broken",
        "daily": "ok",
    }
    assert "503" in told["north_wire"]["evidence"]
    assert told["north_wire"]["failures"] == 1
    assert told["north_wire"]["last_success"] < told["north_wire"]["since"]
    table = command.run("health", "daily", "blog").out
    assert table.index("feed broken") < table.index("daily")
