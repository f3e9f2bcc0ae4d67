from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Stamp
from spiders.offers import Answer, Offer
from spiders.sitemap import MAX_CHILDREN, read
from tests.unit.spiders.documents import document, rss, urlset

HERE = "https://news.example/sitemap.xml"
ONE = "<loc>https://news.example/1</loc>"


def look(body: str | bytes, zone: str = "Asia/Seoul") -> Answer:
    return read(document(body, url=HERE), zone)


def index(*children: str) -> str:
    inside = "".join(f"<sitemap>{child}</sitemap>" for child in children)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'


def test_a_news_sitemap_gives_title_time_and_language() -> None:
    news = (
        "<news:news><news:publication><news:name>News</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2025-02-06T10:00:00+09:00</news:publication_date>"
        "<news:title>Tom &amp;amp; Jerry</news:title></news:news>"
    )
    answer = look(urlset(f"{ONE}<lastmod>2025-02-06T03:00:00Z</lastmod>{news}"))
    assert answer == Answer(
        offers=(
            Offer(
                url="https://news.example/1",
                title="Tom & Jerry",
                published=Stamp(datetime.fromisoformat("2025-02-06T10:00:00+09:00"), "second", "sitemap"),
                modified=datetime(2025, 2, 6, 3, tzinfo=UTC),
                language="en",
            ),
        )
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-02-06T10:00:00Z", "2025-02-06T10:00:00+00:00"),
        ("2025-02-06T10:00+01:00", "2025-02-06T10:00:00+01:00"),
        ("2025-02-06T10:00:00.45+01:00", "2025-02-06T10:00:00+01:00"),
        ("2025-02-06T10:00:00", "2025-02-06T10:00:00+09:00"),
        ("2025-02-06", "2025-02-06T00:00:00+09:00"),
        ("2025-02", None),
        ("2025", None),
        ("yesterday", None),
    ],
)
def test_lastmod_is_when_a_page_was_modified_not_published(written: str, expected: str | None) -> None:
    (offer,) = look(urlset(f"{ONE}<lastmod> {written} </lastmod>")).offers
    assert (offer.modified and offer.modified.isoformat()) == expected
    assert offer.published is None


def test_a_day_of_publication_is_a_day() -> None:
    news = "<news:news><news:publication_date>2025-02-06</news:publication_date></news:news>"
    (offer,) = look(urlset(ONE + news)).offers
    assert offer.published
    assert (offer.published.at.isoformat(), offer.published.precision) == ("2025-02-06T00:00:00+09:00", "day")


def test_one_lastmod_for_all_is_when_the_sitemap_was_made() -> None:
    same = [f"<loc>/{n}</loc><lastmod>2025-02-06T10:00:00Z</lastmod>" for n in range(10)]
    assert {offer.modified for offer in look(urlset(*same)).offers} == {None}
    differing = [*same, "<loc>/x</loc><lastmod>2025-02-05T10:00:00Z</lastmod>"]
    assert None not in {offer.modified for offer in look(urlset(*differing)).offers}


def test_addresses_are_trimmed_resolved_and_in_order() -> None:
    answer = look(
        urlset(
            "<loc>\n  /b?x=1&y=2 </loc>",
            "<loc><![CDATA[https://news.example/a?x=1&y=2]]></loc>",
            "<loc>ftp://news.example/c</loc>",
            "<loc/>",
        )
    )
    assert [offer.url for offer in answer.offers] == [
        "https://news.example/b?x=1&y=2",
        "https://news.example/a?x=1&y=2",
    ]


def test_images_videos_and_translations_are_no_articles() -> None:
    extras = (
        "<image:image><image:loc>/1.jpg</image:loc><image:title>A picture</image:title></image:image>"
        '<xhtml:link rel="alternate" hreflang="fr" href="https://news.example/fr/1"/>'
        '<v:video xmlns:v="http://www.google.com/schemas/sitemap-video/1.1"><v:title>A film</v:title>'
        "<v:publication_date>2025-02-06T10:00:00Z</v:publication_date></v:video>"
    )
    assert look(urlset(extras + ONE)).offers == (Offer("https://news.example/1"),)


@pytest.mark.parametrize(
    "body",
    [
        f"<urlset><url>{ONE}</url></urlset>",
        f'<urlset xmlns="http://wrong.example/"><url>{ONE}</url></urlset>',
        '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://news.example/1</s:loc></s:url></s:urlset>',
        "<s:urlset><s:url><s:loc>https://news.example/1</s:loc></s:url></s:urlset>",
        f"\ufeff\n<?xml version='1.0'?><!DOCTYPE a><!-- a --><urlset><url>{ONE}</url></urlset><!-- b -->",
        gzip.compress(f"<urlset><url>{ONE}</url></urlset>".encode()),
        gzip.compress(gzip.compress(f"<urlset><url>{ONE}</url></urlset>".encode(), mtime=0), mtime=0),
        "\ufeffhttps://news.example/1\r\n",
        gzip.compress(b"https://news.example/1\n"),
        f"<urlset><url>{ONE}</url></urlset>".encode("utf-16"),
    ],
)
def test_odd_spellings_of_a_sitemap_are_read(body: str | bytes) -> None:
    answer = look(body)
    assert ([offer.url for offer in answer.offers], answer.notes) == (["https://news.example/1"], ())


