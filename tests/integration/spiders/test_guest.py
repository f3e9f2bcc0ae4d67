"""How we behave as guests: pace, Retry-After, robots.txt. Read from the log of the host."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random
from statistics import median

import pytest

from pipeline.looks import Trouble
from pipeline.records import Failed, Fault
from spiders.crawl import look, new_runner, shut_again
from spiders.gate import HostGate
from spiders.reactor import run
from spiders.report import LookReport
from spiders.services import LookOptions
from tests.integration.spiders.fakes import BOUNDS, NOW, Looker, outlet
from tests.integration.spiders.hosts import Hit, Host, Raw, Reply, World, page, redirect, robots, rss


def overlaps(hits: list[Hit]) -> list[tuple[str, str]]:
    return [(a.path, b.path) for a, b in pairwise(hits) if a.ended is None or b.began < a.ended]


def gaps(host: Host) -> list[float]:
    return [b.began - a.began for a, b in pairwise(host.hits)]


def test_two_looks_at_one_host_never_overlap_and_keep_the_longer_delay(world: World) -> None:
    host = world.host()
    for name in ("x", "y"):
        host.routes |= {f"/{name}{n}": Reply(b"<p>x</p>", seconds=0.05) for n in range(3)}
        host.routes[f"/{name}"] = rss(host, *(f"/{name}{n}" for n in range(3)))
    quick = outlet("x", {"feed": host.url("/x")}, politeness={"delay": 0, "concurrency": 8})
    slow = outlet("y", {"feed": host.url("/y")}, politeness={"delay": 0.2, "concurrency": 1})
    reports = Looker().look(slow, quick)
    assert [r.new for r in reports] == [3, 3]
    assert len(host.hits) == 9
    assert overlaps(host.hits) == []
    assert median(gaps(host)) > 0.19
    assert min(gaps(host)) > 0.15  # the server of a busy machine may note one request late


class Late(HostGate):
    """A gate behind which the way to the host takes long, the first time."""

    late = 0.3

    @asynccontextmanager
    async def slot(self, host: str, outlet: str = "") -> AsyncIterator[None]:
        async with super().slot(host, outlet):
            seconds, self.late = self.late, 0.0
            time.sleep(seconds)  # noqa: ASYNC251 - the loop is busy with something else
            yield


def test_the_delay_is_what_the_host_sees_however_long_a_request_takes_to_get_out(world: World) -> None:
    host = world.host({"/robots.txt": Reply(b"", 404)})
    host.routes["/rss"] = rss(host)
    looker = Looker()
    looker.services = replace(looker.services, gate=Late(Random(1)))
    looker.look(outlet("one", {"feed": host.url("/rss")}, politeness={"delay": 0.4, "concurrency": 1}))
    assert gaps(host)[0] > 0.38


def test_the_delay_begins_when_a_host_is_sure_to_have_seen_a_request(world: World) -> None:
    host = world.host({f"/{n}": Reply(b"<p>x</p>", seconds=0.3) for n in range(2)})
    host.routes["/rss"] = rss(host, "/0", "/1")
    Looker().look(outlet("one", {"feed": host.url("/rss")}, politeness={"delay": 0.2, "concurrency": 1}))
    assert gaps(host)[-1] > 0.48


async def hang_up(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.3)


def test_the_delay_begins_anew_when_a_host_hangs_up(world: World) -> None:
    host = world.host({"/0": Raw(hang_up)})
    host.routes["/rss"] = rss(host, "/0")
    looker = Looker(bounds=replace(BOUNDS, backoff=0))
    looker.look(outlet("one", {"feed": host.url("/rss")}, politeness={"delay": 0.2, "concurrency": 1}))
    tries = [hit.began for hit in host.hits if hit.path == "/0"]
    assert len(tries) == 3
    assert min(b - a for a, b in pairwise(tries)) > 0.48


def test_the_manners_of_an_outlet_hold_where_its_links_lead(world: World) -> None:
    other = world.host({f"/{n}": page(str(n)) for n in range(3)})
    host = world.host({f"/{n}": redirect(other.url(f"/{n}")) for n in range(3)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(3)))
    one = outlet("one", {"feed": host.url("/rss")}, politeness={"delay": 0.15, "concurrency": 1})
    [report] = Looker().look(one)
    assert report.new == 3
    assert len(other.hits) == 4
    assert median(gaps(other)) > 0.14
    assert min(gaps(other)) > 0.11


def test_a_concurrency_of_two_lets_two_requests_run_at_once(world: World) -> None:
    host = world.host({f"/{n}": Reply(b"<p>x</p>", seconds=0.2) for n in range(4)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(4)))
    one = outlet("one", {"feed": host.url("/rss")}, politeness={"delay": 0, "concurrency": 2})
    Looker().look(one)
    articles = host.hits[2:]
    running = [sum(1 for b in articles if b.began <= a.began < (b.ended or 0)) for a in articles]
    assert max(running) == 2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_by_everything_that_asks_the_host(world: World, status: int, form: str) -> None:
    wait = "1" if form == "seconds" else "Sat, 21 Nov 2026 12:00:01 GMT"
    asked = threading.Event()

    def first_busy(_: Hit) -> Reply:
        busy = not asked.is_set()
        asked.set()
        return Reply(status=status, headers=(("Retry-After", wait),)) if busy else page("A")

    host = world.host({"/a": first_busy, "/b": page("B")})
    host.routes["/rss"] = rss(host, "/a", "/b")
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert report.new == 2
    busy, after = next((a, b) for a, b in pairwise(host.hits) if a.path == "/a")
    assert after.began - busy.began > 0.95


def test_a_host_that_wants_to_be_left_alone_for_long_is_left_alone_at_once(world: World) -> None:
    host = world.host({"/a": Reply(status=429, headers=(("Retry-After", "3600"),)), "/b": page("B")})
    host.routes["/rss"] = rss(host, "/a", "/b", "/b2")
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert host.asked() == ["/rss", "/a"]
    assert report.failed == 3
    reasons = dict(looker.intake.refusals)
    assert reasons[host.url("/a")] == Failed(Fault.HTTP_STATUS, "429 Too Many Requests")
    assert "asked to be left alone for another 3,6" in reasons[host.url("/b")].detail


def test_a_host_that_says_429_without_a_time_is_asked_ever_less(world: World) -> None:
    host = world.host({f"/{n}": Reply(status=429) for n in range(5)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(5)))
    looker = Looker(max_wait=0.5)
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert report.failed == 5
    assert len(host.asked()) <= 6


def test_500_is_tried_three_times_with_growing_pauses(world: World) -> None:
    host = world.host({"/a": Reply(status=500)})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker(bounds=replace(BOUNDS, backoff=0.2))
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert host.asked() == ["/rss", "/a", "/a", "/a"]
    first, second = gaps(host)[2:]
    assert first >= 0.2
    assert second >= 0.4
    assert looker.intake.refusals == [
        (host.url("/a"), Failed(Fault.HTTP_STATUS, "500 Internal Server Error"))
    ]


def test_404_is_not_tried_again(world: World) -> None:
    host = world.host()
    host.routes["/rss"] = rss(host, "/gone")
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert host.asked() == ["/rss", "/gone"]
    assert looker.intake.refusals == [(host.url("/gone"), Failed(Fault.HTTP_STATUS, "404 Not Found"))]


def test_what_robots_txt_forbids_is_not_asked_for(world: World) -> None:
    host = world.host({"/a": page("A"), "/private/b": page("B")})
    host.routes |= {
        "/robots.txt": robots("User-agent: *\nDisallow: /\n\nUser-agent: WireWatch\nDisallow: /private/\n"),
        "/rss": rss(host, "/a", "/private/b"),
    }
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert (report.new, report.failed) == (1, 1)
    assert host.asked() == ["/rss", "/a"]
    [(url, why)] = looker.intake.refusals
    assert (url, why.reason) == (host.url("/private/b"), Fault.ROBOTS)


def test_a_discovery_that_robots_txt_forbids_is_a_problem_in_words(world: World) -> None:
    host = world.host({"/robots.txt": robots("User-agent: *\nDisallow: /rss")})
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert (host.asked(), report.looked) == ([], False)
    assert report.problems == (
        f"feed {host.url('/rss')}: the robots.txt of 127.0.0.1:{host.port} forbids /rss",
    )


def test_robots_txt_holds_for_the_target_of_a_redirect(world: World) -> None:
    other = world.host({"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/b": page("B")})
    host = world.host({"/a": redirect(other.url("/b"))})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert other.asked() == []
    assert looker.intake.refusals[0][1].reason is Fault.ROBOTS


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_robots_txt_is_in_trouble_is_left_alone(world: World, status: int) -> None:
    host = world.host({"/robots.txt": Reply(status=status), "/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert (host.asked(), report.looked) == ([], False)
    assert str(status) in report.problems[0]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_a_robots_txt_for_us_may_be_asked(world: World, status: int) -> None:
    host = world.host({"/robots.txt": Reply(b"User-agent: *\nDisallow: /", status=status), "/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert report.new == 1


def test_markup_in_the_place_of_robots_txt_forbids_nothing(world: World) -> None:
    host = world.host({"/robots.txt": Reply(b"<!doctype html>\nUser-agent: *\nDisallow: /"), "/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert report.new == 1


def test_robots_txt_is_found_behind_a_redirect_to_another_host(world: World) -> None:
    other = world.host({"/r": robots("User-agent: *\nDisallow: /a")})
    host = world.host({"/robots.txt": redirect(other.url("/r"), 301), "/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert host.asked() == ["/rss"]
    assert looker.intake.refusals[0][1].reason is Fault.ROBOTS


def test_robots_txt_behind_endless_redirects_counts_as_none(world: World) -> None:
    host = world.host({"/robots.txt": redirect("/1"), "/a": page("A")})
    host.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 20)}
    host.routes["/rss"] = rss(host, "/a")
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert report.new == 1
    assert host.asked(robots=True)[:6] == ["/robots.txt", "/1", "/2", "/3", "/4", "/5"]
    assert "/6" not in host.asked()


def test_robots_txt_is_asked_for_once_a_day_however_many_look(world: World) -> None:
    host = world.host({"/robots.txt": Reply(b"", 404, seconds=0.05)})
    host.routes["/rss"] = rss(host)
    outlets = [
        outlet(f"o{n}", {"feed": host.url("/rss")}, politeness={"delay": 0, "concurrency": 8})
        for n in range(4)
    ]
    looker = Looker()
    looker.look(*outlets)
    looker.now = NOW + timedelta(hours=23)
    looker.look(*outlets)
    assert host.asked(robots=True).count("/robots.txt") == 1
    looker.now = NOW + timedelta(hours=25)
    looker.look(*outlets)
    assert host.asked(robots=True).count("/robots.txt") == 2


def test_an_older_robots_txt_holds_on_while_the_host_is_in_trouble(world: World) -> None:
    host = world.host(
        {"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/a": page("A"), "/b": page("B")}
    )
    host.routes["/rss"] = rss(host, "/a")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    host.routes |= {"/robots.txt": Reply(status=500), "/rss": rss(host, "/a", "/b", "/c"), "/c": page("C")}
    looker.now = NOW + timedelta(days=2)
    [report] = looker.look(one)
    assert (report.new, report.failed) == (1, 1)
    assert looker.intake.refusals[-1][0] == host.url("/b")


def test_a_host_in_trouble_is_asked_for_its_robots_txt_again_soon_then_ever_more_seldom(world: World) -> None:
    host = world.host({"/robots.txt": Reply(status=500)})
    looker, one = Looker(bounds=replace(BOUNDS, retries=0)), outlet("one", {"feed": host.url("/rss")})
    asked = []
    for second in range(0, 3600, 10):
        looker.now = NOW + timedelta(seconds=second)
        before = len(host.hits)
        looker.look(one)
        asked += [second] * (len(host.hits) - before)
    assert asked == [0, 30, 90, 210, 450, 930, 1530, 2130, 2730, 3330]


def test_what_waits_at_a_host_that_is_down_keeps_its_attempts(world: World) -> None:
    host = world.host({"/a": Reply(status=500), "/b": page("B")})
    host.routes["/rss"] = rss(host, "/a", "/b")
    looker, one = Looker(bounds=replace(BOUNDS, retries=0)), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, limit=1)
    host.routes["/rss"] = Reply(status=503)
    for _ in range(3):
        [report] = looker.look(one)
        assert (report.looked, report.failed, report.left) == (False, 0, 1)
    host.routes["/rss"] = Reply(b"not found", 404)  # the host answers: what waits there can be asked for
    [report] = looker.look(one)
    assert (report.looked, report.new, report.left) == (False, 1, 0)
    assert host.asked().count("/b") == 1


@pytest.mark.parametrize(("status", "trouble"), [(503, Trouble.DOWN), (429, Trouble.BLOCKED)])
def test_what_a_host_in_trouble_is_not_asked_for_any_more_tells_of_the_same_trouble(
    world: World, status: int, trouble: Trouble
) -> None:
    busy = Reply(status=status, headers=(("Retry-After", "3600"),))
    host = world.host({"/rss": busy, "/more": busy})
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}, {"feed": host.url("/more")}))
    assert host.asked() == ["/rss"]
    assert [seen.trouble for seen in looker.intake.looks[0].seen] == [trouble, trouble]


def test_a_429_holds_over_a_restart_for_every_outlet_of_its_host(world: World) -> None:
    host = world.host({"/rss": Reply(status=429, headers=(("Retry-After", "3600"),)), "/other": page("B")})
    before = Looker()
    before.look(outlet("one", {"feed": host.url("/rss")}))
    [noted] = before.intake.looks
    assert noted.shut.keys() == {f"127.0.0.1:{host.port}"}
    after, asked = Looker(now=NOW + timedelta(minutes=50)), len(host.hits)

    async def start() -> LookReport:
        shut_again(noted.shut, after.services)
        other = outlet("other", {"feed": host.url("/other")})
        return await look(new_runner(after.services), other, after.services, LookOptions())

    assert "to be left alone for another" in run(start()).problems[0]
    assert len(host.hits) == asked


def test_the_crawl_delay_is_kept(world: World) -> None:
    host = world.host({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.3"), "/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert gaps(host)[1] > 0.29
