"""A page that says plainly where its text is, and pages that do not."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import tree
from pipeline.extract.blocks import Block, read_blocks
from pipeline.extract.evident import evident_reading
from pipeline.extract.frame import frame_of
from pipeline.extract.reading import Reading
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, TITLE, URL, html, outlet, read

MORE = (
    "The council will meet again in June, when the engineer is to say how deep the channel must be.",
    "Nobody could tell on Tuesday who would pay for the lights that ships need to find the way in.",
)
LONG = BODY + "".join(f"<p>{p}</p>" for p in MORE)


def blocks_of(inside: str) -> list[Block]:
    """Return the blocks of a page around the inside of an article."""
    return read_blocks(tree.parse(html(inside)), URL)


def evident_of(blocks: list[Block]) -> Reading | None:
    """Return what is evident of a page; None of one that has no frame, or leaves doubt."""
    frame = frame_of(blocks)
    return frame and evident_reading(frame)


def lines_of(inside: str) -> list[str] | None:
    """Return the lines of a page's evident text; None if it has none."""
    reading = evident_of(blocks_of(inside))
    return reading and [line.text for line in reading.lines]


def test_the_children_of_the_element_that_holds_the_paragraphs_are_the_text() -> None:
    inside = f"<div class=share><a href=/s>Share this</a></div><div class=text>{LONG}</div>"
    assert lines_of(inside) == [*PARAGRAPHS, *MORE]


def test_sub_heads_and_items_of_lists_among_the_paragraphs_stay() -> None:
    inside = f"<div>{BODY}<h2>What comes next</h2><p>{MORE[0]}</p><ul><li>A deeper channel, by June</li><li>Lights on both piers</li></ul><p>{MORE[1]}</p></div>"
    reached = lines_of(inside)
    assert reached is not None
    assert reached[4:] == [
        "What comes next", MORE[0], "- A deeper channel, by June", "- Lights on both piers", MORE[1],
    ]  # fmt: skip


def test_a_lede_in_an_element_of_its_own_above_the_rest_is_not_lost() -> None:
    lede = "Ships with passengers may call at the old quay from autumn, the harbour council has decided."
    reached = lines_of(f"<header><div class=top><p>{lede}</p></div></header><div class=text>{LONG}</div>")
    assert reached is None or lede in reached


@pytest.mark.parametrize(
    "inside",
    [
        BODY[:200],
        f"<div>{LONG}<table><tr><td>Depth</td><td>9 metres</td></tr></table></div>",
        f"<div>{LONG}<pre>depth = 9</pre></div>",
        f"<div>{LONG}<p style='display: none'>Read the rest of this at another place, which is better than here.</p></div>",
        f"<div hidden><div>{LONG}</div></div>",
    ],
    ids=["short", "table", "program", "hidden", "hidden around"],
)
def test_nothing_is_evident_where_blocks_do_not_tell(inside: str) -> None:
    assert lines_of(inside) is None


def test_nothing_is_evident_where_two_texts_share_a_page() -> None:
    other = "".join(f"<p>{p.replace('harbour', 'market')} It was late.</p>" for p in (*PARAGRAPHS, *MORE))
    page = (
        f"<html><body><section><div>{LONG}</div></section><section><div>{other}</div></section></body></html>"
    )
    assert evident_of(read_blocks(tree.parse(page), URL)) is None


def test_a_longer_article_below_the_page_s_own_is_not_taken_for_it() -> None:
    below = "".join(f"<p>{p.replace('harbour', 'market')} It was late.</p>" for p in (*PARAGRAPHS, *MORE) * 2)
    page = f"<html><body><article><h1>A quay</h1><div>{BODY}</div></article><article><div>{below}</div></article></body></html>"
    assert evident_of(read_blocks(tree.parse(page), URL)) is None


def test_a_theme_that_calls_the_article_a_card_does_not_hide_it() -> None:
    assert lines_of(f"<div class=card>{LONG}</div>") == [*PARAGRAPHS, *MORE]


def test_what_the_profile_drops_is_not_in_the_text_and_is_told() -> None:
    rules = outlet(extract={"drop": [".box"]})
    extract = read(html(f"<div>{BODY}<p class=box>{MORE[0]}</p><p>{MORE[1]}</p></div>"), rules)
    assert extract.text.splitlines() == [*PARAGRAPHS, MORE[1]]
    assert (MORE[0], "profile") in [(d.text, d.reason) for d in extract.dropped]


