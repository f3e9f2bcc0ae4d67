"""How looks become rows, and rows become looks again. Pure."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.cadence import Appointment
from pipeline.documents import Gap, Remembered, Visit
from pipeline.health import State
from pipeline.looks import MOST_WORD_COUNTS, MOST_WORDS, Look, Seen, Trouble
from pipeline.records import Stamp
from pipeline.rhythm import MOST_ARRIVALS, Arrival, arrival
from pipeline.watch import Watch
from storage.hygiene import clean, utc
from storage.rows import RowMapping, Values


def look_values(look: Look) -> Values:
    """Return the columns of a look."""
    return {
        "outlet": look.outlet,
        "at": utc(look.at),
        "seconds": look.seconds,
        "looked": look.looked,
        "whole": look.whole,
        "not_before": None if look.not_before is None else utc(look.not_before),
        "details": {
            "seen": [_seen_values(seen) for seen in look.seen],
            "pages": {clean(name): count for name, count in look.pages.items()},
            "firsts": {clean(name): count for name, count in look.firsts.items()},
            "refused": look.refused,
            "words": list(look.words[:MOST_WORD_COUNTS]),
            "problems": [clean(problem[:MOST_WORDS]) for problem in look.problems],
            "shut": {clean(host): utc(until).isoformat() for host, until in look.shut.items()},
        },
    }


class _Details(NamedTuple):
    """What a look's column of details says."""

    seen: tuple[Seen, ...]
    pages: Mapping[str, int]
    firsts: Mapping[str, int]
    refused: int
    words: tuple[int, ...]
    problems: tuple[str, ...]
    shut: Mapping[str, datetime]


def look_of(row: RowMapping) -> Look:
    """Make the look of a row, whose details are JSON, or what it says."""
    details = row["details"]
    said = _said(details) if isinstance(details, str) else _details(details)
    return Look(
        row["outlet"],
        row["at"],
        row["seconds"],
        row["looked"],
        row["whole"],
        **said._asdict(),
        not_before=row["not_before"],
    )


@lru_cache(maxsize=4096)
def _said(details: str) -> _Details:
    """Read the details of a look: hundreds of looks that found nothing new say the same."""
    return _details(json.loads(details))


def _details(values: Mapping[str, Any]) -> _Details:
    return _Details(
        seen=tuple(map(_seen, values["seen"])),
        pages=values["pages"],
        firsts=values["firsts"],
        refused=values["refused"],
        words=tuple(values["words"]),
        problems=tuple(values["problems"]),
        shut={host: datetime.fromisoformat(until) for host, until in values.get("shut", {}).items()},
    )


def watch_values(watch: Watch) -> Values:
    """Return the columns of an outlet under watch."""
    return {
        "outlet": watch.outlet,
        "next_look_at": utc(watch.next_look.at),
        "why": clean(watch.next_look.why),
        "state": watch.state.value,
        "since": None if watch.since is None else utc(watch.since),
    }


def watch_of(row: RowMapping) -> Watch:
    """Make the outlet under watch of a row."""
    appointment = Appointment(row["next_look_at"], row["why"])
    return Watch(row["outlet"], appointment, State(row["state"]), row["since"])


def arrivals(
    first_seen: Iterable[tuple[Stamp | None, datetime]], looks: Sequence[datetime], since: datetime
) -> list[Arrival]:
    """Say when articles came, given when each was published and first seen, and the times of all looks."""
    times = sorted(looks)
    found = []
    for published, seen in first_seen:
        place = bisect_right(times, seen) - 2  # the last look that began by then is the one that saw it
        came = arrival(published, seen, times[place] if place >= 0 else None)
        if came is not None and seen >= since:
            found.append(came)
    return sorted(found, key=lambda one: one.at)[-MOST_ARRIVALS:]


def _seen_values(seen: Seen) -> dict[str, Any]:
    return {
        "discovery": clean(seen.discovery),
        "trouble": seen.trouble,
        "detail": clean(seen.detail[:MOST_WORDS]),
        "offered": seen.offered,
        "fresh": seen.fresh,
        "unchanged": seen.unchanged,
        "window": seen.window,
        "ttl": _seconds(seen.ttl),
        "period": _seconds(seen.period),
        "max_age": _seconds(seen.max_age),
    }


def _seen(values: dict[str, Any]) -> Seen:
    return Seen(
        discovery=values["discovery"],
        trouble=None if values["trouble"] is None else Trouble(values["trouble"]),
        detail=values["detail"],
        offered=values["offered"],
        fresh=values["fresh"],
        unchanged=values["unchanged"],
        window=values["window"],
        ttl=_span(values["ttl"]),
        period=_span(values["period"]),
        max_age=_span(values["max_age"]),
    )


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def document_values(outlet: str, one: Remembered) -> Values:
    """Return the columns of a document."""
    return {
        "outlet": outlet,
        "url": clean(one.url),
        "read_at": utc(one.read_at),
        "newest": None if one.newest is None else utc(one.newest),
        "details": {
            "reader": one.reader,
            "etag": clean(one.etag),
            "last_modified": clean(one.last_modified),
            "sha256": one.sha256,
            "lies": one.lies,
            "offered": one.offered,
            "window": one.window,
            "ttl": _seconds(one.ttl),
            "period": _seconds(one.period),
            "follow": [clean(url) for url in one.follow],
            "unfinished": [[clean(v.url), v.page, v.depth, v.tries] for v in one.unfinished],
        },
    }


def document_of(row: RowMapping) -> Remembered:
    """Make the document of a row."""
    details = row["details"]
    return Remembered(
        url=row["url"],
        read_at=row["read_at"],
        newest=row["newest"],
        reader=details["reader"],
        etag=details["etag"],
        last_modified=details["last_modified"],
        sha256=details["sha256"],
        lies=details["lies"],
        offered=details["offered"],
        window=details["window"],
        ttl=_span(details["ttl"]),
        period=_span(details["period"]),
        follow=tuple(details["follow"]),
        unfinished=tuple(Visit(*visit) for visit in details["unfinished"]),
    )


def gap_values(outlet: str, one: Gap) -> Values:
    """Return the columns of a gap."""
    return {
        "outlet": outlet,
        "discovery": clean(one.discovery),
        "noticed_at": utc(one.noticed_at),
        "after": utc(one.after),
        "before": utc(one.before),
        "filled": one.filled,
    }


def gap_of(row: RowMapping) -> Gap:
    """Make the gap of a row."""
    return Gap(row["discovery"], row["after"], row["before"], row["noticed_at"], row["filled"])
