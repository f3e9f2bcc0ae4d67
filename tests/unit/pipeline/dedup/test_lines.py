"""The lines that an outlet repeats."""

from __future__ import annotations

from pipeline.dedup.lines import REPEATED, digests, without_repeated
from pipeline.records import Recurrence

TEXT = "The council voted for the bridge.\nSign up for our letter.\nThe bridge is to be wide."


def blocks(line: str, **counts: int) -> dict[int, Recurrence]:
    return {digests(line)[line]: Recurrence(**counts)}


def test_a_line_that_many_texts_of_the_outlet_have_goes() -> None:
    known = blocks("Sign up for our letter.", pages=REPEATED)
    assert "Sign up" not in without_repeated(TEXT, digests(TEXT), known)


def test_a_line_that_few_have_stays() -> None:
    known = blocks("Sign up for our letter.", pages=REPEATED - 1)
    assert without_repeated(TEXT, digests(TEXT), known) is TEXT


def test_copies_of_one_text_do_not_make_its_lines_repeated() -> None:
    known = blocks("The bridge is to be wide.", pages=REPEATED + 2, stale=3)
    assert without_repeated(TEXT, digests(TEXT), known) is TEXT


def test_a_text_that_is_all_repeated_is_kept_whole() -> None:
    known: dict[int, Recurrence] = {}
    for line in TEXT.split("\n"):
        known |= blocks(line, pages=9)
    assert without_repeated(TEXT, digests(TEXT), known) is TEXT
