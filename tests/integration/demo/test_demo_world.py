"""The demo world serves what it says it serves, and behaves as its makes do."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from lxml import etree
from protego import Protego

from tests.site.demo_truth import ExpectedArticle, expected_articles, expected_ends
from wirewatch.demo.server import Served, serve
from wirewatch.demo.world import build_world

TODAY = date(2026, 11, 21)
ARTICLES = expected_articles()
ENDS = expected_ends()


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def world() -> Iterator[Served]:
    with serve(build_world(TODAY)) as served:
        yield served


def get(origin: str, target: str, method: str = "GET", **headers: str) -> Got:
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=10)
    try:
        connection.request(method, target, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def decoded(body: bytes) -> str:
    return body.decode("gbk" if b"charset=gb2312" in body else "utf-8")


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.paths[0])
def test_every_article_answers_at_all_its_addresses_with_its_title_and_all_its_text(
    world: Served, article: ExpectedArticle
) -> None:
    for path in article.paths:
        page = get(world.origins[article.site], path)
        shown = words_of(decoded(page.body))
        assert page.status == 200
        assert article.title in shown
        assert [line for line in article.text.split("\n") if " ".join(line.split()) not in shown] == []


def discovery_text(world: Served, site: str) -> str:
    """Return every discovery document of an outlet, with those they lead to."""
    origin = world.origins[site]
    outlet = next(o for o in world.outlets if o.id == site)
    targets = [d.address.removeprefix(origin) for d in outlet.discover]
    extra = {
        "harbour_wire": ["/news-sitemap.xml"],
        "lanhe_mission": ["/hyyfy/index_1.html"],
        "salt_road": ["/wp-json/wp/v2/posts?page=2"],
    }
    return "".join(decoded(get(origin, target).body) for target in [*targets, *extra.get(site, [])])


@pytest.mark.parametrize("site", sorted({a.site for a in ARTICLES}))
def test_every_page_is_offered_by_its_outlet_and_passes_its_rules(world: Served, site: str) -> None:
    offered = discovery_text(world, site)
    outlet = next(o for o in world.outlets if o.id == site)
    paths = [p for a in ARTICLES if a.site == site for p in a.paths]
    paths += [end.path for end in ENDS if end.site == site]
    for path in paths:
        assert "/".join(path.split("/")[-2:]) in offered
        assert outlet.articles.accepts(outlet.articles.rewritten(world.origins[site] + path))


def test_robots_lets_every_article_be_read_and_forbids_what_must_never_be_asked(world: Served) -> None:
    for site in build_world(TODAY):
        origin = world.origins[site.id]
        robots = Protego.parse(get(origin, "/robots.txt").body.decode())
        assert all(
            robots.can_fetch(origin + p, "wirewatch") for a in ARTICLES if a.site == site.id for p in a.paths
        )
        assert site.never
        assert not any(robots.can_fetch(origin + prefix + "x", "wirewatch") for prefix in site.never)
    robots = Protego.parse(get(world.origins["orvale_external"], "/robots.txt").body.decode())
    assert robots.crawl_delay("wirewatch") == 0.2
    forbidden = next(end for end in ENDS if end.outcomes == ("failed:robots",))
    assert not robots.can_fetch(world.origins[forbidden.site] + forbidden.path, "wirewatch")


def test_articles_are_real_prose_and_differ_but_for_the_three_copies() -> None:
    texts = Counter(article.text for article in ARTICLES)
    assert len(ARTICLES) == 50
    assert sorted(texts.values(), reverse=True)[:4] == [2, 2, 2, 1]
    for article in ARTICLES:
        length = len(article.text) / 2 if article.language in {"zh", "ko"} else len(article.text.split())
        assert length >= 120
        assert article.text.count("\n") >= 3


def test_a_copy_carries_the_text_of_the_original_it_names() -> None:
    by_address = {(a.site, a.paths[0]): a for a in ARTICLES}
    copies = [a for a in ARTICLES if a.copy_of]
    assert {(c.site, c.copy_of[0]) for c in copies} == {
        ("meridian", "harbour_wire"),
        ("statement_watch", "lanhe_mission"),
    }
    assert all(c.text == by_address[c.copy_of].text for c in copies)


def test_an_aggregator_links_to_the_original_of_what_it_copies(world: Served) -> None:
    copies = [a for a in ARTICLES if a.copy_of and a.origin]
    assert len(copies) == 2
    for copy in copies:
        site, path = copy.copy_of or ("", "")
        page = get(world.origins[copy.site], copy.paths[0]).body.decode()
        assert world.real(copy.origin) == world.origins[site] + path
        assert f'href="{world.real(copy.origin)}"' in page


def test_the_feed_of_the_assembly_stamps_noon_and_links_to_addresses_that_redirect(world: Served) -> None:
    origin = world.origins["assembly_news"]
    feed = etree.fromstring(get(origin, "/feed/subscribe/en/news/all/rss.xml").body)
    links = [link.removeprefix(origin) for link in feed.xpath("//item/link/text()")]
    moved = get(origin, links[0])
    assert {stamp.split()[-2:][0] for stamp in feed.xpath("//pubDate/text()")} == {"12:00:00"}
    assert (moved.status, moved.headers["location"]) == (301, origin + "/en/story/2026/09/1171204")


def test_a_feed_with_validators_answers_304_until_it_changes(world: Served) -> None:
    origin, feed = world.origins["meridian"], "/xml/rss/all.xml"
    first = get(origin, feed)
    by_tag = get(origin, feed, If_None_Match=first.headers["etag"])
    by_time = get(origin, feed, If_Modified_Since=first.headers["last-modified"])
    assert [(a.status, a.body) for a in (by_tag, by_time)] == [(304, b""), (304, b"")]
    assert get(origin, feed, If_None_Match='"another"').body == first.body


def test_a_page_comes_compressed_to_who_asks_and_is_the_same(world: Served) -> None:
    origin, path = world.origins["meridian"], "/economy/2026/9/13/the-city-where-a-key-costs-half-a-year"
    plain, packed = get(origin, path), get(origin, path, Accept_Encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_one_connection_carries_several_requests_and_each_is_in_the_log() -> None:
    with serve(build_world(TODAY)) as served:
        connection = HTTPConnection(urlsplit(served.origins["orvale_external"]).netloc, timeout=10)
        for target in ("/", "/nowhere?x=1"):
            connection.request("GET", target)
            connection.getresponse().read()
        connection.close()
        seen = [(r.site, r.target, r.status) for r in served.requests]
    assert seen == [("orvale_external", "/", 200), ("orvale_external", "/nowhere?x=1", 404)]
    assert served.requests[0].at <= served.requests[1].at


def test_head_tells_the_length_and_sends_no_body(world: Served) -> None:
    origin = world.origins["harbour_wire"]
    head, whole = get(origin, "/", method="HEAD"), get(origin, "/")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(whole.body)))


def test_nothing_is_left_when_the_world_ends_though_a_client_holds_a_connection() -> None:
    before = set(threading.enumerate())
    with serve(build_world(TODAY)) as served:
        port = urlsplit(served.origins["meridian"]).port
        idle = HTTPConnection("127.0.0.1", port, timeout=10)
        idle.request("GET", "/robots.txt")
        idle.getresponse().read()
    idle.close()
    assert set(threading.enumerate()) <= before
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_every_json_ld_can_be_read(world: Served) -> None:
    found = 0
    for article in ARTICLES:
        page = decoded(get(world.origins[article.site], article.paths[0]).body)
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page):
            assert json.loads(script)["headline"] == article.title
            found += 1
    assert found == 11


def test_no_invented_address_of_a_served_host_leaves_the_world(world: Served) -> None:
    for article in ARTICLES:
        body = get(world.origins[article.site], article.paths[0]).body
        assert [host for host in world.hosts if f"https://{host}".encode() in body] == []


def test_the_wordpress_api_hands_out_two_pages_and_refuses_a_third(world: Served) -> None:
    origin, posts = world.origins["salt_road"], "/wp-json/wp/v2/posts?per_page=100"
    pages = [get(origin, f"{posts}&page={n}") for n in (1, 2, 3)]
    ids = [post["id"] for page in pages[:2] for post in json.loads(page.body)]
    assert [page.headers.get("x-wp-totalpages") for page in pages] == ["2", "2", None]
    assert ids == [2961, 2957, 2949, 2940]
    assert (pages[2].status, json.loads(pages[2].body)["code"]) == (400, "rest_post_invalid_page_number")


def test_the_government_api_lists_edits_first_and_keeps_the_first_publication(world: Served) -> None:
    origin = world.origins["gov_corvane"]
    results = json.loads(get(origin, "/api/search.json?count=2&order=-public_timestamp").body)["results"]
    edited = json.loads(get(origin, "/api/content" + results[0]["link"]).body)
    assert len(results) == 2
    assert edited["first_published_at"] < edited["public_updated_at"] == results[0]["public_timestamp"]
    assert len(edited["details"]["change_history"]) == 2
    withdrawn = json.loads(
        get(origin, "/api/content/government/news/help-for-tenants-who-cannot-pay-a-deposit").body
    )
    assert withdrawn["withdrawn_notice"]["withdrawn_at"] == "2026-09-10T11:00:00Z"


def test_the_mission_serves_gbk_that_its_headers_do_not_name_behind_relative_links(world: Served) -> None:
    listing = get(world.origins["lanhe_mission"], "/hyyfy/")
    assert listing.headers["content-type"] == "text/html"
    assert 'href="./202609/t20260914_11700012.html"' in listing.body.decode("gbk")
    assert "会议与发言" in listing.body.decode("gbk")


def test_an_aggregator_page_shows_todays_date_twice_and_more_cards_than_text(world: Served) -> None:
    article = next(a for a in ARTICLES if a.site == "statement_watch" and not a.copy_of)
    page = get(world.origins[article.site], article.paths[0]).body.decode()
    cards = words_of(page.partition("More From")[2])
    assert page.index("November 21, 2026") < page.index("Nov 21, 2026") < page.index(article.title, 1000)
    assert len(cards) > 2 * len(article.text)


def test_the_feed_of_the_aggregator_is_not_well_formed(world: Served) -> None:
    feed = get(world.origins["statement_watch"], "/newstream/feed/").body
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(feed)


def test_the_state_agency_lists_one_story_under_another_address_in_each_topic(world: Served) -> None:
    story = next(a for a in ARTICLES if len(a.paths) == 3)
    listings = [
        get(world.origins[story.site], f"/en/category/{topic}").body.decode()
        for topic in ("politics", "latest", "society")
    ]
    assert [[path in listing for path in story.paths] for listing in listings] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_pages_that_are_no_articles_answer_as_their_traps_do(world: Served) -> None:
    answers = {end.outcomes[0]: get(world.origins[end.site], end.path) for end in ENDS}
    assert {reason: answer.status for reason, answer in answers.items()} == {
        "rejected:empty": 200,
        "rejected:paywall": 200,
        "rejected:soft-404": 200,
        "rejected:block-page": 200,
        "failed:http-status": 404,
        "rejected:outside": 301,
        "failed:robots": 200,
    }
    assert "technical difficulties" in answers["rejected:block-page"].body.decode()
    assert answers["rejected:outside"].headers["location"] == world.origins["orvale_external"] + "/"


def test_the_same_day_gives_the_same_world() -> None:
    first, second = build_world(TODAY), build_world(TODAY)
    assert [site.pages for site in first] == [site.pages for site in second]
