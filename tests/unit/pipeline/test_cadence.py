"""When an outlet is looked at next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cadence import Limits, Past, Wishes, first_look, next_look, phase
from pipeline.rhythm import Rhythm, learn

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LIMITS = Limits(jitter=0.0)


def steady(an_hour: float) -> Rhythm:
    return Rhythm((an_hour,) * 168, UTC, 1.0, NOW)


def wait(past: Past, limits: Limits = LIMITS, every: timedelta | None = None) -> timedelta:
    return next_look("example", past, NOW, limits, every=every).at - NOW


def minutes(past: Past) -> float:
    return wait(past).total_seconds() / 60


@pytest.mark.parametrize(("an_hour", "expected"), [(0.25, 60), (1.0, 30), (4.0, 15), (16.0, 7.5)])
def test_four_times_the_articles_make_twice_the_looks(an_hour: float, expected: float) -> None:
    assert minutes(Past(steady(an_hour))) == pytest.approx(expected, rel=0.15)


def test_no_look_comes_sooner_than_the_shortest_or_later_than_the_longest_interval() -> None:
    assert wait(Past(steady(10_000))) == LIMITS.shortest
    assert wait(Past(steady(0.000_1))) == LIMITS.longest


def test_a_look_comes_as_a_burst_ends_and_not_in_the_dead_of_night() -> None:
    hours = [0.01] * 168
    hours[12] = 12.0
    past = Past(Rhythm(tuple(hours), UTC, 1.0, NOW))
    at_the_end = next_look("example", past, NOW + timedelta(minutes=54), LIMITS).at
    assert NOW + timedelta(minutes=60) <= at_the_end <= NOW + timedelta(minutes=63)
    assert next_look("example", past, NOW + timedelta(hours=1), LIMITS).at > NOW + timedelta(hours=4)


def test_a_small_feed_is_looked_at_before_anything_can_roll_out_of_it() -> None:
    slow = Limits(jitter=0.0, price=1000.0)
    full = next_look("example", Past(steady(1.0), window=10), NOW, slow)
    assert full.at - NOW <= timedelta(hours=2.2)
    assert "10 items" in full.why
    assert next_look("example", Past(steady(1.0), window=1000), NOW, slow).at - NOW == slow.longest


def test_a_lull_is_no_reason_to_let_a_feed_roll_over() -> None:
    lull = Rhythm((10.0,) * 168, UTC, 0.1, NOW)
    slow = Limits(jitter=0.0, price=1000.0)
    assert next_look("example", Past(lull, window=50), NOW, slow).at - NOW < timedelta(hours=1.8)


@pytest.mark.parametrize("window", [1, 2, 3, 4, 5])
def test_a_tiny_feed_of_a_slow_outlet_is_not_hammered(window: int) -> None:
    assert wait(Past(steady(1 / 24), window=window)) > timedelta(hours=2)


def test_a_feed_that_asks_for_an_hour_is_left_alone_for_an_hour() -> None:
    for wishes in (
        Wishes(ttl=timedelta(hours=1)),
        Wishes(period=timedelta(hours=1)),
        Wishes(max_age=timedelta(hours=1)),
    ):
        assert wait(Past(steady(4.0), wishes=wishes)) == timedelta(hours=1)
    assert minutes(Past(steady(4.0), wishes=Wishes(ttl=timedelta(minutes=1)))) < 20


def test_a_wish_under_which_items_would_be_lost_yields_to_the_window() -> None:
    past = Past(steady(4.0), window=20, wishes=Wishes(period=timedelta(days=1)))
    assert wait(past) < timedelta(hours=2)


def test_a_feed_that_asks_for_a_month_is_looked_at_every_day() -> None:
    assert wait(Past(steady(1.0), wishes=Wishes(ttl=timedelta(days=30)))) == LIMITS.longest


def test_failures_double_the_wait_and_never_end_it() -> None:
    waits = [wait(Past(steady(16.0), failures=n)) for n in (1, 2, 3, 4, 50, 10_000)]
    assert waits[:4] == [timedelta(minutes=m) for m in (10, 20, 40, 80)]
    assert waits[4:] == [LIMITS.longest_retry] * 2


def test_a_look_that_failed_is_still_owed_to_an_outlet_that_is_seldom_looked_at() -> None:
    assert wait(Past(steady(0.000_1), failures=1)) == LIMITS.first_retry
    assert wait(Past(steady(0.000_1), failures=50)) == LIMITS.longest
    assert wait(Past(steady(1.0), failures=1), every=timedelta(hours=6)) > timedelta(minutes=36)


def test_an_outlet_that_is_looked_at_every_few_seconds_is_backed_off_from_in_seconds() -> None:
    every = timedelta(seconds=5)
    waits = [wait(Past(steady(1.0), failures=n), every=every) for n in (1, 2, 3, 100)]
    assert [w >= timedelta(seconds=s) for w, s in zip(waits, (5, 10, 20, 43_200), strict=True)] == [True] * 4
    assert waits[2] < timedelta(seconds=26)


def test_retry_after_holds_over_everything_else() -> None:
    asked = NOW + timedelta(days=2)
    for every in (None, timedelta(minutes=15)):
        past = Past(steady(16.0), window=2, wishes=Wishes(not_before=asked), failures=1)
        found = next_look("example", past, NOW, LIMITS, every=every)
        assert found.at == asked
        assert "Retry-After" in found.why


def test_retry_after_of_a_year_is_a_week() -> None:
    past = Past(steady(1.0), wishes=Wishes(not_before=NOW + timedelta(days=365)))
    assert wait(past) == timedelta(days=7)


def test_a_fixed_schedule_wins_over_rhythm_and_window() -> None:
    every = timedelta(hours=6)
    past = Past(steady(100.0), window=2, wishes=Wishes(ttl=timedelta(days=1)))
    first = next_look("example", past, NOW, LIMITS, every=every).at
    assert every / 10 <= first - NOW <= 1.1 * every
    assert next_look("example", past, first, LIMITS, every=every).at == first + every
    late = first + 5 * every + timedelta(minutes=1)
    assert next_look("example", past, late, LIMITS, every=every).at == first + 6 * every


def test_jitter_is_the_outlets_own_and_not_of_chance() -> None:
    past, limits = Past(steady(1.0)), Limits(jitter=0.1)
    names = [f"outlet_{n}" for n in range(200)]
    waits = {name: next_look(name, past, NOW, limits).at - NOW for name in names}
    assert waits == {name: next_look(name, past, NOW, limits).at - NOW for name in names}
    assert len(set(waits.values())) == len(names)
    assert max(waits.values()) - min(waits.values()) < 0.11 * timedelta(minutes=32)


def test_a_hundred_outlets_that_are_due_at_once_are_spread_out() -> None:
    starts = sorted(first_look(f"outlet_{n}", NOW, timedelta(minutes=10)).at for n in range(100))
    assert starts[0] >= NOW
    assert starts[-1] <= NOW + timedelta(minutes=10)
    quarters = [sum(1 for s in starts if s - NOW <= q * timedelta(minutes=2.5)) for q in (1, 2, 3)]
    assert all(abs(found - expected) < 15 for found, expected in zip(quarters, (25, 50, 75), strict=True))


@given(st.text(min_size=1, max_size=64))
def test_every_phase_lies_between_0_and_1(outlet: str) -> None:
    assert 0 <= phase(outlet) < 1


spans = st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=4000)))


@given(
    an_hour=st.floats(1e-9, 1e6),
    window=st.one_of(st.none(), st.integers(0, 5000)),
    failures=st.integers(0, 10_000),
    ttl=spans,
    period=spans,
    max_age=spans,
    every=st.one_of(st.none(), st.timedeltas(timedelta(minutes=1), timedelta(days=30))),
)
def test_there_is_always_a_next_look_and_it_is_always_ahead(
    an_hour: float,
    window: int | None,
    failures: int,
    ttl: timedelta | None,
    period: timedelta | None,
    max_age: timedelta | None,
    every: timedelta | None,
) -> None:
    past = Past(steady(an_hour), window, Wishes(ttl, period, max_age), failures)
    found = next_look("example", past, NOW, Limits(), every=every)
    assert NOW < found.at <= NOW + max(timedelta(hours=26), 1.2 * (every or timedelta()))
    assert found.why


def test_an_outlet_of_twenty_thousand_articles_a_month_is_looked_at_as_often_as_is_allowed() -> None:
    rhythm = learn({int(NOW.timestamp() // 3600) - n: 30.0 for n in range(672)}, NOW, since=None)
    assert next_look("example", Past(rhythm), NOW, LIMITS).at == NOW + LIMITS.shortest
