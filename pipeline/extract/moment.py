"""An instant as it was written, with how exactly it was said, and the parts it is put together from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone, tzinfo

from pipeline.records import Precision


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it was written: aware; a day alone is its midnight in the zone that was given."""

    at: datetime
    precision: Precision
    ambiguous: bool = False
    """Day and month might be the other way round."""
    floating: bool = False
    """A time of day was written without a zone: the zone that was given is only assumed."""


def moment_of(part: Mapping[str, str | None], zone: tzinfo, stated: tzinfo | None = None) -> Moment | None:
    """Return the moment whose "year", "month" and "day", and perhaps "hour", "minute", "second", are given.

    They are digits. `stated` is the zone that stands beside them; without it they are in `zone`. None if
    there is no such time, or it is the calendar's first or last year.
    """
    hour, second = part.get("hour"), part.get("second")
    day = [int(part[name] or 0) for name in ("year", "month", "day")]
    clock = [int(hour or 0), int(part.get("minute") or 0), int(second or 0)]
    try:
        at = datetime(*day, *clock, tzinfo=stated or zone)  # type: ignore[misc, arg-type]  # six ints and a zone
    except (ValueError, OverflowError):
        return None
    if not in_reach(at):
        return None
    if hour is None:
        return Moment(at, "day")
    return Moment(at, "second" if second else "minute", floating=stated is None)


def in_reach(at: datetime) -> bool:
    """Tell whether a time can be told in every zone: in the calendar's first and last year some have none."""
    return MINYEAR < at.year < MAXYEAR


def offset_of(text: str | None) -> tzinfo | None:
    """Read "Z", "UTC", "GMT", "+09:00", "+0900" or "+09"; None for anything else."""
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = re.sub(r"\D", "", text)
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4] or 0))
    return timezone(-delta if text.startswith("-") else delta) if delta < timedelta(hours=24) else None