def test_what_decided_is_told() -> None:
    (decided, *_) = read(html(f"<div>{LONG}</div>")).reasons
    assert decided.startswith("body by paragraphs: one element holds 100% of the paragraphs")


def test_a_standfirst_above_the_element_with_the_paragraphs_is_the_summary() -> None:
    words = "Ships may come back to the old quay, seven years after the last one left it."
    top = f"<h1>{TITLE}</h1><div class=top><p class=standfirst>{words}</p><p class=date>3 May 2024</p></div>"
    extract = read(f"<html><body><main>{top}<article><div>{LONG}</div></article></main></body></html>")
    assert extract.reasons[0].startswith("body by paragraphs")
    assert (extract.summary, extract.text.splitlines()) == (words, [*PARAGRAPHS, *MORE])


def test_a_standfirst_between_the_headline_and_the_paragraphs_is_the_summary() -> None:
    words = "Ships may come back to the old quay after all."
    signed = "<div class=sig>By Jane Example<br>Published on 3 May 2024 at 10:20</div>"
    top = f"<h1>{TITLE}</h1><div class=chapo>{words}</div>{signed}"
    extract = read(f"<html><body><div id=corps>{top}{LONG}</div></body></html>")
    assert extract.reasons[0].startswith("body by paragraphs")
    assert (extract.summary, extract.text.splitlines()) == (words, [*PARAGRAPHS, *MORE])


@pytest.mark.parametrize("around", ["header", "header class=entry-header"])
def test_a_lede_of_one_sentence_in_the_head_of_the_article_is_not_lost(around: str) -> None:
    lede = "Ships may come back to the old quay, seven years after the last one left it."
    top = f"<{around}><h1>{TITLE}</h1><p>{lede}</p><p>By Jane Example</p></header>"
    extract = read(f"<html><body><main><article>{top}<div>{LONG}</div></article></main></body></html>")
    assert lede in (extract.summary, extract.text.splitlines()[0])


def test_paragraphs_that_the_markup_calls_another_part_of_the_page_are_not_the_text() -> None:
    notice = "To see this video you must agree to the use of cookies by the one who made it."
    first, *rest = (f"<p>{p}</p>" for p in (*PARAGRAPHS, *MORE))
    inside = f"<div>{first}<p class=consent>{notice}</p>{''.join(rest)}</div>"
    assert notice not in read(html(inside)).text


def test_terms_and_what_they_mean_stay_among_the_paragraphs() -> None:
    terms = "".join(f"<dt>Quay {n}</dt><dd>{MORE[n]}</dd>" for n in range(2))
    reached = read(html(f"<div>{LONG}<h2>Glossary</h2><dl>{terms}</dl></div>")).text.splitlines()
    assert [line for line in reached if line in MORE] == [*MORE, *MORE]


@pytest.mark.parametrize(
    "above",
    [
        f"<p class=author-description>{MORE[0]}</p>",
        f"<p class=video-description>{MORE[0]}</p>",
        f"<div class=intro><p>{MORE[0]}</p><p>Another of the kind, which tells that it is none.</p></div>",
        f"<div class=related><p class=intro>{MORE[0]}</p></div>",
        "".join(f"<p>Line {n}</p>" for n in range(12)) + f"<p class=standfirst>{MORE[0]}</p>",
    ],
    ids=["of the author", "of a video", "of several", "of a story elsewhere", "far from the headline"],
)
def test_what_only_looks_like_a_standfirst_above_the_body_is_none(above: str) -> None:
    top = f"<div class=top><h1>{TITLE}</h1>{above}</div>"
    extract = read(f"<html><body><main>{top}<article><div>{LONG}</div></article></main></body></html>")
    assert extract.summary == ""


def test_a_copy_of_an_element_alone_keeps_what_is_around_it_whatever_it_is_called() -> None:
    page = tree.parse(
        "<body {{#if}} a='&#1;'>x<g:plusone><p>no</p>y<div id=a><p>yes</p> or</div>z</g:plusone></body>"
    )
    (element,) = page.xpath("//div[@id='a']")
    copy = tree.alone(element)
    assert [e.tag for e in copy.iter()] == ["html", "body", "g:plusone", "div", "p"]
    assert tree.text_of(copy) == "yes or"
    assert tree.text_of(page) == "x no y yes or z"


