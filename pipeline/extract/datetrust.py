"""Which of the dates that a page states is believed: a ranking, and a pure choice by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from pipeline.extract.moment import Moment
from pipeline.records import Signal, Stamp


class Trust(IntEnum):
    """Who is believed first; a lower number wins."""

    SELECTOR = 1
    API = 2
    JSONLD = 3
    META = 4
    OFFER = 5
    STATE = 6
    """The state of the page's application, beside the headline or the body."""
    TIME_ELEMENT = 7
    """A `<time>`, or microdata, at the article's head."""
    URL = 8
    LABELLED = 9
    """Readers see it, with a word that says that it is the publication."""
    NEAR_TITLE = 10
    OTHER_META = 11
    """A meta that is no common name for a publication but sounds like one."""
    OTHER_JSONLD = 12
    """JSON-LD of something else on the page than an article, such as a video."""
    DATELINE = 13
    ELSEWHERE = 14
    """The one date that stands beside the text, away from the headline."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of publication that somebody stated."""

    stamp: Stamp
    trust: Trust
    ambiguous: bool = False
    """Day and month might be the other way round."""
    floating: bool = False
    """The zone is the outlet's only because none was stated."""

    @property
    def day(self) -> date:
        """The day as it was stated."""
        return self.stamp.at.date()


_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_WIDEST_OFFSET = timedelta(hours=14)


def dated(moment: Moment | None, signal: Signal, trust: Trust) -> Iterator[Dated]:
    """Yield a moment as the statement of a signal; nothing if there is none."""
    if moment is not None:
        stamp = Stamp(moment.at, moment.precision, signal)
        yield Dated(stamp, trust, moment.ambiguous, moment.floating)


def believable(stamp_at: datetime, fetched_at: datetime) -> bool:
    """Tell whether a stated time can be one: not before the web, not an epoch's zero, not in the future."""
    return _EARLIEST <= stamp_at.astimezone(UTC) <= fetched_at + _AHEAD


def plausible(stated: Sequence[Dated], fetched_at: datetime) -> list[Dated]:
    """Return those that can be true; an ambiguous one that lies ahead was meant the other way round."""
    tried = (d if believable(d.stamp.at, fetched_at) else _swapped(d) for d in stated)
    return [d for d in tried if d is not None and believable(d.stamp.at, fetched_at)]


def choose(stated: Sequence[Dated], changed: datetime | None = None) -> Stamp | None:
    """Return the stamp that is believed, or None if nothing is stated.

    The most trusted signal says the day, except that a date which readers see labelled as the publication
    goes before one that is only the day of the change (`changed`). "03/04" is turned where another signal
    only agrees that way. Where no time of day or no zone is known, another signal adds it that names the
    same day, or the same instant. Where JSON-LD or an API state just what a selector found, they are named.
    """
    if not stated:
        return None
    best = _settled(min(_without_changes(stated, changed), key=lambda d: d.trust), stated)
    if best.stamp.precision == "day":
        best = _finer(best, stated)
    if best.floating:
        best = _anchored(best, stated)
    stamp = best.stamp
    if stamp.signal == "selector":
        machine = (d.stamp for d in stated if d.trust in {Trust.API, Trust.JSONLD})
        return next((s for s in machine if s.at == stamp.at and s.precision == stamp.precision), stamp)
    return stamp


def _without_changes(stated: Sequence[Dated], changed: datetime | None) -> Sequence[Dated]:
    """Leave out what machines call the publication if it is the change, and readers see an earlier day.

    Some systems write the day of the last change, or the next, into both fields.
    """
    if changed is None:
        return stated
    labelled = [d.day for d in stated if d.trust == Trust.LABELLED]
    if not labelled or min(labelled) >= changed.date() - timedelta(days=1):
        return stated
    return [
        d for d in stated
        if d.trust not in {Trust.JSONLD, Trust.META} or abs(d.day - changed.date()) > timedelta(days=1)
    ]  # fmt: skip


def _settled(best: Dated, stated: Sequence[Dated]) -> Dated:
    """Turn day and month round where only that agrees with a date that can be read in one way."""
    turned = _swapped(best)
    sure = {d.day for d in stated if not d.ambiguous}
    return turned if turned is not None and turned.day in sure and best.day not in sure else best


def _swapped(one: Dated) -> Dated | None:
    if not one.ambiguous:
        return None
    at = one.stamp.at
    return replace(one, stamp=replace(one.stamp, at=at.replace(day=at.month, month=at.day)), ambiguous=False)


def _finer(best: Dated, stated: Sequence[Dated]) -> Dated:
    finer = [
        d for d in stated
        if d.stamp.precision != "day" and d.day == best.day and d.trust <= Trust.NEAR_TITLE
    ]  # fmt: skip
    return min(finer, key=lambda d: d.trust, default=best)


def _anchored(best: Dated, stated: Sequence[Dated]) -> Dated:
    """Take the same instant with its zone: one that differs by whole quarters of an hour alone.

    Or the zone of one that names the same day, hour and minute.
    """
    zoned = [
        d for d in sorted(stated, key=lambda d: d.trust) if not d.floating and d.stamp.precision != "day"
    ]
    for other in zoned:
        apart = abs(other.stamp.at - best.stamp.at)
        exact = other.stamp.precision == best.stamp.precision == "second"
        if exact and apart <= _WIDEST_OFFSET and apart % timedelta(minutes=15) == timedelta(0):
            return other
    for other in zoned:
        if best.stamp.precision != "day" and _on_the_wall(other) == _on_the_wall(best):
            at = best.stamp.at.replace(tzinfo=other.stamp.at.tzinfo)
            return replace(best, stamp=replace(best.stamp, at=at), floating=False)
    return best


def _on_the_wall(one: Dated) -> datetime:
    """Return the day, hour and minute as a clock on the wall shows them."""
    return one.stamp.at.replace(second=0, microsecond=0, tzinfo=None)
