"""The table of kinds: rates of what is seen often enough, and what a text read by it is worth."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.extract.kinds import Kind

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from fit_kinds import LEAST, number, rates_of, tell

PARAGRAPH = Kind("p", "beside", alike=True, apart=False, linked=False, prose=True, inside=True, leads=False)
LINK = PARAGRAPH._replace(linked=True)


def test_a_kind_that_is_seldom_seen_has_no_rate() -> None:
    assert rates_of([[(LINK, 100.0, True)] * (LEAST - 1)]) == {}
    assert rates_of([[(LINK, 100.0, True)]] * LEAST).keys() == {LINK}


def test_a_rate_is_the_part_that_is_kept_and_never_sure() -> None:
    many = rates_of([[(PARAGRAPH, 100.0, True)] * 300 + [(PARAGRAPH, 100.0, False)] * 100])
    blocks, rate = many[PARAGRAPH]
    assert blocks == 400
    assert rate == pytest.approx(0.75, abs=0.01)
    assert rates_of([[(PARAGRAPH, 100.0, True)] * 400])[PARAGRAPH][1] < 1


def test_what_differs_and_what_is_in_doubt_are_shares_of_the_text() -> None:
    rates = {PARAGRAPH: (400, 0.9), LINK: (400, 0.2)}
    doubt, wrong = tell([(PARAGRAPH, 100.0, True), (LINK, 50.0, True)], rates)
    assert doubt == pytest.approx((10 + 10) / 100)
    assert wrong == pytest.approx(50 / 100)


def test_a_site_has_the_same_number_in_every_run() -> None:
    assert number("example.org") == 0xBFABC374
