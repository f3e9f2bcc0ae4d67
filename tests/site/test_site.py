from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from pathlib import Path

import pytest
import yaml

from config.outlet import Outlet
from tests.site import cases
from tests.site import misbehave as bad
from tests.site.prose import TONGUES, Writer
from tests.site.server import Server, Site, answer
from tests.site.world import World, build

NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    return build(server, NOW)


def get(site: Site, path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=5)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_two_sites_answer_each_for_itself_and_the_log_knows_who_asked(server: Server) -> None:
    one, two = server.site("one"), server.site("two")
    one.put("/", "first")
    two.put("/", "second")

    assert [get(one, "/?x=1", {"User-Agent": "me"})[1], get(two, "/")[1]] == [b"first", b"second"]
    (visit,) = server.log.visits("one")
    assert (visit.target, visit.path, dict(visit.headers)["User-Agent"]) == ("/?x=1", "/", "me")
    assert visit.ended is not None
    assert visit.ended >= visit.started


def test_a_connection_is_used_again(server: Server) -> None:
    site = server.site("kept")
    site.put("/", "here")
    connection = HTTPConnection("127.0.0.1", site.port, timeout=5)
    for _ in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"here"
    connection.close()


def test_who_shows_the_etag_gets_304_until_the_page_changes(server: Server) -> None:
    site = server.site("tagged")
    site.put("/", "old")
    tag = get(site, "/")[0].headers["ETag"]
    assert get(site, "/", {"If-None-Match": tag})[0].status == 304
    site.put("/", "new")
    assert get(site, "/", {"If-None-Match": tag})[1] == b"new"


def test_requests_under_way_are_counted(server: Server) -> None:
    site = server.site("busy")
    site.slow = {"/": 0.2}
    site.put("/", "slow")

    async def ask(count: int) -> None:
        await asyncio.gather(*(asyncio.to_thread(get, site, "/") for _ in range(count)))

    asyncio.run(ask(3))
    assert max(v.at_once for v in server.log.visits("busy")) == 3


def test_misbehaviour_comes_over_the_wire_as_it_was_meant(server: Server) -> None:
    site = server.site("bad")
    site.put("/half", bad.closes_midway(b"x" * 100))
    site.put("/chain", bad.redirect_chain(2, answer("there")))
    site.put("/moody", bad.first(1, bad.refuses(503, "2"), answer("better")))
    site.put("/bomb", bad.encoded(bad.gzip_bomb(), "gzip"))

    with pytest.raises(IncompleteRead):
        get(site, "/half")
    assert get(site, "/chain")[0].headers["Location"] == "/chain?hop=1"
    assert get(site, "/chain?hop=2")[1] == b"there"
    assert get(site, "/moody")[0].headers["Retry-After"] == "2"
    assert get(site, "/moody")[1] == b"better"
    assert len(get(site, "/bomb")[1]) < 2 << 20


def test_every_case_has_a_name_of_its_own(server: Server) -> None:
    desk = cases.desk(server.site("desk"))
    groups = [cases.odd_but_good, cases.broken_transfers, cases.no_articles, cases.heavy, cases.slow]
    every = [case for group in groups for case in group(desk)] + list(cases.wrong_ways(desk, desk.site))
    names = [case.name for case in every]
    assert len(set(names)) == len(names) > 70
    assert all(case.outcomes for case in every)
    assert all("new" in case.outcomes for case in every if case.story)


@pytest.mark.parametrize("language", TONGUES)
def test_prose_is_long_enough_and_never_says_the_same_twice(language: str) -> None:
    writer = Writer(5)
    bodies = [writer.paragraphs(language) for _ in range(40)]
    said = [paragraph for body in bodies for paragraph in body]
    assert len(set(said)) == len(said)
    assert all(len("".join(body).encode()) > 1200 for body in bodies)
    assert Writer(5).paragraphs(language) == bodies[0]


def test_english_articles_have_at_least_120_words() -> None:
    writer = Writer(5)
    assert all(len(" ".join(writer.paragraphs("en")).split()) >= 120 for _ in range(50))


def test_the_world_has_ten_outlets_whose_files_are_in_order(world: World, tmp_path: Path) -> None:
    files = sorted(world.write_catalogue(tmp_path).iterdir())
    outlets = [Outlet.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files]
    assert len(outlets) == 10
    for outlet in outlets:
        made = world.outlets[outlet.id]
        for story in made.listed:
            assert all(outlet.articles.accepts(made.site.url(path)) for path in made.paths(story))


def test_every_article_of_the_world_lies_where_it_is_said_to_lie(world: World) -> None:
    for outlet in world.outlets.values():
        for story in outlet.listed:
            for path in outlet.paths(story):
                response, body = get(outlet.site, path)
                assert response.status == 200
                assert story.paragraphs[-1] in body.decode(outlet.plan.style.charset)


def test_an_edit_shows_on_the_page_and_in_the_feed(world: World) -> None:
    outlet = world.outlets["ministry"]
    old = outlet.listed[0]
    new = world.edit("ministry", old.slug)
    assert new.text != old.text
    assert new.changed > old.changed
    assert new.paragraphs[2] in get(outlet.site, outlet.paths(new)[0])[1].decode()
    assert new.changed.strftime("%Y-%m-%dT%H:%M:%SZ").encode() in get(outlet.site, "/news.atom")[1]


def test_what_was_removed_is_neither_offered_nor_found(world: World) -> None:
    outlet = world.outlets["gulf"]
    gone = outlet.listed[0]
    world.remove("gulf", gone.slug)
    assert gone.slug.encode() not in get(outlet.site, "/rss.xml")[1]
    assert get(outlet.site, outlet.paths(gone)[0])[0].status == 404


def test_paging_ends_where_the_posts_end(world: World) -> None:
    blog = world.outlets["blog"]
    seen = [get(blog.site, f"/wp-json/wp/v2/posts?per_page=100&page={n}") for n in (1, 2, 3, 4)]
    assert [response.status for response, _ in seen] == [200, 200, 200, 400]
    assert seen[0][0].headers["X-WP-TotalPages"] == "3"
    assert sum(len(json.loads(body)) for _, body in seen[:3]) == 5


def test_the_news_sitemap_is_gzipped(world: World) -> None:
    body = get(world.outlets["tribune"].site, "/sitemap-news.xml.gz")[1]
    assert b"<news:publication_date>" in gzip.decompress(body)
