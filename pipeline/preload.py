"""What the fork server imports, so that its workers need not: importing it makes them ready to read."""

from __future__ import annotations

from pipeline.garbage import importing

with importing():
    import pipeline.article
    import pipeline.extract.warmup
    import pipeline.traits

__all__ = ["pipeline"]
