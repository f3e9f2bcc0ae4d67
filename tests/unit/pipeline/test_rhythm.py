"""What an outlet's rhythm is learned from, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rhythm import Arrival, hourly, learn

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
NOW = MONDAY + timedelta(days=28)


def every_day_at(*hours: int, days: int = 28, number: int = 3) -> dict[int, float]:
    return hourly(
        Arrival(MONDAY + timedelta(days=day, hours=hour, minutes=n))
        for day in range(days)
        for hour in hours
        for n in range(number)
    )


def test_an_outlet_of_which_nothing_is_known_is_taken_to_publish_once_a_day() -> None:
    rhythm = learn({}, NOW, since=None)
    assert rhythm.a_day == pytest.approx(1.0)
    assert len(set(rhythm.hours)) == 1


def test_a_silent_outlet_is_expected_to_publish_less_the_longer_it_is_watched() -> None:
    rates = [learn({}, NOW, since=NOW - timedelta(days=d)).a_day for d in (0, 1, 7, 28)]
    assert rates == sorted(rates, reverse=True)
    assert 0 < rates[-1] < 0.1


def test_hours_at_which_much_comes_stand_out() -> None:
    rhythm = learn(every_day_at(7, 18), NOW, since=MONDAY)
    busy, dull = rhythm.at(NOW + timedelta(days=2, hours=7)), rhythm.at(NOW + timedelta(days=2, hours=3))
    assert busy > 1.5
    assert dull < 0.2
    assert rhythm.a_day == pytest.approx(6, rel=0.2)


def test_a_weekday_on_which_nothing_comes_is_learned() -> None:
    counts = {hour: n for hour, n in every_day_at(9, 15).items() if (hour // 24 + 3) % 7 != 6}
    rhythm = learn(counts, NOW, since=MONDAY)
    saturday, sunday = (sum(rhythm.hours[day * 24 : day * 24 + 24]) for day in (5, 6))
    assert sunday < saturday / 3


def test_few_articles_make_a_flat_week() -> None:
    rhythm = learn(hourly([Arrival(NOW - timedelta(days=2))]), NOW, since=MONDAY)
    assert max(rhythm.hours) < 4 * min(rhythm.hours)


def test_the_clock_is_that_of_the_outlet_in_summer_and_in_winter() -> None:
    zone = ZoneInfo("Europe/Paris")
    begin = datetime(2026, 10, 12, 8, 30, tzinfo=zone)
    days = [datetime(2026, 10, 12, 8, 30, tzinfo=zone) + timedelta(days=n) for n in range(13)]
    rhythm = learn(hourly(Arrival(d) for d in days for _ in range(5)), days[-1], since=begin, zone=zone)
    after_the_change = datetime(2026, 10, 27, 8, 30, tzinfo=zone)
    assert rhythm.at(after_the_change) > 5 * rhythm.at(after_the_change + timedelta(hours=1))


def test_what_came_between_two_looks_is_spread_over_the_time_between_them() -> None:
    counts = hourly([Arrival(MONDAY + timedelta(hours=4), after=MONDAY) for _ in range(8)])
    first = int(MONDAY.timestamp() // 3600)
    assert [counts[first + n] for n in range(4)] == pytest.approx([2.0] * 4)


def test_a_burst_is_expected_to_go_on_for_a_while() -> None:
    calm = learn(every_day_at(7, 18), NOW, since=MONDAY)
    counts = every_day_at(7, 18)
    last = int(NOW.timestamp() // 3600) - 1
    burst = learn({**counts, last: 40.0}, NOW, since=MONDAY)
    assert burst.at(NOW) > 2 * calm.at(NOW)
    assert burst.at(NOW + timedelta(days=1)) < 3 * calm.at(NOW + timedelta(days=1))


def test_an_outlet_that_falls_silent_is_soon_expected_to_stay_so() -> None:
    counts = {h: c for h, c in every_day_at(*range(24)).items() if h < NOW.timestamp() // 3600 - 8}
    rhythm = learn(counts, NOW, since=MONDAY)
    assert rhythm.at(NOW) < 0.6 * rhythm.at(NOW + timedelta(hours=24))


@given(
    st.lists(
        st.tuples(st.floats(-40 * 86400, 86400), st.one_of(st.none(), st.floats(0, 100 * 86400))), max_size=50
    )
)
def test_rates_are_positive_and_finite_whatever_came(spans: list[tuple[float, float | None]]) -> None:
    arrivals = [
        Arrival(
            NOW + timedelta(seconds=at),
            None if back is None else NOW + timedelta(seconds=at) - timedelta(seconds=back),
        )
        for at, back in spans
    ]
    rhythm = learn(hourly(arrivals), NOW, since=None)
    assert all(0 < rate < 1000 for rate in rhythm.hours)
    assert 0.1 <= rhythm.lively <= 4.0
