"""Hosts that misbehave: every page ends as it should, in bounded time and memory, and nobody else suffers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import LOOPBACK, Command, Page, Record, Run
from tests.acceptance.measure import Peak, watched, word_f1
from tests.site import cases, discovery
from tests.site import misbehave as bad
from tests.site.cases import Case, Desk
from tests.site.discovery import Entry
from tests.site.outlets import write_outlet
from tests.site.plans import PLANS
from tests.site.server import Behaviour, Server, Site, answer
from tests.site.world import build

ROBOTS = "User-agent: *\nDisallow: /forbidden/\n"
LARGEST_MB = 700


def outlet_file(site: Site, **changes: object) -> Record:
    """Return the file of an outlet with a feed at /feed and its articles below /news/."""
    return {
        "id": site.name,
        "name": f"The {site.name}",
        "kind": "newspaper",
        "home": site.url("/"),
        "languages": ["en"],
        "country": "INT",
        "discover": [{"feed": site.url("/feed")}],
        "articles": {"include": ["^/news/"]},
        "politeness": {"delay": 0, "concurrency": 16},
        **changes,
    }


def serve(site: Site, every: list[Case], robots: str = ROBOTS) -> None:
    """Put cases on a site, with a feed that offers them all."""
    now = datetime.now(UTC)
    writer = cases.desk(site).story
    entries = [
        Entry(site.url(c.path), replace(c.story or writer(c.name), title=c.name, published=now))
        for c in every
    ]
    site.pages = {
        "/robots.txt": answer(robots, "text/plain"),
        "/feed": answer(discovery.rss(site.name, site.url(), entries), "application/rss+xml"),
        **{c.path: c.behave for c in every},
    }


@dataclass(frozen=True, slots=True)
class Odd:
    """One crawl of a site with every quick misbehaviour on it, beside a healthy one."""

    server: Server
    cases: Mapping[str, Case]
    command: Command
    run: Run
    peak: Peak
    records: list[Record]

    @property
    def pages(self) -> dict[str, Page]:
        """The pages of the misbehaving site, by case."""
        found = {page.url.rpartition("/")[2]: page for page in self.command.pages() if page.outlet == "odd"}
        return {name: found[name] for name in self.cases if name in found}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    folder = tmp_path_factory.mktemp("misbehaviour")
    with Server() as server:
        site, tripwire = server.site("odd"), server.site("tripwire", "::1")
        desk: Desk = cases.desk(site)
        every = [
            *cases.odd_but_good(desk),
            *cases.broken_transfers(desk),
            *cases.wrong_ways(desk, tripwire),
            *cases.no_articles(desk),
            *cases.heavy(desk),
        ]
        serve(site, every)
        healthy = build(server, datetime.now(UTC), plans=[plan for plan in PLANS if plan.id == "ministry"])
        outlets = healthy.write_catalogue(folder / "outlets")
        write_outlet(outlets, outlet_file(site))
        command = Command(folder / "data", outlets)
        with command.started("crawl", "--json") as process, watched(process.pid) as peak:
            began = datetime.now(UTC)
            out, err = process.communicate(timeout=100)
        run = Run(process.returncode, out, err, (datetime.now(UTC) - began).total_seconds())
        assert "Traceback" not in err, err
        yield Odd(server, {case.name: case for case in every}, command, run, peak, command.export())


def test_every_misbehaving_page_ends_in_the_outcome_it_should(odd: Odd) -> None:
    ended = {name: page.outcome for name, page in odd.pages.items()}
    assert ended.keys() == odd.cases.keys()
    wrong = {
        name: f"{outcome} ({odd.pages[name].detail}), not {' or '.join(sorted(odd.cases[name].outcomes))}"
        for name, outcome in ended.items()
        if outcome not in odd.cases[name].outcomes
    }
    assert wrong == {}


def test_every_failure_says_in_words_what_happened(odd: Odd) -> None:
    assert [n for n, page in odd.pages.items() if page.outcome.startswith("failed") and not page.detail] == []


def test_the_text_of_an_odd_page_is_right_where_it_can_be_had(odd: Odd) -> None:
    texts = {r["title"]: r["text"] for r in odd.records if r["outlet"] == "odd"}
    scores = {
        name: round(word_f1(texts.get(case.story.title, ""), case.story.text), 3)
        for name, case in odd.cases.items()
        if case.story and odd.pages[name].outcome == "new"
    }
    assert {name: score for name, score in scores.items() if score < 0.95} == {}


def test_nothing_that_is_no_character_is_stored(odd: Odd) -> None:
    assert [r["url"] for r in odd.records if any(c in str(r) for c in ("\x00", "\ufffd"))] == []


def test_bad_pages_cost_bounded_time_and_memory(odd: Odd) -> None:
    assert odd.run.seconds < 60
    assert odd.peak.largest < LARGEST_MB


def test_an_outlet_with_bad_pages_was_looked_at_all_the_same(odd: Odd) -> None:
    assert odd.run.code == 0, odd.run.err
    look = odd.run.outlets["odd"]
    assert look["looked"] is True
    assert look["found"] == len(odd.cases)
    assert sum(look["pages"].values()) == len(odd.cases)


def test_the_outlet_beside_it_is_untouched(odd: Odd) -> None:
    look = odd.run.outlets["ministry"]
    assert (look["new"], look["failed"], look["problems"]) == (4, 0, [])


def test_no_request_goes_where_none_may_go(odd: Odd) -> None:
    assert odd.server.log.visits("tripwire") == []
    assert odd.server.log.visits("odd", "/forbidden/") == []


def test_retries_are_few(odd: Odd) -> None:
    often = {t: n for t, n in odd.server.log.paths("odd").items() if n > (12 if "redirect" in t else 6)}
    assert often == {}


def test_at_most_as_many_requests_at_once_as_the_outlet_allows(odd: Odd) -> None:
    assert max(visit.at_once for visit in odd.server.log.visits("odd")) <= 16


def unusable_feeds() -> dict[str, Behaviour]:
    """Return answers at the feed address that are no feed, by name."""
    return {
        "html": answer("<!DOCTYPE html><html><body><h1>Our feeds have moved</h1></body></html>"),
        "empty": answer(b"", "application/rss+xml"),
        "down": bad.refuses(500),
        "gone": bad.refuses(404),
        "loop": bad.redirect_loop,
        "private": bad.redirect("http://169.254.169.254/feed"),
        "garbage": answer(bytes(range(256)) * 64, "application/rss+xml"),
        "huge": bad.endless,
        "cut": bad.closes_midway(b"<rss>" + b" " * 5000),
    }


def test_outlets_that_cannot_be_looked_at_are_explained_and_give_exit_3(tmp_path: Path) -> None:
    with Server() as server:
        outlets = tmp_path / "outlets"
        outlets.mkdir()
        for name, behave in unusable_feeds().items():
            site = server.site(f"bad-{name}")
            serve(site, [])
            site.put("/feed", behave)
            write_outlet(outlets, outlet_file(site))
        for kind, key in (("wordpress", "api"), ("sitemap", "sitemap")):
            site = server.site(f"bad-{kind}")
            site.put("/feed", "<h1>Hello</h1>")
            discover = [{key: site.url("/feed"), **({"type": kind} if key == "api" else {})}]
            write_outlet(outlets, outlet_file(site, discover=discover))
        closed = server.site("bad-robots")
        serve(closed, cases_of(closed))
        closed.put("/robots.txt", bad.refuses(503))
        write_outlet(outlets, outlet_file(closed))
        fine = server.site("fine")
        serve(fine, cases_of(fine))
        write_outlet(outlets, outlet_file(fine))

        run = Command(tmp_path / "data", outlets).crawl(code=3)

        failing = {name: look for name, look in run.outlets.items() if name.startswith("bad-")}
        assert len(failing) == 12
        assert [name for name, look in failing.items() if look["looked"] or look["new"]] == []
        assert [
            name for name, look in failing.items() if not all(p.strip() for p in look["problems"] or [""])
        ] == []
        assert (run.outlets["fine"]["looked"], run.outlets["fine"]["new"]) == (True, 1)
        assert {v.path for v in server.log.visits("bad-robots")} == {"/robots.txt"}, (
            "5xx at robots.txt forbids all"
        )


def cases_of(site: Site) -> list[Case]:
    """Return one well-behaved case, written for this site alone."""
    return [cases.desk(site, seed=site.port).good("plain", answer)]


def test_documents_that_are_broken_but_readable_are_read(tmp_path: Path) -> None:
    with Server() as server:
        outlets = tmp_path / "outlets"
        outlets.mkdir()
        for name, key in (
            ("unclosed", "feed"),
            ("cycle", "sitemap"),
            ("truncated", "sitemap"),
            ("theft", "feed"),
            ("laughs", "feed"),
        ):
            site = server.site(name)
            serve(site, cases_of(site))
            site.pages = {**site.pages, **readable(name, site)}
            write_outlet(outlets, outlet_file(site, discover=[{key: site.url("/feed")}]))

        run = Command(tmp_path / "data", outlets).crawl()

        assert {name: look["new"] for name, look in run.outlets.items()} == dict.fromkeys(run.outlets, 1)
        assert sum(server.log.paths("cycle").values()) <= 6


def readable(name: str, site: Site) -> dict[str, Behaviour]:
    """Return the pages of a site whose discovery document is broken and still of use."""
    page, feed = site.url("/news/plain"), site.url("/feed")
    entry = f"<item><title>Half & half</title><link>{page}</link></item>"
    made: dict[str, str | bytes] = {
        "unclosed": f"<rss version='2.0'><channel><title>News</title>{entry}<item><title>Cut",
        "cycle": discovery.sitemap_index([feed, site.url("/other"), feed]),
        "truncated": discovery.sitemap([(page, datetime.now(UTC))]).removesuffix(b"</urlset>")
        + b"<url><loc>http",
        "theft": bad.stealing_feed(page),
        "laughs": bad.laughing_feed(page),
    }
    pages = {"/feed": answer(made[name], "application/xml")}
    if name == "cycle":
        pages["/other"] = answer(discovery.sitemap([(page, datetime.now(UTC))]), "application/xml")
    return pages


def test_answers_that_take_for_ever_are_given_up(tmp_path: Path) -> None:
    with Server() as server:
        site, fine = server.site("slow"), server.site("fine")
        every = list(cases.slow(cases.desk(site)))
        serve(site, every)
        serve(fine, cases_of(fine))
        outlets = tmp_path / "outlets"
        outlets.mkdir()
        for one in (site, fine):
            write_outlet(outlets, outlet_file(one))
        command = Command(tmp_path / "data", outlets, LOOPBACK, {"WIREWATCH_ANSWER_SECONDS": "1.5"})

        run = command.crawl()

        assert (
            run.seconds < 55
        )  # without a limit it would take for ever; the rest is how busy this machine is
        assert {p.outcome for p in command.pages() if p.outlet == "slow"} == {"failed:timeout"}
        assert run.outlets["fine"]["new"] == 1
