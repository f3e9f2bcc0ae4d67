"""The acceleration of trafilatura: the same answers, and none of it where trafilatura is not known."""

from __future__ import annotations

import gzip
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import py3langid
import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from justext.core import define_stoplist
from justext.utils import get_stoplist, get_stoplists
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import external, xpaths

from pipeline.errors import PageError
from pipeline.extract import accelerate, extract_page, letters, stopwords, tree, warmup
from pipeline.extract.accelerate import roll
from pipeline.extract.accelerate.conditions import UnknownExpressionError
from pipeline.extract.accelerate.expressions import compile_expression
from pipeline.extract.accelerate.literals import cores, searcher
from pipeline.extract.accelerate.questions import Questions
from pipeline.records import Extract, Page, Rejected
from tests.shared import SHARED, needs_shared
from tests.unit.pipeline.extract.pages import URL, html, page

EXPRESSIONS = {
    f"{name}[{i}]": expression
    for name in accelerate._LISTS
    for i, expression in enumerate(getattr(xpaths, name))
}
PATTERNS = sorted({p for e in EXPRESSIONS.values() for p in re.findall(r"re:test\([^,]*, '([^']*)'", e.path)})
WORDS = sorted({w for p in PATTERNS for w in re.findall(r"[A-Za-z]+", p)})
TAGS = ("div", "section", "p", "span", "ul", "li", "article", "main", "aside", "header", "h1", "list", "item")
ATTRIBUTES = ("class", "id", "role", "style", "itemprop", "aria-hidden", "data-component", "title")

values = st.lists(
    st.sampled_from([*WORDS, "", " ", "-", "_", "Main", "x", "border", "navigation"]), max_size=4
).map("".join)


@st.composite
def trees(draw: st.DrawFn) -> HtmlElement:
    root = tree.parse("<html><body></body></html>")
    places = [root[0]]
    for _ in range(draw(st.integers(1, 12))):
        parent = draw(st.sampled_from(places))
        child = etree.SubElement(parent, draw(st.sampled_from(TAGS)))
        names = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=3, unique=True))
        for name in names:
            child.set(name, draw(values))
        places.append(child)
    return root


QUESTIONS = Questions()
COMPILED = {n: QUESTIONS.numbered(compile_expression(e.path)) for n, e in EXPRESSIONS.items()}


def found_by_xpath(name: str, within: HtmlElement) -> list[HtmlElement]:
    found = EXPRESSIONS[name](within)
    return found[:1] if name.startswith("BODY") else found


@given(trees())
@settings(max_examples=40, deadline=None)
def test_an_expression_finds_what_its_xpath_finds(root: HtmlElement) -> None:
    for name, compiled in COMPILED.items():
        assert compiled(root)[: 1 if name.startswith("BODY") else None] == found_by_xpath(name, root), name


@given(trees(), st.data())
@settings(max_examples=40, deadline=None)
def test_by_a_roll_it_finds_the_same_in_any_part_and_when_elements_are_gone(
    root: HtmlElement, data: st.DataObject
) -> None:
    with roll.calling(roll.roll_of(root, QUESTIONS.ask)):
        gone = data.draw(st.sampled_from(list(root.iterdescendants())))
        if gone.tag != "body":
            tree.drop(gone)
        part = data.draw(st.sampled_from(list(root.iter())))
        for name, compiled in COMPILED.items():
            assert compiled(part)[: 1 if name.startswith("BODY") else None] == found_by_xpath(name, part), (
                name
            )


def test_an_expression_of_another_kind_is_refused() -> None:
    for path in (
        "//p/text()",
        ".//p[2]",
        ".//*[count(*) > 1]",
        ".//*[@class='']",
        ".//*[contains(@class, '')]",
    ):
        with pytest.raises(UnknownExpressionError):
            compile_expression(path)


@given(
    st.sampled_from(
        [*PATTERNS, "a[bc]d|^e", "(?:a|b)c?", "ab*c", "a{2}b", "x+yz", r"(^|\s)bar", "^(?:a|b-)c"]
    ),
    values,
)
@settings(max_examples=200, deadline=None)
def test_a_searcher_finds_what_its_pattern_finds_and_never_without_a_core(pattern: str, value: str) -> None:
    is_found = re.search(pattern, value) is not None
    assert searcher(pattern)(value) is is_found
    if is_found and (known := cores(pattern)) is not None:
        assert any(core in value.lower() for core in known)


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_languages_are_ranked_as_py3langid_ranks_them(text: str) -> None:
    assert list(letters.rank(text)) == py3langid.rank(text)


