"""What an article is to the ones held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.process import article_id, choose_original, decide
from pipeline.records import (
    Article,
    Copy,
    Duplicate,
    Held,
    New,
    Precision,
    Refusal,
    Rejected,
    Revised,
    Stamp,
    Unchanged,
)

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def article(**changes: object) -> Article:
    plain = Article(
        outlet="one", outlet_kind="wire", key="k", url="u", canonical_url="u", title="Head", summary="",
        text="Text.", language="en", authors=(), published=None, modified=None, credits=(), origin_url=None,
        origin_name=None, fetched_at=NOON, content_sha256="h", raw_sha256="r", word_count=1, extractor="x",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def copy(
    id_: str, outlet: str = "two", hours: float | None = None, seen: float = 0, **changes: object
) -> Copy:
    published = None if hours is None else Stamp(NOON + timedelta(hours=hours), "second", "feed")
    plain = Copy(id_, outlet, "Head", published, NOON + timedelta(hours=seen), credits_others=False)
    return replace(plain, **changes)  # type: ignore[arg-type]


def revised(outcome: object) -> tuple[str, int]:
    assert isinstance(outcome, Revised)
    return outcome.id, outcome.revision


HELD = Held(id="old", key="k", title="Head", content_sha256="h", revision=2)


def test_the_same_text_and_title_at_a_known_address_is_unchanged() -> None:
    assert decide(article(), HELD, [], "new") == Unchanged("old")


def test_another_text_at_a_known_address_is_a_revision() -> None:
    assert revised(decide(article(content_sha256="other"), HELD, [], "new")) == ("old", 3)


def test_another_title_at_a_known_address_is_a_revision() -> None:
    assert revised(decide(article(title="New head"), HELD, [], "new")) == ("old", 3)


def test_a_page_that_claims_the_address_of_another_article_does_not_replace_it() -> None:
    claimed = replace(HELD, by_own_key=False)
    assert decide(article(title="Other", content_sha256="other"), claimed, [], "new") == New("new")
    assert revised(decide(article(content_sha256="other"), claimed, [], "new")) == ("old", 3)
    assert revised(decide(article(title="Other"), claimed, [], "new")) == ("old", 3)


def test_the_beginning_of_what_is_held_before_a_wall_is_no_revision() -> None:
    first, rest = (
        "The quay opened on Monday after a year.",
        "Ships came in at noon.\nNobody was hurt.\nAll left.",
    )
    held = replace(HELD, text=f"{first}\n{rest}\n{rest}")
    stub = article(content_sha256="other", text=f"{first[:-9]}…", wall="to continue reading")
    walled = decide(stub, held, [], "new")
    assert isinstance(walled, Rejected)
    assert walled.reason is Refusal.PAYWALL
    assert revised(decide(replace(stub, wall=""), held, [], "new")) == ("old", 3)
    other = replace(stub, text="The quay stays shut, the council said.")
    assert revised(decide(other, held, [], "new")) == ("old", 3)
    longer = replace(stub, text=f"{first}\n{rest}\nMore came on Tuesday.\nAnd on Wednesday.")
    assert revised(decide(longer, held, [], "new")) == ("old", 3)


def test_a_print_page_under_an_address_of_its_own_is_a_view_of_the_article_that_it_names() -> None:
    told, more = "The quay opened on Monday after a year.", "Ships came in at noon.\nNobody was hurt."
    main = "https://one.example/2026/quay-5601.html"
    held = replace(HELD, text=f"A standfirst.\n{told}\n{more}", url=main, canonical_url=main)
    printed = article(
        url="https://one.example/print/5601", canonical_url="https://one.example/print/5601",
        text=f"{told}\n{more}", content_sha256="other", claim=("one.example/2026/quay-5601.html", main),
    )  # fmt: skip
    named = replace(held, by_own_key=False, by_claim=True)
    assert isinstance(decide(printed, named, [], "new"), Unchanged)
    assert isinstance(decide(printed, held, [], "new"), Unchanged)
    assert isinstance(decide(replace(printed, title="Print: Head"), named, [], "new"), Unchanged)
    assert decide(replace(printed, title="Another", text=told), named, [], "new") == New("new")
    assert decide(replace(printed, text="Snow fell on the old quay."), named, [], "new") == New("new")


def test_a_text_that_nobody_has_is_new() -> None:
    assert decide(article(), None, [], "new") == New("new")


def test_the_same_text_at_another_address_of_the_outlet_is_the_same_article() -> None:
    assert decide(article(), None, [copy("own", outlet="one")], "new") == Unchanged(
        "own", address_is_new=True
    )


def test_a_text_that_another_outlet_had_first_is_an_exact_copy() -> None:
    answer = decide(article(fetched_at=NOON + timedelta(hours=1)), None, [copy("first")], "new")
    assert answer == Duplicate("new", "exact", "first")


def test_an_original_that_arrives_late_takes_its_place() -> None:
    stamp = Stamp(NOON - timedelta(hours=5), "second", "feed")
    assert decide(article(published=stamp), None, [copy("first", hours=1)], "new") == New("new")


def test_who_credits_somebody_else_is_not_the_original_however_early() -> None:
    copies = [copy("early", hours=-9, credits_others=True), copy("source", hours=3), copy("late", hours=4)]
    assert choose_original(copies) == "source"


def test_where_a_day_is_all_that_is_known_the_first_seen_is_the_original() -> None:
    day: Precision = "day"
    midnight = Stamp(NOON.replace(hour=0), day, "visible")
    copies = [copy("vague", published=midnight, seen=5), copy("exact", hours=2, seen=3)]
    assert choose_original(copies) == "exact"


def test_an_earlier_day_wins_over_an_earlier_sight() -> None:
    yesterday = Stamp(NOON - timedelta(days=1), "day", "visible")
    assert choose_original([copy("a", published=yesterday, seen=9), copy("b", hours=1, seen=0)]) == "a"


@given(st.permutations([copy("a", hours=1), copy("b", hours=1), copy("c", seen=-1), copy("d", hours=9)]))
def test_the_original_does_not_depend_on_the_order_of_arrival(copies: list[Copy]) -> None:
    assert choose_original(copies) == choose_original(sorted(copies, key=lambda c: c.id))


def test_ids_sort_by_the_time_of_first_sight_and_are_stable() -> None:
    first = article_id("one", "k", NOON)
    assert first == article_id("one", "k", NOON)
    assert first < article_id("one", "k", NOON + timedelta(milliseconds=1))
    assert first != article_id("two", "k", NOON)
