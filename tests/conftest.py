"""What holds for all tests."""

from __future__ import annotations

import pytest


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:  # noqa: ARG001
    """Name bytes by their size: packed ones carry the time, and all workers must collect the same."""
    return f"{argname}-of-{len(val)}-bytes" if isinstance(val, bytes) else None
