from __future__ import annotations

import pytest

from config.outlet import Api, Feed, Listing, Sitemap
from spiders.discovery import read
from spiders.docwork import first_url
from spiders.offers import Answer
from tests.unit.spiders.documents import document, rss, urlset

FEED = Feed(feed="https://news.example/feed")
SITEMAP = Sitemap(sitemap="https://news.example/sitemap.xml")
LISTING = Listing(listing="https://news.example/list")
API = Api(api="https://news.example/wp-json/wp/v2/posts", type="wordpress")


def test_a_look_begins_at_the_address_of_the_discovery() -> None:
    assert [first_url(d) for d in (FEED, SITEMAP, LISTING, API)] == [
        "https://news.example/feed",
        "https://news.example/sitemap.xml",
        "https://news.example/list",
        "https://news.example/wp-json/wp/v2/posts?per_page=100&page=1",
    ]


def test_each_kind_is_read_by_its_reader() -> None:
    url = "https://news.example/1"
    bodies = (
        rss(f"<link>{url}</link>"),
        urlset(f"<loc>{url}</loc>"),
        f'<a href="{url}">x</a>',
        f'[{{"link": "{url}"}}]',
    )
    for discovery, body in zip((FEED, SITEMAP, LISTING, API), bodies, strict=True):
        assert [offer.url for offer in read(discovery, document(body), "UTC").offers] == [url]


@pytest.mark.parametrize("discovery", [FEED, SITEMAP, LISTING])
def test_an_error_page_is_not_read(discovery: Feed | Sitemap | Listing) -> None:
    body = rss("<link>https://news.example/1</link>")
    assert read(discovery, document(body, status=503), "UTC") == Answer(
        complaint="the server answered with status 503"
    )


def test_a_later_page_that_is_not_there_is_the_end() -> None:
    assert read(LISTING, document("", status=404, page=3), "UTC") == Answer(notes=("there is no page 3",))
