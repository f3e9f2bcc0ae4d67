"""What is read back from the store: export, search and show, as the contract words them."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.store import SqlStore
from tests.acceptance.command import Command, Record
from tests.site.plans import PLANS
from tests.site.server import Server
from tests.site.world import World, build

SOME = ("north_wire", "digest", "foreign_office", "agency")

Check = Callable[[Any], bool]


def instant(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None


def in_utc(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() == timedelta(0)


def texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def matching(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None


def or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def number(value: object) -> bool:
    return isinstance(value, int) and value >= 1


FIELDS: dict[str, Check] = {
    "id": matching(r"\S+"),
    "outlet": matching(r"[a-z0-9_-]+"),
    "outlet_kind": matching("un|wire|official|aggregator|broadcaster|newspaper|ngo|blog"),
    "url": matching(r"https?://\S+"),
    "canonical_url": matching(r"https?://\S+"),
    "title": matching(".+"),
    "summary": lambda value: isinstance(value, str),
    "text": matching(r"\S.*\S"),
    "language": or_none(matching("[a-z]{2}")),
    "authors": texts,
    "published_at": or_none(instant),
    "published_precision": or_none(matching("second|minute|day")),
    "published_from": or_none(matching("feed|sitemap|api|jsonld|meta|selector|visible|url|dateline")),
    "modified_at": or_none(instant),
    "credits": texts,
    "origin_url": or_none(matching(r"https?://\S+")),
    "origin_name": or_none(matching(".+")),
    "first_seen_at": in_utc,
    "fetched_at": in_utc,
    "content_sha256": matching("[0-9a-f]{64}"),
    "raw_sha256": matching("[0-9a-f]{64}"),
    "revision": number,
    "urls": texts,
    "relation": matching("original|exact|near|contained"),
    "duplicate_of": or_none(matching(r"\S+")),
    "similarity": or_none(lambda value: isinstance(value, int | float) and 0 <= value <= 1),
    "covered": or_none(lambda value: isinstance(value, int | float) and 0 <= value <= 1),
    "story": matching(r"\S+"),
    "word_count": number,
    "extractor": matching(".+"),
}


@dataclass(frozen=True, slots=True)
class Library:
    """A store that a crawl filled."""

    world: World
    command: Command
    records: list[Record]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("reading")
    with Server() as server:
        world = build(server, datetime.now(UTC), plans=[plan for plan in PLANS if plan.id in SOME])
        command = Command(folder / "data", world.write_catalogue(folder / "outlets"))
        command.crawl()
    return Library(world, command, command.export())


def test_every_field_of_every_record_is_as_the_contract_says(library: Library) -> None:
    assert len(library.records) == 21
    for record in library.records:
        assert list(record) == list(FIELDS)
        assert [name for name, check in FIELDS.items() if not check(record[name])] == [], record


def test_the_fields_of_a_record_fit_together(library: Library) -> None:
    ids = {record["id"] for record in library.records}
    assert len(ids) == len(library.records)
    assert [record["id"] for record in library.records] == sorted(ids)
    for record in library.records:
        assert (record["published_at"] is None) == (record["published_precision"] is None)
        assert (record["relation"] == "original") == (record["duplicate_of"] is None)
        assert record["duplicate_of"] is None or record["duplicate_of"] in ids
        assert record["canonical_url"] in record["urls"] or record["url"] in record["urls"]
        assert not any(line != line.strip() or not line for line in record["text"].split("\n"))


def test_csv_says_the_same_as_jsonl(library: Library) -> None:
    run = library.command.run("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out, newline="")))
    assert run.err == ""
    for row, record in zip(rows, library.records, strict=True):
        for name, value in record.items():
            cell = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            assert row[name] == ("" if cell is None else str(cell)), name


def test_jsonl_goes_clean_to_a_pipe_and_the_same_to_a_file(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    to_file = library.command.run("export", "--output", str(file))
    to_pipe = library.command.run("export")
    assert (to_file.code, to_file.out) == (0, "")
    assert file.read_text("utf-8") == to_pipe.out
    assert "\x1b" not in to_pipe.out + to_pipe.err


@pytest.mark.parametrize(
    ("arguments", "passes"),
    [
        (("--outlet", "digest"), lambda r: r["outlet"] == "digest"),
        (("--outlet", "digest", "--outlet", "agency"), lambda r: r["outlet"] in {"digest", "agency"}),
        (("--kind", "wire"), lambda r: r["outlet_kind"] == "wire"),
        (("--relation", "original"), lambda r: r["relation"] == "original"),
        (("--since", "2999-01-01"), lambda _: False),
        (("--until", "2999-01-01"), lambda _: True),
    ],
)
def test_export_filters(
    library: Library, arguments: tuple[str, ...], passes: Callable[[Record], bool]
) -> None:
    assert library.command.export(*arguments) == [r for r in library.records if passes(r)]


def test_since_and_until_cut_the_time_in_two(library: Library) -> None:
    times = sorted(datetime.fromisoformat(r["published_at"]) for r in library.records)
    middle = times[len(times) // 2].isoformat()
    earlier, later = library.command.export("--until", middle), library.command.export("--since", middle)
    assert sorted(r["id"] for r in earlier + later) == [r["id"] for r in library.records]
    assert earlier
    assert later


def found(library: Library, *arguments: str) -> list[Record]:
    run = library.command.run("search", "--json", *arguments)
    assert run.code == 0, run.err
    hits: list[Record] = run.json
    return hits


def test_search_finds_words_in_every_language(library: Library) -> None:
    for outlet in SOME:
        for record in [r for r in library.records if r["outlet"] == outlet][:1]:
            line = record["text"].split("\n")[1]
            word = line[4:8] if record["language"] == "zh" else max(re.findall(r"\w+", line), key=len)
            hits = found(library, word, "--outlet", outlet, "--limit", "100")
            expected = {
                r["id"]
                for r in library.records
                if r["outlet"] == outlet and word.lower() in r["text"].lower()
            }
            assert record["id"] in {hit["id"] for hit in hits}, word
            if record["language"] == "zh":
                assert {hit["id"] for hit in hits} == expected, word


@pytest.mark.parametrize(
    "query", ["", '"-(', "a AND NEAR(*", "'; DROP TABLE article; --", "\x01\ufffe" + "x" * 5000]
)
def test_search_takes_any_query(library: Library, query: str) -> None:
    run = library.command.run("search", "--json", "--", query)
    assert run.code in {0, 2}, run.err
    assert run.code == 2 or isinstance(run.json, list)


def test_search_without_hits_is_an_empty_document(library: Library) -> None:
    assert found(library, "xylophonequartz") == []


@pytest.mark.parametrize("command", [("export",), ("search", "rain")])
def test_an_outlet_that_neither_the_store_nor_the_catalogue_knows_is_told(
    library: Library, command: tuple[str, ...], tmp_path: Path
) -> None:
    run = library.command.run(*command, "--outlet", "digest", "--outlet", "nobody")
    assert (run.code, run.out) == (2, "")
    assert "no such outlet: 'nobody'" in run.err
    without_files = Command(library.command.data, tmp_path / "nowhere")
    assert without_files.run(*command, "--outlet", "digest").code == 0, "the store still knows it"


def test_show_prints_an_article_its_provenance_and_its_copies(library: Library) -> None:
    copy = next(r for r in library.records if r["relation"] == "exact")
    shown = library.command.run("show", copy["id"])
    assert shown.code == 0
    flat = re.sub(r"\s+", "", shown.out)
    for value in (copy["title"], copy["url"], copy["duplicate_of"], copy["text"].split("\n")[0]):
        assert re.sub(r"\s+", "", value) in flat, value
    document = library.command.run("show", copy["id"], "--json").json
    assert {name: document[name] for name in FIELDS} == copy


def test_an_article_that_is_not_there_is_told(library: Library) -> None:
    run = library.command.run("show", "19700101T000000000-nothing")
    assert run.code in {1, 2}
    assert run.out == ""
    assert "nothing" in run.err


def test_a_reader_is_not_kept_waiting_by_a_writer(library: Library) -> None:
    with closing(sqlite3.connect(library.command.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        run = library.command.run("export", timeout=20)
        assert (run.code, len(run.out.splitlines())) == (0, 21), run.err
        writer.execute("ROLLBACK")


def test_a_pipe_that_closes_early_is_no_error_message(library: Library) -> None:
    with library.command.started("export") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.wait(20)
        assert "Traceback" not in process.stderr.read()


def test_an_empty_store_exports_nothing(tmp_path: Path, library: Library) -> None:
    empty = Command(tmp_path / "data", library.command.outlets)
    SqlStore.open(f"sqlite:///{empty.database}").close()
    for arguments in (("export",), ("search", "word", "--json")):
        run = empty.run(*arguments)
        assert run.code == 0, run.err
        assert run.out.strip() in {"", "[]"}


def test_the_outlets_are_listed_and_shown(library: Library) -> None:
    listed = library.command.run("outlets", "list", "--json")
    assert sorted(outlet["id"] for outlet in listed.json) == sorted(SOME)
    shown = library.command.run("outlets", "show", "digest")
    assert "id: digest" in shown.out


def test_two_crawls_at_once_store_everything_once(tmp_path: Path) -> None:
    with Server() as server:
        world = build(server, datetime.now(UTC), plans=[plan for plan in PLANS if plan.id in SOME])
        command = Command(tmp_path / "data", world.write_catalogue(tmp_path / "outlets"))
        with command.started("crawl") as one, command.started("crawl") as two:
            ends = [process.communicate(timeout=60)[1] for process in (one, two)]
        assert [one.returncode, two.returncode] == [0, 0], ends
        assert not any("Traceback" in err for err in ends), ends
        titles = [(r["outlet"], r["title"]) for r in command.export()]
        assert sorted(titles) == sorted(world.truth())
        assert {r["raw_sha256"] for r in command.export()} <= command.archived()
