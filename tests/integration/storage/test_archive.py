"""The WARC archive, on a real disk: read back by warcio, torn, damaged, full, shared."""

from __future__ import annotations

import gzip
import logging
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.errors import ArchiveError
from pipeline.records import Page, RecordRef
from storage.archive import WarcArchive
from tests.integration.storage.make import NOON, at, candidate

ROOT = Path(__file__).resolve().parents[3]
HTML = b"<html>" + b"The river rose again. " * 3000


def page(body: bytes = HTML, *headers: tuple[str, str], **changes: Any) -> Page:
    facts: dict[str, Any] = {
        "candidate": candidate(),
        "url": "https://wire.example.org/a",
        "status": 200,
        "headers": (("Content-Type", "text/html"), *headers),
        "body": body,
        "fetched_at": at(1.001),
    }
    return Page(**{**facts, **changes})


def opened(folder: Path, **options: Any) -> WarcArchive:
    return WarcArchive(folder, now=lambda: NOON, info={"software": "test/1"}, **options)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[WarcArchive]:
    one = opened(tmp_path)
    yield one
    one.close()


def records(path: Path) -> list[Any]:
    """Read a segment with warcio, digests checked; each record with its body."""
    with path.open("rb") as file:
        return [(record, record.raw_stream.read()) for record in ArchiveIterator(file, check_digests="raise")]


def test_a_body_comes_back_as_it_came_over_the_wire(archive: WarcArchive, tmp_path: Path) -> None:
    wire = gzip.compress(HTML)
    bodies = [wire, HTML, b"", bytes(range(256))]
    headers = [(("Content-Encoding", "gzip"),), (), (), ()]
    refs = [archive.append(page(body, *extra)) for body, extra in zip(bodies, headers, strict=True)]
    assert [archive.read(ref) for ref in refs] == bodies, "readable while the segment is still written"
    archive.close()
    assert [opened(tmp_path).read(ref) for ref in refs] == bodies


def test_a_segment_is_what_other_tools_expect(archive: WarcArchive, tmp_path: Path) -> None:
    odd = [
        ("X-Odd", "a\r\nb, é"),
        ("Not A Name", "x"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "7"),
    ]
    hops = ("https://wire.example.org/1", "https://wire.example.org/2")
    ref = archive.append(page(HTML, *odd, redirects=hops, status=299, url="https://wire.example.org/é\n"))
    archive.close()
    [(info, about), (response, body), (metadata, fields)] = records(tmp_path / ref.file)
    assert info.rec_type == "warcinfo"
    assert b"software: test/1\r\n" in about
    assert b"reconstructed" in about
    assert response.rec_headers.get_header("WARC-Target-URI") == "https://wire.example.org/é"
    assert response.rec_headers.get_header("WARC-Date") == "2026-03-01T12:01:00.060000Z"
    assert response.rec_headers.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert response.http_headers.statusline == "299 Unknown"
    kept = [("Content-Type", "text/html"), ("X-Odd", "a b, %C3%A9"), ("Content-Length", str(len(HTML)))]
    assert response.http_headers.headers == kept
    assert body == HTML
    same = response.rec_headers.get_header("WARC-Record-ID")
    assert metadata.rec_headers.get_header("WARC-Concurrent-To") == same
    assert fields.decode().splitlines() == [
        "via: https://wire.example.org/2",
        "hopsFromSeed: RR",
        "redirect: https://wire.example.org/1",
        "redirect: https://wire.example.org/2",
    ]


def test_a_compressed_body_is_not_compressed_again(archive: WarcArchive) -> None:
    wire = gzip.compress(os.urandom(200_000))
    ref = archive.append(page(wire, ("Content-Encoding", "gzip")))
    assert len(wire) < ref.length < len(wire) + 2000
    assert archive.append(page(HTML)).length < len(HTML) / 10


def test_a_full_segment_is_closed_and_the_next_begun(tmp_path: Path) -> None:
    archive = opened(tmp_path, rotate_bytes=3000)
    refs = [archive.append(page(os.urandom(1500))) for _ in range(3)]
    archive.close()
    assert len({ref.file for ref in refs}) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted({ref.file for ref in refs})
    assert all(len(archive.read(ref)) == 1500 for ref in refs)


def test_two_archives_in_one_folder_never_share_a_segment(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    assert one.append(page()).file != other.append(page()).file
    one.close()
    other.close()
    assert not list(tmp_path.glob("*.open"))


def test_nothing_is_made_before_the_first_page(tmp_path: Path) -> None:
    archive = opened(tmp_path / "warc")
    archive.sync()
    archive.close()
    assert not (tmp_path / "warc").exists()


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        (lambda ref: RecordRef(ref.file, ref.offset + 1, ref.length), "no sound response"),
        (lambda ref: RecordRef(ref.file, 0, ref.offset), "no sound response"),
        (lambda ref: RecordRef(ref.file, ref.offset, ref.length - 30), "no sound response"),
        (lambda ref: RecordRef(ref.file, 1 << 40, ref.length), "no sound response"),
        (lambda ref: RecordRef("gone.warc.gz", ref.offset, ref.length), "No such file"),
        (lambda ref: RecordRef("../" + ref.file, ref.offset, ref.length), "not the name of a WARC segment"),
    ],
)
def test_a_reference_to_something_else_is_refused(archive: WarcArchive, ref: Any, words: str) -> None:
    right = archive.append(page())
    with pytest.raises(ArchiveError, match=words):
        archive.read(ref(right))


