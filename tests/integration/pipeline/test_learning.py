"""An intake that learns: what recurs on an outlet's pages goes, and nobody's text changes by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from pipeline.intake import PageIntake
from pipeline.ports import Store
from pipeline.records import Candidate, New, Outcome, Page, RecordRef, Unchanged
from storage.memory import MemoryStore
from tests.unit.pipeline.extract.pages import NOW, outlet
from tests.unit.pipeline.extract.test_recurring import story

T = TypeVar("T")

LABEL = "Edition for the northern counties"
BEHIND = f'<div class="x1"><p>{LABEL}</p></div>'


class Inline:
    """Workers that trust what they read."""

    async def run(self, function: Callable[..., T], *args: object, seconds: float | None = None) -> T:
        """Call the function here."""
        assert seconds is None
        return function(*args)


class Nowhere:
    """An archive that keeps nothing."""

    def append(self, page: Page) -> RecordRef:
        """Forget the page."""
        return RecordRef("", 0, len(page.body))

    def sync(self) -> None:
        """Do nothing."""

    def read(self, ref: RecordRef) -> bytes:
        """Nothing is kept that could be read."""
        raise NotImplementedError(ref)

    def close(self) -> None:
        """Do nothing."""


def fetched(n: int, source: str) -> Page:
    """Return the page of the n-th story as it was fetched."""
    url = f"https://news.example.org/world/story-{n}"
    offer = Candidate("example", url, url.removeprefix("https://"), "feed")
    return Page(offer, url, 200, (("Content-Type", "text/html"),), source.encode(), NOW)


def take_in(store: Store, pages: Sequence[Page]) -> list[Outcome]:
    """Take pages in one after the other, in a run of its own."""

    async def run() -> list[Outcome]:
        with ThreadPoolExecutor(1) as writer:
            intake = PageIntake(store, Nowhere(), Inline(), writer, lambda: NOW)
            return [await intake.page(outlet(), page) for page in pages]

    return asyncio.run(run())


def text_of(store: Store, outcome: Outcome) -> str:
    """Return the text that was kept."""
    assert isinstance(outcome, New)
    kept = store.article(outcome.id)
    assert kept is not None
    return kept.article.text


def test_a_label_is_learned_within_a_run_and_every_block_can_be_asked_why() -> None:
    store = MemoryStore()
    first, second = take_in(store, [fetched(n, story(n, behind=BEHIND)) for n in range(2)])
    assert LABEL in text_of(store, first)
    assert LABEL not in text_of(store, second)
    assert isinstance(second, New)
    kept = store.article(second.id)
    assert kept is not None
    assert [d.reason for d in kept.article.dropped if d.text == LABEL] == ["recurring: on 1 other page"]


def test_what_one_run_learned_serves_the_next() -> None:
    store = MemoryStore()
    take_in(store, [fetched(0, story(0, behind=BEHIND))])
    [later] = take_in(store, [fetched(1, story(1, behind=BEHIND))])
    assert LABEL not in text_of(store, later)


def test_an_article_that_is_read_again_is_unchanged_whatever_was_learned_since() -> None:
    store = MemoryStore()
    pages = [fetched(n, story(n, behind=BEHIND)) for n in range(5)]
    new = take_in(store, pages)
    again = take_in(store, pages)
    assert all(isinstance(outcome, New) for outcome in new)
    assert all(isinstance(outcome, Unchanged) for outcome in again)
    assert [getattr(outcome, "id", "") for outcome in again] == [
        getattr(outcome, "id", "") for outcome in new
    ]


def test_an_article_that_is_read_again_is_not_boilerplate_of_itself() -> None:
    store = MemoryStore()
    page = fetched(0, story(0, behind=BEHIND))
    [first] = take_in(store, [page])
    changed = replace(page, body=page.body.replace(b"A second vote", b"The second vote"))
    take_in(store, [changed])
    assert isinstance(first, New)
    kept = store.article(first.id)
    assert kept is not None
    assert kept.revision == 2
    assert LABEL in kept.article.text
