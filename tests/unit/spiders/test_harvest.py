"""From offers to what is to be fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.outlet import Outlet
from pipeline.records import Candidate, Known, Precision, Stamp
from spiders.harvest import candidate, horizon, is_recent, is_wanted, label, merged
from spiders.offers import Offer

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MIDNIGHT = NOON.replace(hour=0)


def outlet(**articles: Any) -> Outlet:
    values: dict[str, Any] = {
        "id": "one", "name": "One", "kind": "blog", "home": "https://example.org/", "languages": ["en"],
        "country": "INT", "discover": [{"feed": "https://example.org/rss"}], "articles": articles,
    }  # fmt: skip
    return Outlet.model_validate(values)


def offered(
    published: datetime | None = None,
    modified: datetime | None = None,
    precision: Precision = "second",
    title: str | None = None,
) -> Candidate:
    stamp = Stamp(published, precision, "feed") if published else None
    return Candidate("one", "https://example.org/a", "k", "feed x", title, published=stamp, modified=modified)


def test_a_discovery_is_named_by_its_kind_and_address() -> None:
    assert label(outlet().discover[0]) == "feed https://example.org/rss"


@pytest.mark.parametrize(
    "url",
    ["/relative", "ftp://example.org/a", "https://user@example.org/a", "https://", "javascript:void(0)", ""],
)
def test_what_is_no_fetchable_address_is_no_candidate(url: str) -> None:
    assert candidate(Offer(url), outlet(), "feed x") is None


def test_an_address_is_rewritten_before_the_rules_see_it() -> None:
    one = outlet(rewrite=[["^/feed/view/", "/"]], include=["^/story/"], exclude=["live"])
    made = candidate(Offer("https://example.org/feed/view/story/1"), one, "feed x")
    assert made is not None
    assert made.url == "https://example.org/story/1"
    assert candidate(Offer("https://example.org/feed/view/video/1"), one, "feed x") is None
    assert candidate(Offer("https://example.org/story/live-1"), one, "feed x") is None


def test_content_may_be_fetched_elsewhere_than_the_article_lies() -> None:
    offer = Offer("https://example.org/a", fetch="https://example.org/api/content/a")
    made, plain = candidate(offer, outlet(), "api x"), candidate(Offer(offer.url), outlet(), "api x")
    assert made is not None
    assert plain is not None
    assert made.url == "https://example.org/api/content/a"
    assert made.key == plain.key


def test_the_horizon_is_the_later_of_since_and_the_greatest_age() -> None:
    week = outlet(max_age_days=7)
    assert horizon(outlet(), None, NOON) is None
    assert horizon(week, None, NOON) == NOON - timedelta(days=7)
    assert horizon(week, NOON - timedelta(days=1), NOON) == NOON - timedelta(days=1)
    assert horizon(week, NOON - timedelta(days=30), NOON) == NOON - timedelta(days=7)


def test_what_states_no_time_is_recent_and_a_day_counts_to_its_end() -> None:
    assert is_recent(offered(), NOON)
    assert is_recent(offered(NOON), NOON)
    assert not is_recent(offered(NOON - timedelta(seconds=1)), NOON)
    assert is_recent(offered(MIDNIGHT, precision="day"), NOON)
    assert not is_recent(offered(MIDNIGHT - timedelta(days=1), precision="day"), NOON)
    assert is_recent(offered(MIDNIGHT - timedelta(days=9), modified=NOON), NOON)


def test_only_what_is_unknown_due_or_changed_is_wanted() -> None:
    held = Known("id", NOON, due=False)
    assert is_wanted(offered(), None, recheck=False)
    assert is_wanted(offered(NOON), Known(None, None, due=True), recheck=False)
    assert not is_wanted(offered(NOON), held, recheck=False)
    assert not is_wanted(offered(), held, recheck=False)
    assert is_wanted(offered(NOON + timedelta(seconds=1)), held, recheck=False)
    assert not is_wanted(offered(NOON), Known("id", None, due=False), recheck=False)
    assert is_wanted(offered(), held, recheck=True)


def test_of_two_offers_the_first_title_and_the_finest_time_are_kept() -> None:
    both = merged(
        offered(MIDNIGHT, precision="day", title="A"), offered(NOON - timedelta(hours=3), title="B")
    )
    assert both.title == "A"
    assert both.published is not None
    assert both.published.precision == "second"


TIMES = st.none() | st.integers(-100, 100).map(lambda hours: NOON + timedelta(hours=hours))
OFFERS = st.builds(offered, TIMES, TIMES, st.sampled_from(["second", "minute", "day"]))


@given(OFFERS, OFFERS)
def test_two_offers_together_state_the_newest_time_of_both(first: Candidate, other: Candidate) -> None:
    times = [c.stated for c in (first, other) if c.stated is not None]
    assert merged(first, other).stated == max(times, default=None)
