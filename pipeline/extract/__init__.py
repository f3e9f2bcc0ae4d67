"""From a fetched page to an `Extract`, or to the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.page import extract_page

__all__ = ["extract_page"]


def __getattr__(name: str) -> object:
    """Import all that reading a page takes only for who reads one (PEP 562): it takes a second."""
    if name != "extract_page":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline.extract.page import extract_page  # noqa: PLC0415

    return extract_page