def test_a_long_text_is_ranked_as_py3langid_ranks_it() -> None:
    text = "Der Rat tagte am Dienstag. Le conseil s'est réuni mardi. Совет собрался во вторник. " * 40
    assert list(letters.rank(text)) == py3langid.rank(text)


def test_the_server_of_the_workers_has_paid_for_the_first_page() -> None:
    assert warmup.extract_page is extract_page
    assert letters._walk.cache_info().currsize == 1


def test_the_stop_words_of_all_languages_are_those_of_trafilatura() -> None:
    words = {word for name in get_stoplists() for word in get_stoplist(name)}
    assert stopwords.all_words() == words


def test_justext_does_not_go_through_the_stop_words_that_were_read_before_its_first_page() -> None:
    words: Any = external.JT_STOPLIST
    assert isinstance(words, frozenset)
    assert stopwords.set_of(words) is words
    assert stopwords.set_of(tuple(words)) == words
    asked = define_stoplist.cache_info()
    with accelerate._changed():
        external.try_justext(tree.parse("<html><body><p>The council met.</p></body></html>"), None, None)
    assert define_stoplist.cache_info() == asked


def test_a_question_that_is_numbered_later_is_answered_of_values_that_were_asked_before() -> None:
    questions = Questions()
    compiled = [compile_expression(e.path) for e in xpaths.OVERALL_DISCARD_XPATH]
    root = tree.parse("<div><p class='related'>One.</p></div>")
    found = []
    for expression in (questions.numbered(one) for one in compiled * 2):
        with roll.calling(roll.roll_of(root, questions.ask)):
            found.append(expression(root))
    assert found == [one(root) for one in compiled] * 2
    assert any(found)


@pytest.fixture
def unknown_trafilatura(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(accelerate, "KNOWN", "of another version")
    accelerate._changes.cache_clear()
    yield
    accelerate._changes.cache_clear()


@pytest.mark.usefixtures("unknown_trafilatura")
def test_a_trafilatura_that_is_not_known_runs_as_it_is_and_is_named_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        runs = [accelerate.runs_over(tree.parse("<p>One.</p>"), 250) for _ in range(3)]
    assert {type(run) for run in runs} == {accelerate.Plain}
    assert [r.message.split(":")[0] for r in caplog.records] == [
        f"trafilatura {trafilatura.__version__} is not known"
    ]


def test_the_installed_trafilatura_is_the_known_one() -> None:
    assert accelerate.is_on()


def test_it_can_be_switched_off() -> None:
    accelerate.switch(on=False)
    try:
        assert isinstance(accelerate.runs_over(tree.parse("<p>One.</p>"), 250), accelerate.Plain)
    finally:
        accelerate.switch(on=True)


def test_trafilatura_is_left_as_it_is_between_pages() -> None:
    before = (
        xpaths.BODY_XPATH,
        trafilatura.main_extractor.prune_unwanted_sections,
        py3langid.langid.visit_counts,
    )
    read(page(html()))
    after = (
        xpaths.BODY_XPATH,
        trafilatura.main_extractor.prune_unwanted_sections,
        py3langid.langid.visit_counts,
    )
    assert all(one is other for one, other in zip(before, after, strict=True))


def read(fetched: Page) -> Extract | Rejected | str:
    try:
        return extract_page(fetched, None)
    except PageError as error:
        return str(error)


@needs_shared
def test_saved_pages_are_read_the_same_with_and_without_it() -> None:
    folder = SHARED / "pages"
    lines = (folder / "pages.jsonl").read_text("utf-8").splitlines()[7::60]
    for record in map(json.loads, lines):
        body = gzip.decompress((folder / record["html_path"]).read_bytes())
        fetched = page(body, url=record["url"] or URL, content_type="text/html")
        accelerated = read(fetched)
        accelerate.switch(on=False)
        try:
            assert read(fetched) == accelerated, record["id"]
        finally:
            accelerate.switch(on=True)
