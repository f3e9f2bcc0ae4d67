"""The headline: the signals that agree, without the name of the site."""

from __future__ import annotations

import pytest

from pipeline.extract.blocks import read_blocks
from pipeline.extract.title import title_index
from pipeline.extract.tree import parse
from tests.unit.pipeline.extract.pages import BODY, TITLE, URL, html, outlet, read

OTHER = "A storm is on its way to the coast"


def page(h1: str, *, og: str = "", tag: str = "", ld: str = "", site: str = "", before: str = "") -> str:
    """Write a page whose signals state the headline as given."""
    head = f"<title>{tag}</title>" if tag else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    head += (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{ld}"}}</script>'
        if ld
        else ""
    )
    return f"<html><head>{head}</head><body>{before}<article><h1>{h1}</h1>{BODY}</article></body></html>"


@pytest.mark.parametrize(
    "end",
    [
        " | Example News",
        " - Example News",
        " — Example News",
        " – World – Example News",
        " | World | Example News",
        " :: Example News",
        "｜Example News",
    ],
)
def test_a_title_loses_the_name_of_the_site(end: str) -> None:
    assert read(page(TITLE, og=TITLE + end, tag=TITLE + end, site="Example News")).title == TITLE


def test_a_title_without_an_h1_loses_the_name_of_the_site() -> None:
    source = page("", og=f"{TITLE} | Example News", site="Example News").replace("<h1></h1>", "")
    assert read(source).title == TITLE


def test_a_site_that_does_not_say_its_name_is_known_by_its_address() -> None:
    source = page("", tag=f"{TITLE} | Example").replace("<h1></h1>", "")
    assert read(source).title == TITLE


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("港务委员会决定重新开放旧码头_示例网", "港务委员会决定重新开放旧码头"),
        ("港务委员会决定重新开放旧码头_国际频道_示例网", "港务委员会决定重新开放旧码头"),
        ("港务委员会决定重新开放旧码头_旧货市场", "港务委员会决定重新开放旧码头_旧货市场"),
    ],
)
def test_a_chinese_title_loses_the_site_behind_an_underscore(tag: str, title: str) -> None:
    assert read(f"<html lang=zh><head><title>{tag}</title></head><body>{BODY}</body></html>").title == title


def test_a_dash_that_belongs_to_the_headline_stays() -> None:
    title = "Harbour council votes - and nobody leaves"
    assert read(html(title=title)).title == title


def test_an_h1_that_is_the_sites_name_is_no_title() -> None:
    source = page("Example News", tag=f"{TITLE} | Example News", site="Example News")
    assert read(source).title == TITLE


def test_a_site_name_that_is_the_headline_does_not_cost_the_headline() -> None:
    source = page(TITLE, og=TITLE, tag=f"{TITLE} | Example News", site=TITLE)
    assert read(source).title == TITLE


def test_the_outlets_selector_says_the_title() -> None:
    rules = outlet(extract={"title": [".real"]})
    assert read(html(f'<p class="real">Another headline</p>{BODY}'), rules).title == "Another headline"


def test_of_several_h1_the_one_that_most_signals_repeat_is_the_title() -> None:
    source = page(
        TITLE, og=TITLE, tag=f"{TITLE} - world news from Example", before="<h1>world news from Example</h1>"
    )
    assert read(source).title == TITLE


def test_an_h1_is_preferred_to_a_preview_that_words_it_anew() -> None:
    preview = "What the harbour council decided about the old quay"
    assert read(page(TITLE, og=preview, tag=preview)).title == TITLE


def test_an_h1_about_something_else_is_no_title() -> None:
    assert read(page("A message from our founder and publisher", og=TITLE, tag=TITLE)).title == TITLE


def test_an_h1_is_believed_when_only_the_address_agrees() -> None:
    source = page("Harbour talks go on in the world", tag="Example")
    assert (
        read(source, url="https://news.example.org/posts/harbour-talks").title
        == "Harbour talks go on in the world"
    )


def test_the_address_decides_against_an_h1_that_has_little_of_it() -> None:
    preview = "Harbour council votes for the ferry"
    source = page("Council votes in the night", og=preview, tag=preview)
    assert read(source, url="https://news.example.org/harbour-votes-ferry").title == preview


def test_a_title_cut_off_by_a_preview_is_made_whole() -> None:
    source = page("", og="Harbour council opens the old…", tag=f"{TITLE} | Example").replace("<h1></h1>", "")
    assert read(source).title == TITLE


def test_capitals_are_spelt_as_another_signal_spells_them() -> None:
    assert read(page(TITLE.upper(), og=TITLE)).title == TITLE


def test_a_raised_letter_stays_in_its_word_and_a_kicker_apart() -> None:
    source = page(
        "<span>Ports</span><span>The 76<sup>th</sup> harbour fair begins</span>",
        og="The 76th harbour fair begins",
    )
    assert read(source).title == "Ports The 76th harbour fair begins"


def test_the_headlines_own_h1_is_where_the_article_begins() -> None:
    root = parse(f"<html><body><h1>{OTHER}</h1><p>x</p><h1>{TITLE}</h1>{BODY}</body></html>")
    assert title_index(read_blocks(root, URL), TITLE, (TITLE, OTHER)) == 2


@pytest.mark.parametrize("home", ["/", "https://news.example.org/", "https://news.example.org"])
def test_a_heading_that_leads_to_the_front_page_is_the_sites_name(home: str) -> None:
    sign = f'<h1><a href="{home}">Notes from the Quay</a></h1>'
    body = f"{sign}<div><h3>{TITLE}</h3>{BODY}</div>"
    source = f"<html><head><title>{TITLE} - Notes from the Quay</title></head><body>{body}</body></html>"
    assert read(source).title == TITLE
    assert (
        read(source.replace(f"{TITLE} - Notes from the Quay", f"Notes from the Quay: {TITLE}")).title == TITLE
    )


def test_a_headline_that_links_to_its_own_page_stays_one() -> None:
    assert read(page(f'<a href="{URL}">{TITLE}</a>', tag=f"{TITLE} | Example")).title == TITLE


def test_a_colon_for_screen_readers_begins_no_headline() -> None:
    assert (
        read(page(f'<span class="sr-only">:</span><span>{TITLE}</span>', tag=f"{TITLE} - Example")).title
        == TITLE
    )


@pytest.mark.parametrize(
    "tag",
    [
        f"{TITLE} > News > Example Board",
        f"Ministry of Examples - {TITLE}",
        f"{TITLE} | Notices | Ministry of Examples",
    ],
)
def test_a_page_that_sets_its_headline_as_a_lesser_heading_is_believed(tag: str) -> None:
    source = (
        f"<html><head><title>{tag}</title></head><body><h2>Notice {TITLE}</h2><div>{BODY}</div></body></html>"
    )
    assert read(source, url="https://b.example/1").title == TITLE


def test_a_headline_with_a_dash_stays_whole_where_it_is_set_whole() -> None:
    whole = f"{TITLE} — and nobody minds them"
    body = f"<h2>{whole}</h2><h2>And nobody minds them</h2><div>{BODY}</div>"
    assert read(f"<html><head><title>{whole}</title></head><body>{body}</body></html>").title == whole


def test_a_sites_name_behind_a_dash_without_spaces_goes() -> None:
    source = page("", tag=f"{TITLE}-Example", site="").replace("<h1></h1>", "")
    assert read(source).title == TITLE


def test_a_persons_name_that_ends_like_the_sites_stays() -> None:
    assert read(page("A letter to Kim Jong-un", tag="A letter to Kim Jong-un - UN", site="UN")).title == (
        "A letter to Kim Jong-un"
    )