def test_a_feed_that_stands_in_for_a_sitemap_is_read_as_one() -> None:
    (offer,) = look(
        rss("<title>T</title><link>https://news.example/1</link><pubDate>06 Feb 2025 10:00 GMT</pubDate>")
    ).offers
    assert (offer.title, offer.published and offer.published.signal) == ("T", "feed")


@pytest.mark.parametrize(
    ("cut", "urls"),
    [
        ("</url></urlset>", ["/1", "/2"]),
        ("</loc></url></urlset>", ["/1"]),
        ("2</loc></url></urlset>", ["/1"]),
    ],
)
def test_a_sitemap_that_breaks_off_gives_what_came_before(cut: str, urls: list[str]) -> None:
    body = urlset("<loc>https://news.example/1</loc>", "<loc>https://news.example/2</loc>").removesuffix(cut)
    answer = look(body)
    assert [offer.url.removeprefix("https://news.example") for offer in answer.offers] == urls
    assert answer.notes == (f"the document breaks off after {len(urls)} addresses",)


def test_a_gzip_that_breaks_off_gives_what_came_before() -> None:
    body = gzip.compress(
        urlset(*[f"<loc>https://news.example/{n * 7919 % 10007}</loc>" for n in range(5000)]).encode()
    )
    answer = look(body[: len(body) // 2])
    assert 1000 < len(answer.offers) < 5000
    assert answer.notes


def test_an_index_gives_its_children_newest_first() -> None:
    answer = look(
        index(
            "<loc>https://news.example/old.xml</loc><lastmod>2024-01-01</lastmod>",
            "<loc>/new.xml</loc><lastmod>2025-02-06T10:00:00Z</lastmod>",
            "<loc>/undated.xml</loc>",
            "<loc>/posts-2024-06.xml</loc>",
            "<loc>/old.xml</loc>",
            f"<loc>{HERE}</loc>",
        )
    )
    assert [url.removeprefix("https://news.example") for url in answer.follow] == [
        "/new.xml", "/posts-2024-06.xml", "/old.xml", "/undated.xml",
    ]  # fmt: skip
    assert answer.offers == ()


def test_only_the_newest_children_of_a_long_index_are_followed() -> None:
    children = [f"<loc>/{n}.xml</loc><lastmod>20{n:02d}-01-01</lastmod>" for n in range(99)]
    answer = look(index(*children))
    assert answer.follow == tuple(f"https://news.example/{n}.xml" for n in range(98, 98 - MAX_CHILDREN, -1))
    assert answer.notes == ("only the 50 newest of 99 sitemaps are looked at",)


def test_an_empty_sitemap_is_no_complaint_but_a_note() -> None:
    assert look("<urlset/>") == Answer(notes=("the sitemap can be read, but names no address",))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "the document is empty where a sitemap should be"),
        (
            "<html><head><title>Not here</title></head></html>",
            "an HTML page titled “Not here” where a sitemap",
        ),
        (
            "User-agent: *\nDisallow: /\nSitemap: https://news.example/s.xml",
            "plain text that begins “User-agent",
        ),
        ("<kml><Document/></kml>", "an XML document with the root <kml> where a sitemap should be"),
        (gzip.compress(bytes(60 * 1024 * 1024)), "unpacks to more than 52,428,800 bytes"),
    ],
    ids=["empty", "page", "robots.txt", "kml", "gzip bomb"],
)
def test_what_is_no_sitemap_is_named_in_words(body: str | bytes, words: str) -> None:
    answer = look(body)
    assert (answer.offers, answer.follow) == ((), ())
    assert words in (answer.complaint or "")


def test_an_entity_bomb_expands_to_nothing() -> None:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = (
        f'<!DOCTYPE urlset [<!ENTITY l0 "lol">{levels}]>'
        + urlset("<loc>https://news.example/&l9;</loc>", ONE).partition("?>")[2]
    )
    assert [offer.url for offer in look(bomb).offers] == [
        "https://news.example/&l9;",
        "https://news.example/1",
    ]


PIECES = st.sampled_from(
    [b"<url>", b"</url>", b"<loc>", b"</loc>", b"https://x.example/", b"<lastmod>", b"2025-02-06",
     b"<sitemap>", b"<![CDATA[", b"]]>", b"&", b"&amp;", b"&#0;", b"<", b">", b"<news:news>", b"<news:title>",
     b"\xff", b"\x00", b"</urlset>", b"<!--"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join)))
def test_no_bytes_make_the_reader_raise(body: bytes) -> None:
    for start in (b"", b"<urlset>", b"\x1f\x8b\x08", b"https://x.example/\n"):
        answer = look(start + body)
        assert all(
            url.startswith(("http://", "https://"))
            for url in (*answer.follow, *(o.url for o in answer.offers))
        )
