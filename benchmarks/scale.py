"""How cost grows: with outlets, with articles held, with the size of pages.

usage: nice .venv/bin/python benchmarks/scale.py [--outlets N,N] [--held N,N] [--kilobytes N,N] [--json]

Outlets: what a look costs that finds nothing new (`idle.py`), for so many outlets watched at once.
Articles held: what keeping one costs, in batches of 8 as a busy crawl makes them, in a SQLite store with
the fingerprints of so many made-up texts (`lookup.py`), by far its largest table.
Kilobytes: what reading a made-up page costs (`pipeline.pagework`), whose text grows with it.
CPU milliseconds all three, one process.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import idle
import lookup

from config.outlet import Outlet
from pipeline.pagework import read_with_traits
from pipeline.records import Article, Candidate, Deed, Page
from pipeline.traits import traits_of
from storage.store import SqlStore

KEPT = 400
BATCH = 8
READ = 15


def with_outlets(counts: Sequence[int]) -> dict[int, float]:
    """Return the milliseconds of a look that finds nothing, by outlets watched."""
    return {count: idle.figures(count, 1, 5, 0, same=False)["cpu_ms_per_look"] for count in counts}


def with_articles(counts: Sequence[int]) -> dict[int, dict[str, float]]:
    """Return the milliseconds of keeping an article and the bytes of the file, by texts held."""
    return {count: _keeping(count) for count in counts}


def _keeping(held: int) -> dict[str, float]:
    chance = random.Random(7)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        SqlStore.open(f"sqlite:///{path}").close()
        lookup.fill(path, held, chance)
        store = SqlStore.open(f"sqlite:///{path}")
        deeds = [_made(lookup.article(n, lookup.prose(chance))) for n in range(KEPT)]
        store.keep(deeds[:BATCH])
        used = time.process_time()
        for at in range(BATCH, KEPT, BATCH):
            store.keep(deeds[at : at + BATCH])
        spent = time.process_time() - used
        store.close()
        return {
            "keep_cpu_ms": round(1000 * spent / (KEPT - BATCH), 2),
            "file_mb": round(path.stat().st_size / 1e6, 1),
        }


def _made(deed: Deed) -> Deed:
    """Add what a worker makes of an article."""
    assert isinstance(deed.result, Article)
    return replace(deed, result=replace(deed.result, traits=traits_of(deed.result)))


def with_size(kilobytes: Sequence[int]) -> dict[int, float]:
    """Return the milliseconds of reading a page, by its size before packing."""
    outlet = Outlet.model_validate(
        {
            "id": "scale", "name": "Scale", "kind": "newspaper", "home": "https://example.org/",
            "languages": ["en"], "country": "GB", "timezone": "Europe/London",
            "discover": [{"feed": "https://example.org/feed.xml"}],
        }
    )  # fmt: skip
    _read(outlet, 10)
    return {size: _read(outlet, size) for size in kilobytes}


def _read(outlet: Outlet, kilobytes: int) -> float:
    chance = random.Random(kilobytes)  # noqa: S311 - no secret
    times = []
    for number in range(READ):
        page = _page(f"https://example.org/{number}", chance, kilobytes)
        used = time.process_time()
        read_with_traits(page, outlet, None)
        times.append(1000 * (time.process_time() - used))
    return round(statistics.median(times), 1)


def _page(url: str, chance: random.Random, kilobytes: int) -> Page:
    """Make a page of which a tenth is text, and the rest menus, cards and scripts."""
    size = 1024 * kilobytes
    text = ""
    while len(text) < size / 10:
        text += f"<p>{lookup.prose(chance)[:600]}</p>"
    card = '<li class="card"><a href="/n/{0}"><span class="title">{1}</span></a><time>2026-01-01</time></li>'
    rest: list[str] = []
    while sum(map(len, rest)) < size / 2:
        rest.append(card.format(chance.getrandbits(32), " ".join(chance.choices(lookup.SYLLABLES, k=8))))
    script = "var a=" + json.dumps([chance.getrandbits(30) for _ in range(int(size * 0.4 / 12))])
    body = (
        f"<html><head><title>{lookup.prose(chance)[:60]}</title><script>{script}</script></head><body><nav>"
        f"<ul>{''.join(rest)}</ul></nav><main><article><h1>{lookup.prose(chance)[:60]}</h1>{text}</article>"
        "</main></body></html>"
    ).encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Page(Candidate("scale", url, url, "feed"), url, 200, headers, body, lookup.START)


def main() -> None:
    """Measure what was asked for, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--outlets", default="50,200,800", metavar="N,N")
    parser.add_argument("--held", default="1000,100000,1000000", metavar="N,N")
    parser.add_argument("--kilobytes", default="30,120,480,1920", metavar="N,N")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, dict[Any, Any]] = {
        "idle look, CPU ms, by outlets": with_outlets(_numbers(options.outlets)),
        "keeping an article, by articles held": with_articles(_numbers(options.held)),
        "reading a page, CPU ms, by kilobytes": with_size(_numbers(options.kilobytes)),
    }
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        if figures:
            print(name, *(f"{key:>12,}  {value}" for key, value in figures.items()), sep="\n")


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(",") if one]


if __name__ == "__main__":
    main()
