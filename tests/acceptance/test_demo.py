"""The demo world, crawled by the real command: what a user without any reference data can see proven."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from tests.acceptance.command import WIREWATCH, Command, Record
from tests.site.demo_truth import ExpectedArticle, expected_articles, expected_ends
from wirewatch.demo.server import Served, serve
from wirewatch.demo.world import build_world
from wirewatch.outlets import outlet_json

NEVER = [(site.id, prefix) for site in build_world() for prefix in site.never]


@dataclass(frozen=True)
class Crawled:
    """The world after one crawl."""

    served: Served
    command: Command
    counts: dict[str, Record]
    records: dict[tuple[str, str], Record]
    """By outlet and path, under every address at which an article was met."""

    def record(self, expected: ExpectedArticle) -> Record:
        """Return the record of an article; it must be there."""
        return next(
            self.records[expected.site, path]
            for path in expected.paths
            if (expected.site, path) in self.records
        )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("demo")
    outlets = folder / "outlets"
    outlets.mkdir()
    with serve(build_world()) as served:
        for outlet in served.outlets:
            file = outlets / f"{outlet.id}.yaml"
            file.write_text(yaml.safe_dump(outlet_json(outlet), allow_unicode=True), encoding="utf-8")
        command = Command(folder / "data", outlets)
        counts = command.crawl().outlets
        records: dict[tuple[str, str], Record] = {}
        for record in command.export():
            origin = served.origins[record["outlet"]]
            for url in record["urls"]:
                records[record["outlet"], url.removeprefix(origin)] = record
        yield Crawled(served, command, counts, records)


@pytest.mark.parametrize("expected", expected_articles(), ids=lambda e: f"{e.site}{e.paths[0]}")
def test_each_article_of_the_demo_comes_out_as_it_was_written(
    crawled: Crawled, expected: ExpectedArticle
) -> None:
    record = crawled.record(expected)
    assert record["title"] == expected.title
    assert record["text"] == expected.text
    assert record["authors"] == list(expected.authors)
    assert record["credits"] == list(expected.credits)
    assert record["language"] == expected.language
    published = record["published_at"]
    assert (datetime.fromisoformat(published) if published else None) == expected.published
    assert record["published_precision"] == expected.precision
    if expected.modified is not None:
        assert record["modified_at"] == expected.modified.isoformat()
    assert record["origin_url"] == (crawled.served.real(expected.origin) or None)
    if expected.copy_of is not None:
        original = crawled.records[expected.copy_of]
        assert (record["relation"], record["duplicate_of"]) == ("exact", original["id"])
        assert record["story"] == original["story"]


def test_nothing_but_the_articles_is_stored(crawled: Crawled) -> None:
    assert len({record["id"] for record in crawled.records.values()}) == len(expected_articles())


def test_each_other_page_of_the_demo_ends_as_it_should(crawled: Crawled) -> None:
    pages = crawled.command.pages()
    for end in expected_ends():
        url = crawled.served.origins[end.site] + end.path
        [outcome] = [p.outcome for p in pages if p.outlet == end.site and p.url.startswith(url)]
        assert outcome in end.outcomes, end


def test_no_path_that_robots_txt_forbids_is_asked_for(crawled: Crawled) -> None:
    asked = {(request.site, request.target) for request in crawled.served.requests}
    assert NEVER
    assert not [
        (site, target) for site, target in asked for s, p in NEVER if site == s and target.startswith(p)
    ]


def test_the_demo_shows_the_table_a_cleaned_article_and_a_copy(tmp_path: Path) -> None:
    done = subprocess.run(
        [WIREWATCH, "--data-dir", tmp_path, "demo"],
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for words in ("duplicate", "dropped from the page, and why", "an exact copy, recognised", "export"):
        assert words in done.stderr
    export = [WIREWATCH, "--data-dir", tmp_path / "demo-world", "export"]
    lines = subprocess.run(export, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
    assert len([json.loads(line) for line in lines.splitlines()]) == len(expected_articles())
