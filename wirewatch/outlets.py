"""The catalogue for people: its list, one outlet in full, and a check that tries it for real."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import yaml
from rich.console import RenderableType
from rich.table import Table

from config.outlet import Api, Discovery, Feed, Listing, Outlet, Sitemap


def outlet_table(outlets: Iterable[Outlet]) -> RenderableType:
    """Return the catalogue as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "name", "kind", "languages", "discovered by", "enabled"):
        table.add_column(name, overflow="fold")
    for outlet in outlets:
        table.add_row(
            outlet.id,
            outlet.name,
            outlet.kind,
            " ".join(outlet.languages),
            " ".join(kind_of(discovery) for discovery in outlet.discover),
            "yes" if outlet.enabled else "no",
            style="" if outlet.enabled else "dim",
        )
    return table


_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def outlet_json(outlet: Outlet) -> dict[str, object]:
    """Return an outlet as its file would say it, every default written out."""
    data = outlet.model_dump(mode="json")
    if outlet.schedule is not None:
        data["schedule"] = {"every": _span(outlet.schedule.every)}
    data["revisit"] = {"after": [_span(span) for span in outlet.revisit.after]}
    return data


def outlet_yaml(outlet: Outlet) -> str:
    """Return an outlet as YAML that can be copied into a file of one's own."""
    return yaml.safe_dump(outlet_json(outlet), sort_keys=False, allow_unicode=True, width=100)


def _span(span: timedelta) -> str:
    """Write a span of time in the largest unit that fits it."""
    seconds = int(span.total_seconds())
    return next(f"{seconds // size}{unit}" for unit, size in _UNITS if seconds % size == 0)


def kind_of(discovery: Discovery) -> str:
    """Name a discovery in a word."""
    match discovery:
        case Feed():
            return "feed"
        case Sitemap():
            return "sitemap"
        case Listing():
            return "listing"
        case Api():
            return discovery.type
