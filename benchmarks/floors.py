"""The floors of quality: what was once reached, which may rise and never fall."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import ceil, floor
from pathlib import Path

Scores = Mapping[str, float]
FLOORS = Path(__file__).with_name("floors.json")
_SMALLER_IS_BETTER = ("under", "rejected_articles")
_DIGITS = 1000


def load() -> dict[str, float]:
    """Return the floors by their names."""
    return dict(json.loads(FLOORS.read_text("utf-8")))


def broken(floors: Scores, reached: Scores) -> list[str]:
    """Say in words which floors were not reached; one that was not measured counts as not reached."""
    return [
        f"{name}: {reached.get(name)} where it was {best}"
        for name, best in floors.items()
        if name not in reached or _is_worse(name, reached[name], best)
    ]


def raised(floors: Scores, reached: Scores) -> dict[str, float]:
    """Return the floors after a measurement: each the better one, rounded to its safe side."""
    rounded = {name: _rounded(name, value) for name, value in reached.items()}
    kept = {name: best for name, best in floors.items() if name not in rounded}
    better = {
        name: floors[name] if name in floors and _is_worse(name, value, floors[name]) else value
        for name, value in rounded.items()
    }
    return dict(sorted((kept | better).items()))


def save(floors: Scores) -> None:
    """Write the floors."""
    FLOORS.write_text(json.dumps(dict(floors), indent=1) + "\n", "utf-8")


def _is_worse(name: str, value: float, best: float) -> bool:
    return value > best if _is_small(name) else value < best


def _rounded(name: str, value: float) -> float:
    return (ceil if _is_small(name) else floor)(value * _DIGITS) / _DIGITS


def _is_small(name: str) -> bool:
    return any(word in name for word in _SMALLER_IS_BETTER)
