"""A precise run that is not made: what it would have said is known, or it is made after all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import accelerate, tree
from pipeline.extract.accelerate.cascade import Cascade

SENTENCE = "The council met on Tuesday and agreed to build a second bridge over the river before spring. "
LEAST = 250


def page(*parts: str) -> str:
    numbered = "".join(part.replace("Tuesday", f"day {number}") for number, part in enumerate(parts))
    return f'<html><body><div class="post">{numbered}</div></body></html>'


PARAGRAPH = f"<p>{4 * SENTENCE}</p>"
PARTS = (
    PARAGRAPH,
    f"<p>{SENTENCE}</p>",
    f"<p>One<em></em> two <b></b>three<i></i> <span>four</span> {SENTENCE}</p>",
    f'<p>{SENTENCE}<a href="/a">A link</a></p>',
    '<p><a href="/b">A link of more than ten letters</a></p>',
    '<div><a href="/c">A link of some words</a> and words beside it, not many, but enough.</div>',
    '<ul><li><a href="/e">The first of the other stories</a></li><li><a href="/f">The second</a></li></ul>',
    f"<ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>",
    "<header><h2>A head</h2><p>By A. Writer</p></header>",
    "<h2>A sub-head</h2>",
    '<h2><a href="/g">A sub-head that is a link</a></h2>',
    f'<div class="teaser">{SENTENCE}</div>',
    f'<div class="bottom">{SENTENCE}</div>',
    f'<section class="link"><p>{SENTENCE}</p></section>',
    f"<blockquote>{SENTENCE}</blockquote>",
    f"<table><tr><td>{SENTENCE}<ul><li>An item</li></ul></td><td>Two</td></tr></table>",
    f"<div></div>{SENTENCE}",
    f"text<div></div> {SENTENCE}",
    '<div id="dsq-comments"><p>A comment that somebody left there.</p></div>',
)


def precise(source: str, *, after: bool) -> tuple[str, Cascade]:
    """Return what a precise run says, `after` a permissive one over the same tree or alone."""
    root = tree.parse(source)
    tree.slim(root)
    with accelerate._changed():
        cascade = Cascade(root, LEAST, accelerate._QUESTIONS.ask)
        if after:
            cascade.text("recall")
        return cascade.text("precision"), cascade


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_precise_run_says_the_same_after_a_permissive_one(parts: list[str]) -> None:
    source = page(*parts)
    assert precise(source, after=True)[0] == precise(source, after=False)[0]


def test_a_precise_run_over_plain_paragraphs_is_not_made() -> None:
    said, cascade = precise(page(*[PARAGRAPH] * 4), after=True)
    assert cascade._precise_too is not None
    assert said.count("second bridge") == 16


@pytest.mark.parametrize(
    "part",
    [part for part in PARTS if part.startswith(("<header", "<table", '<div class="', "<section", "<div><a"))],
)
def test_a_precise_run_is_made_where_it_would_take_more_out(part: str) -> None:
    assert precise(page(*[PARAGRAPH] * 4, part, PARAGRAPH), after=True)[1]._precise_too is None
