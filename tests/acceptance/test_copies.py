"""A story and what others made of it, crawled over HTTP: told, drawn as a tree, decided anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.command import Command, Record, Run
from tests.site import makes
from tests.site.chrome import Style
from tests.site.outlets import Plan
from tests.site.plans import FULL
from tests.site.server import Server
from tests.site.stories import Story
from tests.site.world import build

WIRE, DAILY, BRIEF = (
    Plan(
        id=name,
        kind="newspaper",
        style=Style(title),
        discover=({"feed": "/rss.xml"},),
        serve=makes.rss,
        path="/news/{slug}",
        include="^/news/",
        stories=3,
        rules=FULL,
    )
    for name, title in (("wire", "Northern Wire"), ("daily", "The Daily"), ("brief", "In Brief"))
)


@dataclass(frozen=True, slots=True)
class Crawled:
    """What two crawls left: the copies first, the original late."""

    command: Command
    first: Run
    second: Run
    records: dict[str, Record]
    """The wire's story at each outlet."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("copies")
    with Server() as server:
        world = build(server, datetime.now(UTC), plans=[WIRE, DAILY, BRIEF])
        story = world.outlets["wire"].listed[0]
        for name, copy in copies(story).items():
            world.outlets[name].stories[copy.slug] = copy
            world.outlets[name].publish()
        command = Command(folder / "data", world.write_catalogue(folder / "outlets"))
        first = command.crawl("brief", "daily")
        second = command.crawl("wire")
        named = {"wire": story.title} | {name: copy.title for name, copy in copies(story).items()}
        records = {r["outlet"]: r for r in command.export() if r["title"] == named[r["outlet"]]}
        yield Crawled(command, first, second, records)


def copies(story: Story) -> dict[str, Story]:
    """Return what the others make of a story: a line of their own and one left out; the first third."""
    later = {"source": "Northern Wire", "author": ""}
    own = "Our readers in the north were asked to stay away from the harbour until the evening."
    return {
        "daily": replace(
            story,
            slug="daily-take",
            title=f"{story.title}: what is known",
            paragraphs=(*story.paragraphs[:4], own, *story.paragraphs[5:]),
            published=story.published + timedelta(hours=2),
            **later,
        ),
        "brief": replace(
            story,
            slug="in-brief",
            title=f"In brief: {story.title}",
            paragraphs=story.paragraphs[:2],
            published=story.published + timedelta(hours=1),
            **later,
        ),
    }


def test_copies_are_told_though_the_original_came_last(crawled: Crawled) -> None:
    wire, daily, brief = (crawled.records[name] for name in ("wire", "daily", "brief"))
    assert wire["relation"] == "original"
    assert (daily["relation"], daily["duplicate_of"]) == ("near", wire["id"])
    assert (brief["relation"], brief["duplicate_of"]) == ("contained", wire["id"])
    assert wire["story"] == daily["story"] == brief["story"]
    assert 0.6 < daily["covered"] < 1.0
    assert 0.1 < brief["covered"] < 0.6


def test_articles_that_are_nobodys_copy_stay_originals(crawled: Crawled) -> None:
    everything = crawled.command.export()
    assert sum(r["relation"] == "original" for r in everything) == len(everything) - 2 == 9
    counts = [run.outlets[name] for run, name in ((crawled.first, "brief"), (crawled.second, "wire"))]
    assert counts[1]["new"] == 3


def test_show_draws_who_ran_it_when_with_how_much_of_it(crawled: Crawled) -> None:
    shown = crawled.command.run("show", crawled.records["brief"]["id"]).out
    tree = shown.partition("The story: 3 articles")[2].splitlines()[1:4]
    assert "wire" in tree[0]
    assert "original" in tree[0]
    assert [line.split()[0] for line in tree[1:]] == ["├──", "└──"]
    [brief] = [line for line in tree if "brief" in line]
    assert f"contained, {crawled.records['brief']['covered']:.0%} of it" in brief
    assert "<- this one" in brief


def test_deciding_anew_says_that_nothing_changed(crawled: Crawled) -> None:
    before = crawled.command.export()
    run = crawled.command.run("dedup", "--rebuild", "--json")
    assert run.json == {"articles": 11, "changed": {}}
    assert "nothing changed" in crawled.command.run("dedup", "--rebuild").err
    assert crawled.command.export() == before


def test_dedup_alone_says_what_it_needs(crawled: Crawled) -> None:
    run = crawled.command.run("dedup")
    assert run.code == 2
    assert "--rebuild" in run.err
