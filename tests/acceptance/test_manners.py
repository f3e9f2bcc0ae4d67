"""What a host asks of its guests is done: robots.txt, delays, Retry-After; no private address is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.command import Command, Record, Run
from tests.acceptance.test_misbehaviour import outlet_file, serve
from tests.site import cases
from tests.site import misbehave as bad
from tests.site.cases import Case
from tests.site.outlets import write_outlet
from tests.site.server import Behaviour, Server, Site, Visit, answer

ALLOWING: dict[str, Behaviour] = {
    "robots-403": bad.refuses(403),
    "robots-404": bad.refuses(404),
    "robots-html": answer("<!DOCTYPE html><html><body><p>Welcome</p></body></html>"),
    "robots-loop": bad.redirect_loop,
    "robots-moved": bad.redirect_chain(2, answer("User-agent: *\nDisallow: /forbidden/\n", "text/plain")),
    "robots-huge": answer(b"User-agent: *\nDisallow: /forbidden/\n" + b"# nothing\n" * 200_000, "text/plain"),
    "robots-others": answer("User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "text/plain"),
    "robots-binary": answer(bytes(range(256)) * 10, "text/plain"),
}
"""Answers at /robots.txt that forbid nothing that we want (RFC 9309, 2.3.1)."""

FORBIDDING: dict[str, Behaviour] = {
    "robots-all": answer("User-agent: *\nDisallow: /\n", "text/plain"),
    "robots-us": answer("User-agent: wirewatch\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "text/plain"),
    "robots-feed": answer("User-agent: *\nDisallow: /feed\n", "text/plain"),
    "robots-500": bad.refuses(500),
}
"""Answers at /robots.txt that forbid all, or the feed."""

MOODY: dict[str, Callable[[bytes], Behaviour]] = {
    "retry-seconds": lambda page: bad.first(1, bad.refuses(429, "2"), answer(page)),
    "retry-date": lambda page: bad.first(1, bad.refuses_until(503, 3), answer(page)),
    "retry-nonsense": lambda page: bad.first(1, bad.refuses(503, "soon"), answer(page)),
}
"""Pages that come at the second time of asking."""


def good(site: Site, *names: str) -> list[Case]:
    desk = cases.desk(site, site.port)
    return [desk.good(name, answer) for name in names]


def folder_of(path: Path, *files: Record) -> Path:
    path.mkdir()
    for file in files:
        write_outlet(path, file)
    return path


@dataclass(frozen=True, slots=True)
class Visited:
    """One crawl of hosts that all ask for something."""

    server: Server
    run: Run
    looks: dict[str, Record]

    def visits(self, site: str) -> list[Visit]:
        """Return the requests of a site, robots.txt left out."""
        return [visit for visit in self.server.log.visits(site) if visit.path != "/robots.txt"]

    def shortest_gap(self, site: str) -> float:
        """Return the least number of seconds between the starts of two requests."""
        starts = sorted(visit.started for visit in self.visits(site))
        return min(later - earlier for earlier, later in pairwise(starts))


def outlets(server: Server) -> Iterator[Record]:
    """Set up the hosts and give their outlets."""
    for name, robots in {**ALLOWING, **FORBIDDING}.items():
        site = server.site(name)
        serve(site, good(site, "one"))
        site.put("/robots.txt", robots)
        yield outlet_file(site)
    for name, behaviour in MOODY.items():
        site = server.site(name)
        serve(site, [cases.desk(site, site.port).good("one", behaviour)])
        yield outlet_file(site)

    delaying = server.site("crawl-delay")
    serve(delaying, good(delaying, "one", "two", "three"), "User-agent: *\nCrawl-delay: 1\n")
    yield outlet_file(delaying)
    own = server.site("own-delay")
    serve(own, good(own, "one", "two"))
    yield outlet_file(own, politeness={"delay": 0.7, "concurrency": 4})
    shared = server.site("shared")
    serve(shared, good(shared, "one", "two"))
    polite = {"delay": 0.5, "concurrency": 1}
    yield outlet_file(shared, politeness=polite)
    yield outlet_file(shared, id="shared-too", politeness=polite)

    busy = server.site("busy")
    closed = cases.desk(busy).bad("closed", bad.refuses(429, "3600"), "failed:http-status")
    serve(busy, [closed, *good(busy, "one")])
    yield outlet_file(busy, politeness={"delay": 0, "concurrency": 1})
    baker = server.site("baker")
    cookie = [("Set-Cookie", "id=1; Path=/")]
    serve(
        baker,
        [cases.desk(baker, 3).good(name, lambda p: answer(p, headers=cookie)) for name in ("one", "two")],
    )
    yield outlet_file(baker, politeness={"delay": 0, "concurrency": 1})


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    folder = tmp_path_factory.mktemp("manners")
    with Server() as server:
        command = Command(folder / "data", folder_of(folder / "outlets", *outlets(server)))
        run = command.crawl(code=3)
        yield Visited(server, run, run.outlets)


def test_a_robots_txt_that_says_nothing_against_it_lets_us_in(visited: Visited) -> None:
    assert {name: visited.looks[name]["new"] for name in ALLOWING} == dict.fromkeys(ALLOWING, 1)


def test_a_robots_txt_that_forbids_us_is_obeyed_and_told(visited: Visited) -> None:
    for name in FORBIDDING:
        assert visited.visits(name) == []
        assert visited.looks[name]["looked"] is False
        assert "robots" in " ".join(visited.looks[name]["problems"])


def test_crawl_delay_holds_between_any_two_requests(visited: Visited) -> None:
    assert visited.looks["crawl-delay"]["new"] == 3
    assert len(visited.visits("crawl-delay")) == 4
    assert visited.shortest_gap("crawl-delay") >= 0.95


def test_the_outlets_own_delay_holds_too(visited: Visited) -> None:
    assert visited.looks["own-delay"]["new"] == 2
    assert visited.shortest_gap("own-delay") >= 0.65


def test_two_outlets_of_one_host_share_its_manners(visited: Visited) -> None:
    assert visited.looks["shared"]["looked"]
    assert visited.looks["shared-too"]["looked"]
    assert max(visit.at_once for visit in visited.visits("shared")) == 1
    assert visited.shortest_gap("shared") >= 0.45


def test_retry_after_is_waited_for(visited: Visited) -> None:
    for name in MOODY:
        first, second = (v.started for v in visited.server.log.visits(name, "/news/one"))
        assert second - first >= (0.0 if name == "retry-nonsense" else 1.9), name
        assert visited.looks[name]["new"] == 1


def test_a_host_that_asks_for_an_hour_is_left_alone_at_once(visited: Visited) -> None:
    assert visited.run.seconds < 55  # an hour is what it asked for; the rest is how busy this machine is
    assert len(visited.server.log.visits("busy", "/news/closed")) == 1
    assert visited.looks["busy"]["failed"] >= 1


def test_the_user_agent_says_who_we_are_and_nothing_else_is_told(visited: Visited) -> None:
    assert len(visited.visits("baker")) == 3
    for visit in visited.server.log.visits():
        sent = {key.lower(): value for key, value in visit.headers}
        assert sent["user-agent"].startswith("wirewatch/")
        assert "+" in sent["user-agent"]
        assert not {"cookie", "referer", "authorization"} & sent.keys()


def test_without_leave_no_private_address_is_asked_for_anything(tmp_path: Path) -> None:
    with Server() as server:
        four, six = server.site("four"), server.site("six", "::1")
        serve(four, good(four, "one"))
        serve(six, good(six, "two"))
        named = {"named": "localhost", "decimal": "2130706433", "mapped": "[::ffff:127.0.0.1]"}
        elsewhere = [
            outlet_file(four, id=name, discover=[{"feed": f"http://{host}:{four.port}/feed"}])
            for name, host in named.items()
        ]
        files = folder_of(tmp_path / "outlets", outlet_file(four), outlet_file(six), *elsewhere)

        looks = Command(tmp_path / "data", files, allow=()).crawl(code=3).outlets

        assert server.log.visits() == []
        assert [name for name, look in looks.items() if look["looked"] or not look["problems"]] == []


def test_leave_for_one_network_is_no_leave_for_another(tmp_path: Path) -> None:
    with Server() as server:
        six = server.site("six", "::1")
        serve(six, good(six, "one"))
        files = folder_of(tmp_path / "outlets", outlet_file(six))
        assert Command(tmp_path / "data", files).crawl(code=3).outlets["six"]["looked"] is False
        assert server.log.visits() == []


@pytest.mark.parametrize("network", ["169.254.0.0/16", "0.0.0.0/0", "127.0.0.0/33"])
def test_link_local_networks_are_never_allowed(tmp_path: Path, network: str) -> None:
    command = Command(tmp_path / "data", tmp_path, allow=("--allow-private-hosts", network))
    run = command.run("outlets", "list")
    assert run.code == 2
    assert "--allow-private-hosts" in run.err
