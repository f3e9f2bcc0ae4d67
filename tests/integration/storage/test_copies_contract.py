"""What every store makes of copies that are no exact ones, whatever comes in first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import storage.copying
from pipeline.dedup.candidates import MOST_POSTINGS
from pipeline.ports import Store
from pipeline.records import Article, Duplicate, Filters, Kept, New, Rebuild, Revised
from storage.memory import MemoryStore
from tests.integration.storage.make import article, at, deed, stamp
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

ALL = Filters()

WORLD = {
    "wire": article(WIRE, outlet="wire", published=stamp(0)),
    "verbatim": article(WIRE, outlet="verbatim", published=stamp(30), title="Ferry aground"),
    "edited": article(EDITED, outlet="edited", published=stamp(45), credits_others=True),
    "cut": article(EXCERPT, outlet="cut", published=stamp(-720, "day"), credits_others=True),
    "wrapped": article(WRAPPED, outlet="wrapped", published=stamp(90), title="What the ferry brings"),
    "reply": article(REPLY, outlet="reply", published=stamp(60)),
    "varda": article(statement("Varda", "shelling", 27, 114, "Tuesday"), outlet="varda", published=stamp(5)),
    "ossa": article(statement("Upper Ossa", "raid", 9, 31, "Sunday"), outlet="ossa", published=stamp(9)),
}
"""One wire story with its copies, and three texts that are none, by outlet."""

TRUTH = {
    "wire": ("original", None),
    "verbatim": ("exact", "wire"),
    "edited": ("near", "wire"),
    "cut": ("contained", "wire"),
    "wrapped": ("contained", "wire"),
    "reply": ("original", None),
    "varda": ("original", None),
    "ossa": ("original", None),
}


def keep(store: Store, *articles: Article) -> list[object]:
    return [store.keep([deed(one)])[0] for one in articles]


def held(store: Store) -> dict[str, Kept]:
    return {kept.article.outlet: kept for kept in store.articles(ALL)}


def told(store: Store) -> dict[str, tuple[str, str | None]]:
    """Return each outlet's relation, and the outlet of the article that its own copies."""
    outlets = {kept.id: outlet for outlet, kept in held(store).items()}
    return {
        outlet: (kept.relation, outlets.get(kept.duplicate_of or "")) for outlet, kept in held(store).items()
    }


def seen_in(order: list[str]) -> list[Article]:
    """Return the articles of the world, seen one after the other in this order."""

    return [replace(WORLD[name], fetched_at=at(200 + n)) for n, name in enumerate(order)]


ORDERS = [
    list(WORLD),
    list(WORLD)[::-1],
    ["cut", "edited", "verbatim", "wrapped", "reply", "ossa", "wire", "varda"],
]


@pytest.mark.parametrize("order", ORDERS, ids=["published", "reversed", "original late"])
def test_each_copy_is_told_for_what_it_is_in_whichever_order_they_come(
    store: Store, order: list[str]
) -> None:
    keep(store, *seen_in(order))
    assert told(store) == TRUTH
    stories = {name: kept.story for name, kept in held(store).items()}
    assert len({stories[name] for name in ("wire", "verbatim", "edited", "cut", "wrapped")}) == 1
    assert len(set(stories.values())) == 4


def test_the_figures_say_how_much_of_it_everybody_ran(store: Store) -> None:
    keep(store, *seen_in(list(WORLD)))
    found = held(store)
    assert (found["wire"].similarity, found["wire"].covered) == (None, None)
    assert (found["verbatim"].similarity, found["verbatim"].covered) == (1.0, 1.0)
    assert 0.7 < (found["edited"].covered or 0) < 0.95
    assert 0.2 < (found["cut"].covered or 0) < 0.5
    assert found["wrapped"].covered == 1.0
    assert 0.5 < (found["wrapped"].similarity or 0) < 0.9


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(WORLD)))
def test_any_order_at_all_gives_the_same(order: list[str]) -> None:
    store = MemoryStore()
    keep(store, *seen_in(order))
    assert told(store) == TRUTH


def test_outcomes_say_duplicate_with_what_it_is_a_copy_of(store: Store) -> None:
    new, near, other = keep(store, WORLD["wire"], WORLD["edited"], WORLD["reply"])
    assert isinstance(new, New)
    assert isinstance(near, Duplicate)
    assert (near.relation, near.of) == ("near", new.id)
    assert 0.7 < near.similarity < 1
    assert isinstance(other, New)


