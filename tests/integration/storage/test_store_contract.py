"""What every store promises (`pipeline.ports.Store`), tried on each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.ports import Store
from pipeline.records import (
    Article,
    Change,
    ChangeKind,
    Deed,
    Duplicate,
    Failed,
    Fault,
    Filters,
    Kept,
    New,
    Refusal,
    Rejected,
    Revised,
    Stamp,
    Unchanged,
)
from pipeline.urls import entry_key
from tests.integration.storage.make import NOON, article, at, candidate, deed, stamp

ALL = Filters()


def revised(outcome: object) -> tuple[str, int]:
    assert isinstance(outcome, Revised)
    return outcome.id, outcome.revision


def keep(store: Store, *articles: Article) -> list[Any]:
    return list(store.keep([deed(one) for one in articles]))


def held(store: Store, id_: str) -> Kept:
    kept = store.article(id_)
    assert kept is not None
    return kept


# --- what a page becomes


def test_a_text_nobody_had_is_new_and_comes_back_whole(store: Store) -> None:
    east = timezone(timedelta(hours=9))
    written = article(
        published=Stamp(datetime(2026, 3, 1, 8, 30, tzinfo=east), "minute", "meta"),
        modified=datetime(2026, 3, 1, 9, 45, 30, tzinfo=east),
        credits=("Al Jazeera", "news agencies"),
        origin_url="https://kcna.example.org/1",
        origin_name="통신",
        credits_others=True,
        summary="A wet day",
    )
    [outcome] = keep(store, written)
    assert isinstance(outcome, New)
    kept = held(store, outcome.id)
    assert kept.article == written
    assert kept.article.published is not None
    assert kept.article.published.at.utcoffset() == timedelta(hours=9)
    assert kept.first_seen_at == NOON
    assert kept.first_seen_at.utcoffset() == timedelta(0)
    assert (kept.revision, kept.urls) == (1, ("https://wire.example.org/a",))
    assert (kept.relation, kept.duplicate_of, kept.similarity, kept.story) == (
        "original",
        None,
        None,
        kept.id,
    )


def test_the_same_page_again_is_unchanged_and_changes_nothing(store: Store) -> None:
    [new] = keep(store, article())
    before = held(store, new.id)
    assert keep(store, article(fetched_at=at(60), raw_sha256="other")) == [Unchanged(new.id)]
    assert held(store, new.id) == before
    assert store.revisions(new.id) == []


def test_another_text_at_a_known_address_is_a_revision_and_the_earlier_one_stays(store: Store) -> None:
    [new] = keep(store, article("Two dead in the flood."))
    first = held(store, new.id)
    changed = article("Three dead in the flood.", fetched_at=at(60), raw_sha256="b")
    assert keep(store, changed) == [Revised(new.id, 2, Change((ChangeKind.NUMBERS,), 1, 1))]
    kept = held(store, new.id)
    assert kept.article == changed
    assert (kept.revision, kept.first_seen_at, kept.story) == (2, NOON, new.id)
    assert store.revisions(new.id) == [first]
    [third] = keep(store, article("Four dead in the flood.", fetched_at=at(90)))
    assert revised(third) == (new.id, 3)
    assert [k.article.text for k in store.revisions(new.id)] == [
        "Two dead in the flood.",
        "Three dead in the flood.",
    ]


def test_what_a_revision_changed_is_kept_with_it(store: Store) -> None:
    [new] = keep(store, article("Two dead in the flood."))
    [second] = keep(store, article("Three dead in the flood.", fetched_at=at(60)))
    [third] = keep(store, article("Three died in the flood.", fetched_at=at(90), published=stamp(-10)))
    [earlier, later] = store.revisions(new.id)
    assert (earlier.change, later.change) == (None, second.change)
    assert held(store, new.id).change == third.change == Change((ChangeKind.WORDING,), 1, 1)
    keep(store, article("Three died in the flood.", outlet="daily", published=stamp(-90)))
    assert held(store, new.id).relation == "exact"
    assert held(store, new.id).change == third.change, "what it is to others says nothing of it"
    assert held(store, new.id).change == next(store.articles(Filters(outlets=("wire",)))).change


def test_another_title_is_a_revision_too(store: Store) -> None:
    [new] = keep(store, article())
    change = Change((ChangeKind.TITLE,), 0, 0)
    assert keep(store, article(title="Heavy rain")) == [Revised(new.id, 2, change)]
    assert held(store, new.id).change == change
    assert [k.article.title for k in store.revisions(new.id)] == ["Rain"]


def test_a_copy_at_another_outlet_is_stored_with_its_relation(store: Store) -> None:
    [new, copy] = keep(store, article(published=stamp(-60)), article(outlet="daily", published=stamp(-30)))
    assert copy == Duplicate(copy.id, relation="exact", of=new.id)
    kept = held(store, copy.id)
    assert (kept.relation, kept.duplicate_of, kept.similarity, kept.story) == ("exact", new.id, 1.0, new.id)
    assert kept.article.text == "Rain fell on the capital."
    assert [k.id for k in store.copies(new.id)] == [new.id, copy.id]


def test_an_original_that_arrives_later_takes_its_place_before_its_copies(store: Store) -> None:
    [first, second] = keep(
        store, article(published=stamp(-30)), article(outlet="daily", published=stamp(-20))
    )
    [late] = keep(store, article(outlet="agency", published=stamp(-90), fetched_at=at(5)))
    assert late == New(late.id)
    assert held(store, late.id).relation == "original"
    for id_ in (first.id, second.id):
        assert (held(store, id_).relation, held(store, id_).duplicate_of) == ("exact", late.id)
    assert {held(store, id_).story for id_ in (first.id, second.id, late.id)} == {first.id}
    assert [k.id for k in store.copies(first.id)] == [late.id, first.id, second.id]


def test_one_who_credits_others_is_never_the_original_of_one_who_does_not(store: Store) -> None:
    [first] = keep(store, article(outlet="collector", credits_others=True, published=stamp(-90)))
    [second] = keep(store, article(published=stamp(-10)))
    assert held(store, first.id).duplicate_of == second.id
    assert held(store, second.id).relation == "original"


def test_the_same_text_at_another_address_of_an_outlet_is_one_article_with_two_addresses(
    store: Store,
) -> None:
    [new] = keep(store, article())
    assert keep(store, article(path="/b", fetched_at=at(1))) == [Unchanged(new.id, address_is_new=True)]
    assert held(store, new.id).urls == ("https://wire.example.org/a", "https://wire.example.org/b")
    assert keep(store, article(path="/b", fetched_at=at(2))) == [Unchanged(new.id)]
    assert [k.id for k in store.articles(ALL)] == [new.id]


def test_an_article_is_found_under_every_key_it_was_met_under(store: Store) -> None:
    urls = ("https://k/offered", "https://k/final")
    [new] = keep(store, article(keys=("k/offered", "k/final"), addresses=urls))
    expected = ("https://wire.example.org/a", *urls)
    assert held(store, new.id).urls == expected
    [again] = keep(
        store, article("Another text.", path="/z", keys=("k/final",), addresses=("https://k/final",))
    )
    assert revised(again) == (new.id, 2)
    kept = held(store, new.id)
    assert (kept.article.key, kept.article.canonical_url) == (
        "wire.example.org/a",
        "https://wire.example.org/a",
    )
    assert kept.article.url == "https://wire.example.org/z"
    assert kept.urls == (*expected, "https://wire.example.org/z")


def test_an_address_is_never_taken_from_another_article(store: Store) -> None:
    [a] = keep(store, article("Text of A.", "/a"))
    [b] = keep(store, article("Text of B.", "/b"))
    both = ("wire.example.org/a", "wire.example.org/b")
    mixed = article("New text of B.", "/b", keys=both, addresses=tuple(f"https://{key}" for key in both))
    [outcome] = keep(store, mixed)
    assert revised(outcome) == (b.id, 2)
    assert held(store, a.id).urls == ("https://wire.example.org/a",)
    assert held(store, b.id).urls == ("https://wire.example.org/b",)


MAIN, AMP = "https://wire.example.org/a", "https://wire.example.org/amp/a"


def amp(text: str = "Rain fell.", **changes: Any) -> Article:
    """Return the AMP page of the article at "/a": less well told, and it names the main page."""
    keys = ("wire.example.org/amp/a", "wire.example.org/a")
    said = {"authors": (), "keys": keys, "addresses": (AMP, MAIN), "canonical_url": MAIN, **changes}
    return article(text, "/amp/a", **said)


def test_the_amp_twin_of_an_article_never_revises_it(store: Store) -> None:
    [new] = keep(store, article("Rain fell. It was warm."))
    for minutes in (1, 2):
        [main] = keep(store, article("Rain fell. It was warm.", fetched_at=at(minutes)))
        [outcome] = keep(store, amp(fetched_at=at(minutes)))
        assert main == Unchanged(new.id)
        assert outcome == Unchanged(new.id, detail=f"another view of {MAIN}")
    kept = held(store, new.id)
    assert (kept.revision, kept.urls) == (1, (MAIN, AMP))
    assert (kept.article.url, kept.article.authors) == (MAIN, ("Kim Min-ji",))
    assert revised(keep(store, article("Snow fell. It was cold.", fetched_at=at(3)))[0]) == (new.id, 2)


def test_an_article_met_by_its_amp_page_is_taken_over_by_its_main_page_once(store: Store) -> None:
    [new] = keep(store, amp())
    assert revised(keep(store, amp("Rain fell twice."))[0]) == (new.id, 2), "while nothing better is held"
    [main] = keep(store, article("Rain fell. It was warm.", fetched_at=at(1)))
    assert revised(main) == (new.id, 3)
    assert isinstance(keep(store, amp("Rain fell twice."))[0], Unchanged)
    assert held(store, new.id).article.url == MAIN


def test_a_main_page_with_the_text_of_its_amp_page_takes_its_place_without_a_revision(store: Store) -> None:
    [copy] = keep(store, article("Rain fell.", outlet="daily", published=stamp(-5)))
    [new] = keep(store, amp())
    assert held(store, new.id).duplicate_of == copy.id
    main = article("Rain fell.", summary="A drizzle", published=stamp(-30), fetched_at=at(1))
    assert keep(store, main) == [Unchanged(new.id, renewed=True)]
    kept = held(store, new.id)
    assert (kept.article.url, kept.article.authors, kept.article.summary) == (MAIN, main.authors, "A drizzle")
    assert (kept.revision, kept.first_seen_at, kept.relation) == (1, NOON, "original")
    assert store.revisions(new.id) == []
    assert held(store, copy.id).duplicate_of == new.id, "who came first is decided by what is held now"
    assert [hit.kept.id for hit in store.search("drizzle", ALL)] == [new.id]
    assert [one.id for one in store.articles(Filters(until=at(-20)))] == [new.id]
    assert keep(store, amp(), main) == [Unchanged(new.id), Unchanged(new.id)]


def test_a_page_whose_main_address_moves_is_revised_from_the_new_one_and_not_from_the_old(
    store: Store,
) -> None:
    moved = "https://wire.example.org/b"
    said: dict[str, Any] = {
        "keys": ("wire.example.org/a", "wire.example.org/b"),
        "addresses": (MAIN, moved),
        "canonical_url": moved,
    }
    [new] = keep(store, article("Rain fell."))
    [old] = keep(store, article("Rain fell twice.", **said))
    assert revised(old) == (new.id, 2), "the new address was never read"
    [there] = keep(store, article("Rain fell thrice.", "/b"))
    assert revised(there) == (new.id, 3)
    assert isinstance(keep(store, article("Rain fell twice.", **said))[0], Unchanged)


def test_a_template_that_gives_every_page_one_address_swallows_no_article(store: Store) -> None:
    claimed = "wire.example.org/section"
    first, second = (
        article(text, path, title=title, keys=(f"wire.example.org{path}", claimed), addresses=("u", "v"))
        for text, path, title in (("Rain fell.", "/a", "Rain"), ("Snow fell.", "/b", "Snow"))
    )
    outcomes = store.keep([deed(first), deed(second)])
    assert [type(outcome) for outcome in outcomes] == [New, New]


def test_a_page_that_names_the_address_of_a_held_article_with_its_title_and_text_is_that_article(
    store: Store,
) -> None:
    main = candidate("/2026/rain.html")
    first = article("A dek.\nRain fell for a day.\nIt stopped.", "/2026/rain.html", url=main.url)
    printed = article("Rain fell for a day.\nIt stopped.", "/print/7", claim=(main.key, main.url))
    other = article("Snow fell for a week.\nIt stayed.", "/print/8", title="Snow", claim=(main.key, main.url))
    [new, again, another] = keep(store, first, printed, other)
    assert [type(new), type(again), type(another)] == [New, Unchanged, New]
    assert again.id == new.id
    assert held(store, new.id).article.keys == (main.key, candidate("/print/7").key)


LONG = "Rain fell on the capital for a day and a night.\nThe river rose by a metre.\nThen it stopped."


@pytest.mark.parametrize("title", ["Rain", "Rain stops at last"])
def test_an_entry_whose_address_changed_is_the_same_article_by_its_id(store: Store, title: str) -> None:
    entry = entry_key("tag:wire,7")
    keys = (candidate("/live/rain").key, entry)
    [new] = keep(store, article(LONG, "/live/rain", keys=keys, addresses=("u", "u")))
    moved = candidate("/news/rain-stops")
    again = article(
        f"{LONG}\nNobody was hurt.", "/news/rain-stops", title=title, url=moved.url,
        keys=(moved.key, entry), addresses=(moved.url, moved.url),
    )  # fmt: skip
    assert revised(keep(store, again)[0]) == (new.id, 2)
    assert moved.url in held(store, new.id).urls


def test_a_feed_that_gives_all_entries_one_id_swallows_no_article(store: Store) -> None:
    entry = entry_key("0")
    texts = (
        "Rain fell.\nIt was wet.",
        "Snow fell.\nIt was white.",
        "Snow fell.\nIt grew deeper.",
    )
    coming = [
        article(text, f"/{i}", title=title, keys=(candidate(f"/{i}").key, entry), addresses=("u", "u"))
        for i, (text, title) in enumerate(zip(texts, ("Weather", "Weather", "Snow"), strict=True))
    ]
    assert [type(outcome) for outcome in keep(store, *coming)] == [New, New, New]


def test_a_revision_that_leaves_a_story_takes_its_name_along(store: Store) -> None:
    [a, b, c] = keep(
        store,
        article(published=stamp(-30)),
        article(outlet="daily", published=stamp(-20), fetched_at=at(1)),
        article(outlet="post", published=stamp(-10), fetched_at=at(2)),
    )
    keep(store, article("All is dry.", published=stamp(-30), fetched_at=at(3)))
    assert (held(store, a.id).story, held(store, a.id).relation) == (a.id, "original")
    assert (held(store, b.id).story, held(store, b.id).relation) == (b.id, "original")
    assert (held(store, c.id).story, held(store, c.id).duplicate_of) == (b.id, b.id)


def test_a_copy_that_is_revised_leaves_its_story_and_can_come_back(store: Store) -> None:
    [a, b] = keep(store, article(published=stamp(-30)), article(outlet="daily", published=stamp(-20)))
    keep(store, article("All is dry.", outlet="daily", published=stamp(-20), fetched_at=at(1)))
    assert (held(store, b.id).story, held(store, b.id).duplicate_of) == (b.id, None)
    keep(store, article(outlet="daily", published=stamp(-20), fetched_at=at(2)))
    assert (held(store, b.id).story, held(store, b.id).duplicate_of) == (a.id, a.id)
    assert held(store, b.id).revision == 3


def test_within_one_batch_the_second_copy_sees_the_first(store: Store) -> None:
    outcomes = keep(
        store, article(), article(fetched_at=at(1)), article("B.", fetched_at=at(2)), article(outlet="x")
    )
    new, same, again, copy = outcomes
    assert (type(new), same, type(again)) == (New, Unchanged(new.id), Revised)
    assert isinstance(copy, New), "the text it would copy is no longer current"


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 - the mistake is the point
    with pytest.raises(ValueError, match="no time zone"):
        store.keep([deed(article()), Deed(candidate("/b"), Failed(Fault.NETWORK), naive)])
    assert list(store.articles(ALL)) == []
    assert store.outcomes() == {}


# --- the frontier


def test_an_offer_is_pending_until_it_has_an_outcome(store: Store) -> None:
    offer = candidate(
        title="Rain", authors=("A",), published=stamp(-5, "day"), modified=at(-1), content="<p>"
    )
    store.offer([offer, candidate("/b", "other")], NOON)
    assert store.pending("wire", NOON) == [replace(offer, content=None)]
    [known] = store.known("wire", [offer.key, "never"], NOON).values()
    assert (known.article, known.stated, known.due) == (None, None, True)
    [new] = store.keep([deed(article(), offer)])
    assert isinstance(new, New)
    assert store.pending("wire", NOON) == []
    known = store.known("wire", [offer.key], NOON)[offer.key]
    assert (known.article, known.stated, known.due) == (new.id, at(-1), False)


def test_offers_are_pending_oldest_first_and_offering_twice_is_offering_once(store: Store) -> None:
    store.offer([candidate("/b")], at(1))
    store.offer([candidate("/a"), candidate("/b")], at(2))
    assert [c.key for c in store.pending("wire", at(3))] == ["wire.example.org/b", "wire.example.org/a"]
    assert [c.key for c in store.pending("wire", at(3), limit=1)] == ["wire.example.org/b"]
    assert store.outcomes() == {"wire": {"pending": 2}}


def test_a_held_page_is_fetched_again_only_when_its_outlet_states_a_newer_time(store: Store) -> None:
    offer = candidate(modified=at(-10))
    [new] = store.keep([deed(article(), offer)])
    assert isinstance(new, New)
    store.offer([offer, replace(offer, modified=at(-20))], NOON)
    assert store.pending("wire", NOON) == []
    store.offer([replace(offer, modified=at(-5))], NOON)
    known = store.known("wire", [offer.key], NOON)[offer.key]
    assert (known.article, known.stated, known.due) == (new.id, at(-10), True)
    store.keep([deed(article(), replace(offer, modified=at(-5)))])
    assert store.known("wire", [offer.key], NOON)[offer.key].stated == at(-5)
    assert store.outcomes() == {"wire": {"unchanged": 1}}


def test_a_page_met_without_a_time_has_changed_when_a_time_after_its_fetch_is_stated(store: Store) -> None:
    keep(store, article())
    [known] = store.known("wire", [candidate().key], at(5)).values()
    assert known.stated == NOON
    store.offer([candidate(modified=at(-5))], at(5))
    assert store.pending("wire", at(5)) == []
    store.offer([candidate(modified=at(3))], at(5))
    assert [c.url for c in store.pending("wire", at(5))] == [candidate().url]


def test_a_failed_page_is_tried_again_and_nothing_is_lost_by_offering_it_meanwhile(store: Store) -> None:
    offer = candidate()
    store.offer([offer], NOON)
    for n in range(7):
        store.keep([deed(Failed(Fault.TIMEOUT, "60 s"), offer, minutes=n)])
        store.offer([offer], at(n))
    assert store.outcomes() == {"wire": {"failed:timeout": 1}}
    assert store.pending("wire", at(6)) == []
    assert store.pending("wire", at(6 + 121)) == [offer]
    assert store.known("wire", [offer.key], at(6 + 121))[offer.key].due


def test_a_refusal_for_good_is_not_tried_again_unless_the_page_changed(store: Store) -> None:
    offer = candidate(modified=at(-9))
    store.keep([deed(Rejected(Refusal.TOO_OLD, "2019"), offer)])
    assert store.pending("wire", at(1e6)) == []
    store.offer([replace(offer, modified=at(-1))], at(1))
    assert [c.modified for c in store.pending("wire", at(1))] == [at(-1)]


def test_a_refusal_of_a_held_page_leaves_the_article_alone(store: Store) -> None:
    [new] = keep(store, article())
    store.keep([deed(Rejected(Refusal.BLOCK_PAGE))])
    assert held(store, new.id).revision == 1
    known = store.known("wire", [candidate().key], at(1))[candidate().key]
    assert (known.article, known.due) == (new.id, True)


def test_every_address_of_an_article_is_known(store: Store) -> None:
    [new] = keep(store, article(keys=("k/final",), addresses=("https://k/final",)))
    known = store.known("wire", ["k/final"], NOON)["k/final"]
    assert (known.article, known.due) == (new.id, False)
    assert store.known("other", ["k/final"], NOON) == {}


def test_thousands_of_keys_are_looked_up_at_once(store: Store) -> None:
    store.offer([candidate(f"/{n}") for n in range(1200)], NOON)
    known = store.known("wire", (f"wire.example.org/{n}" for n in range(3000)), NOON)
    assert len(known) == 1200


def test_outcomes_are_counted_by_outlet_and_reason(store: Store) -> None:
    keep(store, article(), article("B.", "/b"), article(outlet="daily"))
    store.keep(
        [
            deed(Rejected(Refusal.LISTING), candidate("/c")),
            deed(Rejected(Refusal.LISTING), candidate("/d")),
            deed(Failed(Fault.ROBOTS), candidate("/e")),
        ]
    )
    store.offer([candidate("/f")], NOON)
    wire = {"new": 2, "rejected:listing": 2, "failed:robots": 1, "pending": 1}
    assert store.outcomes() == {"wire": wire, "daily": {"duplicate": 1}}
    assert store.outcomes("daily") == {"daily": {"duplicate": 1}}


# --- reading


def test_articles_are_found_by_the_beginning_of_their_id(store: Store) -> None:
    [a, b] = keep(store, article("A."), article("B.", "/b", fetched_at=at(60 * 24)))
    assert held(store, a.id[:14]).id == a.id
    assert held(store, b.id).id == b.id
    assert store.article("20270101") is None
    assert store.revisions("20270101") == []
    with pytest.raises(StoreError, match=f"may be any of {a.id}, {b.id}"):
        store.article("202603")
    with pytest.raises(StoreError, match="too short"):
        store.article("2026")
    assert store.article("20260%") is None


def test_articles_pass_by_outlet_kind_time_and_relation(store: Store) -> None:
    [a, b, c] = keep(
        store,
        article("A.", published=stamp(-60)),
        article("B.", outlet="daily", outlet_kind="newspaper", fetched_at=at(1)),
        article("A.", outlet="blog", outlet_kind="blog", published=stamp(-30), fetched_at=at(2)),
    )

    def ids(**filters: Any) -> list[str]:
        return [kept.id for kept in store.articles(Filters(**filters))]

    assert ids() == [a.id, b.id, c.id]
    assert ids(outlets=("wire", "blog")) == [a.id, c.id]
    assert ids(kinds=("newspaper",)) == [b.id]
    assert ids(since=at(-30)) == [b.id, c.id]
    assert ids(until=at(-30)) == [a.id]
    assert ids(since=at(0), until=at(2)) == [b.id]
    assert ids(originals_only=True) == [a.id, b.id]
    assert ids(limit=2) == [a.id, b.id]
    assert ids(limit=0) == []


def test_all_articles_are_streamed_in_order_of_their_ids(store: Store) -> None:
    store.keep([deed(article(f"Text number {n}.", f"/{n}", fetched_at=at(n % 7))) for n in range(220)])
    ids = [kept.id for kept in store.articles(ALL)]
    assert len(ids) == 220
    assert ids == sorted(ids)
    assert len(list(store.articles(Filters(limit=201)))) == 201


# --- text from outside


def test_nul_and_lone_surrogates_never_reach_the_store(store: Store) -> None:
    dirty = article("A\0B \ud800 C 😀", title="T\0\udc00", authors=("\ud83d\ude00",), language="e\0n")
    [new] = keep(store, dirty)
    kept = held(store, new.id).article
    assert (kept.title, kept.text, kept.authors, kept.language) == (
        "T\ufffd",
        "AB \ufffd C 😀",
        ("😀",),
        "en",
    )
    assert keep(store, dirty) == [Unchanged(new.id)]
    store.offer([candidate("/\0\ud800", title="\0", url="https://x/\udfff")], NOON)
    assert store.pending("wire", NOON)[0].title == ""
    assert "wire.example.org/\0\ud800" in store.known("wire", ["wire.example.org/\0\ud800"], NOON)
    store.keep([deed(Failed(Fault.PARSER, "bad \0 \ud800"), candidate("/b"))])
    assert store.article("20\0990101\ud800") is None


def test_a_key_of_any_length_is_kept(store: Store) -> None:
    long, other = "/" + "é" * 5000 + "1", "/" + "é" * 5000 + "2"
    [new] = store.keep([deed(article(path=long))])
    assert isinstance(new, New)
    known = store.known("wire", [candidate(long).key, candidate(other).key], NOON)
    assert list(known) == [candidate(long).key]
    assert keep(store, article(path=long)) == [Unchanged(new.id)]


def test_times_at_the_ends_of_the_calendar_are_kept(store: Store) -> None:
    east = timezone(timedelta(hours=9))
    west = timezone(-timedelta(hours=9))
    early = Stamp(datetime(1, 1, 1, tzinfo=east), "day", "visible")
    late = Stamp(datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=west), "second", "visible")
    [a, b] = keep(
        store, article("A.", published=early), article("B.", "/b", published=late, modified=late.at)
    )
    assert held(store, a.id).article.published == Stamp(datetime(1, 1, 1, tzinfo=UTC), "day", "visible")
    assert [k.id for k in store.articles(Filters(since=datetime(9999, 1, 1, tzinfo=UTC)))] == [b.id]


# --- search


def texts(store: Store, query: str, **filters: Any) -> set[str]:
    return {hit.kept.article.text for hit in store.search(query, Filters(**filters))}


ENGLISH = (
    "The Security Council met on Tuesday. North Korea fired missiles, the beschließende COVID-19 panel said."
)
CHINESE = "中国人民银行宣布降低利率，以支持经济增长。"
KOREAN = "서울시는 새로운 조례를 통과시켰다고 밝혔다."
JAPANESE = "東京都で新しい条例が可決された。"
ARABIC = "اجتمع مجلسُ الأمن يوم الثلاثاء لمناقشة الوضع."
THAI = "สภาความมั่นคงประชุมเมื่อวันอังคาร"
HINDI = "सुरक्षा परिषद की बैठक मंगलवार को हुई।"


FOUND: dict[str, set[str]] = {
    "council": {ENGLISH},
    "COUNCIL missiles": {ENGLISH},
    "council rockets": set(),
    '"security council"': {ENGLISH},
    '"council security"': set(),
    "council -tuesday": set(),
    'council -"south korea"': {ENGLISH},
    "covid-19": {ENGLISH},
    "BESCHLIESSENDE": {ENGLISH},
    "headline": {ENGLISH, KOREAN},
    '"headline the"': set(),
    "行": {CHINESE},
    "利率": {CHINESE},
    "人民银行": {CHINESE},
    "银行 增长": {CHINESE},
    "银行 -增长": set(),
    "行银": set(),
    "서울": {KOREAN},
    "조례": {KOREAN},
    "条例": {JAPANESE},
    "مجلس": {ARABIC},
    "الامن": {ARABIC},
    "ประชุม": {THAI},
    "परिषद": {HINDI},
    "": set(),
    "-council": set(),
    '" "': set(),
    "***": set(),
}


def test_words_phrases_and_exclusions_find_what_they_should_in_every_script(store: Store) -> None:
    all_texts = (ENGLISH, CHINESE, KOREAN, JAPANESE, ARABIC, THAI, HINDI)
    titles = {ENGLISH: "A headline", KOREAN: "Headline"}
    store.keep([deed(article(t, f"/{n}", title=titles.get(t, "T"))) for n, t in enumerate(all_texts)])
    assert {query: texts(store, query) for query in FOUND} == FOUND


def test_a_hit_shows_the_text_around_the_words(store: Store) -> None:
    long = "Early words. " * 50 + "\nA volcano erupted,\nsaid 中国人民银行 officials. " + "Late words. " * 50
    keep(store, article(long))
    [hit] = store.search("volcano", ALL)
    assert "words. A volcano erupted, said 中国人民银行 officials. Late" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 300
    assert "中国人民银行" in store.search("民银", ALL)[0].snippet
    assert hit.score > 0


def test_a_title_weighs_more_than_a_text_and_filters_apply(store: Store) -> None:
    [a, b, c] = keep(
        store,
        article("A flood. " + "Other words here. " * 20, "/1", title="News"),
        article("Something else. " + "Other words here. " * 20, "/2", title="The flood"),
        article("A flood too. " + "Other words here. " * 20, "/3", outlet="daily", title="News"),
    )
    assert store.search("flood", ALL)[0].kept.id == b.id
    assert {hit.kept.id for hit in store.search("flood", ALL)} == {a.id, b.id, c.id}
    assert [hit.kept.id for hit in store.search("flood", Filters(outlets=("daily",)))] == [c.id]
    assert len(store.search("flood", Filters(limit=1))) == 1


def test_a_revised_article_is_found_by_its_new_text_only(store: Store) -> None:
    keep(store, article("A volcano erupted."))
    keep(store, article("All is quiet.", fetched_at=at(1)))
    assert texts(store, "volcano") == set()
    assert texts(store, "quiet") == {"All is quiet."}


HOSTILE = [
    '"',
    "'",
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "title:x",
    "a*",
    "^a",
    "(",
    ")))",
    "{a} : b",
    "\\",
    "a:b|c&!d <-> e",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(), st.lists(st.sampled_from([*HOSTILE, "-", "a", "中", "\0", "\ud800"])).map(" ".join)
    )
)
def test_no_query_is_an_error(store: Store, query: str) -> None:
    assert isinstance(store.search(query, ALL), list)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1), title=st.text())
def test_any_text_can_be_kept_and_found_by_its_own_words(store: Store, text: str, title: str) -> None:
    [outcome] = store.keep([deed(article(text, title=title))])
    assert not isinstance(outcome, Rejected | Failed)
    kept = held(store, outcome.id)
    words = [word for word in kept.article.text.split()[:3] if word.isalpha() and word.isascii()]
    assert not words or outcome.id in {hit.kept.id for hit in store.search(" ".join(words), ALL)}


HOUR = timedelta(hours=1)


def test_a_page_is_due_again_once_after_each_span(store: Store) -> None:
    store.keep([replace(deed(article("One.", "/1")), etag='"1"', last_modified="yesterday")])
    assert store.revisits("wire", at(59), (HOUR, 6 * HOUR), 10) == []
    [due] = store.revisits("wire", at(60), (HOUR, 6 * HOUR), 10)
    assert (due.candidate.url, due.etag, due.last_modified) == (
        "https://wire.example.org/1",
        '"1"',
        "yesterday",
    )
    outcome = store.same("wire", due.candidate.key, at(61))
    assert outcome == Unchanged(next(store.articles(Filters())).id)
    assert store.revisits("wire", at(120), (HOUR, 6 * HOUR), 10) == []
    assert len(store.revisits("wire", at(361), (HOUR, 6 * HOUR), 10)) == 1
    assert store.revisits("wire", at(60 * 24), (HOUR, 6 * HOUR), 10) == []
    assert store.revisits("other", at(361), (HOUR, 6 * HOUR), 10) == []


def test_a_page_that_is_waiting_or_no_article_is_not_due_again(store: Store) -> None:
    store.keep(
        [
            deed(Rejected(Refusal.LISTING), candidate("/list")),
            deed(article("One.", "/1")),
            deed(Failed(Fault.TIMEOUT), candidate("/1"), minutes=5),
        ]
    )
    assert store.revisits("wire", at(90), (HOUR,), 10) == []


def test_the_oldest_are_due_first_and_no_more_than_asked_for(store: Store) -> None:
    store.keep([deed(article(f"Number {n}.", f"/{n}", fetched_at=at(9 - n))) for n in range(5)])
    found = store.revisits("wire", at(100), (HOUR,), 3)
    assert [one.candidate.key[-2:] for one in found] == ["/4", "/3", "/2"]


def test_an_article_is_gone_when_all_its_pages_are_and_its_text_stays(store: Store) -> None:
    store.keep([deed(article("One.", "/1")), deed(article("One.", "/elsewhere", fetched_at=at(1)))])
    id_ = next(store.articles(Filters())).id
    store.keep([deed(Rejected(Refusal.GONE, "404"), candidate("/1"), minutes=70)])
    assert store.gone_at(id_) is None
    store.keep([deed(Rejected(Refusal.GONE, "410"), candidate("/elsewhere"), minutes=80)])
    assert store.gone_at(id_) == at(80)
    kept = store.article(id_)
    assert kept is not None
    assert kept.article.text == "One."
    store.keep([deed(article("One.", "/1", fetched_at=at(90)))])
    assert store.gone_at(id_) is None
