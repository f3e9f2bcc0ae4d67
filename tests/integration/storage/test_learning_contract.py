"""What a store remembers of the blocks of an outlet's pages: the same in memory and in a database."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from pipeline.boilerplate import EVERY, MEMORY, NOTHING_LEARNED
from pipeline.ports import Store
from pipeline.records import Dropped, Duplicate, New, Outcome, Recurrence, Sighting, Spot, Unchanged
from storage.engine import connect
from storage.migrate import MIGRATIONS
from storage.store import SqlStore
from tests.integration.storage.make import article, at, deed

LABEL, FAR = 7, -(2**63)


def sightings(n: int, *around: int) -> tuple[Sighting, ...]:
    """Return what the page of the n-th article shows: its title, a paragraph of its own, blocks around."""
    return (
        Sighting(10_000 + n, Spot.TITLE, 0, kept=False),
        Sighting(20_000 + n, Spot.WITHIN, 200, kept=True),
        *(Sighting(block, Spot.OUTSIDE, 20, kept=False) for block in around),
    )


def keep(store: Store, n: int, *around: int, **changes: object) -> Outcome:
    """Keep the n-th article."""
    text = str(changes.pop("text", f"Story number {n}."))
    path = str(changes.pop("path", f"/{n}"))
    one = article(text, path, fetched_at=at(n), sightings=sightings(n, *around), **changes)
    return store.keep([deed(one)])[0]


def test_nothing_is_known_of_a_new_outlet(store: Store) -> None:
    assert store.learned("wire") == NOTHING_LEARNED


def test_blocks_are_counted_by_article_and_outlet(store: Store) -> None:
    keep(store, 1, LABEL, FAR)
    keep(store, 2, LABEL)
    keep(store, 3, LABEL, outlet="other")
    known = store.learned("wire")
    assert known.pages == 2
    assert known.blocks[LABEL] == Recurrence(pages=2, outside=2, last=2)
    assert known.blocks[FAR] == Recurrence(pages=1, outside=1, last=1)
    assert store.learned("other").blocks[LABEL].pages == 1


def test_an_article_that_is_met_again_does_not_count_again(store: Store) -> None:
    keep(store, 1, LABEL)
    keep(store, 1, LABEL)
    keep(store, 1, LABEL, text="Another text.")
    keep(store, 2, LABEL, path="/elsewhere", text="Another text.")
    assert store.learned("wire").blocks[LABEL].pages == 1


def test_a_copy_of_another_outlets_text_counts_for_its_own(store: Store) -> None:
    assert isinstance(keep(store, 1, LABEL, outlet="other", text="A text."), New)
    assert isinstance(keep(store, 2, LABEL, text="A text."), Duplicate)
    assert store.learned("wire").blocks[LABEL].pages == 1


def test_pages_of_one_batch_all_count(store: Store) -> None:
    pages = [article(f"Story {n}.", f"/{n}", sightings=sightings(n, LABEL)) for n in range(4)]
    store.keep([deed(page) for page in pages])
    assert store.learned("wire").blocks[LABEL] == Recurrence(pages=4, outside=4, last=4)


def test_what_was_learned_is_not_kept_with_the_article(store: Store) -> None:
    new = keep(store, 1, LABEL)
    assert isinstance(new, New)
    kept = store.article(new.id)
    assert kept is not None
    assert kept.article.sightings == ()


def test_blocks_unseen_for_long_are_forgotten(store: Store) -> None:
    keep(store, 0, FAR, LABEL)
    pages = [article(f"Story {n}.", f"/{n}", sightings=sightings(n, LABEL)) for n in range(1, MEMORY + EVERY)]
    store.keep([deed(page) for page in pages])
    known = store.learned("wire")
    assert known.pages == MEMORY + EVERY
    assert FAR not in known.blocks
    assert known.blocks[LABEL].pages == MEMORY + EVERY


def test_a_store_and_the_memory_of_a_run_learn_the_same(store: Store) -> None:
    run = NOTHING_LEARNED
    for n in [1, 2, 3, 1, 4]:
        keep(store, n, LABEL, path=f"/{n}/{run.pages}")
        run = run.learn(sightings(n, LABEL)).measured(3) if n != 1 or run.pages == 0 else run
    assert store.learned("wire") == run


def test_what_was_learned_outlives_the_run(address: str) -> None:
    store = SqlStore.open(address)
    keep(store, 1, LABEL)
    store.close()
    store = SqlStore.open(address)
    keep(store, 2, LABEL)
    assert store.learned("wire").blocks[LABEL].pages == 2
    store.close()


def test_a_page_that_lost_only_what_was_learned_since_is_unchanged(store: Store) -> None:
    first = keep(store, 1, text="Story number 1.\nNorthern edition")
    assert isinstance(first, New)
    dropped = (Dropped("Northern edition", "recurring: on 3 other pages"),)
    assert keep(store, 1, dropped=dropped) == Unchanged(first.id, detail="boilerplate: Northern edition")
    kept = store.article(first.id)
    assert kept is not None
    assert kept.revision == 1


def test_a_store_of_the_first_release_is_brought_up_to_date_and_learns(address: str) -> None:
    database = connect(address)
    with database.writing("making the tables of the first release") as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    database.dispose()
    store = SqlStore.open(address)
    keep(store, 1, LABEL)
    assert store.learned("wire").blocks[LABEL].pages == 1
    store.close()


def test_the_usual_size_of_an_outlets_texts_is_known_from_the_fifth_on(store: Store) -> None:
    for n in range(1, 5):
        keep(store, n, text="word " * n + f"number {n}")
    assert store.learned("wire").usual_size == 0
    keep(store, 5, text="word " * 900)
    assert 3 <= store.learned("wire").usual_size <= 7
