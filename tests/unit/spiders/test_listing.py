from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.outlet import Listing
from pipeline.records import Stamp
from spiders.listing import next_page, read
from spiders.offers import Answer, Offer
from tests.unit.spiders.documents import document

HERE = "https://news.example/list/"
HEADLINE = "Talks resume after a year"


def look(
    body: str | bytes, links: str = "a[href]", *, page: int = 1, url: str = HERE, **more: object
) -> Answer:
    listing = Listing.model_validate({"listing": HERE, "links": links, **more})
    return read(listing, document(body, url=url, page=page), "Asia/Seoul")


def test_links_come_once_in_the_order_of_the_page_with_their_titles() -> None:
    answer = look(
        f"""<main><a href="/2"><img src="x.jpg" alt=""></a> <a href="/2#top">{HEADLINE}</a>
        <a href="1?a=1&amp;b=2">Two <b>dead</b>\n in flood</a> <a href="/2">{HEADLINE} again</a></main>"""
    )
    assert answer.offers == (
        Offer("https://news.example/2", title=HEADLINE),
        Offer("https://news.example/list/1?a=1&b=2", title="Two dead in flood"),
    )


def test_links_are_resolved_against_the_base_of_the_page() -> None:
    body = f'<head><base href="/en/"></head><a href="./1">{HEADLINE}</a>'
    assert [offer.url for offer in look(body).offers] == ["https://news.example/en/1"]


def test_links_are_resolved_against_the_address_after_redirects() -> None:
    assert [o.url for o in look('<a href="1">x</a>', url="https://www.news.example/new/").offers] == [
        "https://www.news.example/new/1"
    ]


def test_a_selected_card_stands_for_its_first_link() -> None:
    inside = f'<span><a name="x"></a><a href="/1">{HEADLINE}</a></span><a href="/tag/2">Tag</a>'
    body = f'<li class="card">{inside}</li>'
    assert look(body, "li.card").offers == (Offer("https://news.example/1", title=HEADLINE),)


def test_links_that_lead_to_no_page_are_dropped() -> None:
    hrefs = ("javascript:void(0)", "mailto:desk@news.example", "#top", "", "tel:+1", "http://[/", "/1")
    body = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    assert [offer.url for offer in look(body).offers] == ["https://news.example/1"]


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("Read more", None),
        ("More", None),
        ("<img alt='A long description of it'>", None),
        ("x " * 200, None),
        ("阅读全文", None),
        ("中国外交部发言人答记者问", "中国外交部发言人答记者问"),
        ("<h3>Talks resume today</h3><p>They had been off for a year.</p>", "Talks resume today"),
        ("<div>Talks resume</div><div>today</div>", "Talks resume today"),
        ("Talks <script>var a = 1</script>resume <svg><title>icon</title></svg>today", "Talks resume today"),
    ],
)
def test_a_title_is_a_headline_or_nothing(inside: str, title: str | None) -> None:
    (offer,) = look(f'<a href="/1">{inside}</a>').offers
    assert offer.title == title


def test_the_time_in_the_card_of_a_link_is_its_publication() -> None:
    card = '<li><h3><a href="/{0}">A headline</a></h3><time datetime="2025-02-0{0}T10:00">then</time></li>'
    body = f"<ul>{card.format(1)}{card.format(2)}<li><a href='/3'>No time at all here</a></li></ul>"
    assert [offer.published for offer in look(body).offers] == [
        Stamp(datetime.fromisoformat("2025-02-01T10:00:00+09:00"), "minute", "visible"),
        Stamp(datetime.fromisoformat("2025-02-02T10:00:00+09:00"), "minute", "visible"),
        None,
    ]


@pytest.mark.parametrize(
    ("pages", "first", "expected"),
    [
        ("?page={n}", 2, ["https://news.example/list/?page=2", "https://news.example/list/?page=3", None]),
        ("?page={n}", 1, ["https://news.example/list/?page=1", "https://news.example/list/?page=2", None]),
        (
            "index_{n}.html",
            1,
            ["https://news.example/list/index_1.html", "https://news.example/list/index_2.html", None],
        ),
        ("/en/page/{n}/", 2, ["https://news.example/en/page/2/", "https://news.example/en/page/3/", None]),
    ],
)
def test_pages_are_counted_from_the_second_and_bounded(
    pages: str, first: int, expected: list[str | None]
) -> None:
    listing = Listing(listing=HERE, pages=pages, first=first, max_pages=3)
    assert [next_page(listing, page) for page in (1, 2, 3)] == expected


def test_a_listing_names_its_next_page() -> None:
    answer = look('<a href="/1">x</a>', page=2, pages="?page={n}", max_pages=3)
    assert answer.next_page == "https://news.example/list/?page=3"


def test_a_selector_that_matches_nothing_is_a_complaint() -> None:
    answer = look("<title>News</title><a href='/1'>x</a>", "a.headline")
    assert answer.complaint == (
        "the page titled “News” answered, but the selector 'a.headline' matches nothing: "
        "has the site been redesigned?"
    )


def test_a_later_page_without_links_is_the_end() -> None:
    answer = look("<p>No more.</p>", page=4, pages="?page={n}", max_pages=9)
    assert (answer.complaint, answer.next_page) == (None, None)


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Access Denied", "Technical Difficulties", "Web Page Blocked!"]
)
def test_a_block_page_is_a_complaint(title: str) -> None:
    answer = look(f"<title>{title}</title><a href='/help'>Help</a>")
    assert answer.complaint == f"a block page titled “{title}” where the listing should be"


@pytest.mark.parametrize("body", ["", " ", "<!-- -->", b"\x00\xff\xfe"])
def test_an_empty_page_is_a_complaint(body: str | bytes) -> None:
    assert look(body).complaint


def test_the_character_set_is_found() -> None:
    body = '<meta charset="euc-kr"><a href="/1">북한 미사일 발사에 대한 성명</a>'.encode("euc-kr")
    assert look(body).offers[0].title == "북한 미사일 발사에 대한 성명"


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(body: bytes) -> None:
    for start in (b"", b"<a href='", b"<base href='http://["):
        assert all(offer.url.startswith(("http://", "https://")) for offer in look(start + body).offers)
