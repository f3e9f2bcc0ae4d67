"""The `health` command: how each outlet is, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from config.outlet import Outlet
from pipeline.documents import Gap
from pipeline.health import Health, State, health
from pipeline.ports import Logbook
from pipeline.rhythm import MEMORY
from wirewatch.record import rfc3339

Judged = Sequence[tuple[Outlet, Health]]
Gaps = Mapping[str, Sequence[Gap]]
"""By outlet: those that could not be filled."""


def judge(logbook: Logbook, outlets: Iterable[Outlet], now: datetime) -> Judged:
    """Judge outlets by what is remembered of their looks."""
    return [(outlet, judge_one(logbook, outlet, now)) for outlet in outlets]


def judge_one(logbook: Logbook, outlet: Outlet, now: datetime) -> Health:
    """Judge one outlet."""
    arrivals = logbook.arrivals(outlet.id, now - MEMORY)
    return health(logbook.looks(outlet.id), arrivals, now, zone=outlet.zone)


def open_gaps(logbook: Logbook, outlets: Iterable[Outlet], now: datetime) -> Gaps:
    """Return the spans of the last four weeks from which articles may be missing."""
    return {
        outlet.id: [
            gap for gap in logbook.gaps(outlet.id) if not gap.filled and now - gap.noticed_at < MEMORY
        ]
        for outlet in outlets
    }


def all_well(judged: Judged) -> bool:
    """Tell whether every enabled outlet is ok."""
    return all(found.state is State.OK for outlet, found in judged if outlet.enabled)


def health_table(judged: Judged, gaps: Gaps, now: datetime) -> RenderableType:
    """Return a row for each outlet, the ill ones first, and below the spans that may miss articles."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("outlet", overflow="fold")
    table.add_column("state", no_wrap=True)
    for name in ("since", "last look", "last success", "last new"):
        table.add_column(name, no_wrap=True)
    table.add_column("failures", justify="right")
    table.add_column("evidence", overflow="fold")
    for outlet, found in sorted(judged, key=lambda one: one[1].state is State.OK):
        table.add_row(
            escape(outlet.id),
            str(found.state),
            _ago(found.since, now),
            _ago(found.last_look, now),
            _ago(found.last_success, now),
            _ago(found.last_new, now),
            str(found.failures or "·"),
            escape(found.evidence),
            style=_style(outlet, found),
        )
    lines = [
        Text(f"{name}: articles between {rfc3339(gap.after)} and {rfc3339(gap.before)} may be missing")
        for name, open_ones in gaps.items()
        for gap in open_ones
    ]
    return Group(table, *lines)


def health_json(judged: Judged, gaps: Gaps) -> list[dict[str, object]]:
    """Return the same as JSON."""
    return [
        {
            "outlet": outlet.id,
            "enabled": outlet.enabled,
            "state": str(found.state),
            "since": _time(found.since),
            "evidence": found.evidence,
            "last_look": _time(found.last_look),
            "last_success": _time(found.last_success),
            "last_new": _time(found.last_new),
            "failures": found.failures,
            "gaps": [
                {"discovery": gap.discovery, "after": rfc3339(gap.after), "before": rfc3339(gap.before)}
                for gap in gaps.get(outlet.id, ())
            ],
        }
        for outlet, found in judged
    ]


def _style(outlet: Outlet, found: Health) -> str:
    if not outlet.enabled:
        return "dim"
    return "" if found.state is State.OK else "yellow" if found.state is State.QUIET else "red"


def _time(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)


def _ago(at: datetime | None, now: datetime) -> str:
    """Say how long ago, in the largest unit that fits: "3 h ago"."""
    if at is None:
        return "·"
    seconds = max(0, int((now - at).total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"
