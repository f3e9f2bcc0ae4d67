"""Dates in the state of a page's application: those of the object that holds the headline or the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract import state
from pipeline.extract.datesources import DateSources
from pipeline.extract.datestated import parse_stated
from pipeline.extract.datetrust import Dated, Trust, dated
from pipeline.extract.jsonld import contained
from pipeline.extract.moment import Moment
from pipeline.extract.strings import key

_KEYS = (
    re.compile(
        r"(?:first|original|initial)(?:ly)?(?:publish|publication|published)(?:ed)?(?:date|time|at|on)?"
    ),
    re.compile(
        r"(?:date|time)published|publish(?:ed)?(?:date|time|datetime|timestamp|at|on|ts)?|publication(?:date|time)"
        r"|pub(?:date|time|datetime|at)|(?:display|issue|release|post|posted)(?:date|time|at)"
    ),
    re.compile(
        r"created(?:at|on|date|time)?|create(?:date|time|at)|(?:date|time)created|creation(?:date|time)|ctime"
    ),
)
"""Names of fields that tell the publication, without joints; the later only count for want of others."""
_JOINTS = re.compile(r"[_\-.:\s]")
_WRITTEN = re.compile(r"\s*(?:\d{10}(?:\d{3})?\s*$|\d{4}[-/.]?\d\d?|[A-Z][a-z]{2,8},? \d)")
"""How a date for machines begins; "3 hours ago" is none."""
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]\s+")
"""What parts a headline from the name of the site in `<title>`."""
_LONGEST_DATE = 45
_BESIDE, _UNKNOWN, _STRANGE = 3, 0, -1
"""How near an object is to the headline: beside it, or one or two levels within; nobody knows; another's.

What stands in a list beside the headline is another's: comments, pictures, related stories.
"""
_LAST_EPOCH = 1e14


@dataclass(frozen=True, slots=True)
class _Told:
    rank: int
    moment: Moment


@dataclass(slots=True)
class _Found:
    """What the objects beside the headline tell, and those that hold a body and have no title."""

    titled: list[_Told] = field(default_factory=list)
    bodied: list[_Told] = field(default_factory=list)
    is_named: bool = False
    """The headline stands in the state."""


def in_state(sources: DateSources) -> Iterator[Dated]:
    """Yield the publication as the object with the page's own headline states it, the best statement first.

    Where the headline stands in no object it is those that hold a body and have no title, if they agree on
    the day.
    """
    head = sources.head
    stated = (head.headline, head.meta("og:title", "twitter:title"), head.title_tag, *head.headings)
    wanted = [k for t in (*stated, _SITE.split(head.title_tag)[0]) if (k := key(t))]
    found = _Found()
    for script in head.states:
        for value in state.load(script):
            _search(value, wanted, sources, found)
    told = found.titled
    if not found.is_named and len({t.moment.at.date() for t in found.bodied}) == 1:
        told = found.bodied
    for one in sorted(told, key=_order):
        yield from dated(one.moment, "meta", Trust.STATE)


def _order(told: _Told) -> tuple[int, bool, bool]:
    """Order statements: by the field's name; what has a zone, and then what is exact, goes first."""
    return told.rank, told.moment.floating, told.moment.precision == "day"


def _search(root: object, wanted: Sequence[str], sources: DateSources, found: _Found) -> None:
    """Gather what the objects that are about this page tell."""
    for value, near in state.walk(root, _UNKNOWN, lambda value, outer: _nearness(value, outer, wanted)):
        if isinstance(value, dict):
            _gather(value, near, sources, found)


def _nearness(value: object, outer: int, wanted: Sequence[str]) -> int:
    """Return how near a value is to the headline, by how near the object or list around it is."""
    near = outer if outer <= _UNKNOWN else outer - 1 or _STRANGE
    if isinstance(value, list):
        return _UNKNOWN if near == _UNKNOWN else _STRANGE
    if isinstance(value, dict) and (title := state.title_in(value)):
        return _BESIDE if any(contained(title, w) for w in wanted) else _STRANGE
    return near


def _gather(value: Mapping[str, Any], near: int, sources: DateSources, found: _Found) -> None:
    if near > _UNKNOWN:
        found.is_named = True
        found.titled += _told(value, sources)
    elif near == _UNKNOWN and state.holds_body(value):
        found.bodied += _told(value, sources)


def _told(value: Mapping[str, Any], sources: DateSources) -> Iterator[_Told]:
    for name, stated in value.items():
        rank = _rank(name)
        if rank is None or isinstance(stated, bool) or not isinstance(stated, str | int | float):
            continue
        text = str(int(stated)) if isinstance(stated, float) and _is_epoch(stated) else str(stated)
        if len(text) <= _LONGEST_DATE and _WRITTEN.match(text):
            moment = parse_stated(text, sources.zone, sources.order)
            if moment is not None:
                yield _Told(rank, moment)


def _is_epoch(value: float) -> bool:
    return 0 < value < _LAST_EPOCH


def _rank(name: str) -> int | None:
    if len(name) > _LONGEST_DATE:
        return None
    bare = _JOINTS.sub("", name).lower()
    return next((rank for rank, pattern in enumerate(_KEYS) if pattern.fullmatch(bare)), None)
