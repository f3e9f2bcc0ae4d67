"""What texts that share a run share, whatever stands around it."""

from __future__ import annotations

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedup.fingerprints import MOST_TOKENS, fingerprints, goes_by_character
from pipeline.normalise import tokens
from tests.unit.pipeline.dedup.texts import CHINESE, WIRE

words = st.lists(st.text("abcdefghij", min_size=1, max_size=4), max_size=60)
characters = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF), max_size=60)


@given(words, words, words, words, st.lists(st.integers(100, 99_999).map(str), min_size=20, max_size=40))
def test_twenty_words_in_a_row_give_a_fingerprint_in_common(
    a: list[str], b: list[str], c: list[str], d: list[str], shared: list[str]
) -> None:
    assert fingerprints([*a, *shared, *b]) & fingerprints([*c, *shared, *d])


@given(characters, characters, characters, characters)
def test_twenty_three_characters_in_a_row_give_a_fingerprint_in_common(
    a: str, b: str, c: str, d: str
) -> None:
    shared = "渡轮在利萨岛北部海岸搁浅救生艇把所有人安全送上岸"[:23]
    assert fingerprints([*a, *shared, *b]) & fingerprints([*c, *shared, *d])


def test_they_are_the_same_in_every_process_for_they_are_stored() -> None:
    assert sorted(fingerprints(["one", "two", "three", "four", "five", "six", "seven"])) == [46325731190962]
    assert sorted(fingerprints(tokens(CHINESE)))[:2] == [1237307707356, 1284272659089]


@given(st.lists(st.text(min_size=1, max_size=4).filter(str.isalnum), max_size=80))
def test_they_are_the_least_hashes_of_sixteen_neighbouring_runs(found: list[str]) -> None:
    size = min(8 if goes_by_character(found) else 5, len(found))
    hashes = []
    for start in range(len(found) - size + 1 if found else 0):
        run = 0
        for token in found[start : start + size]:
            run = (run * 0x9E3779B97F4A7C15 + crc32(token.encode())) % 2**64
        mixed = (run ^ run >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        hashes.append((mixed ^ mixed >> 31) >> 16)
    windows = [hashes[n : n + 16] for n in range(max(1, len(hashes) - 15))]
    assert fingerprints(found) == {min(window) for window in windows if window}


def test_there_are_about_two_for_seventeen_runs() -> None:
    found = tokens(WIRE)
    assert 0.08 * len(found) < len(fingerprints(found)) < 0.16 * len(found)
    assert all(0 <= fingerprint < 1 << 48 for fingerprint in fingerprints(found))


def test_a_text_without_words_has_none_and_a_short_one_has_one() -> None:
    assert fingerprints([]) == frozenset()
    assert len(fingerprints(["rain"])) == 1


def test_a_text_of_any_length_has_a_bounded_number() -> None:
    endless = [str(n) for n in range(3 * MOST_TOKENS)]
    assert fingerprints(endless) == fingerprints(endless[:MOST_TOKENS])


def test_chinese_goes_by_character_and_korean_by_word() -> None:
    assert goes_by_character(tokens(CHINESE))
    assert not goes_by_character(tokens("여객선이 북쪽 해안에서 좌초했다"))
