"""Shortcuts that must not change an answer: each beside the long way that it saves."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from pipeline.extract import markup, tree
from pipeline.extract.jsonld import alike, contained
from pipeline.extract.regions import _NAMES, Region, region_of
from pipeline.extract.strings import key, squash

NAMED = [(region, re.compile(pattern)) for region, pattern, _ in _NAMES]
PIECES = sorted({w for _, pattern, _ in _NAMES for w in re.findall(r"[a-z]+", pattern)})

names = st.lists(st.sampled_from([*PIECES, "-", "_", "x", "Photo", "9"]), min_size=1, max_size=5).map("".join)
texts = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F), st.characters(), st.sampled_from(" \u00ad\u200b\ufeff\xa0\n")
    )
)


@given(names)
@settings(max_examples=300)
def test_a_name_says_what_its_patterns_say(name: str) -> None:
    said = Region.NONE
    for region, pattern in NAMED:
        said |= region if pattern.search(name.lower()) else Region.NONE
    assert region_of("i", name) == said


@given(texts)
@settings(max_examples=200)
def test_white_space_control_and_zero_width_characters_are_squashed(text: str) -> None:
    odd = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
    visible = re.sub("[\u200b\u2060\ufeff\u00ad]", "", text)
    expected = text if text.isascii() else odd.sub(" ", visible)
    assert squash(text) == " ".join(expected.split())


@given(texts)
@settings(max_examples=200)
def test_a_key_is_letters_and_digits_in_one_case(text: str) -> None:
    assert key(text) == re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


@given(st.text("abc ", max_size=30), st.text("abc ", max_size=30))
@settings(max_examples=200)
def test_headlines_are_alike_by_their_common_letters_in_order(one: str, other: str) -> None:
    short, long = sorted((one, other), key=len)
    close = SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.82
    expected = contained(one, other) or (len(short) >= 0.7 * len(long) and close)
    assert alike(one, other) is bool(one and other and expected)


CUT = st.sampled_from([
    "<!-- a <p>b</p> -->", "<!--> --><!---->", "<script>if (a < b) { '<!--' }</script>",
    "<style>p > a {}</style>", "<script type='application/ld+json'>{\"a\": \"</p>\"}</script>",
    "<svg><title>x</title><path d='M0'/></svg>",
    "<noscript><img src=x></noscript>", "<SCRIPT SRC=x></SCRIPT >",
])  # fmt: skip
KEPT = st.sampled_from(
    ["<p>one</p>", "<div class=a>two<br>three</div>", "four ", "<b>five</b>", "<h2>six</h2>"]
)


@given(st.lists(st.one_of(CUT, KEPT), max_size=12))
@settings(max_examples=150)
def test_what_is_cut_before_parsing_takes_nothing_else_with_it(parts: list[str]) -> None:
    whole = tree.parse(f"<html><body><div>{''.join(parts)}</div></body></html>")
    for element in list(whole.iter("script", "style", "svg", "noscript")):
        tree.drop(element)
    left = tree.parse(markup.strip(f"<html><body><div>{''.join(parts)}</div></body></html>").html)
    assert [(e.tag, bare(e)) for e in left.iter("p", "div", "b", "h2")] == [
        (e.tag, bare(e)) for e in whole.iter("p", "div", "b", "h2")
    ]


def bare(element: HtmlElement) -> str:
    """Return the letters of an element; what was cut out leaves a space."""
    return "".join(tree.text_of(element).split())


def test_what_never_ends_is_left_to_the_parser() -> None:
    source = "<p>one</p><script>var a = 1; <p>two</p>"
    assert markup.strip(source).html == source
