"""Mistakes of the user: each is told in words with what would be right, and none ends in a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from tests.acceptance.command import WIREWATCH, Command
from tests.site.outlets import write_outlet

GOOD = {
    "id": "good",
    "name": "Good",
    "kind": "newspaper",
    "home": "http://127.0.0.1:9/",
    "languages": ["en"],
    "country": "INT",
    "discover": [{"feed": "http://127.0.0.1:9/feed"}],
}


@pytest.fixture
def command(tmp_path: Path) -> Command:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    write_outlet(outlets, GOOD)
    return Command(tmp_path / "data", outlets)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("crawl", "good", "nobody"), "nobody"),
        (("crawl", "--no-such-option"), "--no-such-option"),
        (("crawl", "--limit", "0"), "--limit"),
        (("crawl", "--limit", "x"), "'x' is not a whole number"),
        (("search", "rain", "--limit", "9" * 20), "is not a whole number"),
        (("crawl", "--since", "yesterday-ish"), "--since"),
        (("export", "--format", "xml"), "--format"),
        (("outlets", "show", "nobody"), "nobody"),
        (("extract",), "--batch"),
        (("extract", "--batch", "no/such/file.jsonl"), "no/such/file.jsonl"),
        (("extract", "page.html", "--url", "not an address"), "not an address"),
        (("search", "rain", "--kind", "bogus"), "bogus"),
        (("--log-level", "loud", "crawl"), "loud"),
        (("--database", "mysql://localhost/x", "export"), "--database"),
        (("--allow-private-hosts", "somewhere", "crawl"), "--allow-private-hosts"),
    ],
)
def test_bad_usage_is_exit_2_and_names_the_mistake(
    command: Command, arguments: tuple[str, ...], named: str
) -> None:
    run = command.run(*arguments)
    assert run.code == 2
    assert named in run.err
    assert run.out == ""


BROKEN = {
    "unclosed": "id: [",
    "empty": "",
    "list": "- just\n- a list",
    "misspelt": "id: misspelt\nname: Bad\nkindd: blog\n",
    "twin": "id: good\nname: Twin\n",
    "strange": "id: strange\ndiscover: [{feed: 'ftp://x/'}]\n",
    "endless": "a: &a [*a]\n",
    "evil": "id: !!python/object/apply:os.system ['touch owned']\n",
    "binary": "\x00\x01\x02",
}


def test_every_mistake_of_a_catalogue_is_told_at_once_with_its_file(command: Command) -> None:
    for name, text in BROKEN.items():
        (command.outlets / f"{name}.yaml").write_text(text, encoding="utf-8")
    run = command.run("crawl")
    assert run.code == 2
    assert [name for name in BROKEN if f"{name}.yaml" not in run.err] == []
    assert "kindd" in run.err
    assert not (command.outlets.parent / "owned").exists()


def test_one_broken_file_alone_is_exit_2_too(command: Command) -> None:
    (command.outlets / "twin.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    run = command.run("outlets", "list")
    assert run.code == 2
    assert "good" in run.err


def test_a_catalogue_that_is_not_there_is_exit_2(command: Command) -> None:
    run = command.run("--outlets", str(command.data / "nowhere"), "crawl")
    assert run.code == 2
    assert "nowhere" in run.err


def test_a_data_folder_that_cannot_be_is_told(command: Command) -> None:
    file = command.data.parent / "file"
    file.write_text("in the way")
    for arguments in (("crawl",), ("export",)):
        run = command.run("--data-dir", str(file / "data"), *arguments)
        assert run.code in {1, 2}, run.err
        assert str(file) in run.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_may_not_be_written_is_told(command: Command) -> None:
    command.data.mkdir(mode=0o500)
    run = command.run("crawl")
    assert run.code in {1, 2}
    assert str(command.data) in run.err


def test_a_database_that_is_none_is_told_and_left_as_it_is(command: Command) -> None:
    command.data.mkdir()
    command.database.write_bytes(b"Dear diary, today I was mistaken for a database. " * 100)
    before = command.database.read_bytes()
    for arguments in (("crawl",), ("search", "word")):
        run = command.run(*arguments)
        assert run.code in {1, 2}, run.err
        assert "wirewatch.db" in run.err
        assert run.out == ""
    assert command.database.read_bytes() == before


def test_a_database_of_somebody_else_is_told_and_left_as_it_is(command: Command) -> None:
    command.data.mkdir()
    with closing(sqlite3.connect(command.database)) as connection, connection:
        connection.execute("CREATE TABLE article (headline TEXT)")
        connection.execute("INSERT INTO article VALUES ('mine')")
    run = command.run("crawl")
    assert run.code in {1, 2}, run.err
    with closing(sqlite3.connect(command.database)) as connection:
        assert connection.execute("SELECT * FROM article").fetchall() == [("mine",)]


def test_a_database_that_is_not_there_and_a_page_that_is_not_there_are_named_once(command: Command) -> None:
    run = command.run("--database", "sqlite:////nowhere/news.db", "search", "word")
    assert run.err == (
        "wirewatch: there is no database yet (sqlite:////nowhere/news.db): `wirewatch crawl` makes it\n"
    )
    run = command.run("extract", "nowhere.html")
    assert run.err == "wirewatch: nowhere.html: failed: it cannot be read: No such file or directory\n"


def test_help_comes_without_anything_set_up(tmp_path: Path) -> None:
    command = Command(tmp_path / "data", tmp_path / "nowhere")
    for arguments in (("--help",), ("crawl", "--help")):
        run = command.run(*arguments)
        assert run.code == 0
        assert "Usage" in run.out
    assert not command.data.exists()


def test_a_full_disk_behind_stdout_is_no_traceback(command: Command) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [str(WIREWATCH), "--outlets", str(command.outlets), "outlets", "list", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_dead_network_is_told_in_words_and_is_exit_3(command: Command) -> None:
    look = command.crawl(code=3).outlets["good"]
    assert look["looked"] is False
    assert any("127.0.0.1:9" in problem for problem in look["problems"])


@pytest.mark.parametrize(
    "arguments", [("crawl", "--dry-run"), ("export",), ("search", "rain"), ("show", "2026")]
)
def test_a_dry_run_and_readers_make_no_database(command: Command, arguments: tuple[str, ...]) -> None:
    run = command.run(*arguments)
    assert run.code == (3 if arguments[0] == "crawl" else 1)
    assert not command.data.exists()
