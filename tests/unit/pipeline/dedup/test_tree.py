"""Who copied whom, from links and dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedup.tree import Link, Source, in_order, sources
from pipeline.records import Copy, Stamp

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def copy(id_: str, hours: float | None = None, *, precision: str = "second", credit: bool = False) -> Copy:
    at = NOON + timedelta(hours=hours or 0)
    stamp = None if hours is None else Stamp(at, precision, "feed")  # type: ignore[arg-type]
    return Copy(id_, f"outlet of {id_}", "Head", stamp, NOON, credits_others=credit)


def part(a: int, b: int, share: float = 0.4) -> Link:
    """Link a text to one that holds it whole."""
    return Link(a, b, 1.0, share, 0.6)


def near(a: int, b: int) -> Link:
    return Link(a, b, 0.9, 0.95, 0.92)


def taken(
    copies: list[Copy], wordings: dict[str, int], links: list[Link]
) -> dict[str, tuple[str, str] | None]:
    found = sources(copies, wordings, links)
    return {id_: None if s is None else (s.relation, s.id) for id_, s in found.items()}


def test_a_copy_says_how_much_of_its_source_it_has() -> None:
    whole, cut = copy("whole", 0), copy("cut", 2)
    found = sources([cut, whole], {"whole": 1, "cut": 2}, [part(2, 1)])
    assert found == {"whole": None, "cut": Source("whole", "contained", 0.6, 0.4)}


def test_all_copies_point_to_the_original_where_they_are_linked_to_it() -> None:
    copies = [copy("a", 0), copy("b", 1), copy("twin of b", 2), copy("c", 3)]
    wordings = {"a": 1, "b": 2, "twin of b": 2, "c": 3}
    assert taken(copies, wordings, [near(1, 2), near(2, 3), near(1, 3)]) == {
        "a": None,
        "b": ("near", "a"),
        "twin of b": ("near", "a"),
        "c": ("near", "a"),
    }


def test_a_copy_of_a_copy_points_to_what_it_was_taken_from() -> None:
    copies = [copy("a", 0), copy("b", 1), copy("c", 2)]
    assert taken(copies, {"a": 1, "b": 2, "c": 3}, [near(1, 2), near(2, 3)])["c"] == ("near", "b")


def test_a_round_up_does_not_make_one_story_of_two() -> None:
    copies = [copy("one", 0), copy("two", 1), copy("round-up", 9)]
    links = [Link(1, 3, 1.0, 0.3, 0.5), Link(2, 3, 1.0, 0.6, 0.7)]
    assert taken(copies, {"one": 1, "two": 2, "round-up": 3}, links) == {
        "one": None,
        "two": None,
        "round-up": ("contained", "two"),
    }


def test_an_excerpt_of_the_same_day_comes_after_its_whole() -> None:
    whole, cut = copy("whole", 0, precision="day"), copy("cut", 0, precision="day")
    early = Copy("cut", "x", "Head", cut.published, NOON - timedelta(hours=9), credits_others=False)
    assert [c.id for c in in_order([early, whole], {"whole": 1, "cut": 2}, [part(2, 1)])] == ["whole", "cut"]


def test_a_part_that_was_stated_earlier_is_the_original_of_what_holds_it() -> None:
    wordings = {"statement": 1, "report": 2}
    copies = [copy("report", 3), copy("statement", 0)]
    assert taken(copies, wordings, [part(1, 2)])["report"] == ("contained", "statement")


def test_a_part_whose_whole_credits_somebody_is_the_original() -> None:
    copies = [copy("report", 0, precision="day", credit=True), copy("statement", 0, precision="day")]
    assert taken(copies, {"statement": 1, "report": 2}, [part(1, 2)])["statement"] is None


def test_an_excerpt_that_came_later_is_none_though_only_the_whole_credits_somebody() -> None:
    copies = [copy("whole", 0, credit=True), copy("cut", 5)]
    assert taken(copies, {"whole": 1, "cut": 2}, [part(2, 1)])["cut"] == ("contained", "whole")


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Copy], dict[str, int], list[Link]]:
    size = draw(st.integers(1, 7))
    copies = [
        Copy(
            f"c{n}",
            "x",
            "Head",
            draw(
                st.none()
                | st.builds(
                    Stamp,
                    st.integers(0, 60).map(lambda h: NOON + timedelta(hours=h)),
                    st.sampled_from(["second", "day"]),
                    st.just("feed"),
                )
            ),
            NOON + timedelta(hours=draw(st.integers(0, 60))),
            credits_others=draw(st.booleans()),
        )
        for n in range(size)
    ]
    wordings = {c.id: draw(st.integers(1, 5)) for c in copies}
    pairs = [(a, b) for a in range(1, 6) for b in range(a + 1, 6)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    shares = st.sampled_from([0.4, 0.9, 1.0])
    return copies, wordings, [Link(a, b, draw(shares), draw(shares), 0.7) for a, b in chosen]


@given(stories(), st.randoms(use_true_random=False))
def test_whoever_comes_first_the_tree_is_the_same_and_has_no_circle(
    story: tuple[list[Copy], dict[str, int], list[Link]], chance: Random
) -> None:
    copies, wordings, links = story
    found = sources(copies, wordings, links)
    mixed = chance.sample(copies, len(copies))
    turned = [chance.choice([link, link.turned()]) for link in chance.sample(links, len(links))]
    assert sources(mixed, wordings, turned) == found
    for id_ in found:
        way = [id_]
        while (above := found[way[-1]]) is not None:
            assert above.id not in way
            way.append(above.id)
    linked = {frozenset((one.a, one.b)) for one in links}
    for id_, source in found.items():
        if source is not None:
            pair = frozenset((wordings[id_], wordings[source.id]))
            assert len(pair) == 1 or pair in linked
    originals = [id_ for id_, source in found.items() if source is None]
    assert len({wordings[id_] for id_ in originals}) == len(originals)
