"""Trees that tell how likely a block is part of the text, and what they are asked about it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import tree
from pipeline.extract.blocks import read_blocks
from pipeline.extract.features import FEATURES, Row, features_of
from pipeline.extract.forest import TABLE, Forest, forest, likelihoods, read
from pipeline.extract.frame import frame_of
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, URL, html

HEAD = "tree\tnode\tfeature\tlimit\tup to it\tabove it\n"
TWO = HEAD + "0\t0\tprose\t0.5\t2\t=1.5\n0\t2\tlinks\t3\t=-0.5\t=-2\n1\t0\tweight\t100\t=0.25\t=0.5\n"


def row_of(**known: float) -> Row:
    """Return a row with some features, and nothing of the others."""
    return [known.get(name, 0.0) for name in FEATURES]


@pytest.mark.parametrize(
    ("known", "odds"),
    [
        ({}, -0.5 + 0.25),
        ({"links": 3.0}, -0.5 + 0.25),
        ({"links": 4.0, "weight": 101.0}, -2 + 0.5),
        ({"prose": 1.0, "links": 4.0}, 1.5 + 0.25),
    ],
)
def test_every_tree_adds_what_its_questions_lead_to(known: dict[str, float], odds: float) -> None:
    assert read(TWO).odds([row_of(**known)]).tolist() == [pytest.approx(odds)]


def walked(table: str, row: Row) -> float:
    """Return the odds of a row by walking tree by tree."""
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    questions = {(number, node): rest for number, node, *rest in rows}
    total = 0.0
    for number in {number for number, *_ in rows}:
        way = "0"
        while not way.startswith("="):
            name, limit, below, above = questions[number, way]
            way = above if row[FEATURES.index(name)] > float(limit) else below
        total += float(way.removeprefix("="))
    return total


@given(st.lists(st.floats(-100, 3000), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_all_blocks_are_asked_at_once_as_they_would_be_one_by_one(row: Row) -> None:
    other = row[::-1]
    table = TABLE.read_text("utf-8")
    assert forest().odds([row, other]).tolist() == pytest.approx([walked(table, row), walked(table, other)])


def test_the_trees_of_the_table_ask_for_features_that_there_are() -> None:
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
    assert "\t".join(rows[0]) + "\n" == HEAD
    assert {name for _, _, name, *_ in rows[1:]} <= set(FEATURES)
    assert isinstance(forest(), Forest)
    assert len(forest().roots) == len({number for number, *_ in rows[1:]})


def test_a_likelihood_is_between_none_and_all() -> None:
    assert likelihoods([]) == []
    (one,) = likelihoods([row_of()])
    assert 0 < one < 1
    assert math.isclose(math.log(one / (1 - one)), walked(TABLE.read_text("utf-8"), row_of()), abs_tol=1e-9)


def features(inside: str) -> list[dict[str, float]]:
    """Return the features of the blocks within the frame of a page, by their names."""
    frame = frame_of(read_blocks(tree.parse(html(inside)), URL))
    assert frame is not None
    return [dict(zip(FEATURES, row, strict=True)) for row in features_of(frame)]


def test_places_are_counted_from_the_paragraphs() -> None:
    rest = f"<h2>Next:</h2><p>{PARAGRAPHS[0]}</p><ul><li>End</li></ul>"
    found = features(f"<div><h2>Before</h2>{BODY}{BODY}{rest}</div>")
    before, *paragraphs, title, last, end = found
    assert [row["from the first"] for row in found[:3]] == [-1, 0, 1]
    assert (end["to the last"], end["behind a paragraph"], end["before a paragraph"]) == (-1, 1, 60)
    assert (title["leads"], title["colon"], title["behind: prose"], before["leads"]) == (1, 1, 1, 1)
    assert (end["in the home"], end["by the home"], last["in the home"]) == (0, 1, 1)
    assert all(row["of the make"] and row["prose"] for row in paragraphs)


def test_what_blocks_share_is_told_of_each() -> None:
    links = "".join(f"<li><a href=/{n}>Another headline of the day</a></li>" for n in range(3))
    found = features(f"<div>{BODY}{BODY}<ul class=related>{links}</ul></div>")
    one, last = found[-2:]
    assert (one["its make: blocks"], one["its make: linked"], one["linked"], one["links"]) == (3, 1, 1, 1)
    assert (one["times"], one["apart"], one["called related"], one["behind: alike"]) == (3, 1, 1, 1)
    assert (last["behind: weight"], last["before: item"]) == (0, 1)
    assert sum({row["its parent: text"] for row in found}) == pytest.approx(1)


PARTS = ("<p>Short</p>", "<h2>Head</h2>", "<ul><li>Item</li></ul>", f"<p>{PARAGRAPHS[1]}</p>")


@given(st.lists(st.sampled_from(PARTS)))
def test_every_block_has_a_row_and_every_row_is_finite(parts: list[str]) -> None:
    rows = [list(row.values()) for row in features(f"<div>{BODY}{BODY}{''.join(parts)}</div>")]
    assert len(rows) == 2 * len(PARAGRAPHS) + len(parts)
    assert all(len(row) == len(FEATURES) and all(map(math.isfinite, row)) for row in rows)