@pytest.mark.parametrize("compressed", [True, False])
def test_a_body_that_was_tampered_with_is_refused(
    archive: WarcArchive, tmp_path: Path, compressed: bool
) -> None:
    ref = archive.append(page(os.urandom(5000), *([("Content-Encoding", "gzip")] if compressed else [])))
    archive.close()
    with (tmp_path / ref.file).open("r+b") as file:
        file.seek(ref.offset + ref.length - 1000)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 255]))
    with pytest.raises(ArchiveError, match="no sound response"):
        archive.read(ref)


# --- crashes


def left_behind(folder: Path, bodies: list[bytes]) -> tuple[Path, list[RecordRef]]:
    """Leave a segment as a process that died leaves it."""
    archive = opened(folder)
    refs = [archive.append(page(body)) for body in bodies]
    archive.close()
    path = folder / (refs[0].file + ".open")
    (folder / refs[0].file).rename(path)
    return path, refs


@pytest.mark.parametrize("cut", [1, 8, 700, 1400])
def test_a_torn_record_is_cut_off_at_the_next_start(
    tmp_path: Path, cut: int, caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [os.urandom(1500) for _ in range(3)]
    path, refs = left_behind(tmp_path, bodies)
    os.truncate(path, path.stat().st_size - cut)
    with caplog.at_level(logging.WARNING):
        archive = opened(tmp_path)
    assert f"cut a torn record of {refs[2].length - cut} bytes" in caplog.text
    assert [archive.read(ref) for ref in refs[:2]] == bodies[:2]
    assert len(records(tmp_path / refs[0].file)) == 3
    with pytest.raises(ArchiveError, match="no sound response"):
        archive.read(refs[2])


def test_a_tail_that_was_never_written_to_the_disk_is_cut_off(tmp_path: Path) -> None:
    path, refs = left_behind(tmp_path, [HTML])
    with path.open("ab") as file:
        file.write(bytes(5000))
    archive = opened(tmp_path)
    assert archive.read(refs[0]) == HTML
    assert len(records(tmp_path / refs[0].file)) == 2


def test_a_whole_segment_left_behind_is_only_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, refs = left_behind(tmp_path, [HTML, b"x" * 300_000])
    before = path.read_bytes()
    assert opened(tmp_path).read(refs[1]) == b"x" * 300_000
    assert (tmp_path / refs[0].file).read_bytes() == before
    assert caplog.text == ""


def test_a_damaged_record_never_costs_the_ones_behind_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, refs = left_behind(tmp_path, [os.urandom(3000), HTML])
    with path.open("r+b") as file:
        file.seek(refs[0].offset + 100)
        file.write(bytes(200))
    archive = opened(tmp_path)
    assert "left as it is" in caplog.text
    assert archive.read(refs[1]) == HTML


def test_an_empty_segment_left_behind_is_removed(tmp_path: Path) -> None:
    (tmp_path / "wirewatch-x.warc.gz.open").touch()
    opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_segment_that_a_living_process_writes_is_left_alone(archive: WarcArchive, tmp_path: Path) -> None:
    archive.append(page())
    [path] = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(b"half a record")
    opened(tmp_path)
    assert path.read_bytes().endswith(b"half a record")


WRITER = """
import os, sys
from pathlib import Path
from tests.integration.storage.test_archive import opened, page
archive = opened(Path(sys.argv[1]))
while True:
    ref = archive.append(page(os.urandom(20_000)))
    archive.sync()
    print(ref.offset, ref.length, flush=True)
"""


def test_what_was_synced_survives_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(20)]
        writer.kill()
        lines += writer.stdout.read().splitlines()
    acknowledged = [tuple(map(int, line.split())) for line in lines if line.count(" ") == 1]
    archive = opened(tmp_path)
    [path] = tmp_path.iterdir()
    assert path.name.endswith(".warc.gz")
    for offset, length in acknowledged:
        assert len(archive.read(RecordRef(path.name, offset, length))) == 20_000
    assert len(records(path)) >= len(acknowledged) + 1


# --- the disk


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow over 20 kB: for a writer, the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_told_in_words_and_tears_nothing(tmp_path: Path) -> None:
    archive = opened(tmp_path)
    ref = archive.append(page(os.urandom(10_000)))
    with pytest.raises(ArchiveError, match=f"{tmp_path}: a page cannot be archived: File too large"):
        archive.append(page(os.urandom(30_000)))
    small = archive.append(page(b"small"))
    archive.close()
    assert archive.read(small) == b"small"
    assert len(records(tmp_path / ref.file)) == 3


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    archive = opened(tmp_path / "file" / "warc")
    with pytest.raises(ArchiveError, match="Not a directory"):
        archive.append(page())


def test_an_archive_may_be_moved(archive: WarcArchive, tmp_path: Path) -> None:
    ref = archive.append(page())
    archive.close()
    there = tmp_path / "there"
    there.mkdir()
    shutil.move(tmp_path / ref.file, there / ref.file)
    assert opened(there).read(ref) == HTML


def test_segments_are_named_by_the_time_they_were_begun(archive: WarcArchive) -> None:
    assert archive.append(page()).file == f"wirewatch-20260301T120000Z-{os.getpid()}-00001.warc.gz"
