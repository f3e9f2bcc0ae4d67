"""Which texts are worth a comparison, and what makes room under a fingerprint."""

from __future__ import annotations

from pipeline.dedup.candidates import MOST_CANDIDATES, MOST_POSTINGS, crowded, ranked

MANY = frozenset(range(100, 140))


def test_what_shares_most_comes_first() -> None:
    postings = {fingerprint: [1] for fingerprint in range(100, 110)}
    postings |= {fingerprint: [2] for fingerprint in range(110, 113)}
    assert ranked(postings, MANY) == [1, 2]


def test_one_fingerprint_in_common_is_enough_for_a_short_text_only() -> None:
    assert ranked({100: [1]}, MANY) == []
    assert ranked({100: [1]}, frozenset({100, 101})) == [1]


def test_what_everybody_has_counts_less() -> None:
    postings = {n: [1, *range(10, 60)] for n in (100, 101)} | {n: [2] for n in (102, 103)}
    assert ranked(postings, MANY)[0] == 2


def test_there_are_never_more_than_a_few() -> None:
    assert len(ranked({n: list(range(500)) for n in MANY}, MANY)) == MOST_CANDIDATES


def test_the_oldest_text_makes_room_under_a_fingerprint_that_is_full() -> None:
    full = list(range(MOST_POSTINGS))
    assert crowded({1: full[1:], 2: full, 3: full}, {1, 2}) == [(2, 0)]
