"""An outlet's rhythm: how many articles it publishes at which hour of the week, learned from those it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from math import exp

from pipeline.records import Stamp

HOUR = 3600.0
MEMORY = timedelta(days=28)
"""What is older teaches nothing."""
MOST_ARRIVALS = 20_000
"""Of more, only the latest count."""

_HALF_LIFE = 10 * 24.0  # hours: a habit of two weeks ago counts half
_PRIOR_ARTICLES = 0.5
_PRIOR_HOURS = 12.0  # together: an outlet of which nothing is known publishes once a day
_WEEKDAY_DOUBT = 6.0
_CLOCK_DOUBT = 2.0
_CELL_DOUBT = 4.0
_LATELY = 3.0  # hours
_LATELY_DOUBT = 3.0
_LIVELIEST, _DULLEST = 4.0, 0.1


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that an outlet published: at some instant after `after`, by `at`. Both are aware."""

    at: datetime
    after: datetime | None = None
    """None where `at` is the very time, as a feed states it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Articles an hour to be expected, by hour of the week, and how lively it is just now."""

    hours: tuple[float, ...]
    """168 rates, from Monday 00:00 of the outlet's zone."""
    zone: tzinfo
    lively: float
    """What came in the last hours for one that was expected; it wears off like `_LATELY`."""
    learned_at: datetime

    def at(self, when: datetime) -> float:
        """Return the articles an hour to be expected at `when` (aware)."""
        ahead = (when - self.learned_at).total_seconds() / HOUR
        return self.usual(when) * (1 + (self.lively - 1) * exp(-max(ahead, 0.0) / _LATELY))

    def usual(self, when: datetime) -> float:
        """Return the articles an hour that are usual at the hour of the week of `when` (aware)."""
        return self.hours[_slot(int(when.timestamp() // HOUR), self.zone)]

    @property
    def a_day(self) -> float:
        """Articles on a day of the week at the average."""
        return sum(self.hours) / 7


def arrival(published: Stamp | None, seen: datetime, look_before: datetime | None) -> Arrival | None:
    """Say when an article came that was first seen at `seen`, after a look before that did not see it.

    To the second or minute where the outlet says so; of a day within that day; else between the two looks.
    None where nothing bounds it: what an outlet's first look finds may be of any age.
    """
    if published is not None and published.precision != "day" and published.at <= seen:
        return Arrival(published.at)
    if published is not None and published.at <= seen:
        end = min(seen, published.at + timedelta(days=1))
        return Arrival(end, min(end, max(published.at, look_before or published.at)))
    return None if look_before is None else Arrival(seen, min(look_before, seen))


def hourly(arrivals: Iterable[Arrival]) -> dict[int, float]:
    """Count arrivals by the hour (hours since 1970): one of unsure time in parts, evenly over its span."""
    counts: dict[int, float] = {}
    for arrival in arrivals:
        last = arrival.at.timestamp() / HOUR
        first = last if arrival.after is None else min(arrival.after.timestamp() / HOUR, last)
        first = max(first, last - MEMORY / timedelta(hours=1))
        hour, span = int(first), last - first
        while hour <= last:
            part = (min(last, hour + 1) - max(first, hour)) / span if span else 1.0
            counts[hour] = counts.get(hour, 0.0) + part
            hour += 1
    return counts


def learn(
    counts: Mapping[int, float], now: datetime, *, since: datetime | None, zone: tzinfo = UTC
) -> Rhythm:
    """Learn a rhythm from what came each hour (`hourly`), watched from `since` to `now`.

    Rates are posterior means of Poisson rates under Gamma priors (Gelman et al., Bayesian Data Analysis,
    2.6), each level shrunk towards the one above: all hours, then the weekday, the clock, the hour of the
    week. So few articles make a flat week, and only many make a sharp one. The past fades with a half-life
    of ten days.
    """
    end = now.timestamp() / HOUR
    begin = max(end - MEMORY / timedelta(hours=1), min(_start(counts, end), _hours(since, end)))
    came, watched = _past(counts, begin, end, zone)
    rates = [(sum(came) + _PRIOR_ARTICLES) / (sum(watched) + _PRIOR_HOURS)] * 168
    rates = _shaped(rates, came, watched, [slot // 24 for slot in range(168)], _WEEKDAY_DOUBT)
    rates = _shaped(rates, came, watched, [slot % 24 for slot in range(168)], _CLOCK_DOUBT)
    rates = _shaped(rates, came, watched, list(range(168)), _CELL_DOUBT)
    return Rhythm(tuple(rates), zone, _liveliness(rates, counts, now, zone), now)


def _hours(when: datetime | None, otherwise: float) -> float:
    return otherwise if when is None else when.timestamp() / HOUR


def _start(counts: Mapping[int, float], otherwise: float) -> float:
    return float(min(counts, default=otherwise))


def _past(
    counts: Mapping[int, float], begin: float, end: float, zone: tzinfo
) -> tuple[list[float], list[float]]:
    """Return for each hour of the week the articles that came and the hours watched, both weighted by age."""
    came, watched = [0.0] * 168, [0.0] * 168
    first, last = int(begin), int(end)
    weight, growth = 0.5 ** ((end - first) / _HALF_LIFE), 2.0 ** (1 / _HALF_LIFE)
    for hour in range(first, last + 1):
        slot = _slot(hour, zone)
        came[slot] += weight * counts.get(hour, 0.0)
        watched[slot] += weight
        weight *= growth
    for hour, unwatched in ((first, begin - first), (last, last + 1 - end)):
        watched[_slot(hour, zone)] -= unwatched * 0.5 ** ((end - hour) / _HALF_LIFE)
    return came, [max(hours, 0.0) for hours in watched]


@lru_cache(maxsize=1 << 14)
def _slot(hour: int, zone: tzinfo) -> int:
    """Return the hour of the week, from Monday 00:00 of `zone`, of an hour since 1970."""
    local = datetime.fromtimestamp(hour * HOUR, zone)
    return local.weekday() * 24 + local.hour


def _shaped(
    rates: Sequence[float],
    came: Sequence[float],
    watched: Sequence[float],
    group: Sequence[int],
    doubt: float,
) -> list[float]:
    """Scale the rates of each group of hours by what came in it for one that was expected."""
    found = [doubt] * (max(group) + 1)
    expected = [doubt] * (max(group) + 1)
    for slot, rate in enumerate(rates):
        found[group[slot]] += came[slot]
        expected[group[slot]] += watched[slot] * rate
    return [rate * found[group[slot]] / expected[group[slot]] for slot, rate in enumerate(rates)]


def _liveliness(rates: Sequence[float], counts: Mapping[int, float], now: datetime, zone: tzinfo) -> float:
    """Tell how lively the last hours were against habit: news comes in bursts, and stops on holidays."""
    end = now.timestamp() / HOUR
    came = expected = 0.0
    for hour in range(int(end) - 11, int(end) + 1):
        watched = min(1.0, end - hour)
        weight = exp(-(end - hour) / _LATELY)
        came += weight * counts.get(hour, 0.0)
        expected += weight * watched * rates[_slot(hour, zone)]
    return min(max((came + _LATELY_DOUBT) / (expected + _LATELY_DOUBT), _DULLEST), _LIVELIEST)
