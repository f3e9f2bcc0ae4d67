"""What holds of an outlet between its looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.cadence import Appointment, Limits, next_look
from pipeline.looks import Look, Seen, Trouble
from pipeline.rhythm import Arrival
from pipeline.watch import SPREAD, Watch, past_of, resumed

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def kept(minutes: float) -> Watch:
    return Watch("example", Appointment(NOW + minutes * MINUTE, "words"))


def seen(trouble: Trouble | None = None, **more: int) -> Seen:
    spans = {name: timedelta(minutes=n) for name, n in more.items() if name != "window"}
    return Seen("feed https://example.org/rss", trouble, window=more.get("window"), **spans)


def look(minutes: float, *discoveries: Seen, not_before: datetime | None = None) -> Look:
    looked = any(one.trouble is None for one in discoveries)
    return Look("example", NOW + minutes * MINUTE, looked=looked, seen=discoveries, not_before=not_before)


def test_a_next_look_that_was_planned_holds_over_a_restart() -> None:
    assert resumed("example", kept(37), NOW) == kept(37).next_look


def test_looks_that_were_missed_are_one_look_and_no_stampede() -> None:
    starts = [resumed(f"outlet_{n}", kept(-5000), NOW).at for n in range(200)]
    assert all(NOW <= start <= NOW + SPREAD for start in starts)
    assert len(set(starts)) == 200
    assert max(sum(1 for s in starts if a <= s < a + SPREAD / 10) for a in starts) < 45


def test_an_outlet_never_planned_is_due_within_its_own_interval() -> None:
    assert NOW <= resumed("example", None, NOW, every=timedelta(seconds=3)).at <= NOW + timedelta(seconds=3)


def test_an_interval_fixed_since_then_holds() -> None:
    every = timedelta(minutes=15)
    assert resumed("example", kept(600), NOW, every=every).at <= NOW + 1.1 * every
    assert resumed("example", kept(10), NOW, every=every) == kept(10).next_look


def test_failures_are_those_in_a_row_and_a_look_broken_off_is_none() -> None:
    down = seen(Trouble.DOWN)
    broken_off = Look("example", NOW, whole=False)
    looks = [look(-50, down), look(-40, seen()), look(-30, down), look(-20, down), broken_off]
    assert past_of(looks, [], NOW, UTC).failures == 2


def test_the_fullest_feed_is_the_window_unless_something_shows_more() -> None:
    assert past_of([look(0, seen(window=10), seen(window=30))], [], NOW, UTC).window == 30
    assert past_of([look(0, seen(window=10), seen())], [], NOW, UTC).window is None
    assert past_of([look(0, seen(window=10), seen(Trouble.DOWN))], [], NOW, UTC).window == 10
    assert past_of([look(-9, seen(window=10)), look(0, seen(Trouble.DOWN))], [], NOW, UTC).window == 10


def test_the_first_discovery_that_lets_us_come_again_decides() -> None:
    wishes = past_of([look(0, seen(ttl=60, max_age=5), seen(ttl=20), seen())], [], NOW, UTC).wishes
    assert (wishes.ttl, wishes.max_age) == (20 * MINUTE, 5 * MINUTE)


def test_retry_after_of_the_last_look_holds_and_of_an_earlier_one_does_not() -> None:
    later = NOW + 90 * MINUTE
    asked = [look(-5, seen()), look(0, seen(Trouble.BLOCKED), not_before=later)]
    past = past_of(asked, [], NOW, UTC)
    assert past.wishes.not_before == later
    assert next_look("example", past, NOW, Limits()).at == later
    assert past_of([*asked, look(1, seen())], [], NOW + MINUTE, UTC).wishes.not_before is None


def test_a_month_of_outage_is_looked_at_to_its_end_and_then_as_before() -> None:
    arrivals = [Arrival(NOW - n * timedelta(hours=1)) for n in range(1, 600)]
    looks, now = [look(-1, seen())], NOW
    usual = next_look("example", past_of(looks, arrivals, now, UTC), now, Limits()).at - now
    tries = 0
    while now < NOW + timedelta(days=30):
        looks.append(Look("example", now, seen=(seen(Trouble.DOWN),)))
        now = next_look("example", past_of(looks, arrivals, now, UTC), now, Limits()).at
        tries += 1
    assert 50 < tries < 80
    looks.append(Look("example", now, looked=True, seen=(seen(),)))
    again = [Arrival(now - n * timedelta(hours=1)) for n in range(1, 600)]
    after = next_look("example", past_of(looks, again, now, UTC), now, Limits()).at - now
    assert after < 2 * usual
