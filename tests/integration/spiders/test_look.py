"""What a look at an outlet does: what it fetches, what it leaves, and what it hands in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from config.outlet import Discovery
from pipeline.errors import StoreError
from pipeline.records import Candidate, Fault, outcome_name
from spiders import discovery
from spiders.offers import Answer, Document
from spiders.report import LookBegan, LookDone, PageDone, PagesPlanned
from tests.integration.spiders.fakes import BOUNDS, Looker, MemoryIntake, outlet
from tests.integration.spiders.hosts import Reply, World, page, rss


def xml(body: bytes) -> Reply:
    return Reply(body, headers=(("Content-Type", "application/xml"),))


def test_every_article_of_a_feed_is_fetched_once_and_handed_in_as_it_came(world: World) -> None:
    host = world.host()
    host.routes |= {"/rss": rss(host, "/a", "/b", "/a"), "/a": page("A"), "/b": page("B")}
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert (report.found, report.new, report.failed, report.looked, report.problems) == (2, 2, 0, True, ())
    assert host.asked() == ["/rss", "/a", "/b"]
    assert {p.url: p.body for p in looker.intake.pages} == {
        host.url("/a"): page("A").body,
        host.url("/b"): page("B").body,
    }


def test_what_is_known_is_not_fetched_again(world: World) -> None:
    host = world.host()
    host.routes |= {"/rss": rss(host, "/a", "/b"), "/a": page("A"), "/b": page("B"), "/c": page("C")}
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    host.routes["/rss"] = rss(host, "/a", "/b", "/c")
    host.hits.clear()
    [report] = looker.look(one)
    assert (report.found, report.known, report.new) == (3, 2, 1)
    assert host.asked() == ["/rss", "/c"]


def test_an_article_whose_outlet_states_a_later_time_is_fetched_again(world: World) -> None:
    host = world.host({"/a": page("A"), "/b": page("B")})
    dates = {"/a": "Sat, 21 Nov 2026 08:00:00 +0000", "/b": "Sat, 21 Nov 2026 09:00:00 +0000"}
    host.routes["/rss"] = rss(host, "/a", "/b", dates=dates)
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    host.routes["/a"] = page("A, corrected")
    host.routes["/rss"] = rss(host, "/a", "/b", dates=dates | {"/a": "Sat, 21 Nov 2026 08:30:00 +0000"})
    host.hits.clear()
    [report] = looker.look(one)
    assert host.asked() == ["/rss", "/a"]
    assert (report.revised, report.known) == (1, 1)


def test_recheck_fetches_what_is_known(world: World) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    [report] = looker.look(one, recheck=True)
    assert (report.unchanged, report.known) == (1, 0)


def test_what_is_over_the_limit_waits_for_the_next_look(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(5)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(5)))
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    [first] = looker.look(one, limit=2)
    assert (first.found, first.new, first.left) == (5, 2, 3)
    assert len(looker.intake.waiting) == 3
    host.routes["/rss"] = rss(host)
    [second] = looker.look(one)
    assert (second.found, second.new, second.left) == (0, 3, 0)
    assert looker.intake.urls() == [host.url(f"/{n}") for n in range(5)]


def test_since_holds_for_what_an_earlier_look_left_too(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(3)})
    days = {
        f"/{n}": f"{day} Nov 2026 08:00:00 +0000" for n, day in enumerate(("Fri, 20", "Wed, 11", "Thu, 19"))
    }
    host.routes["/rss"] = rss(host, "/0", "/1", "/2", dates=days)
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, limit=1)
    looker.look(one, since=datetime(2026, 11, 15, tzinfo=UTC))
    assert looker.intake.urls() == [host.url("/0"), host.url("/2")]


def test_pages_are_turned_even_where_another_discovery_brought_the_same_articles(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(6)})
    host.routes["/rss"] = rss(host, "/0", "/1")
    posts = [{"link": host.url(f"/{n}"), "title": {"rendered": str(n)}} for n in range(6)]
    for number in (1, 2, 3):
        two = json.dumps(posts[2 * number - 2 : 2 * number]).encode()
        kind = (("Content-Type", "application/json"), ("X-WP-TotalPages", "3"))
        host.routes[f"/posts?per_page=2&page={number}"] = Reply(two, headers=kind)
    api = {"api": host.url("/posts?per_page=2"), "type": "wordpress"}
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}, api))
    assert report.problems == ()
    assert report.new == 6


def test_a_later_page_that_cannot_be_read_is_told(world: World) -> None:
    host = world.host({"/0": page("0")})
    posts = json.dumps([{"link": host.url("/0"), "title": {"rendered": "0"}}]).encode()
    kind = (("Content-Type", "application/json"), ("X-WP-TotalPages", "2"))
    host.routes["/posts?per_page=1&page=1"] = Reply(posts, headers=kind)
    [report] = Looker().look(outlet("one", {"api": host.url("/posts?per_page=1"), "type": "wordpress"}))
    assert report.looked
    assert "page=2" in report.notes[0]


def test_what_is_offered_now_is_fetched_before_what_was_left(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(4)})
    host.routes["/rss"] = rss(host, "/2", "/3")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, limit=1)
    host.routes["/rss"] = rss(host, "/0", "/1")
    looker.look(one, limit=2)
    assert looker.intake.urls() == [host.url(f"/{n}") for n in (0, 1, 2)]


def test_a_dry_run_says_what_it_would_fetch_and_writes_nothing(world: World) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}), dry_run=True)
    assert report.planned == (host.url("/a"),)
    assert (host.asked(), looker.intake.waiting, report.new) == (["/rss"], {}, 0)


def test_the_article_rules_and_stated_times_decide_before_anything_is_fetched(world: World) -> None:
    host = world.host({"/news/1": page("1"), "/news/3": page("3")})
    dates = {
        "/view/news/1": "Fri, 20 Nov 2026 08:00:00 +0000",
        "/news/2": "Wed, 11 Nov 2026 08:00:00 +0000",
    }
    host.routes["/rss"] = rss(
        host, "/view/news/1", "/news/2", "/news/3", "/video/4", "ftp://x.org/news/5", dates=dates
    )
    rules = {"include": ["^/news/"], "rewrite": [["^/view/", "/"]], "max_age_days": 5}
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}, articles=rules))
    assert report.found == 2
    assert looker.intake.urls() == [host.url("/news/1"), host.url("/news/3")]


def test_two_discoveries_that_offer_one_article_fetch_it_once_with_what_both_say(world: World) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    host.routes["/more"] = rss(host, "/a", dates={"/a": "Sat, 21 Nov 2026 08:00:00 +0000"})
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}, {"feed": host.url("/more")}))
    [handed_in] = looker.intake.pages
    assert handed_in.candidate.title == "On /a"
    assert handed_in.candidate.stated is not None
    assert handed_in.candidate.offered_by == f"feed {host.url('/rss')}"


def test_a_discovery_that_cannot_be_read_leaves_the_others_their_turn(world: World) -> None:
    host = world.host({"/a": page("A"), "/prose": page("no feed")})
    host.routes["/rss"] = rss(host, "/a")
    broken = [{"feed": host.url("/gone")}, {"feed": host.url("/prose")}]
    [report] = Looker().look(outlet("one", *broken, {"feed": host.url("/rss")}))
    assert (report.new, report.looked) == (1, True)
    gone, prose = report.problems
    assert gone.startswith(f"feed {host.url('/gone')}: ")
    assert "404" in gone
    assert prose.startswith(f"feed {host.url('/prose')}: ")


def test_a_bug_in_the_reader_of_a_discovery_is_a_problem_of_that_one(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = world.host({"/a": page("A"), "/bad": page("bad")})
    host.routes["/rss"] = rss(host, "/a")
    real = discovery.read

    def read(discovery: Discovery, document: Document, zone: str) -> Answer:
        if document.url.endswith("/bad"):
            raise ZeroDivisionError("a bug")
        return real(discovery, document, zone)

    monkeypatch.setattr(discovery, "read", read)
    [report] = Looker().look(outlet("one", {"feed": host.url("/bad")}, {"feed": host.url("/rss")}))
    assert (report.new, report.looked, len(report.problems)) == (1, True, 1)
    assert "ZeroDivisionError" in caplog.text


def test_an_outlet_without_a_readable_discovery_was_not_looked_at(world: World) -> None:
    [report] = Looker().look(outlet("one", {"feed": world.host().url("/rss")}))
    assert (report.looked, len(report.problems)) == (False, 1)


def test_sitemap_children_are_followed_but_never_in_circles(world: World) -> None:
    host = world.host({"/a": page("A"), "/b": page("B")})
    index = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
    leaf = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>{}</loc></url></urlset>"
    )

    def children(*paths: str) -> bytes:
        return index.format("".join(f"<sitemap><loc>{host.url(p)}</loc></sitemap>" for p in paths)).encode()

    host.routes |= {
        "/index.xml": xml(children("/one.xml", "/index.xml", "/deeper.xml", "/gone.xml")),
        "/deeper.xml": xml(children("/two.xml", "/one.xml")),
        "/one.xml": xml(leaf.format(host.url("/a")).encode()),
        "/two.xml": xml(leaf.format(host.url("/b")).encode()),
    }
    [report] = Looker().look(outlet("one", {"sitemap": host.url("/index.xml")}))
    assert (report.new, report.problems) == (2, ())
    assert sorted(host.asked()) == sorted(
        ["/index.xml", "/one.xml", "/deeper.xml", "/gone.xml", "/two.xml", "/a", "/b"]
    )
    assert any("/gone.xml" in note for note in report.notes)


def test_a_sitemap_index_without_end_is_left_after_fifty_documents(world: World) -> None:
    host = world.host()

    def index(path: str) -> Reply:
        locations = "".join(f"<sitemap><loc>{host.url(f'{path}/{n}')}</loc></sitemap>" for n in range(30))
        body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</sitemapindex>'
        return xml(body.encode())

    host.routes |= {"/s": index("/s")} | {f"/s/{n}": index(f"/s/{n}") for n in range(30)}
    [report] = Looker().look(outlet("one", {"sitemap": host.url("/s")}))
    assert len(host.asked()) == 51
    assert any("a look follows 50" in note for note in report.notes)


def test_a_listing_is_paged_as_often_as_it_says(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(6)})

    def listing(*paths: str) -> Reply:
        return Reply(f"<html><body>{''.join(f'<a href={chr(34)}{p}{chr(34)}>x</a>' for p in paths)}".encode())

    host.routes |= {
        "/list": listing("/0", "/1"),
        "/list?p=2": listing("/2", "/3"),
        "/list?p=3": listing("/4", "/5"),
    }
    discovery = {"listing": host.url("/list"), "pages": "?p={n}", "max_pages": 2}
    [report] = Looker().look(outlet("one", discovery, articles={"include": [r"^/\d$"]}))
    assert report.new == 4
    assert host.asked()[:2] == ["/list", "/list?p=2"]
    assert "/list?p=3" not in host.asked()


def test_one_outlet_that_breaks_does_not_touch_another(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(4)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(4)))
    bad = outlet("bad", {"feed": host.url("/rss")})
    good = outlet("good", {"feed": host.url("/rss")})

    class Picky(MemoryIntake):
        async def pending(self, outlet: str) -> Sequence[Candidate]:
            if outlet == "bad":
                raise ZeroDivisionError("a bug")
            return await super().pending(outlet)

    broken, fine = Looker(intake=Picky()).look(bad, good)
    assert (fine.new, fine.problems) == (4, ())
    assert not broken.looked
    assert "a bug" in broken.problems[0]
    assert "ZeroDivisionError" in caplog.text


def test_a_store_that_fails_ends_the_look_and_leaves_its_pages_pending(world: World) -> None:
    host = world.host({f"/{n}": page(str(n)) for n in range(9)})
    host.routes["/rss"] = rss(host, *(f"/{n}" for n in range(9)))
    looker = Looker(intake=MemoryIntake(breaks=StoreError("the disk is full")))
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert (report.looked, report.problems) == (False, ("the disk is full",))
    assert (report.left, len(looker.intake.waiting)) == (9, 9)


def test_a_page_that_breaks_its_reader_fails_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker(intake=MemoryIntake(breaks=ZeroDivisionError("a bug")))
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert (report.failed, report.looked) == (1, True)
    assert looker.intake.refusals[0][1].reason is Fault.PARSER
    assert "ZeroDivisionError" in caplog.text


def test_a_compressed_page_is_handed_in_compressed_and_a_compressed_feed_is_read(world: World) -> None:
    host = world.host()
    body = gzip.compress(page("A").body)
    coding = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    feed = rss(host, "/a")
    host.routes |= {
        "/rss": Reply(gzip.compress(feed.body), headers=coding),
        "/a": Reply(body, headers=coding),
    }
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    [handed_in] = looker.intake.pages
    assert (handed_in.body, handed_in.encoding) == (body, "gzip")


def test_each_page_and_look_is_told_to_whoever_watches(world: World) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a", "/gone")
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    began, planned, *pages, done = looker.events
    assert (began, planned, done) == (LookBegan("one"), PagesPlanned("one", 2), LookDone(report))
    assert {e.url: outcome_name(e.outcome) for e in pages if isinstance(e, PageDone)} == {
        host.url("/a"): "new",
        host.url("/gone"): "failed",
    }


def test_we_say_who_we_are_and_ask_only_for_what_we_can_unpack(world: World) -> None:
    host = world.host({"/a": page("A")})
    host.routes["/rss"] = rss(host, "/a")
    Looker().look(outlet("one", {"feed": host.url("/rss")}, languages=["ko", "en"]))
    assert [h.path for h in host.hits] == ["/robots.txt", "/rss", "/a"]
    assert {h.headers["user-agent"] for h in host.hits} == {BOUNDS.user_agent}
    assert {h.headers["accept-encoding"] for h in host.hits} == {"gzip, deflate"}
    assert all(h.headers["accept-language"].startswith("ko, en") for h in host.hits)
    assert not any({"cookie", "referer", "authorization"} & h.headers.keys() for h in host.hits)
