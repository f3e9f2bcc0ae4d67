"""Looks that cost little, and what lies between two looks: 304, equal bodies, pages owed, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.documents import FULL_EVERY
from pipeline.looks import Seen
from pipeline.revisit import Revisit
from tests.integration.spiders.fakes import NOW, Looker, outlet
from tests.integration.spiders.hosts import Hit, Host, Reply, World, a_world, page, rss

HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as one:
        yield one


def with_etag(reply: Reply, etag: str) -> Any:
    """Answer 304 to whoever has this etag."""

    def answer(hit: Hit) -> Reply:
        headers = (*reply.headers, ("ETag", etag))
        if hit.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=headers)
        return replace(reply, headers=headers)

    return answer


def a_host(world: World, *paths: str) -> Host:
    host = world.host({path: page(path) for path in ("/a", "/b", "/c", "/d", "/e", "/f")})
    host.routes["/rss"] = rss(host, *paths)
    return host


def seen(looker: Looker) -> Seen:
    return looker.intake.looks[-1].seen[0]


def asked(host: Host, path: str) -> list[Hit]:
    return [hit for hit in host.hits if hit.path == path]


def test_a_feed_that_did_not_change_is_neither_sent_nor_read_again(world: World) -> None:
    host = a_host(world, "/a", "/b")
    host.routes["/rss"] = with_etag(rss(host, "/a", "/b"), '"1"')
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    assert looker.look(one, thrifty=True)[0].new == 2
    [report] = looker.look(one, thrifty=True)
    assert asked(host, "/rss")[1].headers["if-none-match"] == '"1"'
    assert (report.looked, report.found, report.problems) == (True, 0, ())
    assert (seen(looker).unchanged, seen(looker).offered, seen(looker).window) == (True, 2, 2)
    host.routes["/rss"] = with_etag(rss(host, "/c", "/a", "/b"), '"2"')
    assert looker.look(one, thrifty=True)[0].new == 1


def test_a_feed_without_validators_is_not_read_again_while_its_bytes_are_the_same(world: World) -> None:
    host = a_host(world, "/a")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, thrifty=True)
    assert "if-none-match" not in asked(host, "/rss")[0].headers
    [report] = looker.look(one, thrifty=True)
    assert (report.found, seen(looker).unchanged) == (0, True)


def test_a_look_that_is_not_thrifty_reads_all_again(world: World) -> None:
    host = a_host(world, "/a")
    host.routes["/rss"] = with_etag(rss(host, "/a"), '"1"')
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    [report] = looker.look(one)
    assert (report.found, report.known) == (1, 1)
    assert "if-none-match" not in asked(host, "/rss")[1].headers


def test_changed_rules_read_an_unchanged_feed_again(world: World) -> None:
    host = a_host(world, "/a", "/b")
    host.routes["/rss"] = with_etag(rss(host, "/a", "/b"), '"1"')
    looker = Looker()
    looker.look(outlet("one", {"feed": host.url("/rss")}, articles={"include": ["^/a"]}), thrifty=True)
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}), thrifty=True)
    assert report.new == 1


def test_a_server_that_lies_with_304_is_found_out_and_believed_no_more(world: World) -> None:
    host = a_host(world)

    def lie(*paths: str) -> Any:
        return with_etag(rss(host, *paths), '"always"')

    host.routes["/rss"] = lie("/a")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, thrifty=True)
    host.routes["/rss"] = lie("/b", "/a")
    looker.now = NOW + HOUR
    assert looker.look(one, thrifty=True)[0].new == 0
    looker.now = NOW + FULL_EVERY
    assert looker.look(one, thrifty=True)[0].new == 1
    host.routes["/rss"] = lie("/c", "/b", "/a")
    looker.now += HOUR
    assert looker.look(one, thrifty=True)[0].new == 1


def test_a_look_that_leaves_older_articles_alone_remembers_no_document(world: World) -> None:
    host = a_host(world, "/a", "/b")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, thrifty=True, since=NOW + HOUR)
    assert looker.intake.remembered == {}


def test_a_sitemap_index_that_did_not_change_still_leads_to_its_sitemaps(world: World) -> None:
    host = a_host(world)
    index = f"<sitemapindex><sitemap><loc>{host.url('/news.xml')}</loc></sitemap></sitemapindex>"
    host.routes["/sitemap.xml"] = Reply(index.encode())
    host.routes["/news.xml"] = Reply(f"<urlset><url><loc>{host.url('/a')}</loc></url></urlset>".encode())
    looker, one = Looker(), outlet("one", {"sitemap": host.url("/sitemap.xml")})
    assert looker.look(one, thrifty=True)[0].new == 1
    looker.look(one, thrifty=True)
    assert (seen(looker).unchanged, seen(looker).offered) == (True, 1)
    urls = "".join(f"<url><loc>{host.url(path)}</loc></url>" for path in ("/b", "/a"))
    host.routes["/news.xml"] = Reply(f"<urlset>{urls}</urlset>".encode())
    assert looker.look(one, thrifty=True)[0].new == 1
    assert (seen(looker).unchanged, seen(looker).offered) == (False, 2)


def posts(host: Host, *paths: str) -> Reply:
    items = ",".join(f'{{"link": "{host.url(path)}", "title": {{"rendered": "{path}"}}}}' for path in paths)
    headers = (("Content-Type", "application/json"), ("X-WP-TotalPages", "3"))
    return Reply(f"[{items}]".encode(), headers=headers)


@pytest.mark.parametrize("thrifty", [True, False])
def test_a_page_that_failed_is_asked_for_again_though_the_first_brings_nothing(
    world: World, *, thrifty: bool
) -> None:
    host = a_host(world)
    host.routes |= {
        "/api?per_page=100&page=1": posts(host, "/a", "/b"),
        "/api?per_page=100&page=2": Reply(status=500),
        "/api?per_page=100&page=3": posts(host, "/e", "/f"),
    }
    looker = Looker()
    one = outlet("one", {"api": host.url("/api"), "type": "wordpress"})
    [report] = looker.look(one, thrifty=thrifty)
    assert (report.new, report.looked) == (2, True)
    assert "asked for again" in report.notes[0]
    host.routes["/api?per_page=100&page=2"] = posts(host, "/c", "/d")
    assert looker.look(one, thrifty=thrifty)[0].new == 4
    before = len(host.hits)
    looker.look(one, thrifty=thrifty)
    assert [hit.path for hit in host.hits[before:]] == ["/api?per_page=100&page=1"]


def test_the_parts_of_a_sitemap_that_cannot_be_read_are_remembered_with_the_look(world: World) -> None:
    host = a_host(world)
    parts = "".join(
        f"<sitemap><loc>{host.url(path)}</loc></sitemap>" for path in ("/1.xml", "/2.xml", "/3.xml")
    )
    host.routes["/index.xml"] = Reply(f"<sitemapindex>{parts}</sitemapindex>".encode())
    host.routes["/1.xml"] = Reply(f"<urlset><url><loc>{host.url('/a')}</loc></url></urlset>".encode())
    host.routes |= dict.fromkeys(("/2.xml", "/3.xml"), Reply(status=404))
    looker = Looker()
    looker.look(outlet("one", {"sitemap": host.url("/index.xml")}))
    assert seen(looker).trouble is None
    assert seen(looker).detail.startswith(f"2 of its documents could not be read: {host.url('/2.xml')}: ")
    assert "404" in seen(looker).detail


def test_a_page_that_never_answers_is_given_up_in_the_end(world: World) -> None:
    host = a_host(world)
    host.routes |= {
        "/api?per_page=100&page=1": posts(host, "/a"),
        "/api?per_page=100&page=2": Reply(status=404),
    }
    looker = Looker(bounds=replace(Looker().bounds, retries=0))
    one = outlet("one", {"api": host.url("/api"), "type": "wordpress"})
    reports = [looker.look(one)[0] for _ in range(12)]
    assert "given up" in reports[9].notes[0]
    assert [len(asked(host, "/api?per_page=100&page=2")), reports[11].notes] == [10, ()]


DATES = {f"/{name}": f"Sat, 21 Nov 2026 0{n}:00:00 GMT" for n, name in enumerate("abcdef", start=1)}


def test_a_feed_that_shows_nothing_known_tells_of_a_gap_with_its_bounds(world: World) -> None:
    host = a_host(world)
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    host.routes["/rss"] = rss(host, "/a", "/b", dates=DATES)
    looker.look(one)
    host.routes["/rss"] = rss(host, "/b", "/c", dates=DATES)
    looker.look(one)
    assert looker.intake.gaps == []
    host.routes["/rss"] = rss(host, "/e", "/f", dates=DATES)
    [report] = looker.look(one)
    [gap] = looker.intake.gaps
    assert (gap.after.hour, gap.before.hour, gap.filled) == (3, 5, False)
    assert "may be lost" in report.notes[0]


def test_a_gap_in_a_feed_is_filled_from_the_pages_of_a_listing(world: World) -> None:
    host = a_host(world)
    pages = {
        "/news": ("/f", "/e"),
        "/news?page=2": ("/d", "/c"),
        "/news?page=3": ("/b", "/a"),
        "/news?page=4": ("/a",),
    }
    host.routes |= {path: Reply(host_page(*links)) for path, links in pages.items()}
    listing = {"listing": host.url("/news"), "links": "a.story", "pages": "?page={n}"}
    one = outlet("one", {"feed": host.url("/rss")}, listing)
    looker = Looker()
    host.routes["/rss"] = rss(host, "/a", "/b", dates=DATES)
    host.routes["/news"] = Reply(host_page("/b"))
    assert looker.look(one)[0].new == 2
    host.routes["/news"] = Reply(host_page("/f", "/e"))
    host.routes["/rss"] = rss(host, "/e", "/f", dates=DATES)
    [report] = looker.look(one)
    assert report.new == 4
    assert all(gap.filled for gap in looker.intake.gaps)
    assert "/news?page=4" not in host.asked()


def test_a_gap_in_a_feed_is_filled_from_its_own_older_pages(world: World) -> None:
    host = a_host(world)
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    host.routes["/rss"] = rss(host, "/a", dates=DATES)
    looker.look(one)
    older = f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="{host.url("/rss2")}"/>'.encode()
    newest = rss(host, "/d", dates=DATES)
    body = newest.body.replace(b"<title>News</title>", b"<title>News</title>" + older)
    host.routes |= {"/rss": replace(newest, body=body), "/rss2": rss(host, "/c", "/b", "/a", dates=DATES)}
    assert looker.look(one)[0].new == 3
    assert [gap.filled for gap in looker.intake.gaps] == [True]


def host_page(*links: str) -> bytes:
    cards = "".join(f'<a class="story" href="{link}">A story called {link}</a>' for link in links)
    return f"<html><body>{cards}</body></html>".encode()


def due(looker: Looker, host: Host, path: str, **marks: str) -> None:
    """Let a page whose article is held be due to be looked at again."""
    page = next(page for page in looker.intake.pages if page.candidate.url == host.url(path))
    looker.intake.due_again = [Revisit(page.candidate, **marks)]


def test_an_article_that_is_due_is_asked_for_only_if_it_changed(world: World) -> None:
    host = a_host(world, "/a", "/b")
    host.routes["/a"] = with_etag(page("A"), '"1"')
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one, revisit=True)
    due(looker, host, "/a", etag='"1"')
    [report] = looker.look(one, revisit=True)
    assert looker.intake.same_again == [host.url("/a")]
    assert (report.unchanged, report.left, len(looker.intake.pages)) == (1, 0, 2)
    assert looker.intake.looks[-1].firsts == {}
    host.routes["/a"] = with_etag(page("A, mended"), '"2"')
    assert looker.look(one, revisit=True)[0].revised == 1
    assert looker.look(one)[0].revised == 0


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_was_taken_off_is_gone(world: World, status: int) -> None:
    host = a_host(world, "/a")
    looker, one = Looker(), outlet("one", {"feed": host.url("/rss")})
    looker.look(one)
    due(looker, host, "/a")
    host.routes["/a"] = Reply(status=status)
    [report] = looker.look(one, revisit=True)
    assert report.pages == {"rejected:gone": 1}
