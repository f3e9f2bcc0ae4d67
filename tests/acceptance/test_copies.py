"""A story and what others made of it, crawled over HTTP: told, drawn as a tree, decided anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.command import Command, Record, Run
from tests.site import makes
from tests.site.chrome import Style
from tests.site.outlets import Plan
from tests.site.plans import FULL
from tests.site.server import Server
from tests.site.stories import Story
from tests.site.world import build

NAMES = {
    "wire": "Northern Wire", "relay": "The Relay", "daily": "The Daily", "brief": "In Brief",
    "roundup": "The Round-up", "rival": "The Rival",
}  # fmt: skip
TOPICS = ({"listing": "/en/category/first"}, {"listing": "/en/category/second"})
WIRE, *OTHERS = (
    Plan(
        id=name,
        kind="newspaper",
        style=Style(title),
        discover=TOPICS if name == "relay" else ({"feed": "/rss.xml"},),
        serve=makes.topics if name == "relay" else makes.rss,
        path="/news/{slug}",
        mirrors=("/s/{hash}",) if name == "relay" else (),
        canonical=name != "relay",
        include="^/(?:news|s)/",
        stories=3 if name in {"wire", "daily", "brief"} else 0,
        rules=FULL,
    )
    for name, title in NAMES.items()
)
RELATIONS = {
    "wire": "original", "relay": "exact", "daily": "near", "brief": "contained", "roundup": "contained",
    "rival": "original",
}  # fmt: skip
"""What the wire's story is at each outlet; the rival has a statement of its form, with other figures."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """What crawls left of the wire's story and what others made of it."""

    command: Command
    runs: tuple[Run, ...]
    records: dict[str, Record]
    """The wire's story at each outlet."""


def crawl(folder: Path, *looks: tuple[str, ...]) -> Iterator[Crawled]:
    """Look at the outlets in an order: those of one look at once."""
    with Server() as server:
        world = build(server, datetime.now(UTC), plans=[WIRE, *OTHERS])
        newest = world.outlets["wire"].listed[0]
        title = "More passengers on fewer boats"
        story = replace(newest, slug="ferries", title=title, paragraphs=statement(214, 31))
        mine = {"wire": story} | copies(story)
        for name, copy in mine.items():
            world.outlets[name].stories[copy.slug] = copy
            world.outlets[name].publish()
        command = Command(folder / "data", world.write_catalogue(folder / "outlets"))
        runs = tuple(command.crawl(*outlets) for outlets in looks)
        records = {r["outlet"]: r for r in command.export() if r["title"] == mine[r["outlet"]].title}
        yield Crawled(command, runs, records)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The copies first, the original and its rival late."""
    first = ("brief", "daily", "relay", "roundup")
    yield from crawl(tmp_path_factory.mktemp("late"), first, ("wire", "rival"))


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    yield from crawl(tmp_path_factory.mktemp("once"), tuple(NAMES))


def statement(passengers: int, boats: int) -> tuple[str, ...]:
    """Return a notice of a form that comes back with other figures, day after day."""
    return (
        f"The harbour office said on Monday that {passengers} passengers had been carried on {boats} boats.",
        "Sailings to the outer islands follow the winter timetable, and bookings stay open until the eve.",
        f"Of the {passengers} passengers {passengers // 3} came from the northern quay, the office said.",
        "Bicycles travel free of charge where there is room, and dogs are kept on a lead on every deck.",
        f"Its {boats} boats are looked after in the yard behind the customs house, one after the other.",
        "Those who missed a sailing may use the same ticket on the next, said the head of the office.",
        f"A further {boats * 2} crossings are planned before the weekend, weather and tide permitting.",
        "The office answers questions at the counter from eight in the morning, and in the evening by post.",
    )


def copies(story: Story) -> dict[str, Story]:
    """Return what the others make of a story, word for word, edited, cut, embedded, and not at all."""
    own = (
        "Our readers in the north were asked to stay away from the harbour until the evening.",
        "Two streets further up, the market opened an hour late because the fishmongers had waited.",
        "The weather service expects fog on the coast for the rest of the week, and little wind.",
        "A choir of forty will sing in the old boat hall on Saturday, and the bakery stays open for it.",
        "The town council meets on Thursday to talk about the price of moorings for small sailing boats.",
    )
    takes = {
        "relay": (story.title, story.paragraphs),
        "daily": (f"{story.title}: what is known", (*story.paragraphs[:4], own[0], *story.paragraphs[5:])),
        "brief": (f"In brief: {story.title}", story.paragraphs[:3]),
        "roundup": ("The harbour this week", (*own[:2], *story.paragraphs, *own[2:])),
        "rival": (f"{story.title}: the week before", statement(187, 26)),
    }
    return {
        name: replace(
            story,
            slug=f"take-of-the-{name}",
            title=title,
            paragraphs=paragraphs,
            published=story.published + timedelta(hours=hours),
            source="" if name == "rival" else "Northern Wire",
            author="",
        )
        for hours, (name, (title, paragraphs)) in enumerate(takes.items(), 1)
    }


@pytest.mark.parametrize("order", ["crawled", "at_once"])
def test_every_copy_is_told_whether_the_original_is_seen_with_it_or_long_after(
    order: str, request: pytest.FixtureRequest
) -> None:
    records = request.getfixturevalue(order).records
    assert {name: r["relation"] for name, r in records.items()} == RELATIONS
    wire, ours = records["wire"], [name for name in NAMES if name != "rival"]
    assert {name: records[name]["duplicate_of"] for name in ours[1:]} == dict.fromkeys(ours[1:], wire["id"])
    assert {name for name, record in records.items() if record["story"] == wire["story"]} == set(ours)
    assert len(records["relay"]["urls"]) == 2


def test_how_much_of_the_original_a_copy_has_is_told(crawled: Crawled) -> None:
    covered = {name: record["covered"] for name, record in crawled.records.items()}
    assert 0.6 < covered["daily"] < 1.0
    assert 0.1 < covered["brief"] < 0.6
    assert covered["roundup"] > 0.9


def test_articles_that_are_nobodys_copy_stay_originals(crawled: Crawled) -> None:
    everything = crawled.command.export()
    assert sum(r["relation"] == "original" for r in everything) == len(everything) - 4 == 11
    assert crawled.runs[1].outlets["wire"]["new"] == 4


def test_show_draws_who_ran_it_when_with_how_much_of_it(crawled: Crawled) -> None:
    shown = crawled.command.run("show", crawled.records["brief"]["id"]).out
    tree = shown.partition("The story: 5 articles")[2].splitlines()[1:6]
    assert "wire" in tree[0]
    assert "original" in tree[0]
    assert [line.split()[0] for line in tree[1:]] == ["├──", "├──", "├──", "└──"]
    [brief] = [line for line in tree if "brief" in line]
    assert f"contained, {crawled.records['brief']['covered']:.0%} of it" in brief
    assert "<- this one" in brief


def test_deciding_anew_says_that_nothing_changed(crawled: Crawled) -> None:
    before = crawled.command.export()
    run = crawled.command.run("dedup", "--rebuild", "--json")
    assert run.json == {"articles": 15, "changed": {}}
    assert "nothing changed" in crawled.command.run("dedup", "--rebuild").err
    assert crawled.command.export() == before


def test_dedup_alone_says_what_it_needs(crawled: Crawled) -> None:
    run = crawled.command.run("dedup")
    assert run.code == 2
    assert "--rebuild" in run.err
