"""Where the project's reference data lies, if it is here at all."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "CONTRACT.md").is_file(),
    reason="needs the reference data that lies in ../shared, which only developers and CI have",
)
