"""Ten outlets, crawled twice: everything is stored once, and the second look costs nobody a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.acceptance.command import Command, Page, Record, Run
from tests.acceptance.measure import word_f1
from tests.site.server import Server
from tests.site.stories import Story
from tests.site.world import World, build

SOMEBODY_ELSES = ("config.py", "pipeline.py", "spiders.py", "storage.py", "wirewatch.py")
"""Modules in the folder that the command is started in."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """A world that was crawled twice, and what each crawl left."""

    world: World
    command: Command
    first: Run
    asked: dict[str, Counter[str]]
    """Outlet -> target -> requests of the first crawl."""
    records: list[Record]
    pages: list[Page]
    second: Run
    asked_again: dict[str, Counter[str]]

    def record(self, outlet: str, story: Story) -> Record:
        """Return the one record of a story at an outlet."""
        (found,) = [r for r in self.records if r["outlet"] == outlet and r["title"] == story.title]
        return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("crawl")
    for name in SOMEBODY_ELSES:
        (folder / name).write_text("raise ImportError('not the one of wirewatch')\n")
    with Server() as server:
        world = build(server, datetime.now(UTC))
        command = Command(folder / "data", world.write_catalogue(folder / "outlets"))
        first = command.crawl()
        asked = {name: server.log.paths(name) for name in world.outlets}
        records, pages = command.export(), command.pages()
        server.log.clear()
        second = command.crawl()
        asked_again = {name: server.log.paths(name) for name in world.outlets}
        yield Crawled(world, command, first, asked, records, pages, second, asked_again)


def article_targets(world: World, outlet: str) -> set[str]:
    made = world.outlets[outlet]
    paths = {path for story in made.stories.values() for path in made.paths(story)}
    return paths | {f"/api/content{path}" for path in paths}


def test_modules_in_the_folder_that_it_is_started_in_are_left_alone(crawled: Crawled) -> None:
    assert {path.name for path in crawled.command.data.parent.glob("*.py")} == set(SOMEBODY_ELSES)
    assert any(page.outcome == "new" for page in crawled.pages)
    assert "ImportError" not in crawled.first.err


def test_every_article_is_stored_once_with_its_title(crawled: Crawled) -> None:
    stored = Counter((r["outlet"], r["title"]) for r in crawled.records)
    assert stored == Counter(crawled.world.truth().keys())


def test_every_text_is_the_one_that_was_written(crawled: Crawled) -> None:
    scores = {
        (outlet, story.slug): word_f1(crawled.record(outlet, story)["text"], story.text)
        for (outlet, _), story in crawled.world.truth().items()
    }
    assert {key: round(score, 3) for key, score in scores.items() if score < 0.98} == {}


def test_every_article_has_the_time_that_its_outlet_states(crawled: Crawled) -> None:
    wrong = {
        (outlet, story.slug): (record["published_at"], record["published_from"])
        for (outlet, _), story in crawled.world.truth().items()
        if not (record := crawled.record(outlet, story))["published_at"]
        or datetime.fromisoformat(record["published_at"]) != story.published
    }
    assert wrong == {}


def test_every_page_ends_in_the_outcome_it_should(crawled: Crawled) -> None:
    for name, outlet in crawled.world.outlets.items():
        found = Counter(page.outcome for page in crawled.pages if page.outlet == name)
        expected = outlet.expected()
        if copies := expected.pop("duplicate", 0):  # the copy may have come before its original
            assert found["new"] + found["duplicate"] == expected.pop("new") + copies, name
            del found["new"], found["duplicate"]
        assert found == expected, name


def test_the_report_counts_what_the_store_holds(crawled: Crawled) -> None:
    for name, look in crawled.first.outlets.items():
        pages = Counter(page.outcome.partition(":")[0] for page in crawled.pages if page.outlet == name)
        words = ("new", "revised", "unchanged", "duplicate", "rejected", "failed")
        assert {word: look[word] for word in words if look[word]} == dict(pages), name
        assert look["found"] == sum(pages.values()), name
        assert look["looked"] is True
        assert look["problems"] == []
    total = crawled.first.json["total"]
    assert total["new"] == sum(look["new"] for look in crawled.first.outlets.values())
    assert crawled.first.json["interrupted"] is False


def test_languages_are_recognised(crawled: Crawled) -> None:
    wrong = [
        (outlet, story.title)
        for (outlet, _), story in crawled.world.truth().items()
        if crawled.record(outlet, story)["language"] != story.language
    ]
    assert wrong == []


def test_a_copy_at_another_outlet_knows_its_original_and_its_credit(crawled: Crawled) -> None:
    copies = [story for story in crawled.world.outlets["digest"].listed if story.source]
    assert len(copies) == 2
    for story in copies:
        copy, original = crawled.record("digest", story), crawled.record("north_wire", story)
        assert (copy["relation"], copy["duplicate_of"]) == ("exact", original["id"])
        assert (original["relation"], original["duplicate_of"]) == ("original", None)
        assert copy["story"] == original["story"]
        assert copy["content_sha256"] == original["content_sha256"]
        assert copy["credits"] == [story.source]
    others = [r for r in crawled.records if r["relation"] != "original"]
    assert len(others) == 2


def test_one_story_at_two_addresses_is_one_article_with_both(crawled: Crawled) -> None:
    outlet = crawled.world.outlets["agency"]
    for story in outlet.listed:
        urls = {outlet.site.url(path) for path in outlet.paths(story)}
        assert set(crawled.record("agency", story)["urls"]) == urls


def test_tracking_parameters_are_no_part_of_an_identity(crawled: Crawled) -> None:
    outlet = crawled.world.outlets["north_wire"]
    for story in outlet.listed:
        assert crawled.record("north_wire", story)["canonical_url"] == outlet.url(story)


def test_end_marks_standfirsts_and_bylines_are_no_text(crawled: Crawled) -> None:
    for (outlet, _), story in crawled.world.truth().items():
        text = crawled.record(outlet, story)["text"]
        assert not text.rstrip().endswith(("(END)", "-0-"))
        assert not story.standfirst or story.standfirst not in text
        assert not story.author or story.author not in text


def test_what_robots_txt_forbids_is_never_asked_for(crawled: Crawled) -> None:
    for asked in (crawled.asked, crawled.asked_again):
        assert [target for paths in asked.values() for target in paths if target.startswith("/private")] == []


def test_robots_txt_is_asked_for_once_a_host_and_before_anything_else(crawled: Crawled) -> None:
    assert {name: paths["/robots.txt"] for name, paths in crawled.asked.items()} == dict.fromkeys(
        crawled.asked, 1
    )
    assert {next(iter(paths)) for paths in crawled.asked.values()} == {"/robots.txt"}


def test_every_article_was_fetched_once(crawled: Crawled) -> None:
    for name in crawled.world.outlets:
        targets = article_targets(crawled.world, name)
        often = {
            target: n
            for target, n in crawled.asked[name].items()
            if target.partition("?")[0] in targets and n > 1
        }
        assert often == {}


def test_what_was_archived_is_what_was_stored(crawled: Crawled) -> None:
    assert {r["raw_sha256"] for r in crawled.records} <= crawled.command.archived()


def test_the_second_crawl_fetches_no_article_again(crawled: Crawled) -> None:
    for name in crawled.world.outlets:
        again = {t.partition("?")[0] for t in crawled.asked_again[name]} & article_targets(
            crawled.world, name
        )
        assert again == set(), name


def test_the_second_crawl_tries_again_what_may_have_passed(crawled: Crawled) -> None:
    asked = crawled.asked_again["tribune"]
    assert {path: asked[path] for path in crawled.world.outlets["tribune"].plan.decoys} == {
        "/2026/01/02/access-denied/": 1,
        "/2026/01/02/moved-away/": 1,
        "/2026/01/02/not-there/": 1,
    }


def test_the_second_crawl_finds_nothing_new(crawled: Crawled) -> None:
    changed = ("new", "revised", "unchanged", "duplicate")
    assert {word: crawled.second.json["total"][word] for word in changed} == dict.fromkeys(changed, 0)
    assert all(look["looked"] for look in crawled.second.outlets.values())
    assert crawled.command.export() == crawled.records
