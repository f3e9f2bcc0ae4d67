"""`extract --batch --learn`: what recurs on a site's pages goes, and `--explain` says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.command import Command, Record
from tests.unit.pipeline.extract.test_recurring import story

LABEL = "Edition for the northern counties"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path / "data", tmp_path / "outlets")


def write_batch(folder: Path) -> Path:
    rows = []
    for n, site in enumerate(["news.example.org", "www.example.org", "example.net"]):
        (folder / f"{n}.html").write_text(story(n, behind=f"<div class='x1'><p>{LABEL}</p></div>"), "utf-8")
        rows.append({"id": n, "url": f"https://{site}/story-{n}", "html_path": f"{n}.html"})
    batch = folder / "batch.jsonl"
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return batch


def test_a_block_goes_from_the_pages_of_a_site_that_share_it_and_from_no_other(
    command: Command, tmp_path: Path
) -> None:
    run = command.run("extract", "--batch", str(write_batch(tmp_path)), "--learn", "--explain")
    answers: list[Record] = [json.loads(line) for line in run.out.splitlines()]
    assert run.code == 0, run.err
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert [LABEL in answer["text"] for answer in answers] == [False, False, True]
    for answer in answers[:2]:
        assert {"text": LABEL, "reason": "recurring: on 1 other page"} in answer["dropped"]


def test_learning_from_single_pages_is_refused_in_words(command: Command, tmp_path: Path) -> None:
    write_batch(tmp_path)
    run = command.run("extract", str(tmp_path / "0.html"), "--learn")
    assert run.code == 2
    assert "--batch" in run.err
