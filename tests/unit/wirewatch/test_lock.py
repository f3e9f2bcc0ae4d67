"""One daemon a data folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import WirewatchError
from wirewatch.lock import NAME, held

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with held(tmp_path / "data", NOW):
        holder = rf"process {os.getpid()} on .*, since 2026-06-01T12:00"
        with pytest.raises(WirewatchError, match=holder), held(tmp_path / "data", NOW):
            pass
        with held(tmp_path / "other", NOW):
            pass
    with held(tmp_path / "data", NOW):
        pass


def test_what_a_killed_holder_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("process 1 on elsewhere, since yesterday\n")
    with held(tmp_path, NOW):
        assert str(os.getpid()) in (tmp_path / NAME).read_text()
