"""A whole crawl: many outlets, a few at a time, and how it stops."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spiders.crawl import CrawlOptions, crawl
from spiders.report import LookBegan, LookDone
from tests.integration.spiders.fakes import Looker, outlet
from tests.integration.spiders.hosts import Host, Raw, Reply, World, page, rss

ROOT = Path(__file__).parents[3]
PROGRAM = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("tests.integration.spiders.crawl_once", run_name="__main__")
"""


@contextmanager
def crawling(*feeds: str, page_seconds: float = 0, delay: float = 0) -> Iterator[subprocess.Popen[str]]:
    """A crawl in a process of its own, where any warning about what was left open is an error."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(ROOT)]
    process = subprocess.Popen(
        [*command, str(page_seconds), str(delay), *feeds],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[dict[str, Any], str]:
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    return json.loads(out), err


def wait_until_asked(host: Host, path: str) -> None:
    deadline = time.monotonic() + 20
    while path not in host.asked():
        assert time.monotonic() < deadline, host.asked()
        time.sleep(0.02)


def site(world: World, pages: int, seconds: float = 0) -> Host:
    host = world.host({f"/{n}": Reply(page(str(n)).body, seconds=seconds) for n in range(pages)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(pages)))
    return host


def test_a_crawl_looks_at_every_outlet_and_leaves_nothing_open(world: World) -> None:
    hosts = [site(world, 3) for _ in range(4)]
    gone = world.host()
    with crawling(*(h.url("/rss") for h in [*hosts, gone])) as process:
        told, err = ended(process)
    assert told["looks"] == [*([f"o{n}", 3, 3, 0, 0] for n in range(4)), ["o4", 0, 0, 0, 0]]
    assert not told["interrupted"]
    assert err == ""


def test_a_crawl_can_be_repeated_in_one_process(world: World) -> None:
    host, looker = site(world, 2), Looker()
    one = outlet("one", {"feed": host.url("/rss")})
    first = crawl([one], looker.open, CrawlOptions())
    second = crawl([one], looker.open, CrawlOptions())
    assert (first.looks[0].new, second.looks[0].new, second.looks[0].known) == (2, 0, 2)


def test_no_more_looks_run_at_once_than_were_asked_for(world: World) -> None:
    looker = Looker()
    outlets = [outlet(f"o{n}", {"feed": site(world, 1, 0.05).url("/rss")}) for n in range(5)]
    crawl(outlets, looker.open, CrawlOptions(concurrent_looks=2))
    running = most = 0
    for event in looker.events:
        running += isinstance(event, LookBegan) - isinstance(event, LookDone)
        most = max(most, running)
    assert most == 2


def test_a_signal_ends_a_crawl_soon_and_what_is_not_done_stays_pending(world: World) -> None:
    host, second, third = site(world, 40), site(world, 2), site(world, 2)
    feeds = [h.url("/rss") for h in (host, second, third)]
    with crawling(*feeds, page_seconds=0.2, delay=0.1) as process:
        wait_until_asked(host, "/5")
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        told, err = ended(process)
    assert time.monotonic() - began < 6
    assert told["interrupted"]
    assert err == ""
    _, found, new, failed, left = next(look for look in told["looks"] if look[0] == "o0")
    assert (found, failed) == (40, 0)
    assert new + left == 40
    stored = [u for u in told["stored"] if u.startswith(host.url("/"))]
    pending = [u for u in told["pending"] if u.startswith(host.url("/"))]
    assert (len(stored), len(pending)) == (new, left)
    assert sorted(stored + pending) == sorted(host.url(f"/{n}") for n in range(40))
    assert 5 < new < 40


def test_a_signal_ends_a_crawl_that_hangs(world: World) -> None:
    @Raw
    async def never(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    host = site(world, 3)
    host.routes |= {f"/{n}": never for n in range(3)}
    with crawling(host.url("/rss")) as process:
        wait_until_asked(host, "/0")
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        told, err = ended(process)
    assert time.monotonic() - began < 8
    assert (told["interrupted"], told["stored"], len(told["pending"])) == (True, [], 3)
    assert err == ""


def test_a_second_signal_ends_the_process_at_once(world: World) -> None:
    host = site(world, 20)
    with crawling(host.url("/rss"), page_seconds=30) as process:
        wait_until_asked(host, "/1")
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 128 + signal.SIGINT
