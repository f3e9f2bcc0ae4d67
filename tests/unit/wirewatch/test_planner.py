"""What the daemon decides between looks, with a clock that the test moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from config.outlet import Outlet
from pipeline.cadence import Appointment, Limits
from pipeline.health import State
from pipeline.looks import Look, Seen, Trouble
from pipeline.watch import Watch
from storage.memory import MemoryStore
from wirewatch.planner import Planner

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def outlet(**more: Any) -> Outlet:
    values = {
        "id": "example", "name": "Example", "kind": "blog", "home": "https://example.org/",
        "languages": ["en"], "country": "INT", "discover": [{"feed": "https://example.org/rss.xml"}], **more,
    }  # fmt: skip
    return Outlet.model_validate(values)


def look(at: datetime, trouble: Trouble | None = None, not_before: datetime | None = None) -> Look:
    seen = Seen("feed https://example.org/rss.xml", trouble, "words", offered=10)
    return Look("example", at, looked=trouble is None, seen=(seen,), not_before=not_before)


def test_an_outage_is_backed_off_from_told_once_and_over_when_it_is() -> None:
    store = MemoryStore()
    planner, now = Planner(store.logbook, Limits()), NOW
    watch = planner.begin([outlet()], now)["example"]
    waits, states = [], []
    for trouble in (None, *[Trouble.DOWN] * 9, None):
        now = watch.next_look.at
        store.logbook.note(look(now, trouble))
        watch, _ = planner.after(outlet(), watch, now)
        waits.append(watch.next_look.at - now)
        states.append((watch.state, watch.since))
    down = states[1]
    assert down == (State.DOWN, states[1][1])
    assert states[1:10] == [down] * 9
    assert [s for s, _ in (states[0], states[10])] == [State.OK, State.OK]
    assert waits[1:10] == sorted(waits[1:10])
    assert waits[9] > 11 * HOUR
    assert waits[10] < 6 * HOUR


def test_a_restart_takes_up_what_was_planned() -> None:
    store = MemoryStore()
    planner = Planner(store.logbook, Limits())
    store.logbook.note(look(NOW))
    watch, _ = planner.after(outlet(), planner.begin([outlet()], NOW)["example"], NOW)
    again = Planner(store.logbook, Limits()).begin([outlet()], NOW + timedelta(minutes=1))["example"]
    assert again == watch


def test_the_interval_of_the_file_wins_over_what_was_learned() -> None:
    store = MemoryStore()
    planner = Planner(store.logbook, Limits())
    fixed = outlet(schedule={"every": "15m"})
    store.logbook.note(look(NOW))
    watch, _ = planner.after(fixed, planner.begin([fixed], NOW)["example"], NOW)
    assert watch.next_look.at - NOW <= timedelta(minutes=16.5)
    assert "every 15m" in watch.next_look.why


def test_retry_after_is_kept_over_a_restart() -> None:
    store = MemoryStore()
    planner = Planner(store.logbook, Limits())
    store.logbook.note(look(NOW, Trouble.BLOCKED, not_before=NOW + 5 * HOUR))
    watch, found = planner.after(outlet(), planner.begin([outlet()], NOW)["example"], NOW)
    assert (watch.next_look.at, found.state) == (NOW + 5 * HOUR, State.BLOCKED)
    assert planner.begin([outlet()], NOW + HOUR)["example"].next_look.at == NOW + 5 * HOUR


def test_a_host_that_asked_everybody_to_stay_away_is_left_alone_by_all_after_a_restart() -> None:
    store = MemoryStore()
    for hours, shut in ((2, {"a.org": NOW + 9 * HOUR}), (1, {"a.org": NOW + 5 * HOUR, "b.org": NOW})):
        store.logbook.note(replace(look(NOW - hours * HOUR), shut=shut))
    again = Planner(store.logbook, Limits())
    assert again.shut([outlet(), outlet(id="other")], NOW) == {"a.org": NOW + 5 * HOUR}


def test_a_look_that_is_put_off_stays_put_off() -> None:
    store = MemoryStore()
    planner = Planner(store.logbook, Limits())
    put_off = planner.postpone(Watch("example", Appointment(NOW, "it is due")), NOW + HOUR, "later")
    assert store.logbook.watches() == {"example": put_off}
    assert put_off.next_look == Appointment(NOW + HOUR, "later")
