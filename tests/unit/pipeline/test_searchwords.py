"""The words under which a text is searched are the same, however quickly they are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.searchwords import places, tokens

MIXED = st.text(
    st.sampled_from("aZ9 é’“”–…\u00a0\u0301\u0640\n\r\u2028-_'.北京ﬁ한ส\u0e31İß")
    | st.characters(codec="utf-8")
)


@given(MIXED)
def test_the_words_of_a_text_are_those_at_their_places(text: str) -> None:
    assert tokens(text) == [token for token, _, _ in places(text)]


def test_words_are_parted_by_typographic_signs_and_folded() -> None:
    text = "The council’s vote — 4–3 —\u00a0was “final”…\nZoé’s café stays. 北京 4x"
    assert " ".join(tokens(text)) == "the council s vote 4 3 was final zoe s cafe stays 北 京 4x"
