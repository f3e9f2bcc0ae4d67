"""The index of copies at its full size, measured: look-ups, bytes and opening among a million texts.

usage: nice .venv/bin/python benchmarks/lookup.py [--texts N] [--keep FILE] [--json]

N (1,000,000) made-up texts of 400 words are put under their fingerprints, straight into the table of a
SQLite store: one in twenty is made to share nine tenths of them with another. Then articles are kept through
the store as a crawl keeps them, one by one: some that share nothing with any, and copies (edited ones, and
excerpts) of articles that were kept before. What is timed is finding the copies (`storage.copying.take_up`:
tokens, fingerprints, look-up, comparison, putting it under its own) and keeping as a whole. CPU is process
time; a reading transaction of its own repeats the look-up alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pipeline.dedup.candidates import ranked
from pipeline.dedup.fingerprints import fingerprints
from pipeline.normalise import content_sha256, tokens
from pipeline.records import Article, Candidate, Deed, Duplicate, New
from storage import copying, index, keeping
from storage.store import SqlStore

TEXTS = 1_000_000
WORDS = 400
HASHES = 46
"""Fingerprints of a text of 400 words: 2 in 17 runs."""
NEAR = 20
PIECE = 100_000
TRIED = 300
START = datetime(2026, 1, 1, tzinfo=UTC)


def fill(path: Path, texts: int, chance: random.Random) -> None:
    """Put made-up texts under their fingerprints, sorted by hash in pieces, as bulk loads go."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-262144")
    for start in range(0, texts, PIECE):
        rows = sorted(_rows(range(start, min(texts, start + PIECE)), chance))
        with connection:
            connection.executemany("INSERT OR IGNORE INTO fingerprint VALUES (?, ?)", rows)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _rows(numbers: Sequence[int], chance: random.Random) -> Iterator[tuple[int, int]]:
    before: list[int] = []
    for number in numbers:
        hashes = [chance.getrandbits(48) for _ in range(HASHES)]
        if before and number % NEAR == 0:
            hashes[: HASHES * 9 // 10] = before[: HASHES * 9 // 10]
        before = hashes
        yield from ((value, 10_000_000 + number) for value in hashes)


def bytes_of(path: Path) -> int:
    """Return the bytes that the table of fingerprints takes."""
    connection = sqlite3.connect(path)
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    connection.close()
    return int(pages * size)


def prose(chance: random.Random) -> str:
    """Return a text of 400 made-up words in ten paragraphs."""
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(WORDS)]
    return "\n".join(" ".join(words[n : n + 40]).capitalize() + "." for n in range(0, WORDS, 40))


SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]


def edited(text: str, chance: random.Random) -> str:
    """Return a text with one word in thirty replaced."""
    lines = [line.split(" ") for line in text.split("\n")]
    return "\n".join(" ".join("so" if chance.random() < 1 / 30 else word for word in line) for line in lines)


def excerpt(text: str) -> str:
    """Return the first third of a text."""
    return "\n".join(text.split("\n")[:4])


def article(number: int, text: str) -> Deed:
    """Return what a crawl hands to the store."""
    url = f"https://outlet{number % 50}.example.org/{number}"
    at = START + timedelta(seconds=number % 1_000_000)
    one = Article(
        outlet=f"outlet{number % 50}", outlet_kind="newspaper", key=url, url=url, canonical_url=url,
        title=text[:60], summary="", text=text, language="en", authors=(), published=None, modified=None,
        credits=(), origin_url=None, origin_name=None, fetched_at=at, content_sha256=content_sha256(text),
        raw_sha256=sha256(text.encode()).hexdigest(), word_count=WORDS, extractor="lookup", keys=(url,),
        addresses=(url,),
    )  # fmt: skip
    return Deed(Candidate(one.outlet, url, url, "feed"), one, at)


class Timed:
    """Wraps a function and notes the CPU and wall milliseconds of each call."""

    def __init__(self, function: Callable[..., bool]) -> None:
        self.function = function
        self.cpu: list[float] = []
        self.wall: list[float] = []

    def __call__(self, *args: object, **named: object) -> bool:
        cpu, wall = time.process_time(), time.perf_counter()
        answer = self.function(*args, **named)
        self.cpu.append(1000 * (time.process_time() - cpu))
        self.wall.append(1000 * (time.perf_counter() - wall))
        return answer


def main() -> None:
    """Fill, open, look up, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=TEXTS, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="fill FILE, or use it if it is filled")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "store.db"
        if not path.exists():
            SqlStore.open(f"sqlite:///{path}").close()
            empty, began = bytes_of(path), time.perf_counter()
            fill(path, options.texts, chance)
            print(f"filled in {time.perf_counter() - began:.0f} s")
            size = (bytes_of(path) - empty) / options.texts
        else:
            size = bytes_of(path) / options.texts
        result = {"texts": options.texts, "bytes_a_text": round(size)} | measured(path, chance)
    lines = [f"{name:32} {value}" for name, value in result.items()]
    print(json.dumps(result, indent=1) if options.json else "\n".join(lines))


def measured(path: Path, chance: random.Random) -> dict[str, float]:
    """Return the seconds of opening and the milliseconds of each way of looking up."""
    began = time.perf_counter()
    store = SqlStore.open(f"sqlite:///{path}")
    store.known("none", ["none"], START)
    opening = time.perf_counter() - began
    run = random.Random(time.time_ns())  # noqa: S311 - new texts at each run on a file that is kept
    texts = [prose(run) for _ in range(TRIED)]
    serial = time.time_ns() // 1000 % 10**12
    copies = [edited(text, chance) if n % 2 else excerpt(text) for n, text in enumerate(texts)]
    taken: dict[str, Timed] = {}
    kept: dict[str, Timed] = {}
    for name, batch, wanted in (("no candidate", texts, New), ("one candidate", copies, Duplicate)):
        taken[name] = Timed(copying.take_up)
        kept[name] = Timed(lambda deed: store.keep([deed])[0])  # type: ignore[arg-type, return-value]
        keeping.take_up = taken[name]  # type: ignore[assignment] - to time the very call that a crawl makes
        for n, text in enumerate(batch):
            outcome = kept[name](article(serial + n + (TRIED if name == "one candidate" else 0), text))
            assert isinstance(outcome, wanted), outcome
    keeping.take_up = copying.take_up
    alone = Timed(lambda text: _look_up(store, text))
    for text in [prose(run) for _ in range(TRIED)]:
        alone(text)
    store.close()
    figures = {"opening_s": round(opening, 3), "lookup_alone_cpu_ms": _median(alone.cpu)}
    for what, measured_ones in (("find copies", taken), ("keep", kept)):
        for name, times in measured_ones.items():
            figures[f"{what}, {name}: cpu ms"] = _median(times.cpu)
            figures[f"{what}, {name}: wall ms"] = _median(times.wall)
    return figures


def _look_up(store: SqlStore, text: str) -> bool:
    with store._database.reading("looking up") as connection:  # noqa: SLF001
        mine = fingerprints(tokens(text))
        return bool(ranked(index.Fingerprints(connection).postings(mine), mine))


def _median(times: Sequence[float]) -> float:
    return round(statistics.median(times), 2)


if __name__ == "__main__":
    main()
