"""When to look at an outlet again, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import sqrt

from pipeline.rhythm import HOUR, Rhythm

SURGE = 5.0
SURGE_ARTICLES = 4.0
"""Before a look an outlet may publish so many times what its rhythm says, and so many more (of a small feed,
half of what it holds); its feed must hold them."""

_STEP = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Within what a cadence is chosen, and what a look is worth."""

    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=24)
    price: float = 0.125
    """What a look costs, in hours that one article waits to be found: the higher, the fewer looks."""
    first_retry: timedelta = timedelta(minutes=10)
    """After the first failure in a row; twice as long after each further one."""
    longest_retry: timedelta = timedelta(hours=12)
    jitter: float = 0.1
    """Up to which part of itself an interval is drawn out, by the outlet's own `phase`."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the servers of an outlet said about when to come again."""

    ttl: timedelta | None = None
    """RSS 2.0, `ttl`: how long a channel can be cached before it is refreshed from the source."""
    period: timedelta | None = None
    """RSS 1.0 syndication module: `sy:updatePeriod` divided by `sy:updateFrequency`."""
    max_age: timedelta | None = None
    """RFC 9111, 5.2.2.1, `Cache-Control: max-age`, less `Age`: until then a cache gives the same answer."""
    not_before: datetime | None = None
    """RFC 9110, 10.2.3, `Retry-After`: of the outlet's own answers, and of any 429 of one of its hosts."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the looks at an outlet have shown so far."""

    rhythm: Rhythm
    window: int | None = None
    """How many items its fullest feed holds; None where no discovery is a window on the latest items."""
    wishes: Wishes = Wishes()
    failures: int = 0
    """Looks in a row that could not be made, the last one included."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """When to look next, and why then, in words for the operator."""

    at: datetime
    why: str


def next_look(
    outlet_id: str, past: Past, now: datetime, limits: Limits, *, every: timedelta | None = None
) -> Appointment:
    """Say when to look next after a look that ended at `now` (aware).

    `every` is the interval that the operator fixed: it holds whatever was learned, and is drawn out by
    failures and by Retry-After alone. After a failure the look is still owed, so it is tried again soon,
    then after twice as long each time, from `limits.first_retry` (or a shorter `every`) to
    `limits.longest_retry` (or to the interval itself, if that is longer). There it stays: there is always a
    next look, since outlets do come back (the rule of mediacloud/rss-fetcher for "undead" feeds).
    """
    chosen = (
        _on_the_grid(outlet_id, every, now) if every is not None else _adaptive(outlet_id, past, now, limits)
    )
    if past.failures:
        first = limits.first_retry if every is None else min(limits.first_retry, every)
        longest = max(limits.longest_retry, chosen.at - now)
        retry = _retry(outlet_id, past.failures, now, first, longest, limits)
        chosen = retry if every is None else max(chosen, retry, key=_when)
    asked = past.wishes.not_before
    if asked is not None and asked > chosen.at:
        return Appointment(
            min(asked, now + timedelta(days=7)), "the server asked for that time (Retry-After)"
        )
    return chosen


def first_look(outlet_id: str, now: datetime, spread: timedelta) -> Appointment:
    """Say when to look first, or again after a pause in which looks were missed: soon, not all at once."""
    return Appointment(now + spread * phase(outlet_id), "it is due")


def phase(outlet_id: str) -> float:
    """Return a number from 0 to 1 that is the outlet's own: it spreads looks as chance would, repeatably."""
    return int.from_bytes(sha256(outlet_id.encode()).digest()[:6]) / 2**48


def interval(
    rhythm: Rhythm, now: datetime, limits: Limits, *, window: int | None = None
) -> tuple[timedelta, str]:
    """Return how long to wait after a look at `now`, and why.

    What waiting costs is the sum of what each article waits; a look costs `limits.price`. For a rate that
    does not change, both together are least where looks lie sqrt(2 price / rate) apart, so that looks go
    by the square root of the rate: more to lively outlets and hours, but less than in proportion (Cho and
    Garcia-Molina, Effective Page Refresh Policies for Web Crawlers, 2003; Olston and Pandey, Recrawl
    Scheduling Based on Information Longevity, 2008). Where it changes, the look is due as soon as the
    articles expected to wait are as many as sqrt(2 price x rate now): the same for a steady rate, at once
    when a burst ends, and later when one is about to begin.

    A feed that shows only its latest `window` items is looked at before `SURGE` times the articles expected
    could push one out unseen, even if that is sooner than `limits.shortest`.
    """
    waiting, crowding, waited = 0.0, 0.0, timedelta()
    while waited < limits.longest:
        step = min(max(_STEP, waited / 20), limits.longest - waited)
        rate, hours = rhythm.at(now + waited), step.total_seconds() / HOUR
        crowding += max(rate, rhythm.usual(now + waited)) * hours  # a lull may end at any time
        waiting += rate * hours
        waited += step
        if window is not None and crowding * SURGE + min(SURGE_ARTICLES, window / 2) >= window:
            return waited, f"its feed holds {window} items, and more might come until later"
        if waited >= limits.shortest and waiting >= sqrt(2 * limits.price * rate):
            return waited, f"about {rhythm.a_day:.2g} articles a day, {rate:.2g} an hour at that time"
    return limits.longest, f"about {rhythm.a_day:.2g} articles a day"


def _adaptive(outlet_id: str, past: Past, now: datetime, limits: Limits) -> Appointment:
    """Choose by rhythm and window, and by what the server asks for where no item is at risk by it."""
    wait, why = interval(past.rhythm, now, limits, window=past.window)
    wait = max(_STEP, wait)
    asked, name = _asked(past.wishes)
    if asked > wait:
        roomy = Limits(shortest=min(asked, limits.longest), longest=min(asked, limits.longest))
        wait, why = interval(past.rhythm, now, roomy, window=past.window)
        if wait >= roomy.longest:
            return Appointment(now + wait, f"the feed asks for it ({name})")
    drawn_out = wait * (1 + limits.jitter * (phase(outlet_id) - 0.5))
    return Appointment(now + min(drawn_out, limits.longest), why)


def _asked(wishes: Wishes) -> tuple[timedelta, str]:
    """Return the longest of what the server asks for, and where it says so."""
    said = {"ttl": wishes.ttl, "sy:updatePeriod": wishes.period, "Cache-Control": wishes.max_age}
    return max(((wait, name) for name, wait in said.items() if wait is not None), default=(timedelta(), ""))


def _on_the_grid(outlet_id: str, every: timedelta, now: datetime) -> Appointment:
    """Return the next of the instants that lie `every` apart; those that were missed are not made up for."""
    offset = every * phase(outlet_id)
    steps = (now - _EPOCH - offset) // every + 1
    at = _EPOCH + offset + steps * every
    if at - now < every / 10:
        at += every
    return Appointment(at, f"its file says every {_words(every)}")


def _retry(
    outlet_id: str, failures: int, now: datetime, first: timedelta, longest: timedelta, limits: Limits
) -> Appointment:
    wait = min(first * 2.0 ** min(failures - 1, 20), longest)
    drawn_out = wait * (1 + limits.jitter * (phase(outlet_id) - 0.5))
    words = "a look failed" if failures == 1 else f"{failures} looks in a row failed"
    return Appointment(now + drawn_out, words)


def _when(appointment: Appointment) -> datetime:
    return appointment.at


def _words(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
