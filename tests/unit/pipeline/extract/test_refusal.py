"""Pages that are not articles are refused with their reason; articles are not."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import gzip
import json

import pytest

from pipeline.errors import PageError
from pipeline.extract import extract_page
from pipeline.records import Candidate, Page, Refusal, Rejected, Stamp
from tests.shared import SHARED, needs_shared
from tests.unit.pipeline.extract.pages import BODY, NOW, PARAGRAPHS, html, outlet, page, read, refused

BLOCKS = {
    "Cloudflare": "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing</h1><p>Enable JavaScript and cookies to continue</p></body></html>",
    "Akamai": "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don't have permission to access \"/x\" on this server.<p>Reference #18.2f3a</p></body></html>",
    "technical difficulties": "<html><head><title>Technical Difficulties</title></head><body><h1>Technical Difficulties</h1><p>We are experiencing technical difficulties. Please try again later.</p></body></html>",
    "script wall": "<html><head><script src='/TSPD/08a?type=5'></script></head><body><noscript>Please enable JavaScript</noscript></body></html>",
    "shield of a service": "<html><head><script>servicepipe.check()</script></head><body></body></html>",
    "proxy": "<html><head><title>Web Page Blocked</title></head><body><h1>Web Page Blocked!</h1><p>Access to the web page you were trying to visit has been blocked.</p></body></html>",
    "DDoS-Guard": "<html><head><title>DDoS-Guard</title></head><body><p>Checking your browser. DDoS protection by DDoS-Guard</p></body></html>",
    "captcha": "<html><head><title>One more step</title></head><body><p>Please verify that you are not a robot and complete the CAPTCHA.</p></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_page_that_answers_200_is_refused(name: str) -> None:
    assert refused(BLOCKS[name]).reason is Refusal.BLOCK_PAGE


def test_an_article_about_block_pages_is_an_article() -> None:
    told = "<p>Visitors saw “Just a moment...” and “Access Denied” for hours, the reference #18 included, the office said.</p>"
    assert told[3:20] in read(html(told + BODY * 8)).text


@pytest.mark.parametrize("title", ["404 Not Found", "Page not found", "Seite nicht gefunden", "页面不存在"])
def test_a_soft_404_is_refused(title: str) -> None:
    assert (
        refused(html("<p>Sorry, there is nothing at this address.</p>", title=title)).reason
        is Refusal.SOFT_404
    )


@pytest.mark.parametrize(
    "said",
    [
        "The page you are looking for does not exist any more. Try our front page, or search for it.",
        "Sorry, we couldn’t find that page. It may have a new address, or it has been taken down since.",
        "The article you requested could not be found. Please check the address and try once more.",
        "Die von Ihnen aufgerufene Seite existiert nicht. Bitte prüfen Sie die Adresse im Browser.",
        "La page que vous cherchez n’existe plus. Vous pouvez revenir à la page d’accueil du site.",
        "La página que buscas no existe. Puedes volver a la portada o usar el buscador de la web.",
        "Сторінку не знайдено. Перевірте, чи правильно введено адресу, або поверніться на головну.",
        "صفحه مورد نظر یافت نشد. لطفا نشانی را دوباره بررسی کنید یا به صفحه نخست بازگردید و جستجو کنید.",
        "お探しのページは見つかりませんでした。URLをご確認いただくか、トップページからお探しください。",
    ],
)
def test_a_page_without_a_title_that_says_that_nothing_is_there_is_refused(said: str) -> None:
    assert refused(html(f"<p>{said}</p>", title="The Example")).reason is Refusal.SOFT_404


def test_an_article_in_which_somebody_finds_no_page_is_an_article() -> None:
    told = "<p>Readers were told that the page they requested does not exist, and “we couldn’t find that page”.</p>"
    assert told[3:20] in read(html(told + BODY)).text


def test_a_short_text_about_what_does_not_exist_is_an_article() -> None:
    told = "The post of harbour master no longer exists, the council said on Monday. The post does not exist in the new budget either, it added."
    assert read(html(f"<p>{told}</p>")).text == told


def test_a_paywall_stub_is_refused() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour council opens the old quay to ships","isAccessibleForFree":"False"}</script>'
    assert refused(html(f"<p>{PARAGRAPHS[0]}</p>", head=head)).reason is Refusal.PAYWALL


def test_a_listing_is_refused() -> None:
    cards = "".join(
        f'<li><h3><a href="/world/story-{i}">Headline number {i} about the harbour and its ships</a></h3><p>What it is about…</p></li>'
        for i in range(25)
    )
    assert refused(html(f"<ul>{cards}</ul>", title="World")).reason is Refusal.LISTING


DIGEST = "".join(
    f'<h3><a href="/news/{i}">Story number {i} from the harbour and its ships</a></h3><p>{i + 1} May 2026</p><p>{text}</p>'
    for i, text in enumerate((*PARAGRAPHS, *PARAGRAPHS)[:8])
)


def test_stories_told_in_full_each_with_its_date_are_a_listing() -> None:
    assert refused(html(DIGEST, title="News")).reason is Refusal.LISTING


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-05-09T08:00:00Z">',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The week at the harbour"}</script>',
    ],
)
def test_a_digest_that_says_it_is_an_article_is_one(head: str) -> None:
    assert PARAGRAPHS[0] in read(html(DIGEST, title="The week at the harbour", head=head)).text


def test_a_digest_that_is_offered_with_its_date_is_an_article() -> None:
    stated = Stamp(NOW, "second", "feed")
    assert PARAGRAPHS[0] in read(html(DIGEST, title="The week at the harbour"), published=stated).text


def test_an_article_with_a_box_of_dated_stories_in_it_is_an_article() -> None:
    box = "".join(
        f'<li><a href="/news/{i}">Story number {i} from the harbour and its ships</a> <p>{i + 1} May 2026</p></li>'
        for i in range(5)
    )
    assert PARAGRAPHS[-1] in read(html(f"<p>{PARAGRAPHS[0]}</p><ul>{box}</ul>{BODY}")).text


def test_an_article_with_a_list_of_dated_stories_near_its_top_is_an_article() -> None:
    others = "".join(
        f'<li><a href="/news/{i}">Story number {i} from the harbour and its ships</a></li><li>{i + 1} May 2026</li>'
        for i in range(8)
    )
    assert PARAGRAPHS[3] in read(html(f"<p>{PARAGRAPHS[0]}</p><ul>{others}</ul>{BODY * 4}")).text


def test_an_article_with_a_list_of_dated_stories_below_it_is_an_article() -> None:
    others = "".join(
        f'<h3><a href="/news/{i}">Story number {i} from the harbour and its ships</a></h3><p>{i + 1} May 2026</p>'
        for i in range(8)
    )
    assert PARAGRAPHS[1] in read(html(f"{BODY * 3}{others}<p>{PARAGRAPHS[2]}</p>")).text


def test_a_home_page_is_refused_however_much_it_tells() -> None:
    assert refused(html(), url="https://news.example.org/").reason is Refusal.LISTING
    assert refused(html(BODY * 20), url="https://news.example.org/").reason is Refusal.LISTING


def test_a_body_that_the_profile_finds_is_no_listing() -> None:
    links = "".join(f'<a href="/s/{i}">Another headline about the harbour {i}</a><br>' for i in range(15))
    source = html(f'<div class="story"><p>{PARAGRAPHS[0]}</p></div><div>{links}</div>')
    assert read(source, outlet(extract={"body": [".story"]})).text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "source", ["", "   ", "<html><body></body></html>", "<html><body><div id=root></div></body></html>"]
)
def test_an_empty_page_is_refused(source: str) -> None:
    assert refused(source).reason is Refusal.EMPTY


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "text/html"),
        (b'{"status": "ok"}', "application/json"),
        (b"[1, 2]", "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/html"),
        (b"PK\x03\x04....", "application/zip"),
    ],
)
def test_what_is_no_page_is_refused(body: bytes, content_type: str) -> None:
    assert refused(body, content_type=content_type).reason is Refusal.NOT_HTML


def test_an_unknown_content_encoding_is_an_error() -> None:
    sent = page(html())
    broken = Page(sent.candidate, sent.url, 200, (*sent.headers, ("Content-Encoding", "br")), sent.body, NOW)
    with pytest.raises(PageError):
        extract_page(broken, None)


@needs_shared
def test_hardly_a_real_article_is_refused_and_many_real_listings_are() -> None:
    def share(folder: str, step: int) -> float:
        lines = (SHARED / folder / f"{folder}.jsonl").read_text("utf-8").splitlines()[::step]
        outcomes = []
        for line in map(json.loads, lines):
            url = line["url"] or "https://news.example.org/a/story"
            body = gzip.decompress((SHARED / folder / line["html_path"]).read_bytes())
            sent = Page(Candidate("x", url, url, "test"), url, 200, (), body, NOW)
            outcomes.append(isinstance(extract_page(sent, None), Rejected))
        return sum(outcomes) / len(outcomes)

    assert share("pages", 40) <= 0.02
    assert share("listings", 6) >= 0.4
