"""The floors of quality: they rise, they never fall, and who falls below one hears of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

import floors  # noqa: E402 - a script's folder is no package


def test_what_is_below_a_floor_is_named_with_both_figures() -> None:
    assert floors.broken({"f1": 0.95, "under": 0.04}, {"f1": 0.94, "under": 0.05}) == [
        "f1: 0.94 where it was 0.95",
        "under: 0.05 where it was 0.04",
    ]
    assert floors.broken({"f1": 0.95, "under": 0.04}, {"f1": 0.95, "under": 0.04, "new": 0.1}) == []


def test_what_was_not_measured_is_below_its_floor() -> None:
    assert floors.broken({"f1": 0.95}, {}) == ["f1: None where it was 0.95"]


def test_an_update_only_raises() -> None:
    old = {"f1": 0.95, "under": 0.04, "gone": 0.5}
    assert floors.raised(old, {"f1": 0.9411, "under": 0.0511, "new": 0.1234}) == old | {"new": 0.123}
    assert floors.raised(old, {"f1": 0.9619, "under": 0.0311}) == old | {"f1": 0.961, "under": 0.032}


def test_no_floor_was_ever_lowered_in_the_history_of_this_repository() -> None:
    log = subprocess.run(
        ["git", "-C", ROOT, "log", "--reverse", "--format=%H", "--", "benchmarks/floors.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if log.returncode:
        pytest.skip("not a git checkout")
    kept: dict[str, float] = {}
    for commit in log.stdout.split():
        shown = subprocess.run(
            ["git", "-C", ROOT, "show", f"{commit}:benchmarks/floors.json"],
            capture_output=True,
            text=True,
            check=True,
        )
        now = json.loads(shown.stdout)
        assert floors.broken(kept, now) == [], commit
        kept = now
    assert floors.broken(kept, floors.load()) == []
