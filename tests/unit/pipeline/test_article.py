"""From what a page says to what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.outlet import Outlet
from pipeline.article import build_article, credits_others, landed_outside
from pipeline.records import Article, Candidate, Extract, Page, Refusal, Rejected, Stamp
from pipeline.urls import article_key, entry_key

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
EXTRACT = Extract(title="  Talks\u00a0resume ", text="First line.\n\n   Second line.  ")


def outlet(**articles: object) -> Outlet:
    return Outlet.model_validate(
        {
            "id": "harbour", "name": "Harbour Wire", "kind": "wire", "home": "https://harbour.example/",
            "languages": ["en"], "country": "INT", "discover": [{"feed": "https://harbour.example/rss"}],
            "articles": articles,
        }
    )  # fmt: skip


def page(url: str, offered: str | None = None, rules: Outlet | None = None) -> Page:
    offered = offered or url
    key = article_key(offered, (rules or outlet()).articles)
    return Page(
        candidate=Candidate("harbour", offered, key, "feed"), url=url, status=200, headers=(), body=b"raw",
        fetched_at=NOW, redirects=() if url == offered else (offered,),
    )  # fmt: skip


def built(url: str, offered: str | None = None, link: str | None = None) -> Article:
    article = build_article(page(url, offered), outlet(), replace(EXTRACT, canonical_link=link), None)
    assert isinstance(article, Article)
    return article


def test_what_is_kept_is_clean_and_hashed() -> None:
    article = built("https://harbour.example/a")
    assert (article.title, article.text) == ("Talks resume", "First line.\nSecond line.")
    assert len(article.content_sha256) == len(article.raw_sha256) == 64
    assert article.word_count == 4


def test_a_page_is_met_under_every_address_that_led_to_it() -> None:
    article = built(
        "https://harbour.example/story/20260914001/amp",
        offered="https://go.example/r/77",
        link="https://www.harbour.example/story/20260914001",
    )
    assert article.canonical_url == "https://www.harbour.example/story/20260914001"
    assert article.key == "go.example/r/77"
    assert set(article.keys) == {"go.example/r/77", "harbour.example/story/20260914001"}
    assert article.addresses[article.keys.index("go.example/r/77")] == "https://go.example/r/77"


def test_the_other_addresses_that_a_page_gives_itself_are_its_own_only_if_they_can_be_trusted() -> None:
    twin, elsewhere = "https://harbour.example/lite/20260914001", "https://harbour.example/story/99999999"
    extract = replace(EXTRACT, alias_links=(twin, elsewhere, "https://other.example/story/20260914001"))
    article = build_article(page("https://harbour.example/story/20260914001"), outlet(), extract, None)
    assert isinstance(article, Article)
    assert set(article.addresses) == {twin, "https://harbour.example/story/20260914001"}
    assert article.canonical_url == "https://harbour.example/story/20260914001"


def test_the_address_of_an_interface_is_not_an_address_of_the_article() -> None:
    answer = page("https://harbour.example/api/content/news/a-long-way-to-go")
    answer = replace(answer, headers=(("Content-Type", "application/json"),))
    link = "https://harbour.example/news/a-long-way-to-go"
    article = build_article(answer, outlet(), replace(EXTRACT, canonical_link=link), None)
    assert isinstance(article, Article)
    assert set(article.addresses) == {link}
    assert article.url == answer.url


def test_a_canonical_link_that_is_not_believed_changes_nothing() -> None:
    article = built("https://harbour.example/view?seq=123456", link="https://harbour.example/view")
    assert article.canonical_url == "https://harbour.example/view?seq=123456"
    assert article.keys == ("harbour.example/view?seq=123456",)


def test_a_main_address_that_is_not_believed_by_its_form_is_a_claim() -> None:
    printed = "https://harbour.example/print/5601"
    article = built(printed, link="https://harbour.example/2026/quay-5601.html")
    assert article.canonical_url == printed
    assert article.claim == (
        "harbour.example/2026/quay-5601.html",
        "https://harbour.example/2026/quay-5601.html",
    )
    for link in (None, "https://harbour.example/", "https://other.example/2026/quay-5601.html", printed):
        assert built(printed, link=link).claim is None


def test_the_id_of_a_feeds_entry_is_one_more_name_and_no_address() -> None:
    offered = page("https://harbour.example/a")
    named = replace(offered, candidate=replace(offered.candidate, identifier="tag:harbour.example,2026:7"))
    article = build_article(named, outlet(), EXTRACT, None)
    assert isinstance(article, Article)
    assert article.keys == ("harbour.example/a", entry_key("tag:harbour.example,2026:7"))
    assert set(article.addresses) == {article.canonical_url} == {"https://harbour.example/a"}
    assert entry_key("\ud800" * 5000).isprintable()


def test_a_page_without_a_word_is_rejected() -> None:
    answer = build_article(page("https://harbour.example/a"), outlet(), replace(EXTRACT, text=" — \n"), None)
    assert isinstance(answer, Rejected)
    assert answer.reason is Refusal.EMPTY


@pytest.mark.parametrize(("days", "kept"), [(5, False), (20, True)])
def test_an_article_older_than_the_outlet_allows_is_rejected(days: int, kept: bool) -> None:
    old = replace(EXTRACT, published=Stamp(NOW - timedelta(days=10), "second", "meta"))
    answer = build_article(page("https://harbour.example/a"), outlet(max_age_days=days), old, None)
    assert isinstance(answer, Article) is kept


@pytest.mark.parametrize(
    ("final", "outside"),
    [
        ("https://harbour.example/", True),
        ("https://harbour.example/login", True),
        ("https://other.example/", True),
        ("https://harbour.example/news/a-other-slug", False),
        ("https://www.harbour.example/news/a", False),
        ("https://other.example/whatever", False),
    ],
)
def test_a_redirect_that_leads_away_from_the_articles_is_noticed(final: str, outside: bool) -> None:
    rules = outlet(include=["^/news/"])
    assert landed_outside(page(final, "https://harbour.example/news/a", rules), rules) is outside


@pytest.mark.parametrize(
    ("credited", "origin", "others"),
    [
        ((), None, False),
        (("Harbour Wire",), None, False),
        (("Harbour Wire", "news agencies"), None, True),
        (("HARBOUR",), None, False),
        (("harbour.example",), None, False),
        (("AFP",), None, True),
        ((), "https://ministry.example/1", True),
        ((), "https://www.harbour.example/1", False),
    ],
)
def test_who_credits_somebody_else(credited: tuple[str, ...], origin: str | None, others: bool) -> None:
    said = replace(EXTRACT, credits=credited, origin_url=origin)
    assert credits_others(outlet(), said) is others


@pytest.mark.parametrize(("credit", "others"), [("新华社", False), ("Xinhua", False), ("ТАСС", True)])
def test_an_agency_is_itself_in_every_language(credit: str, others: bool) -> None:
    agency = outlet().model_copy(update={"name": "Xinhua Arabic"})
    assert credits_others(agency, replace(EXTRACT, credits=(credit,))) is others
