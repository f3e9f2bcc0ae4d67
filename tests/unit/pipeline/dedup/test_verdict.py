"""What one text is to another, on texts written for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedup.likeness import compare, read
from pipeline.dedup.verdict import Verdict, judge
from tests.unit.pipeline.dedup.texts import (
    CHINESE,
    CHINESE_EDITED,
    EDITED,
    EXCERPT,
    REPLY,
    WIRE,
    WRAPPED,
    statement,
)


def verdict(a: str, b: str, days: float = 0.5, titles: tuple[str, ...] = ()) -> Verdict:
    return judge(compare(read(a), read(b)), days, titles)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (WIRE, EDITED, "near"),
        (WIRE, EXCERPT, "contained"),
        (WIRE, WRAPPED, "contained"),
        (CHINESE, CHINESE_EDITED, "near"),
        (CHINESE, CHINESE.split("\n")[0], "contained"),
        (WIRE, REPLY, "different"),
        (WIRE, CHINESE, "different"),
    ],
)
def test_copies_are_told_from_texts_on_the_same_event(a: str, b: str, kind: str) -> None:
    assert verdict(a, b).kind == verdict(b, a).kind == kind


def test_an_excerpt_is_covered_whole_and_covers_a_part() -> None:
    found = verdict(EXCERPT, WIRE)
    assert found.covered > 0.95
    assert 0.2 < found.covers < 0.6


@pytest.mark.parametrize("days", [0, 1, 7])
def test_statements_in_the_same_words_on_other_things_are_different(days: float) -> None:
    one = statement("Varda", "shelling of a market", 27, 114, "Tuesday")
    other = statement("Upper Ossa", "attack on a convoy", 9, 31, "Sunday")
    found = verdict(one, other, days)
    assert found.kind == "different"
    assert "other numbers or names stand in the same places" in found.reasons


def test_a_form_that_was_filled_in_anew_is_no_copy() -> None:
    form = (
        "The council agreed on its {} proposals for the {} after a debate that lasted into the night.\n"
        "Builders expect to spend {} months on the {}, whose roof was damaged in the storms of winter.\n"
        "Those who live near it fear noise, and {} of them have signed a letter to the mayor.\n"
        "A second vote is planned for week {}, when the engineers have given their opinion."
    )
    one, other = form.format(3, "harbour", 7, "harbour", 20, 4), form.format(4, "market", 8, "market", 21, 5)
    assert verdict(one, other).kind == "different"


def test_a_statement_that_is_taken_over_is_a_copy() -> None:
    one = statement("Varda", "shelling of a market", 27, 114, "Tuesday")
    assert verdict(one, one + "\nThe statement was issued in the capital late in the evening.").kind == "near"


def test_what_comes_back_after_a_year_must_be_more_alike() -> None:
    assert verdict(WIRE, EDITED, 30).copies
    assert verdict(WIRE, EDITED.split("\n")[0], 0).copies
    assert not verdict(WIRE, EDITED.split("\n")[0], 365).copies
    assert verdict(WIRE, WIRE.replace("NAROVA, March 3 -- ", ""), 365).copies


def test_two_notices_under_other_titles_are_different() -> None:
    notice = "Quarterly dividend {} cents against {} cents a year ago. Pay day April 30, record day April 15."
    one, other = notice.format(20, 18), notice.format(20, 18) + " Full name of the company follows."
    changed = other.replace("record", "books")
    assert verdict(one, changed, 0, ("Obrist Mills", "Feldhaus Steel")).kind == "different"


def test_texts_without_a_word_in_common_are_different_whatever_their_length() -> None:
    assert not verdict("a", "b").copies
    assert not verdict("", "").copies


texts = st.text(alphabet="abc de\n.19渡轮A", max_size=120)


@given(texts, texts, st.floats(0, 4000))
def test_a_verdict_does_not_depend_on_which_comes_first(a: str, b: str, days: float) -> None:
    one, other = verdict(a, b, days), verdict(b, a, days)
    assert (one.kind, one.chance, one.covered, one.covers) == (
        other.kind,
        other.chance,
        other.covers,
        other.covered,
    )
    assert 0 <= one.similarity <= 1
