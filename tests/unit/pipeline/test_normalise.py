"""Text in normal form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import normalise
from pipeline.normalise import clean_line, clean_text, content_sha256, folded, word_count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Never,” she said – twice.", '"Never," she said - twice.'),
        ("Twelve\u00a0men\n\nleft.", "Twelve men left."),
        ("so\u00adlidarity", "solidarity"),
        ("ﬁnal １２", "final 12"),
        ("café", "cafe\u0301"),
        ("السـلام عَلَيكم", "السلام عليكم"),
        ("إعلان", "اعلان"),
    ],
)
def test_one_text_in_two_typesettings_has_one_hash(one: str, other: str) -> None:
    assert content_sha256(one) == content_sha256(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two dead.", "Three dead."),
        ("He may go.", "He may not go."),
        ("1.5 million", "15 million"),
        ("平壤", "平安"),
    ],
)
def test_another_text_has_another_hash(one: str, other: str) -> None:
    assert content_sha256(one) != content_sha256(other)


@given(st.text())
def test_a_clean_text_is_clean(text: str) -> None:
    clean = clean_text(text)
    assert clean == clean_text(clean)
    assert "\x00" not in clean
    assert "\n\n" not in clean
    assert "  " not in clean
    assert all(line == line.strip() and line for line in clean.split("\n") if clean)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)


@given(st.text())
def test_cleaning_does_not_change_the_hash(text: str) -> None:
    assert content_sha256(clean_text(text)) == content_sha256(text)


def test_paragraphs_stay_lines_and_indents_go() -> None:
    assert clean_text("\u3000\u3000One.\r\n\r\n        Two.\u2028Three.\t") == "One.\nTwo.\nThree."


def test_lone_surrogates_go_and_pairs_become_one_character() -> None:
    assert clean_text("a\ud800b \ud83d\ude00") == "ab 😀"


def test_words_are_counted_and_han_by_character() -> None:
    assert word_count("Don't stop the well-known 平壤 talks.") == 7


@given(st.text())
def test_folding_is_what_it_is_character_by_character(text: str) -> None:
    plain = "".join(c for c in text if not normalise._UNWANTED.match(c)).translate(normalise._FOLD)
    assert folded(text) == unicodedata.normalize("NFKC", plain).translate(normalise._FOLD).casefold()


@given(st.text(st.sampled_from("aZ9 é_-'’“\n\r\u2028\x1f北京ﬁ한İß") | st.characters(codec="utf-8")))
def test_the_words_of_a_line_do_not_depend_on_what_else_is_in_the_text(text: str) -> None:
    assert normalise.tokens(text) == normalise._TOKEN.findall(folded(text))


@given(st.text(st.sampled_from("aZ9 _-'’.\t") | st.characters(codec="ascii")))
def test_plain_lines_are_counted_and_cleaned_as_others_are(line: str) -> None:
    line = line.replace("\n", " ")
    assert word_count(f"{line} é") == word_count(line) + 1
    assert clean_line(f"{line}\ufeff") == clean_line(line)
