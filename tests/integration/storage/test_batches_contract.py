"""Many deeds kept at once are what they are when they are kept one after another, in every store."""

from __future__ import annotations

import random

from pipeline.ports import Store
from pipeline.records import Deed, Filters, Kept, Sighting, Spot
from pipeline.traits import traits_of
from storage.memory import MemoryStore
from tests.integration.storage.make import article, at, candidate, deed, stamp

PHRASE = "rain fell on the capital while ministers met and grain prices rose in all the ports of the north"
WORDS = PHRASE.split()


def deeds(chance: random.Random, *, prepared: bool) -> list[Deed]:
    """Return pages of two outlets: new ones, their copies, changed ones, and ones that were met before."""
    texts = [" ".join(chance.choices(WORDS, k=60)) for _ in range(4)]
    made = []
    for n in range(24):
        text, outlet = chance.choice(texts), chance.choice(("wire", "daily"))
        if chance.random() < 0.4:
            text = text.replace("rain", "snow", 1) + " More to come."
        sightings = tuple(
            Sighting(chance.randrange(12), Spot.WITHIN, 100, kept=True) for _ in range(chance.randrange(4))
        )
        one = article(
            text,
            f"/{chance.randrange(9)}",
            outlet,
            title=f"Title {chance.randrange(3)}",
            fetched_at=at(n),
            published=stamp(chance.randrange(600)),
            sightings=tuple({s.block: s for s in sightings}.values()),
        )
        if prepared:
            one = article(
                text, one.key.removeprefix(f"{outlet}.example.org"), outlet, title=one.title,
                fetched_at=one.fetched_at, published=one.published, sightings=one.sightings,
                traits=traits_of(one),
            )  # fmt: skip
        made.append(deed(one))
    return made


def what_is_kept(store: Store) -> tuple[list[Kept], list[list[str]], list[object]]:
    kept = list(store.articles(Filters()))
    akin = [[other.kept.id for other in store.akin(one.id)] for one in kept]
    learned = [store.learned(outlet) for outlet in ("wire", "daily")]
    return kept, akin, [(one.pages, dict(one.blocks)) for one in learned]


def test_a_batch_comes_to_what_its_deeds_come_to_one_by_one(store: Store) -> None:
    chance = random.Random(5)
    found = deeds(chance, prepared=False)
    again = deeds(random.Random(5), prepared=True)
    plain = MemoryStore()
    store.offer([candidate(f"/{n}", outlet) for n in range(9) for outlet in ("wire", "daily")], at())
    plain.offer([candidate(f"/{n}", outlet) for n in range(9) for outlet in ("wire", "daily")], at())
    outcomes = [*store.keep(again[:3]), *store.keep(again[3:17]), *store.keep(again[17:])]
    assert outcomes == [outcome for one in found for outcome in plain.keep([one])]
    assert what_is_kept(store) == what_is_kept(plain)
    assert {type(outcome).__name__ for outcome in outcomes} > {"New", "Duplicate", "Revised"}
