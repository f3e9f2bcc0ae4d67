"""Parts that a server sends behind the end of a page, and that a script moves into place."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import pytest

from pipeline.errors import TooLarge
from pipeline.extract import markup, streamed, tree
from tests.unit.pipeline.extract.pages import PARAGRAPHS, TEXT, TITLE, read

ONE, TWO, THREE, FOUR = (f"<p>{p}</p>" for p in PARAGRAPHS)


def page(inside: str, behind: str) -> str:
    """Write a page that sends some of its parts late."""
    return f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><div class=body>{inside}</div></main><footer>Example News</footer>{behind}</body></html>"


def settled(html: str) -> str:
    """Return the text of a page with its parts in place."""
    root = tree.parse(markup.strip(streamed.mark(html)).html)
    streamed.settle(root)
    return tree.text_of(root.find("body"))


def test_an_article_whose_parts_come_late_is_read_in_the_order_in_which_it_is_shown() -> None:
    inside = f'{ONE}<template id="P:1"></template>{THREE}<!--$?--><template id="B:0"></template><!--/$-->'
    behind = f'<div hidden id="S:1">{TWO}</div><script>$RS("S:1","P:1")</script><div hidden id="S:0">{FOUR}</div><script>$RC("B:0","S:0")</script>'
    assert read(page(inside, behind)).text == TEXT


def test_a_part_within_a_part_gets_to_its_place() -> None:
    inside = f'{ONE}<template id="B:0"></template>'
    behind = f'<div hidden id="S:2">{THREE}</div><div hidden id="S:0">{TWO}<template id="P:2"></template>{FOUR}</div>'
    assert read(page(inside, behind)).text == TEXT


def test_the_script_says_which_part_belongs_where_the_numbers_differ() -> None:
    html = '<body><p>one</p><template id="B:0"></template><template id="P:0"></template><div hidden id="S:0"> three</div><div hidden id="S:7">two</div><script>$RC("B:0","S:7")</script></body>'
    assert settled(html) == "one two three"


def test_the_text_around_a_place_and_in_a_part_stays() -> None:
    html = (
        '<body>one <template id="P:1"></template> four<div hidden id="S:1">two <b>three</b></div> five</body>'
    )
    assert settled(html) == "one two three four five"


def test_a_part_that_has_no_place_or_holds_its_own_stays_where_it_is() -> None:
    html = '<body><p>one</p><div hidden id="S:1">two<template id="P:1"></template></div><div hidden id="S:3">three</div></body>'
    assert settled(html) == "one two three"


def test_two_parts_that_hold_each_other_end_nowhere() -> None:
    html = '<body><p>one</p><div id="S:1"> two <template id="P:2"></template></div><div id="S:2"> three <template id="P:1"></template></div></body>'
    assert sorted(settled(html).split()) == ["one", "three", "two"]


def test_a_page_that_sends_nothing_late_is_not_touched() -> None:
    html = '<body><template id="P:1"></template><p>one</p></body>'
    assert streamed.mark(html) is html


def test_parts_that_nest_too_deep_are_refused() -> None:
    box = "<div>" * 60
    parts = "".join(
        f'<div hidden id="S:{n}">{box}<template id="P:{n + 1}"></template>{"</div>" * 60}</div>'
        for n in range(9)
    )
    with pytest.raises(TooLarge):
        settled(f'<body><template id="P:0"></template>{parts}</body>')
