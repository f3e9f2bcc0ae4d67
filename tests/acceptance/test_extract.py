"""`extract`: saved pages in, records out, in order, whatever the pages are."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import Command, Record
from tests.acceptance.measure import word_f1
from tests.site import chrome, decoys
from tests.site import misbehave as bad
from tests.site.chrome import Style
from tests.site.outlets import write_outlet
from tests.site.prose import Writer
from tests.site.stories import Story

STYLE = Style("The Example")
OUTLET = {
    "id": "example",
    "name": "The Example",
    "kind": "newspaper",
    "home": "https://example.org/",
    "languages": ["en"],
    "country": "INT",
    "discover": [{"feed": "https://example.org/feed"}],
}


@pytest.fixture(scope="module")
def story() -> Story:
    writer = Writer(23)
    published = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    return Story(
        "a-story",
        writer.title("en"),
        writer.paragraphs("en"),
        published,
        author="Nadia Strand",
        source="Northern Wire",
    )


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path / "data", tmp_path / "outlets")


def page_of(story: Story, style: Style = STYLE) -> bytes:
    return chrome.article(
        story, "https://example.org/news/a-story", style, ["One headline", "Another headline"]
    )


def test_a_saved_page_gives_its_record(command: Command, story: Story, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page_of(story))
    run = command.run("extract", str(file), "--url", "https://example.org/news/a-story")
    record = json.loads(run.out)
    assert run.code == 0
    assert record["title"] == story.title
    assert word_f1(record["text"], story.text) >= 0.98
    assert record["authors"] == ["Nadia Strand"]
    assert datetime.fromisoformat(record["published_at"]) == story.published
    assert record["language"] == "en"
    assert not command.data.exists(), "extract keeps nothing"


def test_a_page_from_standard_input_gives_the_same(command: Command, story: Story) -> None:
    run = command.run("extract", "-", "--url", "https://example.org/x", stdin=page_of(story).decode())
    assert run.code == 0
    assert json.loads(run.out)["title"] == story.title


def test_text_is_printed_bare(command: Command, story: Story) -> None:
    run = command.run("extract", "-", "--format", "text", stdin=page_of(story).decode())
    assert story.paragraphs[0] in run.out
    assert not run.out.lstrip().startswith("{")


def test_an_outlets_rules_are_applied_and_explain_names_what_they_dropped(
    command: Command, story: Story
) -> None:
    command.outlets.mkdir()
    write_outlet(command.outlets, {**OUTLET, "extract": {"body": [".article-body"], "drop": [".ad"]}})
    start = '<div class="article-body">'
    page = page_of(story).decode().replace(start, f'{start}<div class="ad"><p>Buy our lamps today.</p></div>')
    record = json.loads(command.run("extract", "-", "--outlet", "example", "--explain", stdin=page).out)
    assert record["text"].split("\n") == list(story.paragraphs)
    (block,) = [block for block in record["dropped"] if "Buy our lamps today." in block["text"]]
    assert block["reason"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch: a file's bytes (None: no such file), and whether it gives the story's record."""

    name: str
    content: bytes | None
    fine: bool = False


def lines(story: Story) -> list[Line]:
    page = page_of(story)
    return [
        Line("good", page, fine=True),
        Line("missing", None),
        Line("empty", b""),
        Line("packed.gz", gzip.compress(page), fine=True),
        Line("torn.gz", gzip.compress(page)[:400]),
        Line("bomb.gz", bad.gzip_bomb()),
        Line("deep", bad.nested_divs()),
        Line("pdf", bad.pdf()),
        Line("zeros", b"\x00" * 10_000),
        Line("noise", bytes(range(256)) * 400),
        Line("blocked", decoys.CHALLENGE.encode()),
        Line("nul", bad.with_nul_bytes(page), fine=True),
        Line("last", page, fine=True),
    ]


def write_batch(folder: Path, every: list[Line]) -> Path:
    rows = []
    for line in every:
        name = f"{line.name}.html" if not line.name.endswith(".gz") else line.name.replace(".gz", ".html.gz")
        if line.content is not None:
            (folder / name).write_bytes(line.content)
        rows.append({"id": line.name, "url": f"https://example.org/{line.name}", "html_path": name})
    batch = folder / "batch.jsonl"
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return batch


def test_a_batch_gives_one_line_for_each_line_in_its_order(
    command: Command, story: Story, tmp_path: Path
) -> None:
    every = lines(story)
    run = command.run("extract", "--batch", str(write_batch(tmp_path, every)), timeout=80)
    answers: list[Record] = [json.loads(line) for line in run.out.splitlines()]

    assert run.code == 0, run.err
    assert [answer["id"] for answer in answers] == [line.name for line in every]
    for line, answer in zip(every, answers, strict=True):
        if line.fine:
            assert "error" not in answer, answer
            assert word_f1(answer["text"], story.text) >= 0.98, line.name
        else:
            assert set(answer) == {"id", "error"}, line.name
            assert answer["error"].strip()


def test_lines_that_are_no_lines_are_answered_in_their_place(
    command: Command, story: Story, tmp_path: Path
) -> None:
    batch = write_batch(tmp_path, [Line("good", page_of(story), fine=True)])
    good = batch.read_text("utf-8")
    batch.write_text(f'{good}not json\n{{"id": 7}}\n[]\n{good}', encoding="utf-8")

    answers = [json.loads(line) for line in command.run("extract", "--batch", str(batch)).out.splitlines()]

    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    assert answers[2]["id"] == 7


def test_pages_that_give_nothing_are_told_on_stderr_each_by_its_name(
    command: Command, tmp_path: Path
) -> None:
    contents = {"empty": b"", "zeros": b"\x00" * 5000, "pdf": bad.pdf(), "tag": b"<p>"}
    files = [tmp_path / f"{name}.html" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        file.write_bytes(content)
    run = command.run("extract", *map(str, files))
    assert run.code == 1
    assert run.out == ""
    assert [file.name for file in files if file.name not in run.err] == []


def test_a_file_that_is_not_there_is_told(command: Command) -> None:
    run = command.run("extract", "nowhere.html")
    assert run.code in {1, 2}
    assert "nowhere.html" in run.err


def test_a_canonical_link_to_another_site_is_not_believed(
    command: Command, tmp_path: Path, story: Story
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(chrome.article(story, "https://elsewhere.example/else", STYLE))
    run = command.run("extract", str(page), "--url", "https://example.org/a?utm_source=x")
    assert run.json["canonical_url"] == "https://example.org/a"
    assert len(run.json["raw_sha256"]) == 64
    assert run.json["id"] is None


def test_a_line_of_a_batch_that_is_no_text_has_its_error_and_the_others_their_answer(
    command: Command, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b'{"id": "\xff", "html_path": "a"}\n{"id": "b", "html_path": "missing.html"}\n')
    answers = [json.loads(line) for line in command.run("extract", "--batch", str(batch)).out.splitlines()]
    assert [answer["id"] for answer in answers] == [None, "b"]
    assert all("error" in answer for answer in answers)


def test_an_export_follows_a_link_and_leaves_it_one(command: Command, tmp_path: Path) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    write_outlet(outlets, OUTLET | {"discover": [{"feed": "http://127.0.0.1:9/feed"}]})
    command.crawl(code=3)
    link, target = tmp_path / "link.csv", tmp_path / "target.csv"
    link.symlink_to(target)
    assert command.run("export", "--format", "csv", "--output", str(link)).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("id,outlet,")
