"""What the daemon plans where clocks jump, summer time begins and ends, and outlets flap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from config.outlet import Outlet
from pipeline.cadence import Limits
from pipeline.health import State
from pipeline.looks import Look, Seen, Trouble
from storage.memory import MemoryStore
from tests.unit.wirewatch.test_planner import outlet
from wirewatch.planner import Planner

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


@dataclass
class Watched:
    """An outlet that is looked at whenever it is due, by a clock that can be set."""

    outlet: Outlet = field(default_factory=outlet)
    now: datetime = NOW
    trouble: Callable[[datetime], Trouble | None] = lambda _: None
    store: MemoryStore = field(default_factory=MemoryStore)
    looks: list[datetime] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the daemon, or start it again."""
        self.planner = Planner(self.store.logbook, Limits())
        self.watch = self.planner.begin([self.outlet], self.now)[self.outlet.id]

    def go_on(self, until: datetime) -> None:
        while self.watch.next_look.at <= until:
            self.now = max(self.now, self.watch.next_look.at)
            trouble = self.trouble(self.now)
            seen = Seen("feed https://example.org/rss.xml", trouble, "words", offered=10)
            self.store.logbook.note(Look("example", self.now, looked=trouble is None, seen=(seen,)))
            self.watch, _ = self.planner.after(self.outlet, self.watch, self.now)
            self.looks.append(self.now)
            self.states.append(self.watch.state)
        self.now = max(self.now, until)


def waits(looks: list[datetime]) -> list[timedelta]:
    return [b - a for a, b in pairwise(looks)]


@pytest.mark.parametrize("every", [None, "15m"])
@pytest.mark.parametrize("jump", [25 * HOUR, 5 * 24 * HOUR, 4 * YEAR])
def test_a_clock_set_back_over_a_restart_makes_looks_due(jump: timedelta, every: str | None) -> None:
    watched = Watched(outlet(schedule={"every": every}) if every else outlet(), now=NOW + jump)
    watched.go_on(NOW + jump + 48 * HOUR)
    watched.now = began = NOW + 48 * HOUR
    watched.looks.clear()
    watched.start()
    watched.go_on(began + 72 * HOUR)
    assert watched.looks[0] - began <= timedelta(minutes=2)
    assert max(waits(watched.looks)) <= (timedelta(minutes=16.5) if every else 24 * HOUR)


def test_an_outage_is_told_at_once_though_looks_of_later_times_are_remembered() -> None:
    watched = Watched(now=NOW + 4 * YEAR)
    watched.go_on(watched.now + 48 * HOUR)
    watched.now = NOW
    watched.trouble = lambda _: Trouble.DOWN
    watched.states.clear()
    watched.start()
    watched.go_on(NOW + HOUR)
    assert set(watched.states) == {State.DOWN}


@pytest.mark.parametrize("jump", [25 * HOUR, 4 * YEAR])
def test_a_clock_set_forward_makes_one_look_due_and_no_outlet_silent(jump: timedelta) -> None:
    watched = Watched()
    watched.go_on(NOW + 48 * HOUR)
    watched.now += jump
    watched.looks.clear()
    watched.states.clear()
    watched.start()
    began = watched.now
    watched.go_on(began + timedelta(minutes=4))
    assert len(watched.looks) == 1
    watched.go_on(began + 48 * HOUR)
    assert set(watched.states) == {State.OK}
    assert max(waits(watched.looks)) <= 24 * HOUR


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_summer_time_moves_no_fixed_interval_and_loses_no_look(day: datetime) -> None:
    fixed = outlet(timezone="Europe/Berlin", schedule={"every": "15m"})
    watched = Watched(fixed, now=day - 12 * HOUR)
    watched.go_on(day + 24 * HOUR)
    assert set(waits(watched.looks[1:])) == {timedelta(minutes=15)}
    assert len(watched.looks) >= 36 * 4


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_summer_time_makes_no_look_of_a_learned_rhythm_late(day: datetime) -> None:
    def longest(zone: str) -> timedelta:
        watched = Watched(outlet(timezone=zone), now=day - 24 * HOUR)
        watched.go_on(day + 48 * HOUR)
        return max(waits(watched.looks))

    assert longest("America/New_York") <= longest("UTC") * 1.2
    assert longest("Europe/Berlin") <= longest("UTC") * 1.2


@pytest.mark.parametrize("every", [None, "15m"])
def test_an_outlet_that_flaps_is_looked_at_soon_after_each_fall_and_told_each_time(every: str | None) -> None:
    watched = Watched(outlet(schedule={"every": every}) if every else outlet())
    watched.trouble = lambda at: Trouble.DOWN if int((at - NOW) / HOUR) % 2 else None
    watched.go_on(NOW + 72 * HOUR)
    assert set(watched.states) == {State.OK, State.DOWN}
    falls = [n for n, pair in enumerate(pairwise(watched.states), 1) if pair == (State.OK, State.DOWN)]
    assert len(falls) >= (30 if every else 5)
    assert all(watched.looks[n + 1] - watched.looks[n] <= timedelta(minutes=15) for n in falls)
    assert max(waits(watched.looks)) <= (HOUR if every else 24 * HOUR)
