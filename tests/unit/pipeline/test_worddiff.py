"""Which words two texts differ by."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.worddiff import align, compare, spans


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return what went and came, without the white space behind it."""
    return [(kind, text.strip()) for kind, text in spans(before, after) if kind != "kept"]


def test_one_word_in_a_long_sentence_is_one_word() -> None:
    before = "At least ten people died when the boat sank off the coast on Monday."
    assert changed(before, before.replace("ten", "twelve")) == [("removed", "ten"), ("added", "twelve")]


def test_a_number_with_its_separators_is_one_word() -> None:
    assert changed("It cost 1,700.5 euros.", "It cost 1,900.5 euros.") == [
        ("removed", "1,700.5"),
        ("added", "1,900.5"),
    ]


def test_chinese_is_compared_by_character() -> None:
    before = "部长周一在首都会见了三名代表。"
    assert changed(before, "部长周二在首都会见了三名代表。") == [("removed", "一"), ("added", "二")]


def test_hindi_vowel_signs_do_not_break_a_word() -> None:
    assert changed("मंत्री ने कहा", "मंत्री ने बताया") == [("removed", "कहा"), ("added", "बताया")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("“Yes”, he said", '"Yes", he said'), ("the Minister", "the minister"), ("fire", "ﬁre")],
)
def test_how_a_text_is_typeset_is_no_difference(before: str, after: str) -> None:
    assert [kind for kind, _ in spans(before, after)] == ["kept"]


def test_a_paragraph_put_in_is_whole_and_nothing_else() -> None:
    before = "The talks began on Monday.\nThey ended on Friday.\nNobody was told why."
    after = (
        "The talks began on Monday.\nThe minister stayed away.\nThey ended on Friday.\nNobody was told why."
    )
    assert changed(before, after) == [("added", "The minister stayed away.")]


def test_a_last_paragraph_that_goes_leaves_the_one_before_alone() -> None:
    assert changed("One came.\nTwo went.", "One came.") == [("removed", "Two went.")]


def test_a_passage_written_anew_reads_in_one() -> None:
    before = "Rain fell on the hills.\nThe mayor opened the new bridge over the river yesterday morning."
    after = (
        "Rain fell on the hills.\nA spokesman for the railway said that no train would run until the spring."
    )
    assert [kind for kind, _ in changed(before, after)] == ["removed", "added"]


@given(st.lists(st.sampled_from("abc\n")), st.lists(st.sampled_from("abc\n")))
def test_each_text_can_be_put_together_again(a: list[str], b: list[str]) -> None:
    before, after = " ".join(a), " ".join(b)
    found = compare(before, after)
    old = [u.key for s in found if s.kind != "added" for u in s.units if u.key != "\n"]
    new = [u.key for s in found if s.kind != "removed" for u in s.units if u.key != "\n"]
    assert old == before.split()
    assert new == after.split()


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_an_alignment_pairs_equals_and_rises_in_both(a: list[int], b: list[int]) -> None:
    pairs = align(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(align(a, a)) == len(a)
