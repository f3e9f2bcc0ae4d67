"""What a start costs: heavy modules are imported where they are needed, and not before."""

from __future__ import annotations

import subprocess
import sys

import pytest

CRAWL = (
    "import wirewatch.commands\n"
    "from spiders.quick import import_scrapy\n"
    "import_scrapy()\n"
    "import spiders.services, wirewatch.crawling"
)
"""What the process of a crawl imports."""
READERS = {"trafilatura", "justext", "htmldate", "numpy", "py3langid", "feedparser", "pipeline.article"}


def imported(statements: str) -> set[str]:
    """Return the modules that a new process has after `statements`."""
    line = [sys.executable, "-c", f"import sys\n{statements}\nprint(*sys.modules)"]
    return set(subprocess.run(line, capture_output=True, check=True, text=True).stdout.split())


@pytest.mark.parametrize(
    ("statements", "unneeded"),
    [
        (CRAWL, READERS | {"alembic", "sqlalchemy.dialects.postgresql", "pipeline.notes", "rich"}),
        ("import wirewatch.cli", {"typer", "rich", "yaml", "pydantic", "pydantic_settings", "asyncio"}),
        ("import wirewatch.commands", {"rich", "scrapy", "twisted", "sqlalchemy"} | READERS),
        ("import pipeline.preload, spiders.discovery", {"scrapy", "twisted", "sqlalchemy", "typer"}),
    ],
    ids=["crawl", "worker", "command line", "fork server"],
)
def test_a_process_does_not_import_what_it_does_not_need(statements: str, unneeded: set[str]) -> None:
    assert not imported(statements) & unneeded
