"""What the trees are learned from: the blocks of pages with a frame, each with what is kept of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from fit_forest import FOLDS, Sample, columns_of, number


def test_a_site_has_the_same_number_in_every_run() -> None:
    assert number("example.org") == 0xBFABC374


def test_all_blocks_of_a_site_are_in_one_fold_and_those_of_a_page_have_its_number() -> None:
    block = Sample([1.0, 2.0], 30.0, kept=True)
    sites = ("example.org", "example.net", "example.org")
    columns = columns_of([(site, [block, block]) for site in sites])
    assert columns["page"].tolist() == [0, 0, 1, 1, 2, 2]
    assert columns["fold"][::2].tolist() == [number(site) % FOLDS for site in sites]
    assert columns["rows"].shape == (6, 2)
    assert columns["kept"].all()


@pytest.mark.parametrize("column", ["page", "fold", "rows", "size", "kept"])
def test_every_column_has_a_value_a_block(column: str) -> None:
    pages = [("example.org", [Sample([1.0], 30.0, kept=True), Sample([0.0], 5.0, kept=False)])]
    assert len(columns_of(pages)[column]) == 2
