"""Dates as machines write them: ISO 8601, RFC 5322, epochs, and formats that an outlet's profile names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

from pipeline.extract.datetext import ISO, DayOrder, find_dates
from pipeline.extract.moment import Moment, in_reach, moment_of, offset_of

_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:T?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_LONGEST = 200


def parse_stated(value: str, zone: tzinfo, order: DayOrder = "dmy") -> Moment | None:
    """Read a value that is a date for machines: ISO 8601, RFC 5322, an epoch, or else the first date in it.

    A time without a zone is in `zone`. Midnight to the second, as stated or in `zone`, is taken for a
    day: that is how systems that only know the day write it.
    """
    value = value.strip()[:_LONGEST]
    for read in (_iso, _compact, _epoch, _rfc5322):
        moment = read(value, zone)
        if moment is not None:
            return _day_if_midnight(moment, zone)
    first = next(find_dates(value, zone, order), None)
    return first.moment if first else None


def _day_if_midnight(moment: Moment, zone: tzinfo) -> Moment:
    if moment.precision == "day":
        return moment
    for at in (moment.at, moment.at.astimezone(zone)):
        if (at.hour, at.minute, at.second) == (0, 0, 0):
            return Moment(datetime(at.year, at.month, at.day, tzinfo=zone), "day")
    return moment


def _iso(value: str, zone: tzinfo) -> Moment | None:
    match = ISO.search(value)
    return moment_of(match.groupdict(), zone, offset_of(match["zone"])) if match else None


def _compact(value: str, zone: tzinfo) -> Moment | None:
    match = _COMPACT.fullmatch(value)
    return moment_of(match.groupdict(), zone, offset_of(match["zone"])) if match else None


def _epoch(value: str, zone: tzinfo) -> Moment | None:
    if not _EPOCH.fullmatch(value):
        return None
    seconds = int(value) // (1000 if len(value) == 13 else 1)
    return Moment(datetime.fromtimestamp(seconds, UTC).astimezone(zone), "second")


def _rfc5322(value: str, zone: tzinfo) -> Moment | None:
    if ":" not in value or ("," not in value[:5] and not value[:1].isdigit()):
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not in_reach(at):
        return None
    return Moment(at, "second") if at.tzinfo else Moment(at.replace(tzinfo=zone), "second", floating=True)


def parse_format(text: str, pattern: str, zone: tzinfo) -> Moment | None:
    """Find a date written as the strptime `pattern` anywhere in `text`; the first reading wins.

    A pattern without hours gives a day, one without seconds a minute. Without a zone it is in `zone`.
    """
    words = text.split()
    size = len(pattern.split())
    for start in range(len(words) - size + 1):
        candidate = " ".join(words[start : start + size]).strip(".,;|()[]")
        behind_label = candidate.partition(":")[2].strip() if "%H" not in pattern else ""
        for trial in (candidate, behind_label):
            if trial and (at := _strptime(trial, pattern)) is not None:
                timed = any(code in pattern for code in ("%H", "%I", "%X", "%c", "%T", "%R"))
                exact = any(code in pattern for code in ("%S", "%X", "%c", "%T"))
                return Moment(
                    at if at.tzinfo else at.replace(tzinfo=zone),
                    "second" if exact else "minute" if timed else "day",
                    floating=timed and at.tzinfo is None,
                )
    return None


def _strptime(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - the caller adds the outlet's zone
    except ValueError:
        return None
