"""What stands between the lines of a reading, and is taken up or left."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import pytest

from pipeline.extract import tree
from pipeline.extract.blocks import read_blocks
from pipeline.extract.missed import with_missed
from pipeline.extract.reading import Line, Reading, as_line
from pipeline.extract.regions import Region, region_of
from pipeline.extract.strings import is_prose
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, URL, html, read

ONE, TWO, THREE, FOUR = (f"<p>{p}</p>" for p in PARAGRAPHS)
OTHER = "The ferry company has ordered two ships in Norway, and both of them are to run on batteries."


def added(inside: str, *, also: tuple[str, ...] = ()) -> list[str]:
    """Return what is added to a reading that has the four paragraphs, and the lines named, of a page."""
    blocks = read_blocks(tree.parse(html(inside)), URL)
    read_before = [b for b in blocks if b.text in (*PARAGRAPHS, *also)]
    before = Reading(tuple(Line(as_line(b), b) for b in read_before), "paragraphs")
    after = with_missed(before, blocks)
    assert [line for line in after.lines if line in before.lines] == list(before.lines)
    return [line.text for line in after.lines if line not in before.lines]


@pytest.mark.parametrize(
    "sub_head",
    [
        "<h2>What it costs</h2>",
        "<h3><a href=https://port.example.net/>What it costs</a></h3>",
        "<h4 class=widget-title>What it costs</h4>",
        "<h2>What it costs</h2><figure><img src=q.jpg></figure>",
        "<div class=story-subhead>What it costs</div>",
    ],
)
def test_a_sub_head_right_above_a_paragraph_beside_it_is_taken_up(sub_head: str) -> None:
    assert added(f"<div class=text>{ONE}{TWO}{sub_head}{THREE}{FOUR}</div>") == ["What it costs"]


@pytest.mark.parametrize(
    "heading",
    [
        "<h2><a href=/world/other-quay>Another quay is closed</a></h2>",
        "<h3 class=related-title>Read this, too</h3>",
        "<h3 class=newsletter-heading>Our morning letter</h3>",
        "<aside><h3>Most read today</h3></aside>",
        "<div class=note>Written on board</div>",
        f"<h2>{'A heading of a whole paragraph ' * 8}</h2>",
        f"<blockquote class=twitter-tweet><p>{OTHER}</p></blockquote>",
    ],
)
def test_a_heading_of_something_else_is_left(heading: str) -> None:
    assert added(f"<div class=text>{ONE}{TWO}{heading}{THREE}{FOUR}</div>") == []


def test_nothing_is_taken_up_before_the_first_line() -> None:
    assert added(f"<div class=text><h2>World</h2>{BODY}</div>") == []


def test_posts_of_a_live_page_keep_their_headlines_though_each_has_an_id_of_its_own() -> None:
    posts = "".join(
        f"<div class=post id=p{n}><h2>Hour {n} of the vote</h2><time>{n}:00</time><p>{text}</p></div>"
        for n, text in enumerate(PARAGRAPHS)
    )
    reached = added(posts, also=("Hour 0 of the vote",))
    assert reached == ["Hour 1 of the vote", "Hour 2 of the vote", "Hour 3 of the vote"]


def test_the_questions_of_an_accordion_stand_above_their_answers() -> None:
    parts = "".join(
        f"<div class=item><div class=q><h3><a href=#a{n}>Question {n}?</a></h3></div><div class=a><p>{text}</p></div></div>"
        for n, text in enumerate(PARAGRAPHS)
    )
    assert added(f"<p>{OTHER}</p>{parts}", also=(OTHER,)) == [f"Question {n}?" for n in range(4)]


def test_a_single_heading_above_a_box_proves_nothing() -> None:
    box = f"<div class=box><h3>Podcast</h3></div><div class=x>{THREE}</div>"
    assert added(f"<div class=text>{ONE}{TWO}</div>{box}<div>{FOUR}</div>") == []


def test_what_unfolds_keeps_the_line_that_one_clicks() -> None:
    unfolds = f"<details><summary>Who pays?</summary>{THREE}</details>"
    assert added(f"<div class=text>{ONE}{TWO}{unfolds}{FOUR}</div>") == ["Who pays?"]


def test_the_items_of_a_list_beside_the_paragraphs_are_taken_up() -> None:
    items = "<ul><li>two berths</li><li>lights on the pier</li><li>a waiting room</li></ul>"
    reached = added(f"<div class=text>{ONE}{TWO}{items}{THREE}{FOUR}</div>")
    assert reached == ["- two berths", "- lights on the pier", "- a waiting room"]


def test_a_list_of_links_to_the_site_or_within_the_page_is_left() -> None:
    links = "<ul><li><a href=/world/a-1>The council in pictures</a></li><li><a href=/world/a-2>All about ferries</a></li></ul>"
    contents = "<ol><li><a href=#one>How it began</a></li><li><a href=#two>How it will end</a></li></ol>"
    assert added(f"<div class=text>{ONE}{links}{TWO}{contents}{THREE}{FOUR}</div>") == []


def test_a_link_to_another_site_goes_with_the_list_that_is_read() -> None:
    items = "<ul><li>the harbour office, by telephone</li><li><a href=https://port.example.net/>the port's own page</a></li></ul>"
    reached = added(
        f"<div class=text>{ONE}{TWO}{items}{THREE}{FOUR}</div>", also=("the harbour office, by telephone",)
    )
    assert reached == ["- the port's own page"]


def test_footnotes_in_a_list_right_behind_the_text_are_taken_up() -> None:
    notes = f"<ol><li>{OTHER}</li></ol>"
    assert added(f"<div class=text>{BODY}<hr>{notes}</div>") == [f"- {OTHER}"]
    assert added(f"<div class=text>{BODY}</div><div class=more>{notes}</div>") == []


def test_a_quotation_in_a_figure_is_text_and_its_speaker_a_caption() -> None:
    quote = f"<figure><blockquote><p>{OTHER}</p></blockquote><figcaption>Ada Example, engineer</figcaption></figure>"
    assert added(f"<div class=text>{ONE}{TWO}{quote}{THREE}{FOUR}</div>") == [OTHER]


@pytest.mark.parametrize("name", ["wp-block-embed", "wp-block-pullquote"])
def test_a_post_or_a_repeated_line_in_a_figure_is_no_text(name: str) -> None:
    quote = f"<figure class={name}><blockquote><p>{OTHER}</p></blockquote></figure>"
    assert added(f"<div class=text>{ONE}{TWO}{quote}{THREE}{FOUR}</div>") == []


def test_a_body_that_goes_on_in_another_box_of_the_same_name_is_read_on() -> None:
    inside = (
        f"<div class=body>{BODY}</div><div class=ad>Advertisement</div><div class=body><p>{OTHER}</p></div>"
    )
    assert added(inside) == [OTHER]
    between = f"<div class=body>{ONE}{TWO}{THREE}</div><div><div class=body><p>{OTHER}</p></div></div><div class=body>{FOUR}</div>"
    assert added(between) == [OTHER]


def test_a_box_of_the_same_name_far_behind_the_text_is_left() -> None:
    inside = f"<section><div class=inner>{BODY}</div></section><section><div class=inner><p>{OTHER}</p></div></section>"
    assert added(inside) == []


def test_what_the_reading_has_in_another_cut_is_not_added_again() -> None:
    blocks = read_blocks(
        tree.parse(html(f"<div class=text>{ONE}<ul><li>{OTHER} (see below)</li></ul>{TWO}{THREE}</div>")), URL
    )
    lines = [Line(b.text, b) for b in blocks if b.text in PARAGRAPHS]
    reading = Reading((lines[0], Line(OTHER), *lines[1:]), "trafilatura")
    assert with_missed(reading, blocks) is reading


def test_the_theme_that_has_a_sidebar_does_not_lose_the_lists_of_the_article() -> None:
    items = "<ul><li>candles, in boxes of ten</li><li>rope, by the yard</li></ul>"
    inside = f"<div class='main-with-sidebar'><div class=text>{ONE}{TWO}{items}{THREE}{FOUR}</div></div>"
    assert added(inside) == ["- candles, in boxes of ten", "- rope, by the yard"]


def test_sub_heads_that_are_called_a_time_stay_among_the_posts() -> None:
    posts = "".join(
        f"<h4 class='part time'>1{n}.30: Vote {n}</h4><p>{p}</p>" for n, p in enumerate(PARAGRAPHS)
    )
    text = read(html(f"<div class=ticker>{posts}</div>")).text.splitlines()
    assert [line for line in text if not is_prose(line)] == [f"1{n}.30: Vote {n}" for n in range(4)]


@pytest.mark.parametrize(
    ("names", "region"),
    [
        ("wp-block-list-item", Region.CARD),
        ("overflow-hidden", Region.HIDDEN),
        ("overflow-x-hidden", Region.HIDDEN),
    ],
)
def test_names_of_style_say_nothing_of_a_part(names: str, region: int) -> None:
    assert not region_of("span", names) & region


def test_names_that_say_it_still_do() -> None:
    assert region_of("li", "list-item") & Region.CARD
    assert region_of("span", "is-hidden") & Region.HIDDEN


@pytest.mark.parametrize(
    "part",
    [
        "<div class=item><h2 class=head><button>{q}</button></h2><div class=in>{a}</div></div>",
        "<div class=item><button class=ask>{q}</button><div class=in>{a}</div></div>",
        "<div class=item><div class=top><span>{q}</span></div><div class=in>{a}</div></div>",
        "<div class=item><a href=#>{q}</a><div class=in>{a}</div></div>",
        "<div class=item><strong>{q}</strong></div><div class=in>{a}</div>",
    ],
)
def test_questions_that_are_no_headings_stand_above_their_answers(part: str) -> None:
    parts = "".join(part.format(q=f"Question {n}?", a=f"<p>{p}</p>") for n, p in enumerate(PARAGRAPHS))
    assert added(f"<p>{OTHER}</p><div>{parts}</div>", also=(OTHER,)) == [f"Question {n}?" for n in range(4)]


def test_buttons_that_ask_nothing_are_no_titles() -> None:
    parts = "".join(f"<div class=item><button>Listen</button><p>{p}</p></div>" for p in PARAGRAPHS)
    assert added(f"<p>{OTHER}</p><div>{parts}</div>", also=(OTHER,)) == []


def test_the_first_sub_head_is_taken_up_above_the_first_line_where_the_others_are_read() -> None:
    parts = "".join(
        f"<section class=s><h2>Part {n}</h2><p>{p}</p></section>" for n, p in enumerate(PARAGRAPHS)
    )
    assert added(parts, also=("Part 1", "Part 2", "Part 3")) == ["Part 0"]


def test_a_heading_that_is_made_like_the_others_goes_with_the_links_below_it() -> None:
    links = "<ul><li><a href=/a/1>The quay in old pictures</a></li></ul>" * 4
    inside = (
        f"<div class=text>{ONE}<h2>The cost</h2>{TWO}<h2>More on the harbour</h2>{links}{THREE}{FOUR}</div>"
    )
    assert added(inside, also=("The cost",)) == []