@pytest.mark.parametrize("around", ["<g:plusone>", "<o:p>", "<div {{#if}}>", "<div title='&#1;'>"])
def test_markup_that_is_no_xml_around_the_paragraphs_does_no_harm(around: str) -> None:
    extract = read(html(f"{around}<div>{LONG}{FIGURES}</div>"))
    assert [*PARAGRAPHS, *MORE] == extract.text.splitlines()[:6]


def test_a_table_or_a_list_beside_the_paragraphs_is_not_lost() -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n} metres</td></tr>" for n in range(11))
    items = "".join(f"<li>Item number {n} of the agreement on ships</li>" for n in range(8))
    for beside, last in ((f"<table>{rows}</table>", "10 metres"), (f"<ul>{items}</ul>", "Item number 7")):
        extract = read(html(f"<div class=text>{LONG}</div><div class=more>{beside}</div>"))
        assert last in extract.text.splitlines()[-1]


@pytest.mark.parametrize(("around", "share"), [("section", 0.54), ("", None)])
def test_of_several_articles_one_must_hold_more_to_be_the_frame(around: str, share: float | None) -> None:
    posts = [f"<article><div>{f'<p>{PARAGRAPHS[0]}</p>' * n}</div></article>" for n in (7, 3, 3)]
    page = "".join(f"<{around}>{post}</{around}>" if around else post for post in posts)
    frame = frame_of(read_blocks(tree.parse(f"<html><body>{page}</body></html>"), URL))
    assert (frame and round(frame.share, 2)) == share


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_a_frame_holds_at_least_half_of_the_paragraphs(share: float) -> None:
    mine, other = (f"<p>{PARAGRAPHS[0]}</p>" * round(10 * n) for n in (share, 1 - share))
    page = (
        f"<html><body><div><article><div>{mine}</div></article></div><div><b>{other}</b></div></body></html>"
    )
    assert (frame_of(read_blocks(tree.parse(page), URL)) is not None) == (share > 0.5)


@pytest.mark.parametrize("tag", ["footer", "aside", "nav", "dialog"])
def test_what_stands_beside_the_point_is_no_frame(tag: str) -> None:
    page = f"<html><body><article></article><{tag}><div>{LONG}</div></{tag}></body></html>"
    assert frame_of(read_blocks(tree.parse(page), URL)) is None


FIGURES = "<table><tr><th>Quay</th><th>Depth</th></tr><tr><td>Old</td><td>nine metres</td></tr></table>"
"""What makes a text one that is not evident."""


def test_a_text_that_is_not_evident_is_read_within_its_frame_alone() -> None:
    other = "".join(f"<p>{p.replace('harbour', 'market')} It was late.</p>" for p in PARAGRAPHS)
    page = html(f"<div>{LONG}{FIGURES}</div>").replace("</main>", f"</main><div>{other}</div>")
    extract = read(page)
    assert extract.reasons[0].startswith("body by trafilatura: one element holds 56%")
    assert extract.text.splitlines() == [*PARAGRAPHS, *MORE, "| Quay | Depth |", "| Old | nine metres |"]


def test_a_frame_in_which_nothing_is_found_gives_way_to_all_the_page_states() -> None:
    thing = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    head = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    extract = read(html(f"<div class=infinite-scroll><div>{LONG}{FIGURES}</div></div>", head=head))
    assert "jsonld holds" in extract.reasons[0]
    assert extract.text.splitlines() == [*PARAGRAPHS]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h2", "li", "div", "blockquote", "td", "aside"]),
            st.sampled_from(["", "card", "related", "caption", "comments", "text"]),
            st.sampled_from([*PARAGRAPHS, *MORE, "Next", "<a href=/n>Next</a>", f"<a href=/n>{MORE[0]}</a>"]),
        ),
        max_size=25,
    )
)
def test_lines_are_blocks_of_the_page_in_their_order(parts: list[tuple[str, str, str]]) -> None:
    inside = "".join(f"<{tag} class='{name}'>{text}</{tag}>" for tag, name, text in parts)
    blocks = blocks_of(f"<div>{inside}</div>")
    reading = evident_of(blocks)
    if reading is None:
        return
    places = [line.block.index for line in reading.lines if line.block is not None]
    assert len(places) == len(reading.lines)
    assert places == sorted(set(places))
    assert all(
        line.text.removeprefix("- ") == blocks[n].text for line, n in zip(reading.lines, places, strict=True)
    )