def test_copies_in_chinese_are_found_too(store: Store) -> None:
    one = article(CHINESE, outlet="wire", published=stamp(0), language="zh")
    other = article(CHINESE_EDITED, outlet="paper", published=stamp(60), language="zh")
    _, copy = keep(store, one, other)
    assert isinstance(copy, Duplicate)
    assert copy.relation == "near"


def test_a_revision_that_takes_a_story_over_becomes_its_copy_and_one_that_drops_it_is_none(
    store: Store,
) -> None:
    wire, paper = keep(store, WORLD["wire"], article(REPLY, outlet="paper", published=stamp(60)))
    assert isinstance(wire, New)
    assert isinstance(paper, New)
    [revised] = keep(store, article(EDITED, outlet="paper", published=stamp(60), fetched_at=at(90)))
    assert isinstance(revised, Revised)
    assert told(store)["paper"] == ("near", "wire")
    keep(store, article(REPLY, outlet="paper", published=stamp(60), fetched_at=at(120)))
    assert told(store) == {"wire": ("original", None), "paper": ("original", None)}
    assert [old.relation for old in store.revisions(paper.id)] == ["original", "near"]


def test_when_the_original_gets_another_text_its_copies_find_another_original(store: Store) -> None:
    keep(store, WORLD["wire"], WORLD["verbatim"], WORLD["wrapped"])
    keep(store, article(REPLY, outlet="wire", published=stamp(0), fetched_at=at(300)))
    assert told(store) == {
        "wire": ("original", None),
        "verbatim": ("original", None),
        "wrapped": ("contained", "verbatim"),
    }


def test_a_round_up_of_two_stories_is_akin_to_both_and_leaves_them_apart(store: Store) -> None:
    other = statement("Varda", "shelling", 27, 114, "Tuesday")
    round_up = article(f"{WIRE}\n{other}", outlet="weekly", published=stamp(600))
    one, two, third = keep(store, WORLD["wire"], WORLD["varda"], round_up)
    assert isinstance(one, New)
    assert isinstance(two, New)
    assert isinstance(third, Duplicate)
    assert third.of == one.id
    assert [a.kept.id for a in store.akin(third.id)] == sorted([one.id, two.id])
    [back] = store.akin(two.id)
    assert (back.kept.id, back.relation, back.covered) == (third.id, "contained", 1.0)
    assert held(store)["varda"].relation == "original"


def test_what_very_many_have_stays_bounded_and_copies_are_found_still(store: Store) -> None:
    shared = "\n".join(REPLY.split("\n")[:2])
    for n in range(MOST_POSTINGS + 5):
        own = " ".join(f"word{n}x{k}" for k in range(120))
        keep(store, article(f"{own}\n{shared}", outlet=f"o{n}", path=f"/{n}", fetched_at=at(n)))
    _, copy = keep(store, WORLD["wire"], WORLD["edited"])
    assert isinstance(copy, Duplicate)


def test_a_story_that_has_grown_too_large_takes_newcomers_in_without_being_settled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.copying, "MOST_MEMBERS", 3)
    keep(store, *seen_in(["wire", "verbatim", "edited", "cut", "wrapped"]))
    assert told(store) == {name: TRUTH[name] for name in ("wire", "verbatim", "edited", "cut", "wrapped")}
    assert len({kept.story for kept in held(store).values()}) == 1


# --- deciding anew


def test_a_rebuild_changes_nothing_where_nothing_is_wrong(store: Store) -> None:
    keep(store, *seen_in(ORDERS[2]))
    before = list(store.articles(ALL))
    *_, done = store.rebuild()
    assert (done.phase, done.changed) == ("done", {})
    assert list(store.articles(ALL)) == before


def test_a_rebuild_finds_what_other_rules_left_out_and_says_what_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other_rules:
        other_rules.setattr("pipeline.dedup.verdict._BASE", -100.0)
        keep(store, *seen_in(list(WORLD)))
    assert told(store)["edited"] == ("original", None)
    *_, done = store.rebuild()
    assert told(store) == TRUTH
    assert done.changed == {"original -> near": 1, "original -> contained": 2}


def test_a_rebuild_that_was_broken_off_goes_on_where_it_was_left(address: str) -> None:
    from storage.store import SqlStore

    store = SqlStore.open(address)
    keep(store, *seen_in(list(WORLD)))
    steps = store.rebuild()
    seen = [next(steps).phase, next(steps).phase]
    steps.close()
    store.close()
    store = SqlStore.open(address)
    rest: list[Rebuild] = list(store.rebuild())
    assert seen + [step.phase for step in rest] == ["index", "index", "settle", "settle", "done"]
    assert told(store) == TRUTH
    store.close()
