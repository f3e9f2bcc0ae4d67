"""The article rules of an outlet: which addresses are articles, and what names one."""

from __future__ import annotations

import pytest

from config.outlet import Articles, path_and_query


def test_an_address_is_an_article_if_some_include_and_no_exclude_finds_itself_in_path_and_query() -> None:
    rules = Articles(include=(r"^/news/\d+", r"\?id="), exclude=("/live/",))
    assert rules.accepts("https://x.example/news/12")
    assert rules.accepts("https://x.example/index.php?id=3")
    assert not rules.accepts("https://x.example/news/12/live/")
    assert not rules.accepts("https://x.example/about")
    assert not rules.accepts("https://news.example/12")


def test_without_include_rules_every_address_is_an_article() -> None:
    assert Articles().accepts("https://x.example")


@pytest.mark.parametrize("url", ["http://[", f"https://x.example/{'a' * 2_000}"])
def test_what_is_no_address_or_too_long_a_one_is_no_article_and_stays_as_it_is(url: str) -> None:
    rules = Articles(rewrite=(("a", "b"),), identity="a")
    assert not rules.accepts(url)
    assert rules.rewritten(url) == url
    assert rules.named_part(url) is None


def test_rewrite_rules_work_one_after_the_other_and_leave_the_host_alone() -> None:
    rules = Articles(rewrite=(("^/feed/view/", "/"), (r"^/(\w+)/(\w+)", r"\2/\1"), ("feed", "never")))
    assert (
        rules.rewritten("https://feed.example/feed/view/en/story?a=1") == "https://feed.example/story/en?a=1"
    )
    assert rules.rewritten("https://feed.example/x#part") == "https://feed.example/x#part"


def test_a_rewrite_that_blows_an_address_up_is_not_made() -> None:
    rules = Articles(rewrite=tuple(("x", "x" * 1_000) for _ in range(20)))
    assert rules.rewritten("https://a.example/x") == "https://a.example/x"


@pytest.mark.parametrize(
    ("identity", "named"),
    [
        ("-([0-9a-f]{4})$", "00af"),
        ("[0-9a-f]{4}$", "00af"),
        ("(zzz)|00af", "00af"),
        ("nothing", None),
        ("x*", None),
    ],
)
def test_the_identity_is_the_first_group_or_the_whole_match_and_never_empty(
    identity: str, named: str | None
) -> None:
    assert Articles(identity=identity).named_part("https://x.example/a-title-00af") == named


def test_an_example_is_rewritten_before_the_rules_are_tried_on_it() -> None:
    Articles.model_validate(
        {
            "include": ["^/story/"],
            "rewrite": [["^/feed/view/", "/"]],
            "identity": r"/(\d+)$",
            "examples": [
                {"url": "https://x.example/feed/view/story/12", "identity": "12"},
                {"url": "https://x.example/about", "article": False},
            ],
        }
    )


@pytest.mark.parametrize(
    "harmless",
    [r"^/(?:[a-z]+/)*\d+$", r"(\d+)", r"\(a+\)+", r"(?:a|b)*", r"(?:\w+-)+x", r"[(]a*[)]*"],
)
def test_a_repetition_of_more_than_one_repeated_thing_is_allowed(harmless: str) -> None:
    assert Articles(include=(harmless,)).include == (harmless,)


def test_path_and_query_of_a_bare_host_is_a_slash() -> None:
    assert path_and_query("https://x.example") == "/"
    assert path_and_query("https://x.example/a/?b=c#d") == "/a/?b=c"
