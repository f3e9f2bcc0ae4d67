"""Which article the beginning of an id means. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import StoreError

SHORTEST_BEGINNING = 6


def chosen(beginning: str, ids: Sequence[str]) -> str | None:
    """Return the one of `ids`, which all start with `beginning`, that is meant."""
    if beginning in ids:
        return beginning
    if len(beginning) < SHORTEST_BEGINNING:
        raise StoreError(
            f"{beginning!r} is too short for an id: give at least {SHORTEST_BEGINNING} characters"
        )
    if len(ids) > 1:
        raise StoreError(f"{beginning!r} may be any of {', '.join(ids[:5])}{', …' if len(ids) > 5 else ''}")
    return next(iter(ids), None)
