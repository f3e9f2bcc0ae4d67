"""What a page may cost, whoever wrote it."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import PageError, TooLarge
from pipeline.extract import extract_page
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, html, page, read

SECONDS = 8.0
"""CPU that a hostile page may take here: four times the aim, because test machines are slow and shared."""


def cost(source: str | bytes) -> tuple[str, float]:
    began = time.process_time()
    try:
        outcome = type(extract_page(page(source), None)).__name__
    except PageError as error:
        outcome = type(error).__name__
    return outcome, time.process_time() - began


HOSTILE: dict[str, Callable[[], str]] = {
    "60,000 nested divs": lambda: html("<div>" * 60_000 + BODY),
    "60,000 nested spans and bs": lambda: html("<span><b>" * 30_000 + BODY),
    "200,000 paragraphs": lambda: html("<p>One more short paragraph." * 200_000),
    "100,000 links": lambda: html('<a href="/x">a link</a> ' * 100_000 + BODY),
    "5 MB of <": lambda: html("<" * 5_000_000),
    "5 MB in one text node": lambda: html("<p>" + "word " * 1_000_000 + "</p>"),
    "an entity bomb": lambda: (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(20))
        + "]>"
        + html("<p>&u;</p>" * 100 + BODY)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_within_bounds(name: str) -> None:
    outcome, seconds = cost(HOSTILE[name]())
    assert outcome in {"TooLarge", "Extract", "Rejected"}
    assert seconds < SECONDS


BIG: dict[str, Callable[[], str]] = {
    "a table of 50,000 rows": lambda: html(BODY + "<table>" + "<tr><td>1<td>2<td>3" * 50_000 + "</table>"),
    "a table of 1,000 rows": lambda: html(
        BODY + "<table>" + "<tr><td>12<td>31<td>3.5</tr>" * 1_000 + "</table>"
    ),
    "9,000 like paragraphs": lambda: html(BODY + "<p>One more paragraph like the others</p>" * 9_000),
    "3,900 links": lambda: html(BODY + '<a href="/story/1">One more headline to read</a> ' * 3_900),
    "5,000 headings that end the text": lambda: html(
        BODY + "<h3>Related articles</h3><p>A text.</p>" * 4_000
    ),
    "unclosed comments": lambda: html("<!--" * 300_000),
    "unclosed scripts": lambda: html("<script>" * 200_000),
    "broken JSON-LD with a long tail": lambda: html(
        BODY, head='<script type="application/ld+json">{"a": 1 -->' + " " * 300_000 + "x</script>"
    ),
    "deep JSON-LD": lambda: html(
        BODY, head='<script type="application/ld+json">' + '{"a":[' * 50_000 + "]}" * 50_000 + "</script>"
    ),
    "1,000 articles in JSON-LD": lambda: html(
        BODY,
        head='<script type="application/ld+json">['
        + ",".join(
            f'{{"@type":"NewsArticle","headline":"{"Harbour council " * 20}{i}"}}' for i in range(1_000)
        )
        + "]</script>",
    ),
    "a class of a million characters": lambda: html(f'<div class="{"a-" * 500_000}">{BODY}</div>'),
    "sentences without end": lambda: html("<p>" + "a.'" * 300_000 + "</p>"),
}


@pytest.mark.parametrize("name", BIG)
def test_a_page_at_the_bounds_ends_within_bounds(name: str) -> None:
    outcome, seconds = cost(BIG[name]())
    assert outcome in {"TooLarge", "Extract", "Rejected"}
    assert seconds < SECONDS


def test_a_page_of_50_megabytes_is_too_large() -> None:
    with pytest.raises(TooLarge, match="bytes"):
        extract_page(page(b"<p>" + b"x" * 50_000_000), None)


def test_deep_nesting_is_too_large_rather_than_half_a_text() -> None:
    with pytest.raises(TooLarge, match="deep"):
        extract_page(page(html("<div>" * 60_000 + BODY)), None)


def test_a_table_of_figures_does_not_cost_the_article() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>{i * 7}</td><td>{i % 9}.5</td></tr>" for i in range(600))
    assert read(html(f"{BODY}<table>{rows}</table>")).text.splitlines() == list(PARAGRAPHS)


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_no_tree_takes_costs_no_article(character: str) -> None:
    around = f"<nav>{character}Home</nav>{character}<table><tr><td>7</td></tr></table>{character}"
    kept = read(html(f"{around}<p>{PARAGRAPHS[0]}{character}</p>{BODY}")).text
    assert kept.splitlines()[-len(PARAGRAPHS) :] == list(PARAGRAPHS)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_end_in_an_outcome_or_a_page_error(noise: bytes) -> None:
    cost(b"<html><body><p>" + noise)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div class='related'>", "</div>", "<table><tr><td>", "<br>", "<a href='//['>x</a>",
                         "<script type='application/ld+json'>{", "</script>", "<time datetime='0000'>", "&#0;", "\x11", "\uffff", "\ud7ff", "Text. ",
                         "<meta property='article:published_time' content='99999-99-99T99:99:99+99:99'>", "<h1>", "<!--", "]]>"]),
        max_size=60,
    )
)  # fmt: skip
def test_any_markup_ends_in_an_outcome_or_a_page_error(parts: list[str]) -> None:
    cost("".join(parts))
