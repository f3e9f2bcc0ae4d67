"""What names an article, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.outlet import Articles
from pipeline.urls import article_key, canonical_url, fetchable, same_view, site_of, trusted_link, url_key

NO_RULES = Articles()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a/b", "http://example.org/a/b"),
        ("https://example.org/a/b", "https://www.example.org/a/b/"),
        ("https://example.org/a/b", "https://EXAMPLE.org:443/a/./x/../b#top"),
        ("https://example.org/a/b", "https://example.org/a/b?utm_source=rss&fbclid=1"),
        ("https://example.org/a/b", "https://m.example.org/a/b/amp"),
        ("https://example.org/a/b", "https://example.org/a/b?amp=1"),
        ("https://example.org/a/b/", "https://example.org/a/b/index.html"),
        ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&x=1"),
        ("https://example.org/caf%C3%A9", "https://example.org/café"),
        ("https://example.org/caf%c3%a9", "https://example.org/cafe\u0301"),
        ("https://example.org/a;jsessionid=AB12?x=1", "https://example.org/a?x=1"),
        ("https://example.org/a", "https://example.org./a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a"),
        ("https://example.org/view?seq=5", "https://example.org/view?seq=5&from=&to="),
        ("https://example.org/long-story", "https://example.org/long-story/print/"),
        ("https://example.org/long-story", "https://example.org/long-story?print=1"),
        ("https://www.a-b.example/c?x=1", "https://www-a--b-example.cache.test/c/s/www.a-b.example/c?x=1"),
        ("https://example.org/c", "https://viewer.test/amp/s/example.org/c"),
        (
            "https://example.org/c?x=1",
            "https://go.test/url?sa=t&url=https%3A%2F%2Fexample.org%2Fc%3Fx%3D1&ct=g",
        ),
        (
            "https://example.org/c",
            "https://l.test/l.php?u=https%3A%2F%2Fgo.test%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.org%252Fc",
        ),
    ],
)
def test_addresses_of_one_page_share_a_key(one: str, other: str) -> None:
    assert url_key(fetchable(one) or "") == url_key(fetchable(other) or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/view?seq=1", "https://example.org/view?seq=2"),
        ("https://example.org/Abc", "https://example.org/abc"),
        ("https://example.org/en/story/1", "https://example.org/fr/story/1"),
        ("https://example.org/#!/a", "https://example.org/#!/b"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://one.example.org/a", "https://two.example.org/a"),
        ("https://example.org/a?ref=123", "https://example.org/a?ref=124"),
        ("https://example.org/camp/", "https://example.org/c"),
        ("https://example.org/view?1001", "https://example.org/view"),
        ("https://example.org/in/print", "https://example.org/in"),
        ("https://one.test/c/s/example.org/c", "https://example.org/c"),
        ("https://example.org/review?url=https://other.test/", "https://other.test/"),
    ],
)
def test_addresses_that_may_name_different_articles_keep_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://example.org/a", "javascript:void(0)", "/a/b", "https://", "https://u:p@example.org/", "http://e:0/",
     "http://e:99999/", "https://example.org/" + "a" * 3000, "mailto:a@example.org", "http://[::1", "http://e:x/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_not_fetched(url: str) -> None:
    assert fetchable(url) is None


def test_a_canonical_address_is_canonical() -> None:
    url = "HTTPS://Example.org:443/a/../b//c.html?utm_medium=x&b=2&a=1#frag"
    assert canonical_url(url) == "https://example.org/b/c.html?a=1&b=2"


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=20))
def test_canonical_form_is_stable_and_never_raises(path: str, query: str, fragment: str) -> None:
    url = fetchable(f"https://example.org/{path}?{query}#{fragment}")
    if url is not None:
        once = canonical_url(url)
        assert canonical_url(once) == once
        assert url_key(once) == url_key(url)


@given(st.text(max_size=200))
def test_any_text_is_either_an_address_or_refused(text: str) -> None:
    url = fetchable(text)
    assert url is None or url_key(url)


def test_a_key_of_any_length_fits_into_an_index() -> None:
    keys = {article_key(f"https://example.org/{'%ED%95%9C' * 150}/{n}", NO_RULES) for n in range(2)}
    assert len(keys) == 2
    assert all(len(key.encode()) <= 1024 for key in keys)


def test_the_identity_part_names_the_article_whatever_the_slug() -> None:
    rules = Articles(identity="-([0-9a-f]{32})$")
    digest = "0123456789abcdef" * 2
    one = article_key(f"https://example.org/article/first-head-{digest}?utm_source=x", rules)
    assert one == article_key(f"https://example.org/article/second-head-{digest}", rules) == f"id:{digest}"
    assert article_key("https://example.org/article/no-digest", rules) == "example.org/article/no-digest"


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("https://example.org/the-long-way-to-a-treaty/amp", "https://example.org/the-long-way-to-a-treaty/"),
        ("https://m.example.org/view?id=20260914001", "https://www.example.org/news/20260914001"),
        ("https://example.org/api/content/news/short-note", "https://example.org/news/short-note"),
        ("https://example.org/topic/9a8b7c6d5e4f3a2b", "https://example.org/story/9a8b7c6d5e4f3a2b"),
    ],
)
def test_a_canonical_link_that_names_the_same_article_is_trusted(page: str, link: str) -> None:
    assert trusted_link(page, link, NO_RULES) == canonical_url(link)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("https://example.org/news/a-b", "https://example.org/"),
        ("https://example.org/news/the-long-way-to-a-treaty", "https://example.org/news"),
        ("https://example.org/view.php?seq=123456", "https://example.org/view.php"),
        ("https://example.org/press-releases?id=5", "https://example.org/press-releases"),
        ("https://example.org/the-long-way-to-a-treaty", "https://other.test/the-long-way-to-a-treaty"),
        ("https://example.org/a-b-c-d", "javascript:alert(1)"),
        ("https://example.org/a-b-c-d", None),
    ],
)
def test_a_canonical_link_that_may_merge_two_articles_is_not_trusted(page: str, link: str | None) -> None:
    assert trusted_link(page, link, NO_RULES) is None


def test_a_canonical_link_that_the_rules_refuse_is_not_trusted() -> None:
    rules = Articles(include=("^/en/",))
    page = "https://example.org/en/a-long-slug-here"
    assert trusted_link(page, "https://example.org/fr/a-long-slug-here", rules) is None


def test_a_site_is_its_registrable_domain_or_its_address() -> None:
    assert site_of("https://news.example.co.uk/a") == "example.co.uk"
    assert site_of("http://127.0.0.1:8001/a") != site_of("http://127.0.0.1:8002/a")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://example.org/a/b/", True),
        ("https://www.example.org/a/b/index.html?from=rss", True),
        ("https://m.example.org/a/b", False),
        ("https://example.org/amp/a/b", False),
        ("https://example.org/a/b.amp.html", False),
        ("https://example.org/a/b?outputType=amp", False),
        ("https://example.org/a/b?print=1", False),
        ("https://example.org/a/b?view=printable", False),
    ],
)
def test_amp_print_and_mobile_pages_are_other_views(other: str, same: bool) -> None:
    assert same_view("https://example.org/a/b", other) is same
    assert same_view(other, other)
