"""A profile that no longer fits: its pages are read all the same, and somebody is told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from config.outlet import Outlet
from pipeline.intake import PageIntake
from pipeline.records import New, Outcome
from spiders.report import Diary
from storage.memory import MemoryStore
from tests.integration.pipeline.test_learning import Inline, Nowhere, fetched, text_of
from tests.unit.pipeline.extract.pages import NOW, outlet
from tests.unit.pipeline.extract.test_recurring import story

PROFILED = outlet(extract={"body": [".story"]})
USUAL = [story(n) for n in range(6)]
TEASER = (
    '<div class="story"><p>The council sat for longer than ever before on Monday; read how it went.</p></div>'
)


def take_in(store: MemoryStore, sources: Sequence[str], rules: Outlet = PROFILED) -> list[Outcome]:
    """Take pages in one after the other."""

    async def run() -> list[Outcome]:
        with ThreadPoolExecutor(1) as writer:
            intake = PageIntake(store, Nowhere(), Inline(), writer, lambda: NOW)
            return [await intake.page(rules, fetched(n, source)) for n, source in enumerate(sources)]

    return asyncio.run(run())


def drift_of(outcome: Outcome) -> str:
    """Return why the profile was not followed for a new article."""
    assert isinstance(outcome, New)
    return outcome.drift


def test_a_redesigned_page_still_gives_its_article_and_says_so() -> None:
    store = MemoryStore()
    old, new = take_in(store, [story(1), story(2).replace('class="story"', 'class="x7f"')])
    assert (drift_of(old), text_of(store, new).count("\n")) == ("", 3)
    assert "match nothing" in drift_of(new)


def test_selectors_that_match_a_teaser_only_are_found_out_by_what_is_usual() -> None:
    redesigned = story(6).replace('<div class="story">', f'{TEASER}<div class="x7f">')
    store = MemoryStore()
    outcomes = take_in(store, [*USUAL, redesigned])
    assert "much less text than usual" in drift_of(outcomes[-1])
    assert "A second vote on the garden" in text_of(store, outcomes[-1])
    assert not any(drift_of(outcome) for outcome in outcomes[:-1])


def test_what_is_usual_is_known_to_the_next_run_too() -> None:
    store = MemoryStore()
    take_in(store, USUAL)
    assert store.learned("example").usual_size > 50


def test_a_short_article_of_a_profile_is_short_and_no_drift() -> None:
    store = MemoryStore()
    note = story(6)
    short = note[: note.index('<div class="story">')] + TEASER + "</article></main></body></html>"
    assert not drift_of(take_in(store, [*USUAL, short])[-1])


def test_an_outlet_without_a_profile_cannot_drift() -> None:
    store = MemoryStore()
    assert not any(drift_of(outcome) for outcome in take_in(store, USUAL, outlet()))


def test_a_look_says_how_many_articles_did_not_fit_the_profile() -> None:
    diary = Diary("example")
    for drift in ("", "no match", "no match"):
        diary.count(New("a", drift=drift), first=True, refused=False)
    report = diary.report(1.0)
    assert (report.new, report.drifted) == (3, 2)
    assert report.notes == ("2 articles were read as any page: no match",)
