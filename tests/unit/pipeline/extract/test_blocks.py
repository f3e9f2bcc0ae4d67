"""Blocks: where words that markup glues stand apart, for bylines and dates, and where they are one."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

import pytest

from pipeline.extract.blocks import laid_out, read_blocks
from pipeline.extract.tree import parse
from tests.unit.pipeline.extract.pages import BODY, TEXT, URL, html, read


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<span>By Jane Example</span><span>3 May 2024, 14:05</span>", "By Jane Example 3 May 2024, 14:05"),
        ("<a href=/x>Jane Example</a><time>3 May 2024</time>", "Jane Example 3 May 2024"),
        ("<span>Jane Example</span><span>Updated 3 May</span>", "Jane Example Updated 3 May"),
        ("<span>3 May 2024</span><span>Jane Example</span>", "3 May 2024 Jane Example"),
        ("<span>3 May 2024</span><span>14:05</span>", "3 May 2024 14:05"),
        ("<span><b>By Jane Example</b></span><span>3 May</span>", "By Jane Example 3 May"),
        ("<b>W</b>ord", "Word"),
        ("<b>W</b><i>ord</i>", "Word"),
        ("<span>Mc</span>Donald", "McDonald"),
        ("<span><b>Jane</b></span>Example", "JaneExample"),
        ("<b>Mac</b><b>Donald</b>", "MacDonald"),
        ("<b>Jane</b>Example", "JaneExample"),
        ("<i>i</i><b>Phone</b>", "iPhone"),
        ("10<sup>6</sup><sub>2</sub>", "1062"),
        ("the note<sup>3</sup><sup>4</sup>", "the note34"),
        ("<b>2024</b><b>05</b>", "202405"),
        ("<b>第</b><b>3</b><b>届大会</b>", "第3届大会"),
        ("<b>홍길동</b><b>3월</b>", "홍길동3월"),
    ],
)
def test_words_of_neighbours_stand_apart_and_a_word_split_for_its_style_does_not(
    markup: str, shown: str
) -> None:
    blocks = read_blocks(parse(f"<p>{markup}</p>"), URL)
    assert [block.text for block in laid_out(blocks)] == [shown]
    assert blocks[0].text == parse(f"<p>{markup}</p>").text_content()


def test_a_byline_and_a_date_that_only_a_style_sheet_parts_are_both_read() -> None:
    line = "<div><span>By Jane Example</span><span>3 May 2024, 14:05</span></div>"
    extract = read(html(line + BODY))
    assert extract.authors == ("Jane Example",)
    assert extract.published is not None
    assert extract.published.at.isoformat() == "2024-05-03T14:05:00+00:00"
    assert extract.text == TEXT


def test_an_agency_glued_to_a_date_is_credited() -> None:
    assert read(html(f"<div><span>By Reuters</span><span>3 May 2024</span></div>{BODY}")).credits == (
        "Reuters",
    )


def test_the_text_itself_is_not_laid_out_anew() -> None:
    line = "<p>The <b>harbour</b><i>Council</i> voted on Tuesday, and nobody who had come left before it did.</p>"
    assert "harbourCouncil" in read(html(BODY + line)).text
