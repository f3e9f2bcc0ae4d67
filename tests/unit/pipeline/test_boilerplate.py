"""What is remembered of an outlet's blocks: counted once an article, bounded, forgotten slowly."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from pipeline.boilerplate import EVERY, MEMORY, MOST_BLOCKS, NOTHING_LEARNED, Boilerplate, PackedBlocks
from pipeline.records import Recurrence, Sighting, Spot

SIGHTINGS = st.lists(
    st.builds(
        Sighting,
        block=st.integers(-(2**63), 2**63 - 1),
        spot=st.sampled_from(Spot),
        weight=st.integers(0, 600),
        kept=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda sighting: sighting.block,
)

RECURRENCES = st.builds(Recurrence, *[st.integers(0, 2**31 - 1)] * 4)


def page(title: int, *text: int, around: tuple[int, ...] = ()) -> list[Sighting]:
    """Return the sightings of a page, whose blocks are numbers here."""
    return [
        Sighting(title, Spot.TITLE, 0, kept=False),
        *(Sighting(block, Spot.WITHIN, 100, kept=True) for block in text),
        *(Sighting(block, Spot.OUTSIDE, 20, kept=False) for block in around),
    ]


def learned(*pages: list[Sighting]) -> Boilerplate:
    boilerplate = NOTHING_LEARNED
    for sightings in pages:
        boilerplate = boilerplate.learn(sightings)
    return boilerplate


def test_a_block_counts_once_for_each_article_and_by_its_place() -> None:
    seen = learned(page(1, 11, around=(7,)), page(2, 12, 7), page(3, 13, around=(7,)))
    assert seen.pages == 3
    assert seen.blocks[7] == Recurrence(pages=3, outside=2, last=3)


def test_a_title_is_no_block_that_recurs() -> None:
    assert learned(page(1, 11), page(1, 12)).blocks[1].pages == 0


def test_a_second_address_of_a_story_has_no_vote() -> None:
    story = page(1, 11, 12, 13, around=(7,))
    assert learned(story, page(2, 21), story) == learned(story, page(2, 21))


def test_the_same_text_under_another_title_counts() -> None:
    assert learned(page(1, 11, 12), page(2, 11, 12)).blocks[11].pages == 2


def test_a_block_unseen_for_long_is_forgotten_and_one_that_returns_is_not() -> None:
    pages = [page(-n, 1000 + n, around=(7,)) for n in range(1, MEMORY + EVERY + 1)]
    seen = learned(page(-1000, 500, around=(8,)), *pages[1:])
    assert seen.pages == MEMORY + EVERY
    assert 8 not in seen.blocks
    assert seen.blocks[7].pages == seen.pages - 1


def test_the_rarest_and_oldest_go_where_there_are_too_many() -> None:
    each = MOST_BLOCKS // 20
    pages = [page(-n, *range(n * each, n * each + each - 2), around=(7,)) for n in range(1, EVERY + 1)]
    seen = learned(*pages)
    assert len(seen.blocks) == MOST_BLOCKS
    assert seen.blocks[7].pages == EVERY
    assert EVERY * each in seen.blocks
    assert each not in seen.blocks


@given(st.lists(SIGHTINGS, max_size=5), st.booleans())
def test_it_comes_out_of_a_pickle_as_it_went_in(pages: list[list[Sighting]], counted: bool) -> None:
    seen = learned(*pages)
    seen = Boilerplate(seen.pages, seen.blocks, counted)
    assert pickle.loads(pickle.dumps(seen)) == seen  # noqa: S301 - it is ours


@given(
    st.dictionaries(st.integers(-9, 9), RECURRENCES, max_size=8),
    st.dictionaries(st.integers(-9, 9), RECURRENCES),
)
def test_packed_blocks_are_the_mapping_that_was_packed(
    before: dict[int, Recurrence], changed: dict[int, Recurrence]
) -> None:
    packed = PackedBlocks.of(before)
    assert packed == before
    assert packed.updated(changed) == before | changed
    assert packed == before, "the one before stays as it was"
    assert all((block in packed) is (block in before) for block in range(-10, 10))
