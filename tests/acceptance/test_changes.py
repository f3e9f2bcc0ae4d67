"""What a later crawl makes of a world that went on: new articles, edited ones, removed ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import Command
from tests.site.outlets import Outlet
from tests.site.server import Server
from tests.site.stories import Story
from tests.site.world import World, build

STATING = ("north_wire", "ministry", "daily", "digest", "tribune", "blog", "gov")
"""Outlets whose feed, sitemap or interface says when an article was changed."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def fetched(server: Server, outlet: Outlet) -> set[str]:
    """Return the slugs of the stories that were asked for, as a page or through the content interface."""
    asked = {visit.path.removeprefix("/api/content") for visit in server.log.visits(outlet.plan.id)}
    return {story.slug for story in outlet.stories.values() if asked & set(outlet.paths(story))}


def edit_one(world: World) -> dict[str, tuple[Story, Story]]:
    """Edit the newest story of its own at each outlet that says so; returns each as it was and as it is."""
    newest = {name: next(s for s in world.outlets[name].listed if not s.source) for name in STATING}
    copied = {story.slug for story in world.outlets["digest"].listed if story.source}
    newest["north_wire"] = next(s for s in world.outlets["north_wire"].listed if s.slug not in copied)
    return {name: (story, world.edit(name, story.slug)) for name, story in newest.items()}


def test_only_what_changed_is_fetched_and_an_edit_is_a_revision(server: Server, tmp_path: Path) -> None:
    world = build(server, datetime.now(UTC))
    command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))
    command.crawl()
    before = {r["id"]: r for r in command.export()}

    edited = edit_one(world)
    added = world.add("ministry", 2)
    gone = world.outlets["gulf"].listed[0]
    world.remove("gulf", gone.slug)
    server.log.clear()
    look = command.crawl().outlets

    assert {name: look[name]["revised"] for name in STATING} == dict.fromkeys(STATING, 1)
    assert (look["ministry"]["new"], sum(o["new"] for o in look.values())) == (2, 2)
    for name in STATING:
        extra = {story.slug for story in added} if name == "ministry" else set()
        assert fetched(server, world.outlets[name]) == {edited[name][1].slug} | extra, name
    for name in set(world.outlets) - set(STATING):
        assert fetched(server, world.outlets[name]) == set(), name

    after = {r["id"]: r for r in command.export()}
    assert before.keys() < after.keys(), "nothing that was stored goes away"
    for name, (old, new) in edited.items():
        (record,) = [r for r in after.values() if r["outlet"] == name and r["title"] == new.title]
        assert record["revision"] == 2
        assert new.paragraphs[2] in record["text"]
        assert old.paragraphs[2] not in record["text"]
        assert before[record["id"]]["revision"] == 1
    history = [
        r for r in command.export("--revisions") if r["revision"] == 1 and after[r["id"]]["revision"] == 2
    ]
    assert {r["id"]: r["text"] for r in history} == {r["id"]: before[r["id"]]["text"] for r in history}
    assert len(history) == len(STATING)


def test_recheck_fetches_everything_that_is_offered_again(server: Server, tmp_path: Path) -> None:
    world = build(server, datetime.now(UTC))
    command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))
    command.crawl("foreign_office", "gulf")
    records = command.export()
    silent = world.edit("foreign_office", world.outlets["foreign_office"].listed[0].slug)
    server.log.clear()
    look = command.crawl("foreign_office", "gulf", "--recheck").outlets

    for name in ("foreign_office", "gulf"):
        outlet = world.outlets[name]
        assert fetched(server, outlet) == {story.slug for story in outlet.listed}
    assert (look["foreign_office"]["revised"], look["foreign_office"]["unchanged"]) == (1, 6)
    assert (look["gulf"]["revised"], look["gulf"]["unchanged"]) == (0, 4)
    after = command.export()
    assert {r["id"] for r in after} == {r["id"] for r in records}
    assert [r["title"] for r in after if r["revision"] == 2] == [silent.title]


def test_limit_since_and_dry_run_hold_back(server: Server, tmp_path: Path) -> None:
    world = build(server, datetime.now(UTC))
    command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))
    outlet = world.outlets["ministry"]
    newest = outlet.listed[:2]

    look = command.crawl("ministry", "--dry-run").outlets["ministry"]
    assert look["found"] == 4
    assert fetched(server, outlet) == set()

    command.crawl("ministry", "--since", newest[-1].published.isoformat(), "--limit", "1")
    (held,) = command.export()
    assert held["title"] in {story.title for story in newest}

    assert command.crawl("ministry").outlets["ministry"]["new"] == 3
    assert {r["title"] for r in command.export()} == {story.title for story in outlet.listed}
