"""What is kept of an outlet between its looks: when the next one is due, and how it was found last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import takewhile

from pipeline.cadence import Appointment, Limits, Past, Wishes, first_look, next_look
from pipeline.health import State
from pipeline.looks import Look, Seen
from pipeline.rhythm import Arrival, hourly, learn

SPREAD = timedelta(minutes=2)
"""Over this long the looks are spread that are due when the daemon starts."""


@dataclass(frozen=True, slots=True)
class Watch:
    """An outlet under watch."""

    outlet: str
    next_look: Appointment
    state: State = State.OK
    since: datetime | None = None
    """Since when it is in that state, as it was told last."""


def resumed(
    outlet_id: str,
    kept: Watch | None,
    now: datetime,
    *,
    last: datetime | None = None,
    every: timedelta | None = None,
) -> Appointment:
    """Say when to look next at an outlet as the daemon starts.

    What was kept holds. A look that was missed, however often, or was never planned, is due now: spread
    over `SPREAD`, so that a restart is no stampede. Where the operator has since fixed an interval
    (`every`) that is shorter than the wait kept, it holds. Where the last look (`last`) lies ahead, the clock
    has been set back, and what was planned by it does not hold.
    """
    set_back = last is not None and last > now
    if kept is None or kept.next_look.at <= now or set_back:
        return first_look(outlet_id, now, min(SPREAD, every or SPREAD))
    if every is not None and kept.next_look.at - now > 1.2 * every:
        return next_look(outlet_id, Past(learn({}, now, since=None)), now, Limits(), every=every)
    return kept.next_look


def past_of(looks: Sequence[Look], arrivals: Sequence[Arrival], now: datetime, zone: tzinfo) -> Past:
    """Say what a cadence is chosen from, by what is remembered of looks and arrivals, oldest first."""
    whole = [look for look in looks if look.whole and look.at <= now]  # else by a clock set back since
    since = whole[0].at if whole else None
    read = next((look.seen for look in reversed(whole) if look.looked), ())
    return Past(
        rhythm=learn(hourly(arrivals), now, since=since, zone=zone),
        window=_window(read),
        wishes=_wishes(read, whole[-1].not_before if whole else None),
        failures=len(list(takewhile(lambda look: not look.looked, reversed(whole)))),
    )


def _window(seen: Sequence[Seen]) -> int | None:
    """Return the size of the fullest window; None where some discovery shows more than the latest."""
    sizes = [one.window for one in seen if one.trouble is None]
    stated = [size for size in sizes if size is not None]
    return max(stated) if stated and len(stated) == len(sizes) else None


def _wishes(seen: Sequence[Seen], not_before: datetime | None) -> Wishes:
    """Join what the discoveries of an outlet say: it is looked at when the first of them lets us."""
    return Wishes(
        ttl=min((one.ttl for one in seen if one.ttl is not None), default=None),
        period=min((one.period for one in seen if one.period is not None), default=None),
        max_age=min((one.max_age for one in seen if one.max_age is not None), default=None),
        not_before=not_before,
    )
