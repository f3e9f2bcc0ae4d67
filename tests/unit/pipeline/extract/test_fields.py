"""Language, credits, origin, canonical link, summary: what a page says besides its text."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

import json

import pytest

from pipeline.extract.language import language_of
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, TEXT, TITLE, html, outlet, read


def test_the_text_decides_the_language() -> None:
    assert read(html(lang="zh-CN")).language == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Rat stimmte am Dienstag dafür, den alten Kai nach Jahren wieder für Schiffe zu öffnen.", "de"),
        ("政府は木曜日の記者会見で、今後の方針について説明した。", "ja"),
        ("외무성 대변인은 목요일 기자회견에서 앞으로의 방침을 설명했다.", "ko"),
        ("外交部发言人星期四在例行记者会上表示，会谈将继续。", "zh"),
        ("Министр заявил в четверг, что переговоры продолжатся на следующей неделе.", "ru"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert language_of(text, "en") == code


def test_a_text_too_short_to_tell_is_in_the_declared_language() -> None:
    assert language_of("OK.", "nb-NO") == "no"


def test_credits_are_split_in_the_pages_own_words() -> None:
    extract = read(html(f'{BODY}<div class="article-source">Source: Example Agency and correspondents</div>'))
    assert extract.credits == ("Example Agency", "correspondents")
    assert extract.text == TEXT


def test_an_agencys_dateline_credits_it_and_stays_in_the_text() -> None:
    first = "LONDON, May 3 (Reuters) - " + PARAGRAPHS[0]
    extract = read(html(BODY.replace(PARAGRAPHS[0], first)))
    assert extract.credits == ("Reuters",)
    assert extract.text.startswith(first)
    assert extract.origin_name is None


def test_an_outlets_own_dateline_credits_nobody() -> None:
    first = "LONDON, May 3 (HW) - " + PARAGRAPHS[0]
    page = BODY.replace(PARAGRAPHS[0], first)
    assert read(html(page)).credits == ("HW",)
    assert read(html(page, head='<meta property="og:site_name" content="Harbour Wire">')).credits == ()
    assert read(html(page + "<div>Source: Harbour Wire</div>")).credits == ("Harbour Wire",)


def test_a_byline_names_the_agency_and_a_caption_does_not() -> None:
    caption = "<figure><img src=a.jpg><figcaption>The quay. Source: Example Pictures</figcaption></figure>"
    assert read(html(f'<p class="author">Par Le Jour avec AFP</p>{caption}{BODY}')).credits == ("AFP",)
    assert read(html(f'<div class="lead-image"><span>AFP</span></div>{caption}{BODY}')).credits == ()


def test_the_agency_that_the_page_states_as_its_author_is_credited() -> None:
    assert read(html(BODY, head='<meta name="author" content="Associated Press">')).credits == (
        "Associated Press",
    )


@pytest.mark.parametrize("byline", ["", '<p class="byline">By The Canadian Press</p>'])
def test_an_agency_that_json_ld_names_as_the_author_is_credited_and_is_not_the_site(byline: str) -> None:
    thing = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": {"@type": "Organization", "name": "The Canadian Press"},
        "publisher": {"@type": "Organization", "name": "Harbour Wire"},
    }
    extract = read(
        html(byline + BODY, head=f'<script type="application/ld+json">{json.dumps(thing)}</script>')
    )
    assert (extract.credits, extract.authors) == (("The Canadian Press",), ())


def test_an_agency_credits_nobody_on_its_own_site() -> None:
    agency = {"@type": "Organization", "name": "The Canadian Press"}
    thing = {"@type": "NewsArticle", "headline": TITLE, "author": agency, "publisher": agency}
    extract = read(html(head=f'<script type="application/ld+json">{json.dumps(thing)}</script>'))
    assert (extract.credits, extract.authors) == ((), ())


def test_a_source_in_the_middle_of_the_text_is_that_of_a_chart() -> None:
    chart = f"<p>{PARAGRAPHS[-1]}</p>"
    body = BODY.replace(chart, f"<p>Source: Office of Statistics</p>{chart}")
    assert body != BODY
    assert read(html(body)).credits == ()


def test_a_reprint_note_and_an_address_written_out_tell_the_origin() -> None:
    note = "<p>This article was originally published on Example Weekly.</p>"
    extract = read(html(BODY + note))
    assert (extract.credits, extract.origin_name, extract.origin_url) == (
        ("Example Weekly",),
        "Example Weekly",
        None,
    )
    listed = "<p>Sumber:</p><p>https://weekly.example.com/a/b</p>"
    extract = read(html(BODY + listed))
    assert (extract.credits, extract.origin_name, extract.origin_url) == (
        ("weekly.example.com",),
        "weekly.example.com",
        "https://weekly.example.com/a/b",
    )


def test_a_source_behind_which_only_promotion_stands_is_credited_if_it_is_an_agency() -> None:
    promotion = (
        "<p>Get the best of our news every morning in our channel. Follow the link and join us there.</p>"
    )
    assert read(html(f"{BODY}<p>Sumber: Antara</p>{promotion}")).credits == ("Antara",)


@pytest.mark.parametrize(
    "note",
    [
        "This article was originally published by %s.",
        "Originally published by %s",
        "This story first appeared on %s.",
        "This article was originally published in %s and is republished here under a Creative Commons licence.",
        'This article was published in %s under a <a href="https://cc.example.org/by/4">Creative Commons</a> licence.',
    ],
)
def test_the_name_of_the_place_of_first_publication_leads_to_the_origin(note: str) -> None:
    there = "https://weekly.example.com/a/b"
    extract = read(html(f"{BODY}<p>{note % f'<a href={there!r}>Example Weekly</a>'}</p>"))
    assert (extract.origin_name, extract.origin_url) == ("Example Weekly", there)
    front = note % '<a href="https://weekly.example.com/">Example Weekly</a>'
    extract = read(html(f"{BODY}<p>{front}</p>"))
    assert (extract.origin_name, extract.origin_url) == ("Example Weekly", None)


def test_a_link_to_the_original_is_the_origin() -> None:
    meta = (
        '<p class="meta">Date: 21/03/2024 | Source: Ministry of Ports (EN) | '
        '<a href="https://ports.example.com/en/1">Read original version at source</a></p>'
    )
    extract = read(html(meta + BODY))
    assert (extract.origin_name, extract.origin_url) == (
        "Ministry of Ports (EN)",
        "https://ports.example.com/en/1",
    )
    assert extract.text == TEXT
    assert extract.published is not None
    assert extract.published.at.date().isoformat() == "2024-03-21"


def test_the_canonical_link_is_resolved() -> None:
    extract = read(html(head='<link rel="canonical" href="/world/harbour">'))
    assert extract.canonical_link == "https://news.example.org/world/harbour"


def test_the_other_addresses_that_a_page_gives_itself_are_told() -> None:
    head = (
        '<link rel="canonical" href="/world/harbour"><link rel="amphtml" href="/lite/harbour">'
        '<meta property="og:url" content="https://news.example.org/w/harbour">'
    )
    extract = read(html(head=head))
    assert extract.alias_links == (
        "https://news.example.org/w/harbour",
        "https://news.example.org/lite/harbour",
    )


def test_the_description_is_the_summary_unless_it_is_the_text() -> None:
    dek = "A vote that took five months and one long night."
    assert read(html(head=f'<meta name="description" content="{dek}">')).summary == dek
    assert read(html(head=f'<meta name="description" content="{PARAGRAPHS[0][:80]}">')).summary == ""


def test_the_extractor_names_versions_and_profile() -> None:
    plain, ruled = read(html(), outlet()), read(html(), outlet(extract={"drop": [".x"]}))
    assert plain.extractor.startswith("trafilatura-")
    assert plain.extractor.endswith("/-")
    assert not ruled.extractor.endswith("/-")


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type":"NewsArticle","headline":"%s","datePublished":"2024-05-01T09:00:00Z",}',
        '<!-- {"@type":"NewsArticle","headline":"%s","datePublished":"2024-05-01T09:00:00Z"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"%s","datePublished":"2024-05-01T09:00:00Z"}\n//]]>',
        '{"@type":"NewsArticle","headline":"%s","articleBody":"a\tb\nc","datePublished":"2024-05-01T09:00:00Z"}',
        '{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-05-01T09:00:00Z&quot;} %.0s',
        '{"@graph":[{"@type":"WebSite"},[{"@type":["NewsArticle"],"headline":"%s","datePublished":"2024-05-01T09:00:00Z"}]]}',
        '{"@type":"NewsArticle" "headline":"%s","datePublished":"2024-05-01T09:00:00Z"',
    ],
)  # fmt: skip
def test_broken_and_nested_json_ld_is_read_as_far_as_it_goes(broken: str) -> None:
    published = read(html(head=f'<script type="application/ld+json">{broken % TITLE}</script>')).published
    assert published is not None
    assert published.signal == "jsonld"


def test_json_ld_of_another_article_is_not_believed() -> None:
    other = (
        '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"A storm is on its way to the coast",'
        '"url":"https://news.example.org/storm","datePublished":"2024-04-01","author":{"name":"Wrong Person"}}]</script>'
    )
    extract = read(html(head=other))
    assert extract.published is None
    assert extract.authors == ()


def test_a_page_with_nothing_around_its_text_credits_nobody() -> None:
    assert read(f"<body><p>{'</p><p>'.join(PARAGRAPHS)}</p></body>").credits == ()


def test_a_heading_of_references_credits_nobody() -> None:
    assert read(html(BODY + "<p>Sources:</p><p>https://reports.example.com/2024</p>")).credits == ()
